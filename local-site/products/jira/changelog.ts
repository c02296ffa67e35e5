/** What changed between two states of an issue, as Jira's history tells it. */
import type { Sql } from '../sql';
import { account } from '../users';
import { nameOf, PRIORITIES, RESOLUTIONS, setupOf, STATUSES, TYPES } from './config';
import { documentText } from './document-text';
import { customOf, labelsOf, projectById, type IssueRow } from './rows';

/** The raw value and its words. */
type Told = readonly [raw: string | null, words: string | null];
interface Teller {
  readonly field: string;
  readonly fieldId: string;
  readonly tell: (issue: IssueRow, sql: Sql) => Told;
}
const person = (accountId: string | null): Told => [accountId, accountId === null ? null : (account(accountId)?.displayName ?? accountId)];

const TELLERS: readonly Teller[] = [
  { field: 'summary', fieldId: 'summary', tell: (issue) => [null, issue.summary] },
  { field: 'issuetype', fieldId: 'issuetype', tell: (issue) => [issue.type_id, nameOf(TYPES, issue.type_id)] },
  { field: 'description', fieldId: 'description', tell: (issue) => [null, issue.description === null ? null : documentText(JSON.parse(issue.description))] },
  { field: 'priority', fieldId: 'priority', tell: (issue) => [issue.priority_id, nameOf(PRIORITIES, issue.priority_id)] },
  { field: 'assignee', fieldId: 'assignee', tell: (issue) => person(issue.assignee_id) },
  { field: 'reporter', fieldId: 'reporter', tell: (issue) => person(issue.reporter_id) },
  { field: 'labels', fieldId: 'labels', tell: (issue) => [null, labelsOf(issue).join(' ')] },
  { field: 'duedate', fieldId: 'duedate', tell: (issue) => [issue.due_date, issue.due_date === null ? null : `${issue.due_date} 00:00:00.0`] },
  { field: 'status', fieldId: 'status', tell: (issue) => [issue.status_id, nameOf(STATUSES, issue.status_id)] },
  { field: 'resolution', fieldId: 'resolution', tell: (issue) => [issue.resolution_id, nameOf(RESOLUTIONS, issue.resolution_id)] },
  { field: 'security', fieldId: 'security', tell: (issue) => [issue.security_id, nameOf(setupOf(issue.project_id).levels, issue.security_id)] },
  { field: 'project', fieldId: 'project', tell: (issue, sql) => [String(issue.project_id), projectById(sql, issue.project_id)?.name ?? null] },
  { field: 'Key', fieldId: 'issuekey', tell: (issue) => [null, issue.key] },
];

export interface ChangeItem extends Record<string, unknown> {
  readonly field: string;
  readonly fieldId: string;
}
const item = (field: string, fieldId: string, fieldtype: 'jira' | 'custom', [from, fromString]: Told, [to, words]: Told): ChangeItem => ({ field, fieldtype, fieldId, from, fromString, to, ['toString']: words });

export function changesBetween(sql: Sql, before: IssueRow, after: IssueRow): ChangeItem[] {
  const system = TELLERS.flatMap(({ field, fieldId, tell }) => {
    const [was, is] = [tell(before, sql), tell(after, sql)];
    // A description may change without one word of it changing.
    const changed = fieldId === 'description' ? before.description !== after.description : was[0] !== is[0] || was[1] !== is[1];
    return changed ? [item(field, fieldId, 'jira', was, is)] : [];
  });
  const custom = [...new Set([...setupOf(before.project_id).custom, ...setupOf(after.project_id).custom])].flatMap(({ id, name, options }) => {
    const told = (issue: IssueRow): Told => {
      const value = customOf(issue)[id] ?? null;
      const option = options.find((each) => each.id === value);
      return option ? [option.id, option.value] : [null, value];
    };
    const [was, is] = [told(before), told(after)];
    return was[0] !== is[0] || was[1] !== is[1] ? [item(name, id, 'custom', was, is)] : [];
  });
  return [...system, ...custom];
}
