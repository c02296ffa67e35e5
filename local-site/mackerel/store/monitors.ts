import type { AnyMonitor, CheckMonitor, Monitor } from '../model';
import type { Sql } from '../../core/sql';

const parse = (row: { body: string }): AnyMonitor => JSON.parse(row.body) as AnyMonitor;

export function monitorStore(sql: Sql) {
  const get = (id: string): AnyMonitor | null => {
    const row = sql.one<{ body: string }>('SELECT body FROM monitors WHERE id = ?', id);
    return row && parse(row);
  };
  return {
    /** Any kind, check monitors too. */
    get,
    /** As GET /monitors lists them: by type, then name. */
    all: (): Monitor[] => sql.all<{ body: string }>(`SELECT body FROM monitors WHERE type <> 'check' ORDER BY type, name, id`).map((row) => parse(row) as Monitor),
    checks: (): CheckMonitor[] => sql.all<{ body: string }>(`SELECT body FROM monitors WHERE type = 'check' ORDER BY id`).map((row) => parse(row) as CheckMonitor),
    checkByName(name: string): CheckMonitor | null {
      const row = sql.one<{ body: string }>(`SELECT body FROM monitors WHERE type = 'check' AND name = ?`, name);
      return row && (parse(row) as CheckMonitor);
    },
    save<M extends AnyMonitor>(monitor: M): M {
      const body = JSON.stringify(monitor);
      sql.run('INSERT INTO monitors (id, type, name, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET type = excluded.type, name = excluded.name, body = excluded.body', monitor.id, monitor.type, monitor.name, body);
      return monitor;
    },
    remove(id: string): void {
      sql.run('DELETE FROM monitors WHERE id = ?', id);
      sql.run('DELETE FROM judgements WHERE monitor = ?', id);
      sql.run('DELETE FROM baselines WHERE monitor = ?', id);
    },
  };
}
export type MonitorStore = ReturnType<typeof monitorStore>;

/** How often in a row a monitor found its subject in breach, and the newest point it has judged. */
export interface Judgement {
  readonly time: number;
  readonly breaches: number;
}
export function judgementStore(sql: Sql) {
  return {
    get: (monitor: string, subject: string): Judgement | null => sql.one<Judgement>('SELECT time, breaches FROM judgements WHERE monitor = ? AND subject = ?', monitor, subject),
    set(monitor: string, subject: string, judgement: Judgement): void {
      sql.run('INSERT OR REPLACE INTO judgements (monitor, subject, time, breaches) VALUES (?, ?, ?, ?)', monitor, subject, judgement.time, judgement.breaches);
    },
    forgetAll: (): void => void sql.run('DELETE FROM judgements'),
  };
}
export type JudgementStore = ReturnType<typeof judgementStore>;
