/** What an incident keeps of an alert: its facts with what each change replaced, and when it was linked or taken off. Pure. */
import { sameAlert } from './alert';
import type { AlertPatch, AlertRecord, AlertSighting, Incident, IncidentHead } from './record';

/** An alert that never comes to rest must not fill the record. */
const CHANGES_KEPT = 200;

export const isLinked = (alert: AlertRecord): boolean => alert.links.at(-1)?.on === true;
export function linkedAlerts(alerts: Incident['alerts']): readonly AlertRecord[] {
  return Object.values(alerts).filter(isLinked);
}
/** The alert of this id, linked or taken off; null: this incident never had it. */
export function alertOf(incident: Pick<Incident, 'alerts'>, id: string): AlertRecord | null {
  return Object.hasOwn(incident.alerts, id) ? (incident.alerts[id] ?? null) : null;
}

/** What the head says of its alerts. */
export function alertFacts(begunAt: number, alerts: Incident['alerts']): Pick<IncidentHead, 'openAlerts' | 'linkedAlerts' | 'detectedAt'> {
  const linked = linkedAlerts(alerts);
  return {
    openAlerts: linked.filter((alert) => alert.closedAt === null).length,
    linkedAlerts: linked.length,
    detectedAt: linked.reduce((first, alert) => Math.min(first, alert.openedAt), begunAt),
  };
}

/** An alert as it is first taken in. */
export function takeIn(seen: AlertSighting, recordedAt: number, v: number, by: string | null): AlertRecord {
  const logs = seen.logs.map((log) => ({ ...log, knownAt: recordedAt }));
  return { ...seen, logs, changes: [], links: [{ recordedAt, on: true, by }], v };
}

function replaced(before: AlertSighting, after: AlertSighting): AlertPatch {
  const { monitorName, host, service, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, statusAt, value } = before;
  const was: AlertPatch = { monitorName, host, service, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, statusAt, value };
  return Object.fromEntries(Object.entries(was).filter(([name, old]) => JSON.stringify(old) !== JSON.stringify(after[name as keyof AlertPatch])));
}

/** The known alert after more was heard of it: `joined` is the join of both. The same record when that tells nothing new. */
export function hear(known: AlertRecord, joined: AlertSighting, recordedAt: number, v: number): AlertRecord {
  if (sameAlert(known, joined)) return known;
  const logs = joined.logs.map((log) => (log.knownAt === undefined ? { ...log, knownAt: recordedAt } : log));
  const was = replaced(known, joined);
  const changes = Object.keys(was).length === 0 ? known.changes : [...known.changes, { recordedAt, was }].slice(-CHANGES_KEPT);
  return { ...joined, logs, changes, links: known.links, v };
}

/** Linked again, or taken off. */
export function relinked(known: AlertRecord, on: boolean, recordedAt: number, by: string, v: number): AlertRecord {
  return { ...known, links: [...known.links, { recordedAt, on, by }], v };
}

/** What is known of the alert, without what this incident made of it. */
export function sightingOf(alert: AlertRecord): AlertSighting {
  const { v: _v, changes: _changes, links: _links, ...facts } = alert;
  return { ...facts, logs: alert.logs.map(({ knownAt: _knownAt, ...log }) => log) };
}

/** The alert as this incident knew it at `at`; null: not at all yet. */
export function alertAt(alert: AlertRecord, at: number): AlertRecord | null {
  const links = alert.links.filter((link) => link.recordedAt <= at);
  if (links.length === 0) return null;
  const later = alert.changes.filter((change) => change.recordedAt > at);
  const facts = later.reduceRight<AlertRecord>((known, { was }) => ({ ...known, ...was }), alert);
  return { ...facts, links, changes: alert.changes.filter((change) => change.recordedAt <= at), logs: alert.logs.filter((log) => (log.knownAt ?? log.at) <= at) };
}
