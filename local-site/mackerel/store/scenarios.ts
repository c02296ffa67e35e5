import type { Sql } from '../../core/sql';

/** A running scenario; `step` counts the periods posted since it began. */
export interface Running {
  readonly name: string;
  readonly started_at: number;
  readonly step: number;
}
export function scenarioStore(sql: Sql) {
  return {
    running: (): Running[] => sql.all<Running>('SELECT name, started_at, step FROM scenarios ORDER BY started_at, name'),
    start: (name: string, at: number): void => void sql.run('INSERT OR IGNORE INTO scenarios (name, started_at, step) VALUES (?, ?, 0)', name, at),
    stop: (name: string): void => void sql.run('DELETE FROM scenarios WHERE name = ?', name),
    stopAll: (): void => void sql.run('DELETE FROM scenarios'),
    advance: (): void => void sql.run('UPDATE scenarios SET step = step + 1'),
  };
}
export type ScenarioStore = ReturnType<typeof scenarioStore>;
