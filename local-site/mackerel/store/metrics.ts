/** Points of hosts, services and labelled series. An owner is `host:<id>`, `service:<name>` or `labels:<json>`; times are epoch seconds. */
import type { Sql } from '../../core/sql';

export interface Point {
  readonly time: number;
  readonly value: number;
}
const HOUR = 3600;
const DAY = 24 * HOUR;
/** Longest range in seconds and the grain it is answered at. */
const GRAINS: readonly (readonly [number, number])[] = [
  [20 * HOUR, 60],
  [166 * HOUR, 5 * 60],
  [10 * DAY, 10 * 60],
  [83 * DAY, HOUR],
  [166 * DAY, 2 * HOUR],
  [240 * DAY, 4 * HOUR],
];
/** Ranges up to this long are answered as posted while the stand-in's period is shorter than Mackerel's minute. */
const LIVE_RANGE = 3 * HOUR;

/** Seconds per answered point for a range of `range` seconds; 0: as posted. */
export function grainOf(range: number, periodSeconds: number): number {
  if (periodSeconds < 60 && range <= LIVE_RANGE) return 0;
  return GRAINS.find(([longest]) => range <= longest)?.[1] ?? DAY;
}

export const hostOwner = (id: string): string => `host:${id}`;
export const serviceOwner = (name: string): string => `service:${name}`;
const LABELS = 'labels:';
/** The same text whatever order the labels were written in. */
export const labelsText = (labels: Readonly<Record<string, string>>): string => JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))));
export const labelsOwner = (labels: Readonly<Record<string, string>>): string => LABELS + labelsText(labels);

export function metricStore(sql: Sql) {
  const seriesId = (owner: string, name: string): number | null => sql.one<{ id: number }>('SELECT id FROM series WHERE owner = ? AND name = ?', owner, name)?.id ?? null;
  const ensure = (owner: string, name: string): number => {
    const known = seriesId(owner, name);
    if (known !== null) return known;
    sql.run('INSERT INTO series (owner, name) VALUES (?, ?)', owner, name);
    return seriesId(owner, name) as number;
  };
  return {
    exists: (owner: string, name: string): boolean => seriesId(owner, name) !== null,
    names: (owner: string): string[] => sql.all<{ name: string }>('SELECT name FROM series WHERE owner = ? ORDER BY name', owner).map((row) => row.name),
    put(owner: string, name: string, point: Point): void {
      sql.run('INSERT OR REPLACE INTO points (series, time, value) VALUES (?, ?, ?)', ensure(owner, name), point.time, point.value);
    },
    /** Many points of one series in one statement. */
    putMany(owner: string, name: string, points: readonly Point[]): void {
      const json = JSON.stringify(points.map(({ time, value }) => [time, value]));
      sql.run(`INSERT OR REPLACE INTO points SELECT ?, json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)`, ensure(owner, name), json);
    },
    /** The newest `count` points not after `until`, newest first. */
    last(owner: string, name: string, count: number, until = Number.MAX_SAFE_INTEGER): Point[] {
      const id = seriesId(owner, name);
      return id === null ? [] : sql.all<Point>('SELECT time, value FROM points WHERE series = ? AND time <= ? ORDER BY time DESC LIMIT ?', id, until, count);
    },
    /** Labels of every labelled series of this name. */
    labelled: (name: string): Record<string, string>[] =>
      sql
        .all<{ owner: string }>(`SELECT owner FROM series WHERE name = ? AND owner LIKE '${LABELS}%' ORDER BY owner`, name)
        .map(({ owner }) => JSON.parse(owner.slice(LABELS.length)) as Record<string, string>),
    /** Mean and standard deviation of the points from `from` on. null: none of them is as old as `begunBy`. */
    spread(owner: string, name: string, from: number, begunBy: number): { readonly mean: number; readonly deviation: number } | null {
      const id = seriesId(owner, name);
      if (id === null || sql.one('SELECT 1 FROM points WHERE series = ? AND time >= ? AND time <= ? LIMIT 1', id, from, begunBy) === null) return null;
      const row = sql.one<{ mean: number; squares: number }>('SELECT AVG(value) AS mean, AVG(value * value) AS squares FROM points WHERE series = ? AND time >= ?', id, from);
      return row && { mean: row.mean, deviation: Math.sqrt(Math.max(0, row.squares - row.mean * row.mean)) };
    },
    /** Ascending; `grain` seconds per point, averaged. null: no such metric. */
    range(owner: string, name: string, from: number, to: number, grain: number): Point[] | null {
      const id = seriesId(owner, name);
      if (id === null) return null;
      const inside = 'FROM points WHERE series = ? AND time >= ? AND time <= ?';
      if (grain === 0) return sql.all<Point>(`SELECT time, value ${inside} ORDER BY time`, id, from, to);
      return sql.all<Point>(`SELECT time - time % ${grain} AS time, AVG(value) AS value ${inside} GROUP BY time - time % ${grain} ORDER BY 1`, id, from, to);
    },
    removeOwner(owner: string): void {
      sql.run('DELETE FROM points WHERE series IN (SELECT id FROM series WHERE owner = ?)', owner);
      sql.run('DELETE FROM series WHERE owner = ?', owner);
    },
    /** After the clock was set back: points of a future that has not happened. */
    forgetAfter(time: number): void {
      sql.run('DELETE FROM points WHERE time > ?', time);
    },
  };
}
export type MetricStore = ReturnType<typeof metricStore>;
