/** Links from an issue to something outside Jira. */
import { object } from '../http';
import { FieldRefusal, Refusal } from '../refusal';
import type { Sql } from '../sql';
import type { JiraRights } from './rights';
import { visibleIssue, type IssueRow, type LinkRow } from './rows';

const GLOBAL_ID_MAX = 255;
const notFound = (): Refusal => new Refusal(404, 'No remote issue link could be found, or it does not belong to the issue.');

export const linksOf = (sql: Sql, issueId: number): LinkRow[] => sql.all<LinkRow>('SELECT * FROM jira_remote_links WHERE issue_id = ? ORDER BY id', issueId);

function linkable(sql: Sql, rights: JiraRights, asked: string): IssueRow {
  const issue = visibleIssue(sql, rights, asked);
  if (!rights.can('LINK_ISSUES', issue)) throw new Refusal(403, `No Link Issue Permission for issue '${issue.key}'`);
  return issue;
}
export function linkByGlobalId(sql: Sql, issueId: number, globalId: string): LinkRow {
  const link = sql.get<LinkRow>('SELECT * FROM jira_remote_links WHERE issue_id = ? AND global_id = ?', issueId, globalId);
  if (link === null) throw notFound();
  return link;
}

/** A link of the same global id is replaced whole: what the request leaves out is gone. */
export function putLink(sql: Sql, rights: JiraRights, asked: string, body: Record<string, unknown>): { readonly issue: IssueRow; readonly id: number; readonly isNew: boolean } {
  const issue = linkable(sql, rights, asked);
  const { globalId, application, relationship } = body;
  const { url, title } = object(body['object']);
  if (typeof title !== 'string' || title.trim() === '') throw new FieldRefusal({ title: "'title' is required." });
  if (typeof url !== 'string' || !URL.canParse(url)) throw new FieldRefusal({ url: 'The URL specified is not valid.' });
  const id = typeof globalId === 'string' && globalId !== '' ? globalId : null;
  if (id !== null && id.length > GLOBAL_ID_MAX) throw new FieldRefusal({ globalId: `'globalId' must be at most ${GLOBAL_ID_MAX} characters.` });
  const doc = JSON.stringify({ application, relationship, object: body['object'] });
  const old = id === null ? null : sql.get<LinkRow>('SELECT * FROM jira_remote_links WHERE issue_id = ? AND global_id = ?', issue.id, id);
  if (old !== null) {
    sql.run('UPDATE jira_remote_links SET doc = ? WHERE id = ?', doc, old.id);
    return { issue, id: old.id, isNew: false };
  }
  const made = sql.nextId();
  sql.run('INSERT INTO jira_remote_links VALUES (?, ?, ?, ?)', made, issue.id, id, doc);
  return { issue, id: made, isNew: true };
}

export function removeLink(sql: Sql, rights: JiraRights, asked: string, find: (link: LinkRow) => boolean): void {
  const issue = linkable(sql, rights, asked);
  const link = linksOf(sql, issue.id).find(find);
  if (!link) throw notFound();
  sql.run('DELETE FROM jira_remote_links WHERE id = ?', link.id);
}
