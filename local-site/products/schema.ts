/** Tables of the products and what a fresh site holds. */
import type { Database_ } from '../types';
import { JIRA_TABLES, seedJira } from './jira/tables';
import type { Sql } from './sql';
import { ADMIN, APP_ACCOUNT } from './users';

const TABLES = `
CREATE TABLE IF NOT EXISTS product_ids (next INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS product_settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spaces (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, lang TEXT NOT NULL, homepage_id INTEGER NOT NULL, created_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS space_rights (space_id INTEGER NOT NULL, account_id TEXT NOT NULL, access TEXT NOT NULL, PRIMARY KEY (space_id, account_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
  id INTEGER PRIMARY KEY, space_id INTEGER NOT NULL, parent_id INTEGER, position INTEGER NOT NULL, status TEXT NOT NULL, title TEXT NOT NULL, title_key TEXT NOT NULL,
  adf TEXT NOT NULL, author_id TEXT NOT NULL, created_at INTEGER NOT NULL, version INTEGER NOT NULL, version_by TEXT NOT NULL, version_at INTEGER NOT NULL, version_message TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS pages_by_space ON pages (space_id, status, title_key);
CREATE INDEX IF NOT EXISTS pages_by_parent ON pages (parent_id, status);
CREATE TABLE IF NOT EXISTS page_versions (page_id INTEGER NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL, adf TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, message TEXT NOT NULL, PRIMARY KEY (page_id, number));
CREATE TABLE IF NOT EXISTS page_drafts (page_id INTEGER PRIMARY KEY, title TEXT NOT NULL, adf TEXT NOT NULL, base_version INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS page_properties (id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, version INTEGER NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, message TEXT NOT NULL, UNIQUE (page_id, key));
CREATE TABLE IF NOT EXISTS page_labels (id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL, prefix TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (page_id, prefix, name));
CREATE TABLE IF NOT EXISTS attachments (id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (page_id, name));
CREATE TABLE IF NOT EXISTS attachment_versions (attachment_id INTEGER NOT NULL, number INTEGER NOT NULL, media_type TEXT NOT NULL, data TEXT NOT NULL, comment TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (attachment_id, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS templates (id INTEGER PRIMARY KEY, space_id INTEGER, name TEXT NOT NULL, description TEXT NOT NULL, adf TEXT NOT NULL, labels TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS page_group_restrictions (page_id INTEGER NOT NULL, operation TEXT NOT NULL, group_id TEXT NOT NULL, PRIMARY KEY (page_id, operation, group_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page_restrictions (page_id INTEGER NOT NULL, operation TEXT NOT NULL, account_id TEXT NOT NULL, PRIMARY KEY (page_id, operation, account_id)) WITHOUT ROWID;
`;

export type SpaceAccess = 'view' | 'edit' | 'admin';
interface SeedSpace {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly lang: 'ja' | 'en';
  readonly homepageId: number;
  readonly title: string;
  readonly text: string;
  readonly access: Readonly<Record<string, SpaceAccess>>;
}
const RESPONDERS = { [ADMIN]: 'admin', 'acc-alice': 'edit', 'acc-bob': 'edit', 'acc-viewer': 'view', [APP_ACCOUNT]: 'edit' } as const;
export const SEED_SPACES: readonly SeedSpace[] = [
  { id: 65601, key: 'OPS', name: '障害対応', lang: 'ja', homepageId: 98401, title: '障害対応 ホーム', text: 'サービス shop の障害ページはこのスペースに作られます。', access: RESPONDERS },
  { id: 65602, key: 'SRE', name: 'SRE', lang: 'en', homepageId: 98402, title: 'SRE home', text: 'Incident pages of the service blog are made in this space.', access: RESPONDERS },
  { id: 65603, key: 'OPEN', name: 'Company', lang: 'en', homepageId: 98403, title: 'Company home', text: 'Everybody in the company works in this space.', access: { ...RESPONDERS, 'acc-viewer': 'edit', 'acc-mallory': 'edit' } },
];
export const paragraph = (text: string): unknown => ({ version: 1, type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });

/** Makes missing tables; a database without spaces gets the seeded ones. `now` is epoch ms. */
export function prepareTables(db: Database_, sql: () => Sql, now: number): Sql {
  db.exec(TABLES);
  db.exec(JIRA_TABLES);
  const open = sql();
  open.write(() => {
    seedJira(open);
    if (open.get('SELECT id FROM spaces LIMIT 1')) return;
    open.run('INSERT INTO product_ids (next) VALUES (?)', 131072);
    for (const space of SEED_SPACES) {
      const adf = JSON.stringify(paragraph(space.text));
      open.run('INSERT INTO spaces VALUES (?, ?, ?, ?, ?, ?)', space.id, space.key, space.name, space.lang, space.homepageId, now);
      for (const [accountId, access] of Object.entries(space.access)) open.run('INSERT INTO space_rights VALUES (?, ?, ?)', space.id, accountId, access);
      open.run('INSERT INTO pages VALUES (?, ?, NULL, 0, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)', space.homepageId, space.id, 'current', space.title, space.title.toLowerCase(), adf, ADMIN, now, ADMIN, now, '');
      open.run('INSERT INTO page_versions VALUES (?, 1, ?, ?, ?, ?, ?)', space.homepageId, space.title, adf, ADMIN, now, '');
    }
  });
  return open;
}
