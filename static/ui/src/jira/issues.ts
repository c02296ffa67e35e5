/** Issues as Jira tells them to the viewer. */
import { askJira } from '../api';
import { textOf } from '../parts/kept';
import { idOf, listOf, pathOf, wordsOf } from './raw';

export type Category = 'todo' | 'doing' | 'done';
export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  /** null: Jira does not say. */
  readonly status: { readonly name: string; readonly category: Category | null } | null;
  readonly owner: { readonly accountId: string; readonly name: string } | null;
  /** YYYY-MM-DD. */
  readonly due: string | null;
  readonly resolution: string | null;
  readonly priority: string | null;
  readonly projectKey: string | null;
  /** Whether it carries the app's link to an incident. */
  readonly hasLink: boolean;
}

const LINK = 'mackerel_incident';
const FIELDS = ['summary', 'status', 'assignee', 'duedate', 'resolution', 'priority', 'project'] as const;
const AT_ONCE = 100;
const CATEGORIES: Readonly<Record<string, Category>> = { new: 'todo', undefined: 'todo', indeterminate: 'doing', done: 'done' };

/** null: not an issue. */
export function parseIssue(raw: unknown): Issue | null {
  const [id, key] = [idOf(pathOf(raw, 'id')), wordsOf(pathOf(raw, 'key'))];
  if (id === null || key === null) return null;
  const of = (...path: readonly string[]): unknown => pathOf(raw, 'fields', ...path);
  const [status, owner, due] = [wordsOf(of('status', 'name')), idOf(of('assignee', 'accountId')), textOf(of('duedate'))];
  const link = pathOf(raw, 'properties', LINK);
  return {
    id,
    key,
    summary: textOf(of('summary')) ?? '',
    status: status === null ? null : { name: status, category: CATEGORIES[textOf(of('status', 'statusCategory', 'key')) ?? ''] ?? null },
    owner: owner === null ? null : { accountId: owner, name: wordsOf(of('assignee', 'displayName')) ?? '' },
    due: due !== null && /^\d{4}-\d{2}-\d{2}$/.test(due) ? due : null,
    resolution: wordsOf(of('resolution', 'name')),
    priority: wordsOf(of('priority', 'name')),
    projectKey: wordsOf(of('project', 'key')),
    hasLink: link !== undefined && link !== null,
  };
}

/** Issues by id; those the viewer cannot see are left out. Throws `JiraFault`. */
export async function readIssues(ids: readonly string[]): Promise<ReadonlyMap<string, Issue>> {
  const all = [...new Set(ids)];
  const batches = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) => all.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
  const found = new Map<string, Issue>();
  for (const issueIdsOrKeys of batches) {
    const answer = await askJira('/rest/api/3/issue/bulkfetch', { issueIdsOrKeys, fields: FIELDS, properties: [LINK] });
    for (const issue of listOf(pathOf(answer, 'issues')).map(parseIssue)) if (issue !== null) found.set(issue.id, issue);
  }
  return found;
}
