/** Pure transitions of one incident. `now` and ids come from outside; every accepted change raises `head.ver` by one. */
import type { IncidentStatus, Severity } from '../contract';
import { joinAlert, sameAlert, type AlertSighting } from './alert';
import type { AlertRecord, DeclareIntent, Entry, Incident, IncidentHead, NoticeKind } from './model';

const OPS_KEPT = 40;
export const ENDED: ReadonlySet<IncidentStatus> = new Set(['closed', 'cancelled', 'merged']);

/** What a person presses, with the operation id of the press. */
export interface Press {
  readonly opId: string;
  readonly by: string;
  readonly now: number;
}

function entry(id: string, at: number, messageKey: string, params: Entry['params'], by: string | null, v: number): Entry {
  return { id, at, source: 'app', messageKey, params, text: null, by, alertId: null, status: null, v };
}

function countOpen(alerts: Incident['alerts']): number {
  return Object.values(alerts).filter((alert) => alert.closedAt === null).length;
}

/** The record as it is at the moment of declaring; the key is given by the store (public) or drawn (private). */
export function declared(intent: DeclareIntent, key: string): Incident {
  const alerts = Object.fromEntries(intent.alerts.map((alert) => [alert.id, { ...alert, v: 1 }]));
  const head: IncidentHead = {
    schema: 1,
    ver: 1,
    id: intent.incidentId,
    conn: intent.conn,
    key,
    nonce: intent.nonce,
    title: intent.title,
    kind: intent.kind,
    severity: intent.severity,
    status: 'investigating',
    visibility: intent.visibility,
    lang: intent.lang,
    service: intent.service,
    space: intent.space,
    page: null,
    state: 'open',
    detectedAt: intent.detectedAt,
    declaredAt: intent.declaredAt,
    declaredBy: intent.declaredBy,
    firstResponse: null,
    mitigatedAt: null,
    resolvedAt: null,
    closedAt: null,
    openAlerts: countOpen(alerts),
    chunks: 1,
    ops: [],
    outbox: intent.visibility === 'public' ? [{ id: `${intent.incidentId}:declared`, kind: 'declared', by: intent.declaredBy, at: intent.declaredAt }] : [],
  };
  const id = `${intent.incidentId}:declared`;
  const said = intent.declaredBy === null ? 'entry.declared.rule' : 'entry.declared';
  return { head, alerts, entries: { [id]: entry(id, intent.declaredAt, said, {}, intent.declaredBy, 1) } };
}

/** Takes sightings of linked alerts in. The same incident comes back when they tell nothing new. */
export function sight(incident: Incident, sightings: readonly AlertSighting[]): Incident {
  const ver = incident.head.ver + 1;
  const changed: Record<string, AlertRecord> = {};
  for (const seen of sightings) {
    const known = changed[seen.id] ?? incident.alerts[seen.id];
    const joined = known === undefined ? seen : joinAlert(known, seen);
    if (known === undefined || !sameAlert(known, joined)) changed[seen.id] = { ...joined, v: ver };
  }
  if (Object.keys(changed).length === 0) return incident;
  const alerts = { ...incident.alerts, ...changed };
  const detectedAt = Math.min(incident.head.detectedAt, ...Object.values(changed).map((alert) => alert.openedAt));
  return { ...incident, alerts, head: { ...incident.head, ver, detectedAt, openAlerts: countOpen(alerts) } };
}

/** True when this press was already accepted: a retry finds its own effect. */
export function alreadyDone(incident: Incident, opId: string): boolean {
  return incident.head.ops.some((op) => op.id === opId);
}

function change(incident: Incident, press: Press, head: Partial<IncidentHead>, messageKey: string, params: Entry['params'], notice: NoticeKind | null): Incident {
  const ver = incident.head.ver + 1;
  const id = `op:${press.opId}`;
  const owed = notice !== null && incident.head.visibility === 'public' ? [{ id, kind: notice, by: press.by, at: press.now }] : [];
  return {
    ...incident,
    head: {
      ...incident.head,
      ...head,
      ver,
      ops: [...incident.head.ops, { id: press.opId, ver }].slice(-OPS_KEPT),
      outbox: [...incident.head.outbox, ...owed],
    },
    entries: { ...incident.entries, [id]: entry(id, press.now, messageKey, params, press.by, ver) },
  };
}

/** "I'm on it". The first one is recorded for good; a later press changes nothing. */
export function respond(incident: Incident, press: Press): Incident {
  if (alreadyDone(incident, press.opId) || incident.head.firstResponse !== null) return incident;
  return change(incident, press, { firstResponse: { at: press.now, by: press.by } }, 'entry.responded', {}, 'responded');
}

export function setSeverity(incident: Incident, severity: Severity, press: Press): Incident {
  if (alreadyDone(incident, press.opId) || incident.head.severity === severity) return incident;
  const params = { from: incident.head.severity, to: severity };
  return change(incident, press, { severity }, 'entry.severity', params, 'severity');
}

/** Moves between states freely: people correct themselves. Phase times are set once and cleared when a phase is taken back. */
export function setStatus(incident: Incident, status: Exclude<IncidentStatus, 'merged'>, press: Press): Incident {
  const { head } = incident;
  if (alreadyDone(incident, press.opId) || head.status === status) return incident;
  const reached = { investigating: 0, identified: 1, mitigated: 2, resolved: 3, closed: 4, cancelled: 4 }[status];
  const at = (phase: number, known: number | null): number | null => {
    if (status === 'cancelled') return known;
    return reached >= phase ? (known ?? (reached === phase ? press.now : null)) : null;
  };
  const times = {
    mitigatedAt: at(2, head.mitigatedAt),
    resolvedAt: at(3, head.resolvedAt),
    closedAt: reached === 4 ? (head.closedAt ?? press.now) : null,
  };
  const state = ENDED.has(status) ? ('ended' as const) : ('open' as const);
  const params = { from: head.status, to: status };
  return change(incident, press, { status, state, ...times }, 'entry.status', params, status === 'resolved' ? 'resolved' : null);
}

export function withPage(incident: Incident, page: { readonly id: string; readonly url: string }): Incident {
  if (incident.head.page?.id === page.id) return incident;
  return { ...incident, head: { ...incident.head, page, ver: incident.head.ver + 1 } };
}

/** Forgets the notices that have become rows of their own. Not a change readers could see. */
export function outboxSent(incident: Incident, ids: readonly string[]): Incident {
  const left = incident.head.outbox.filter((item) => !ids.includes(item.id));
  if (left.length === incident.head.outbox.length) return incident;
  return { ...incident, head: { ...incident.head, outbox: left, ver: incident.head.ver + 1 } };
}
