/** Thresholds that were edited in Mackerel while an alert fired: Mackerel tells nobody, two readings show it. Pure. */
import type { AlertStatus } from '../contract';
import { entryOf } from './change';
import type { AlertRecord, AlertSighting, Entry, Incident } from './record';

type Limits = Pick<AlertSighting, 'operator' | 'warning' | 'critical'>;
const THRESHOLDS = 'entry.alert.thresholds';

/** What two readings of one monitor differ in; null: nothing, or not both were read while the alert fired. */
function edited(known: AlertSighting, next: AlertSighting): Limits | null {
  const read = known.factsAt > 0 && known.factsAt < next.factsAt && known.factsAt < (next.closedAt ?? Infinity);
  // A monitor that is gone has no thresholds, which is another thing than having none set.
  if (!read || known.monitorId !== next.monitorId || known.operator === null || next.operator === null) return null;
  return known.operator === next.operator && known.warning === next.warning && known.critical === next.critical ? null : known;
}

/** The entry that says so, by its id; empty: nothing to say. The reading names it, so that it stands there once. */
export function thresholdEntry(known: AlertSighting, next: AlertSighting, recordedAt: number, v: number): Incident['entries'] {
  const before = edited(known, next);
  if (before === null) return {};
  const id = `thresholds:${next.id}:${next.factsAt}`;
  const params = {
    monitor: next.monitorName, host: next.host?.name ?? '', fromOperator: before.operator ?? '', toOperator: next.operator ?? '',
    fromWarning: before.warning ?? '', toWarning: next.warning ?? '', fromCritical: before.critical ?? '', toCritical: next.critical ?? '',
  };
  return { [id]: entryOf(id, { messageKey: THRESHOLDS, params, alertId: next.id }, null, recordedAt, v, null) };
}

/** The edits of an alert's thresholds, oldest first. */
export const thresholdEdits = ({ entries }: Incident, alertId: string): readonly Entry[] =>
  Object.values(entries)
    .filter((entry) => entry.messageKey === THRESHOLDS && entry.alertId === alertId)
    .sort((a, b) => a.recordedAt - b.recordedAt || a.v - b.v);

/** Operator and threshold of a status as they were known at `at`, epoch ms. */
export function limitAt(alert: AlertRecord, edits: readonly Entry[], status: AlertStatus, at: number): { readonly operator: string; readonly threshold: number | '' } {
  const params = edits.find(({ recordedAt }) => recordedAt > at)?.params;
  const operator = String(params?.['fromOperator'] ?? alert.operator ?? '');
  if (status !== 'CRITICAL' && status !== 'WARNING') return { operator, threshold: '' };
  const then = params?.[status === 'CRITICAL' ? 'fromCritical' : 'fromWarning'];
  const now = status === 'CRITICAL' ? alert.critical : alert.warning;
  return { operator, threshold: then === undefined ? (now ?? '') : then === '' ? '' : Number(then) };
}
