/** What an incident keeps of an alert: its facts with what each change replaced, and when it was linked or taken off. Pure. */
import { joinAlert, sameAlert, sortLogs } from './alert';
import type { AlertChange, AlertLink, AlertLog, AlertPatch, AlertRecord, AlertSighting, Incident, IncidentHead, Why } from './record';

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
export function takeIn(seen: AlertSighting, recordedAt: number, v: number, by: string | null, why?: Why): AlertRecord {
  const logs = seen.logs.map((log) => ({ ...log, knownAt: recordedAt }));
  return { ...seen, logs, changes: [], links: [{ recordedAt, on: true, by, ...(why === undefined ? {} : { why }) }], v };
}

const readOf = ({ read }: AlertSighting): Required<AlertPatch>['read'] => (read === undefined ? 'none' : read);

function replaced(before: AlertSighting, after: AlertSighting): AlertPatch {
  const seen = (alert: AlertSighting): Required<AlertPatch> => {
    const { monitorName, host, service, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, statusAt, value } = alert;
    return { monitorName, host, service, metricName, unit, operator, warning, critical, message, openedAt, closedAt, reason, status, statusAt, value, read: readOf(alert) };
  };
  const now = seen(after);
  return Object.fromEntries(Object.entries(seen(before)).filter(([name, old]) => JSON.stringify(old) !== JSON.stringify(now[name as keyof AlertPatch])));
}
/** Put back what a change replaced. */
function undone(alert: AlertRecord, { was: { read, ...facts } }: AlertChange): AlertRecord {
  const before = { ...alert, ...facts };
  if (read === undefined) return before;
  const { read: _read, ...whole } = before;
  return read === 'none' ? whole : { ...whole, read };
}

/** The known alert after more was heard of it: `joined` is the join of both. The same record when that tells nothing new. */
export function hear(known: AlertRecord, joined: AlertSighting, recordedAt: number, v: number): AlertRecord {
  if (sameAlert(known, joined)) return known;
  // A line read now may be one a webhook told of before: it was known since then.
  const toldAt = new Map(known.logs.filter((log) => log.heardAt !== undefined).map((log) => [`${log.status}@${log.at}`, log.knownAt]));
  const logs = joined.logs.map((log) => (log.knownAt === undefined ? { ...log, knownAt: toldAt.get(`${log.status}@${log.at}`) ?? recordedAt } : log));
  const was = replaced(known, joined);
  const stay = new Set(logs.map(({ id }) => id));
  const gone = known.logs.filter(({ id, heardAt }) => heardAt !== undefined && !stay.has(id));
  const change: AlertChange = { recordedAt, was, ...(gone.length === 0 ? {} : { gone }) };
  const changes = Object.keys(was).length === 0 && gone.length === 0 ? known.changes : [...known.changes, change].slice(-CHANGES_KEPT);
  return { ...joined, logs, changes, links: known.links, v };
}

/** Linked again, or taken off. */
export function relinked(known: AlertRecord, link: AlertLink, v: number): AlertRecord {
  return { ...known, links: [...known.links, link], v };
}

/** The alert after a person linked it, as heard of by now. */
export function linkedNow(known: AlertRecord | null, seen: AlertSighting, link: Pick<AlertLink, 'recordedAt' | 'by'> & { readonly why?: Why | undefined }, v: number): AlertRecord {
  const { recordedAt, by, why } = link;
  if (known === null) return takeIn(seen, recordedAt, v, by, why);
  return relinked(hear(known, joinAlert(known, seen), recordedAt, v), { recordedAt, on: true, by, ...(why === undefined ? {} : { why }) }, v);
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
  const facts = later.reduceRight<AlertRecord>(undone, alert);
  return { ...facts, links, changes: alert.changes.filter((change) => change.recordedAt <= at), logs: logsAt(alert.logs, later, at) };
}

/** Lines known at `at`: words that have given way since stand for the lines that took their places. */
function logsAt(logs: readonly AlertLog[], later: readonly AlertChange[], at: number): readonly AlertLog[] {
  const known = (log: AlertLog): boolean => (log.knownAt ?? log.at) <= at;
  const told = later.flatMap(({ gone = [] }) => gone).filter(known);
  const names = new Set(told.map(({ status, at: began }) => `${status}@${began}`));
  return sortLogs([...told, ...logs.filter((log) => known(log) && !names.has(`${log.status}@${log.at}`))]);
}
