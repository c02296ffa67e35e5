/** What an anomaly monitor has learnt of a host: mean and standard deviation of each system metric. */
import type { Sql } from '../../core/sql';

export interface Baseline {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}
export function baselineStore(sql: Sql) {
  return {
    of: (monitorId: string, hostId: string): Baseline[] => sql.all<Baseline>('SELECT name, mean, deviation FROM baselines WHERE monitor = ? AND host = ? ORDER BY name', monitorId, hostId),
    learn(monitorId: string, hostId: string, { name, mean, deviation }: Baseline): void {
      sql.run('INSERT OR REPLACE INTO baselines (monitor, host, name, mean, deviation) VALUES (?, ?, ?, ?, ?)', monitorId, hostId, name, mean, deviation);
    },
    forget: (monitorId: string): void => void sql.run('DELETE FROM baselines WHERE monitor = ?', monitorId),
  };
}
export type BaselineStore = ReturnType<typeof baselineStore>;
