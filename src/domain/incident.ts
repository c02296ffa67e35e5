/** Pure transitions of one incident's course: declared, alerts heard, response, severity, status. `now` and ids come from outside. */
import type { IncidentStatus, Severity } from '../contract';
import { joinAlert, sameAlert } from './alert';
import { alreadyDone, entryOf, pressed, recordTime, type Press } from './change';
import type { AlertRecord, AlertSighting, DeclareIntent, HeadState, Incident, IncidentHead } from './model';

export { alreadyDone, type Press } from './change';
export const ENDED: ReadonlySet<IncidentStatus> = new Set(['closed', 'cancelled', 'merged']);

export const isLinked = (alert: AlertRecord): boolean => alert.links.at(-1)?.on === true;
export function linkedAlerts(alerts: Incident['alerts']): readonly AlertRecord[] {
  return Object.values(alerts).filter(isLinked);
}
/** What the head says of its alerts. */
export function alertFacts(begunAt: number, alerts: Incident['alerts']): Pick<IncidentHead, 'openAlerts' | 'linkedAlerts' | 'detectedAt'> {
  const linked = linkedAlerts(alerts);
  return {
    openAlerts: linked.filter((alert) => alert.closedAt === null).length,
    linkedAlerts: linked.length,
    detectedAt: Math.min(begunAt, ...linked.map((alert) => alert.openedAt)),
  };
}

/** An alert as it is first taken in. */
export function takeIn(seen: AlertSighting, recordedAt: number, v: number, by: string | null): AlertRecord {
  const logs = seen.logs.map((log) => ({ ...log, knownAt: recordedAt }));
  return { ...seen, logs, seen: [{ recordedAt, status: seen.status, closedAt: seen.closedAt }], links: [{ recordedAt, on: true, by }], v };
}

/** The record as it is at the moment of declaring; the key is given by the store (public) or drawn (private). */
export function declared(intent: DeclareIntent, key: string): Incident {
  const at = intent.declaredAt;
  const alerts = Object.fromEntries(intent.alerts.map((alert) => [alert.id, takeIn(alert, at, 1, null)]));
  const state: HeadState = {
    severity: intent.severity,
    status: 'investigating',
    state: 'open',
    firstResponse: null,
    identifiedAt: null,
    mitigatedAt: null,
    resolvedAt: null,
    closedAt: null,
    roles: [],
    situation: null,
    impact: null,
    places: null,
    cause: null,
    graphs: [],
    hosts: [],
    lastUpdateAt: at,
  };
  const head: IncidentHead = {
    ...state,
    schema: 2,
    ver: 1,
    changedAt: at,
    id: intent.incidentId,
    conn: intent.conn,
    key,
    nonce: intent.nonce,
    title: intent.title,
    kind: intent.kind,
    visibility: intent.visibility,
    lang: intent.lang,
    service: intent.service,
    space: intent.space,
    page: null,
    begunAt: intent.detectedAt,
    declaredAt: at,
    declaredBy: intent.declaredBy,
    ...alertFacts(intent.detectedAt, alerts),
    chunks: 1,
    ops: [],
    outbox: intent.visibility === 'public' ? [{ id: `${intent.incidentId}:declared`, kind: 'declared', by: intent.declaredBy, at }] : [],
  };
  const id = `${intent.incidentId}:declared`;
  const messageKey = intent.declaredBy === null ? 'entry.declared.rule' : 'entry.declared';
  return { head, alerts, entries: { [id]: entryOf(id, { messageKey, params: {} }, intent.declaredBy, at, 1, state) }, pins: {} };
}

function heardAgain(known: AlertRecord, joined: AlertSighting, recordedAt: number, v: number): AlertRecord {
  const logs = joined.logs.map((log) => (log.knownAt === undefined ? { ...log, knownAt: recordedAt } : log));
  const changed = joined.status !== known.status || joined.closedAt !== known.closedAt;
  const seen = changed ? [...known.seen, { recordedAt, status: joined.status, closedAt: joined.closedAt }] : known.seen;
  return { ...joined, logs, seen, links: known.links, v };
}

/** Takes sightings of alerts in; those not known yet are linked. The same incident comes back when they tell nothing new. */
export function sight(incident: Incident, sightings: readonly AlertSighting[], now: number): Incident {
  const v = incident.head.ver + 1;
  const recordedAt = recordTime(incident.head, now);
  const changed: Record<string, AlertRecord> = {};
  for (const seen of sightings) {
    const known = changed[seen.id] ?? incident.alerts[seen.id];
    const joined = known === undefined ? seen : joinAlert(known, seen);
    if (known === undefined) changed[seen.id] = takeIn(joined, recordedAt, v, null);
    else if (!sameAlert(known, joined)) changed[seen.id] = heardAgain(known, joined, recordedAt, v);
  }
  if (Object.keys(changed).length === 0) return incident;
  const alerts = { ...incident.alerts, ...changed };
  return { ...incident, alerts, head: { ...incident.head, ver: v, changedAt: recordedAt, ...alertFacts(incident.head.begunAt, alerts) } };
}

/** "I'm on it". The first one is recorded for good; a later press changes nothing. */
export function respond(incident: Incident, press: Press): Incident {
  if (alreadyDone(incident, press.opId) || incident.head.firstResponse !== null) return incident;
  return pressed(incident, press, (_v, at) => ({ set: { firstResponse: { at, by: press.by } }, said: { messageKey: 'entry.responded', params: {} }, notice: 'responded' }));
}

/** `note` is what the presser wrote beside it; empty: nothing. */
export function setSeverity(incident: Incident, severity: Severity, press: Press, note = ''): Incident {
  if (alreadyDone(incident, press.opId) || incident.head.severity === severity) return incident;
  const params = { from: incident.head.severity, to: severity, note };
  return pressed(incident, press, (_v, at) => ({ set: { severity, lastUpdateAt: at }, said: { messageKey: note === '' ? 'entry.severity' : 'entry.severity.note', params }, notice: 'severity' }));
}

const REACHED = { investigating: 0, identified: 1, mitigated: 2, resolved: 3, closed: 4, cancelled: 4 } as const;

/** Moves between states freely: people correct themselves. Phase times are set once and cleared when a phase is taken back. */
export function setStatus(incident: Incident, status: Exclude<IncidentStatus, 'merged'>, press: Press, note = ''): Incident {
  const { head } = incident;
  if (alreadyDone(incident, press.opId) || head.status === status) return incident;
  const reached = REACHED[status];
  return pressed(incident, press, (_v, now) => {
    const at = (phase: number, known: number | null): number | null => {
      if (status === 'cancelled') return known;
      return reached >= phase ? (known ?? (reached === phase ? now : null)) : null;
    };
    const set = {
      status,
      state: ENDED.has(status) ? ('ended' as const) : ('open' as const),
      identifiedAt: at(1, head.identifiedAt),
      mitigatedAt: at(2, head.mitigatedAt),
      resolvedAt: at(3, head.resolvedAt),
      closedAt: reached === 4 ? (head.closedAt ?? now) : null,
      lastUpdateAt: now,
    };
    const params = { from: head.status, to: status, note };
    return { set, said: { messageKey: note === '' ? 'entry.status' : 'entry.status.note', params }, ...(status === 'resolved' ? { notice: 'resolved' as const } : {}) };
  });
}

export function withPage(incident: Incident, page: { readonly id: string; readonly url: string }): Incident {
  if (incident.head.page?.id === page.id) return incident;
  return { ...incident, head: { ...incident.head, page: { ...page, state: 'current' }, ver: incident.head.ver + 1 } };
}

/** Forgets the notices that have become rows of their own. Not a change readers could see. */
export function outboxSent(incident: Incident, ids: readonly string[]): Incident {
  const left = incident.head.outbox.filter((item) => !ids.includes(item.id));
  if (left.length === incident.head.outbox.length) return incident;
  return { ...incident, head: { ...incident.head, outbox: left, ver: incident.head.ver + 1 } };
}
