/** The same thing again: alerts of one monitor about one host or service, over time. Pure, and the same whatever came first. */
import type { AlertSighting } from './alert';

/** One alert as it is remembered for its likes. Times are epoch ms. */
export interface Occurrence {
  readonly id: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** A person said of it that it is no incident. */
  readonly dismissed: boolean;
}
const KEPT = 50;
const MINUTE_MS = 60_000;
/** An alert open longer than this is no flapping, whatever came before it. */
export const LONG_MS = 30 * MINUTE_MS;

/** What has to be the same. By name, because a webhook tells no monitor id. */
export const subjectOf = (alert: AlertSighting): string => `${alert.monitorType}|${alert.monitorName}|${alert.host?.id ?? alert.service ?? ''}`;

/** Takes one in; the same list when it tells nothing new. The newest are kept. */
export function noteOccurrence(seen: readonly Occurrence[], one: Occurrence): readonly Occurrence[] {
  const known = seen.find(({ id }) => id === one.id);
  const closed = [known?.closedAt, one.closedAt].filter((at) => at != null);
  const joined: Occurrence = {
    id: one.id, openedAt: Math.min(known?.openedAt ?? one.openedAt, one.openedAt), closedAt: closed.length === 0 ? null : Math.max(...closed), dismissed: one.dismissed || known?.dismissed === true,
  };
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(joined)) return seen;
  return [...seen.filter(({ id }) => id !== one.id), joined].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1)).slice(-KEPT);
}

/** Most of them within `minutes`, counting the one of this id. */
export function timesWithin(seen: readonly Occurrence[], id: string, minutes: number): number {
  const own = seen.find((one) => one.id === id);
  if (own === undefined) return 0;
  // A window ends where one of them opens; the fullest that holds this one counts.
  const ends = seen.filter((one) => one.openedAt >= own.openedAt && one.openedAt - own.openedAt < minutes * MINUTE_MS);
  return Math.max(...ends.map((end) => seen.filter((one) => one.openedAt <= end.openedAt && end.openedAt - one.openedAt < minutes * MINUTE_MS).length));
}

/** The one this continues: it ended at most `minutes` before this began. null: none. */
export function continues(seen: readonly Occurrence[], { id, openedAt }: Pick<Occurrence, 'id' | 'openedAt'>, minutes: number): Occurrence | null {
  return seen.findLast((one) => one.id !== id && one.openedAt <= openedAt && (one.closedAt === null || openedAt - one.closedAt <= minutes * MINUTE_MS)) ?? null;
}

/** True once an alert has been open too long to be a blip. `now`: epoch ms. */
export const isLong = ({ openedAt, closedAt }: Pick<Occurrence, 'openedAt' | 'closedAt'>, now: number): boolean => (closedAt ?? now) - openedAt > LONG_MS;
