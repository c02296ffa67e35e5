/** Jira's rows as they are stored, and looking them up. Times are epoch ms. */
import { Refusal } from '../refusal';
import type { Sql } from '../sql';
import type { JiraRights } from './rights';

export interface ProjectRow {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly last_number: number;
}
export interface IssueRow {
  readonly id: number;
  readonly project_id: number;
  readonly key: string;
  readonly type_id: string;
  readonly summary: string;
  /** ADF as JSON text. */
  readonly description: string | null;
  readonly priority_id: string;
  readonly assignee_id: string | null;
  readonly reporter_id: string;
  readonly creator_id: string;
  /** JSON list. */
  readonly labels: string;
  /** `YYYY-MM-DD` */
  readonly due_date: string | null;
  readonly status_id: string;
  readonly resolution_id: string | null;
  readonly resolved_at: number | null;
  readonly security_id: string | null;
  /** JSON: an option's id or a text by custom field. */
  readonly custom: string;
  readonly created_at: number;
  readonly updated_at: number;
}
/** An issue while it is changed. */
export type Draft = { -readonly [K in keyof IssueRow]: IssueRow[K] };
export interface LinkRow {
  readonly id: number;
  readonly issue_id: number;
  readonly global_id: string | null;
  /** JSON: the link as it was sent. */
  readonly doc: string;
}

export const labelsOf = (issue: Pick<IssueRow, 'labels'>): readonly string[] => JSON.parse(issue.labels) as string[];
export const customOf = (issue: Pick<IssueRow, 'custom'>): Readonly<Record<string, string>> => JSON.parse(issue.custom) as Record<string, string>;
export const projectById = (sql: Sql, id: number): ProjectRow | null => sql.get<ProjectRow>('SELECT * FROM jira_projects WHERE id = ?', id);
export const projectByIdOrKey = (sql: Sql, asked: string): ProjectRow | null =>
  sql.get<ProjectRow>('SELECT * FROM jira_projects WHERE key = ? OR CAST(id AS TEXT) = ?', asked.toUpperCase(), asked);

/** By id, key, or a key it had before it was moved. */
export function issueByIdOrKey(sql: Sql, asked: string): IssueRow | null {
  const key = asked.toUpperCase();
  return (
    sql.get<IssueRow>('SELECT * FROM jira_issues WHERE key = ? OR CAST(id AS TEXT) = ?', key, asked) ??
    sql.get<IssueRow>('SELECT i.* FROM jira_issues i JOIN jira_old_keys o ON o.issue_id = i.id WHERE o.key = ?', key)
  );
}
/** The issue if this person may know of it; else 404, the same for hidden and for missing. */
export function visibleIssue(sql: Sql, rights: JiraRights, asked: string): IssueRow {
  const issue = issueByIdOrKey(sql, asked);
  if (issue === null || !rights.sees(issue)) throw new Refusal(404, 'Issue does not exist or you do not have permission to see it.');
  return issue;
}
export function visibleProject(sql: Sql, rights: JiraRights, asked: string): ProjectRow {
  const project = projectByIdOrKey(sql, asked);
  if (project === null || !rights.in(project.id).has('BROWSE_PROJECTS')) throw new Refusal(404, `No project could be found with key '${asked}'.`);
  return project;
}
export function propertiesOf(sql: Sql, issueId: number): Record<string, unknown> {
  const rows = sql.all<{ key: string; value: string }>('SELECT key, value FROM jira_properties WHERE issue_id = ? ORDER BY key', issueId);
  return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]));
}
