/** Alerts that came and went: one row stands for each group the app found. Pure. */
import type { AlertStatus, AlertView, EntryView, Flap } from '../../../../src/contract';

export interface AlertRows {
  readonly alert: AlertView;
  /** Those folded under it, newest first. */
  readonly more: readonly AlertView[];
}

/** One and the same, so that rows without any are not drawn again. */
const NONE: readonly AlertView[] = [];

/** Rows for `shown`, some of `all` in their order. What fires always has a row of its own, whatever the groups say. */
export function alertRows(shown: readonly AlertView[], all: readonly AlertView[], flaps: readonly Flap[]): readonly AlertRows[] {
  const byId = new Map(all.map((alert) => [alert.id, alert]));
  const under = new Map<string, readonly AlertView[]>();
  for (const [lead, ...rest] of flaps) {
    if (lead !== undefined && byId.has(lead)) under.set(lead, rest.flatMap((id) => byId.get(id) ?? []).filter((alert) => !alert.open));
  }
  const folded = new Set([...under.values()].flat().map(({ id }) => id));
  return shown.filter(({ id }) => !folded.has(id)).map((alert) => ({ alert, more: under.get(alert.id) ?? NONE }));
}

/** A group of recovered alerts on the timeline. */
export interface Fold {
  readonly id: string;
  /** Newest first. */
  readonly entries: readonly EntryView[];
  readonly times: number;
  readonly from: number;
  readonly to: number;
  readonly worst: AlertStatus;
  readonly monitor: string;
  readonly host: string;
}
const RANK: readonly AlertStatus[] = ['OK', 'WARNING', 'UNKNOWN', 'CRITICAL'];

/** Those of two or more recovered alerts that have entries here. */
export function timelineFolds(entries: readonly EntryView[], alerts: readonly AlertView[], flaps: readonly Flap[]): readonly Fold[] {
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  const told = new Map<string, EntryView[]>();
  for (const entry of entries) if (entry.source === 'mackerel' && entry.alertId !== null) told.set(entry.alertId, [...(told.get(entry.alertId) ?? []), entry]);
  return flaps.flatMap((group) => {
    const over = group.flatMap((id) => byId.get(id) ?? []).filter((alert) => !alert.open && told.has(alert.id));
    const [newest, oldest] = [over[0], over.at(-1)];
    if (newest === undefined || oldest === undefined || over.length < 2) return [];
    const own = over.flatMap(({ id }) => told.get(id) ?? []).sort((a, b) => b.at - a.at || b.v - a.v);
    const worst = own.reduce<AlertStatus>((found, { status }) => (status !== null && RANK.indexOf(status) > RANK.indexOf(found) ? status : found), 'OK');
    return [{ id: `flap:${oldest.id}`, entries: own, times: over.length, from: oldest.openedAt, to: newest.closedAt ?? newest.openedAt, worst, monitor: newest.monitorName, host: newest.host?.name ?? '' }];
  });
}
