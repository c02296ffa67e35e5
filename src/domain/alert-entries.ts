/** Ids of the timeline entries that follow from alerts' logs. They come from Mackerel, so nothing can stand there twice. Pure. */
import type { AlertStatus } from '../contract';
import type { AlertLog, Incident } from './record';

/** A line a webhook told of, by what it tells: Mackerel's grain is the second, so a change has one line however often it is told. */
export const toldLineId = (alertId: string, status: AlertStatus, at: number): string => `told:${alertId}:${status}:${at}`;

/** What an entry is called, and what it was called before: Mackerel's own line takes the place of a webhook's word. */
export interface EntryNames {
  readonly id: string;
  readonly was: string;
}
export function lineNames(conn: string, alertId: string, { id, status, at }: Pick<AlertLog, 'id' | 'status' | 'at'>): EntryNames {
  const name = (line: string): string => `${conn}:${alertId}:log:${line}`;
  return { id: name(id), was: name(toldLineId(alertId, status, at)) };
}

/** Names of the entry that is, or was, called `id`; null: the timeline has none. */
export function entryNames({ head, entries, alerts }: Pick<Incident, 'head' | 'entries' | 'alerts'>, id: string): EntryNames | null {
  if (Object.hasOwn(entries, id)) return { id, was: id };
  for (const alert of Object.values(alerts)) {
    for (const log of alert.logs) {
      const names = lineNames(head.conn, alert.id, log);
      if (names.id === id || names.was === id) return names;
    }
  }
  return null;
}
