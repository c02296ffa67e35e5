/** Issue events as the platform hands them to trigger functions, with the documented fields only: the rest must be read. */
import type { ProductEvent } from '../../types';
import type { Actor } from '../events';
import type { Sql } from '../sql';
import type { ChangeItem } from './changelog';
import { CATEGORIES, nameOf, statusOf, TYPES } from './config';
import { projectById, propertiesOf, type IssueRow } from './rows';

/** Epoch ms → `2026-11-23T14:02:11.000+0000` */
export const jiraTime = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

function fields(sql: Sql, issue: IssueRow): Record<string, unknown> {
  const status = statusOf(issue.status_id);
  const { id, key, name } = CATEGORIES[status.category];
  const project = projectById(sql, issue.project_id);
  const person = (accountId: string | null): unknown => (accountId === null ? null : { accountId });
  return {
    summary: issue.summary,
    issuetype: { id: issue.type_id, name: nameOf(TYPES, issue.type_id), subtask: false },
    creator: person(issue.creator_id),
    created: jiraTime(issue.created_at),
    project: { id: String(issue.project_id), key: project?.key, name: project?.name },
    reporter: person(issue.reporter_id),
    assignee: person(issue.assignee_id),
    updated: jiraTime(issue.updated_at),
    status: { id: status.id, name: status.name, statusCategory: { id, key, name } },
  };
}

/** `at` is epoch ms. */
export function issueEvent(sql: Sql, name: 'created' | 'updated' | 'deleted', issue: IssueRow, actor: Actor, at: number, items: readonly ChangeItem[] = []): ProductEvent {
  const eventType = `avi:jira:${name}:issue`;
  return {
    eventType,
    ...(name === 'deleted' ? {} : { issueProperties: propertiesOf(sql, issue.id) }),
    body: {
      eventType,
      timestamp: at,
      atlassianId: actor.accountId,
      selfGenerated: actor.byApp,
      issue: { id: String(issue.id), key: issue.key, fields: fields(sql, issue) },
      ...(name === 'updated' ? { changelog: { items } } : {}),
    },
  };
}
