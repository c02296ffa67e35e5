/** The site's one database file. Survives `kill -9`, if not a power cut: write-ahead log, every change a transaction. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import type { Database_ } from '../types';

/** Opens `<stateDir>/<name>`; `fresh` removes what is there first. */
export function openStore(stateDir: string, name: string, fresh: boolean): Database_ {
  mkdirSync(stateDir, { recursive: true });
  const file = path.join(stateDir, name);
  if (fresh) for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const db = new Database(file, { timeout: 5000 });
  db.exec('PRAGMA journal_mode = WAL');
  // What was handed to the operating system outlives this process. Waiting for the disk would be counted as the app's slowness.
  db.exec('PRAGMA synchronous = OFF');
  db.exec('PRAGMA busy_timeout = 5000');
  db.exec('CREATE TABLE IF NOT EXISTS site_cells (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID');
  return db;
}

/** Small values of the site itself, as JSON. */
export interface SiteCells {
  get<T>(key: string): T | null;
  set(key: string, value: unknown): void;
  /** The stored value, or the one made now. */
  once<T>(key: string, make: () => T): T;
}
export function siteCells(db: Database_): SiteCells {
  const read = db.prepare('SELECT value FROM site_cells WHERE key = ?');
  const write = db.prepare('INSERT INTO site_cells (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const get = <T>(key: string): T | null => {
    const row = read.get([key]) as { value: string } | undefined;
    return row === undefined ? null : (JSON.parse(row.value) as T);
  };
  const set = (key: string, value: unknown): void => void write.run([key, JSON.stringify(value)]);
  return {
    get,
    set,
    once<T>(key: string, make: () => T): T {
      const known = get<T>(key);
      if (known !== null) return known;
      const value = make();
      set(key, value);
      return value;
    },
  };
}
