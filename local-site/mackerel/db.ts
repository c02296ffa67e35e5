/** Tables of the Mackerel stand-in. */
import { openStore } from '../core/store';
import type { Database_ } from '../types';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS hosts (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, heard_at INTEGER, simulated TEXT, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS services (name TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS monitors (id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS series (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (owner, name));
CREATE TABLE IF NOT EXISTS points (series INTEGER NOT NULL, time INTEGER NOT NULL, value REAL NOT NULL, PRIMARY KEY (series, time)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS judgements (monitor TEXT NOT NULL, subject TEXT NOT NULL, time INTEGER NOT NULL, breaches INTEGER NOT NULL, PRIMARY KEY (monitor, subject)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alerts (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, monitor TEXT NOT NULL, subject TEXT NOT NULL, host TEXT, opened_at INTEGER NOT NULL, closed_at INTEGER, body TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS one_open_alert ON alerts (monitor, subject) WHERE closed_at IS NULL;
CREATE INDEX IF NOT EXISTS alerts_by_time ON alerts (opened_at, seq);
CREATE TABLE IF NOT EXISTS alert_logs (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, alert TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS logs_of_alert ON alert_logs (alert, seq);
CREATE TABLE IF NOT EXISTS annotations (id TEXT PRIMARY KEY, service TEXT NOT NULL, from_s INTEGER NOT NULL, to_s INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS channels (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, lane TEXT NOT NULL, event TEXT NOT NULL, payload TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, status INTEGER, error TEXT, created_ms INTEGER NOT NULL, done_ms INTEGER);
CREATE INDEX IF NOT EXISTS deliveries_by_state ON deliveries (state, seq);
CREATE TABLE IF NOT EXISTS records (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (kind, id));
CREATE TABLE IF NOT EXISTS alert_groups (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, setting TEXT NOT NULL, closed_at INTEGER, body TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS one_open_group ON alert_groups (setting) WHERE closed_at IS NULL;
CREATE TABLE IF NOT EXISTS alert_group_members (alert TEXT NOT NULL, grp TEXT NOT NULL, PRIMARY KEY (alert, grp)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS members_of_group ON alert_group_members (grp);
CREATE TABLE IF NOT EXISTS metadata (owner TEXT NOT NULL, namespace TEXT NOT NULL, json TEXT NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (owner, namespace)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS baselines (monitor TEXT NOT NULL, host TEXT NOT NULL, name TEXT NOT NULL, mean REAL NOT NULL, deviation REAL NOT NULL, PRIMARY KEY (monitor, host, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alert_images (name TEXT PRIMARY KEY, png BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scenarios (name TEXT PRIMARY KEY, started_at INTEGER NOT NULL, step INTEGER NOT NULL);
`;

/** Opens `<stateDir>/mackerel.db`; `fresh` clears it. Survives `kill -9`. */
export function openMackerelDb(stateDir: string, fresh: boolean): Database_ {
  const db = openStore(stateDir, 'mackerel.db', fresh);
  db.exec(SCHEMA);
  return db;
}
