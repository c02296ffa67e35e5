/** Jira's tables and what a fresh site holds. */
import type { Sql } from '../sql';
import { PROJECTS } from './config';

export const JIRA_TABLES = `
CREATE TABLE IF NOT EXISTS jira_projects (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, last_number INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS jira_roles (project_id INTEGER NOT NULL, account_id TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (project_id, account_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS jira_issues (
  id INTEGER PRIMARY KEY, project_id INTEGER NOT NULL, key TEXT NOT NULL UNIQUE, type_id TEXT NOT NULL, summary TEXT NOT NULL, description TEXT, priority_id TEXT NOT NULL,
  assignee_id TEXT, reporter_id TEXT NOT NULL, creator_id TEXT NOT NULL, labels TEXT NOT NULL, due_date TEXT, status_id TEXT NOT NULL, resolution_id TEXT, resolved_at INTEGER,
  security_id TEXT, custom TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS jira_issues_by_project ON jira_issues (project_id);
CREATE TABLE IF NOT EXISTS jira_old_keys (key TEXT PRIMARY KEY, issue_id INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS jira_properties (issue_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (issue_id, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS jira_remote_links (id INTEGER PRIMARY KEY, issue_id INTEGER NOT NULL, global_id TEXT, doc TEXT NOT NULL, UNIQUE (issue_id, global_id));
CREATE TABLE IF NOT EXISTS jira_panels (issue_id INTEGER PRIMARY KEY);
`;

/** A database without projects gets the seeded ones. */
export function seedJira(sql: Sql): void {
  if (sql.get('SELECT id FROM jira_projects LIMIT 1')) return;
  for (const { id, key, name, roles } of PROJECTS) {
    sql.run('INSERT INTO jira_projects VALUES (?, ?, ?, 0)', id, key, name);
    for (const [accountId, role] of Object.entries(roles)) sql.run('INSERT INTO jira_roles VALUES (?, ?, ?)', id, accountId, role);
  }
}
