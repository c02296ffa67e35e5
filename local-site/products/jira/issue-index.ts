/** What JQL knows of the issues. */
import { lagging, type Lagging } from '../lag';
import type { Store } from '../pages';
import type { IssueRow } from './rows';

export interface IndexedIssue extends IssueRow {
  /** JSON text: values (JSON texts themselves) by property key. */
  readonly properties: string;
}
export interface IssueIndex extends Lagging<IndexedIssue> {
  /** As stored, whatever the lag. */
  fresh(id: number): IndexedIssue | null;
}
const STORED = 'SELECT i.*, (SELECT json_group_object(p.key, p.value) FROM jira_properties p WHERE p.issue_id = i.id) AS properties FROM jira_issues i';

export function createIssueIndex({ sql, clock }: Pick<Store, 'sql' | 'clock'>): IssueIndex {
  const index = lagging(clock, () => sql.all<IndexedIssue>(STORED));
  return Object.assign(index, { fresh: (id: number) => sql.get<IndexedIssue>(`${STORED} WHERE i.id = ?`, id) });
}
