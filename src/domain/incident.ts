/** Pure transitions of one incident's course: declared, alerts heard, response, severity, status. `now` and ids come from outside. */
import type { IncidentStatus, Severity, Visibility } from '../contract';
import { joinAlert } from './alert';
import { alertFacts, hear, takeIn } from './alert-record';
import { admitted, shutOut, type Told } from './audience';
import { alreadyDone, entryOf, observed, pressed, type Press } from './change';
import { staysHere } from './merged-away';
import { thresholdEntry } from './thresholds';
import type { AlertRecord, AlertSighting, DeclareIntent, HeadPatch, HeadState, Incident, IncidentHead, OutboxItem, Why } from './model';

const NO_REASONS: ReadonlyMap<string, Why> = new Map();
export const ENDED: ReadonlySet<IncidentStatus> = new Set(['closed', 'cancelled', 'merged']);

/** The record as it is at the moment of declaring; the key is given by the store (public) or drawn (private). */
export function declared(intent: DeclareIntent, key: string): Incident {
  const at = intent.declaredAt;
  const alerts = Object.fromEntries(intent.alerts.map((alert) => [alert.id, takeIn(alert, at, 1, null)]));
  const state: HeadState = {
    severity: intent.severity,
    status: intent.past === undefined ? 'investigating' : 'resolved',
    state: 'open',
    begunAt: intent.detectedAt,
    firstResponse: null,
    identifiedAt: null,
    mitigatedAt: null,
    resolvedAt: intent.past?.endedAt ?? null,
    closedAt: null,
    roles: [],
    situation: null,
    impact: null,
    places: null,
    cause: null,
    graphs: [],
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
    declaredAt: at,
    declaredBy: intent.declaredBy,
    ...alertFacts(intent.detectedAt, alerts),
    chunks: 1,
    outbox: intent.visibility === 'public' && intent.past === undefined ? [{ id: `${intent.incidentId}:declared`, kind: 'declared', by: intent.declaredBy, at }] : [],
  };
  const id = `${intent.incidentId}:declared`;
  const messageKey = intent.past !== undefined ? 'entry.declared.past' : intent.declaredBy === null ? 'entry.declared.rule' : 'entry.declared';
  const first = entryOf(id, { messageKey, params: {} }, intent.declaredBy, at, 1, state);
  return { head, alerts, entries: { [id]: first, ...audienceEntries(intent) }, pins: {}, hosts: {}, tickets: {} };
}

/** Who else may see it from the beginning. */
function audienceEntries({ incidentId, audience, declaredAt, declaredBy }: DeclareIntent): Incident['entries'] {
  const told: readonly Told[] = [...(audience?.people ?? []).map((accountId) => ({ accountId })), ...(audience?.groups ?? []).map(({ name }) => ({ group: name }))];
  return Object.fromEntries(told.map((who, n) => [`${incidentId}:audience:${n}`, entryOf(`${incidentId}:audience:${n}`, admitted(who), declaredBy, declaredAt, 1, null)]));
}

/**
 * Takes sightings of alerts in; those not known yet are linked, `why` by alert id. The same incident comes back when they tell
 * nothing new.
 * @throws MergedAway when its alerts are another incident's by now
 */
export function sight(incident: Incident, sightings: readonly AlertSighting[], now: number, why: ReadonlyMap<string, Why> = NO_REASONS): Incident {
  staysHere(incident.head);
  return observed(incident, now, (v, recordedAt) => {
    const changed: Record<string, AlertRecord> = {};
    let entries: Incident['entries'] = {};
    for (const seen of sightings) {
      const known = changed[seen.id] ?? incident.alerts[seen.id];
      const next = known === undefined ? takeIn(seen, recordedAt, v, null, why.get(seen.id)) : hear(known, joinAlert(known, seen), recordedAt, v);
      if (next === known) continue;
      changed[seen.id] = next;
      if (known !== undefined) entries = { ...entries, ...thresholdEntry(known, next, recordedAt, v) };
    }
    if (Object.keys(changed).length === 0) return null;
    return { alerts: changed, entries, head: alertFacts(incident.head.begunAt, { ...incident.alerts, ...changed }) };
  });
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

type PhaseTimes = Pick<HeadState, 'identifiedAt' | 'mitigatedAt' | 'resolvedAt' | 'closedAt'>;

/** What moving to `status` at `now` sets. Phase times are set once and cleared when a phase is taken back. */
export function coursePatch(known: PhaseTimes, status: Exclude<IncidentStatus, 'merged'>, now: number): HeadPatch {
  const reached = REACHED[status];
  const at = (phase: number, time: number | null): number | null => {
    if (status === 'cancelled') return time;
    return reached >= phase ? (time ?? (reached === phase ? now : null)) : null;
  };
  return {
    status,
    state: ENDED.has(status) ? 'ended' : 'open',
    identifiedAt: at(1, known.identifiedAt),
    mitigatedAt: at(2, known.mitigatedAt),
    resolvedAt: at(3, known.resolvedAt),
    closedAt: reached === 4 ? (known.closedAt ?? now) : null,
    lastUpdateAt: now,
  };
}

/** Moves between states freely: people correct themselves. */
export function setStatus(incident: Incident, status: Exclude<IncidentStatus, 'merged'>, press: Press, note = ''): Incident {
  const { head } = incident;
  if (alreadyDone(incident, press.opId) || head.status === status) return incident;
  return pressed(incident, press, (_v, now) => {
    const params = { from: head.status, to: status, note };
    const said = { messageKey: note === '' ? 'entry.status' : 'entry.status.note', params };
    return { set: coursePatch(head, status, now), said, ...(status === 'resolved' ? { notice: 'resolved' as const } : {}) };
  });
}

/** Who may know of it. A private incident owes no notice any more, and who read it when it was public reads on only where they may. */
export function setVisibility(incident: Incident, visibility: Visibility, press: Press): Incident {
  if (alreadyDone(incident, press.opId) || incident.head.visibility === visibility) return incident;
  return pressed(incident, press, () => ({ head: { visibility, ...(visibility === 'private' ? shutOut(incident.head) : {}) }, said: { messageKey: `entry.visibility.${visibility}`, params: {} }, work: { kind: 'visibility' } }));
}

/** Its page was refused for good: nobody will ever see it, and it owes no notice. */
export function abandoned(incident: Incident, now: number): Incident {
  if (ENDED.has(incident.head.status)) return incident;
  return observed(incident, now, (v, recordedAt) => {
    const set = coursePatch(incident.head, 'cancelled', recordedAt);
    const id = `${incident.head.id}:abandoned`;
    return { set, head: { outbox: [] }, entries: { [id]: entryOf(id, { messageKey: null, params: {} }, null, recordedAt, v, set) } };
  });
}

export function withPage(incident: Incident, page: { readonly id: string; readonly url: string }): Incident {
  if (incident.head.page?.id === page.id) return incident;
  return { ...incident, head: { ...incident.head, page: { ...page, state: 'current' }, ver: incident.head.ver + 1 } };
}

/** A past incident is closed as soon as it has its page; one that ends without a page was given up. */
export function closedAsPast(incident: Incident, now: number): Incident {
  const id = `${incident.head.id}:past`;
  if (Object.hasOwn(incident.entries, id)) return incident;
  return observed(incident, now, (v, recordedAt) => {
    const set = coursePatch(incident.head, 'closed', recordedAt);
    const owed: readonly OutboxItem[] = [...incident.head.outbox, { id: `${id}:review`, kind: 'review', by: null, at: recordedAt }];
    return { set, entries: { [id]: entryOf(id, { messageKey: null, params: {} }, null, recordedAt, v, set) }, head: { outbox: owed } };
  });
}

/** Forgets the notices that have become rows of their own. Not a change readers could see. */
export function outboxSent(incident: Incident, ids: readonly string[]): Incident {
  const left = incident.head.outbox.filter((item) => !ids.includes(item.id));
  if (left.length === incident.head.outbox.length) return incident;
  return { ...incident, head: { ...incident.head, outbox: left, ver: incident.head.ver + 1 } };
}
