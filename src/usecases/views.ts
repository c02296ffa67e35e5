/** From the record to what readers see. Pure. */
import type { AlertView, AlertWhyView, BoardDelta, CandidateView, Flap, HostView, IncidentHeadView, LineView, LiveState, PastView, PersonRef, RoleView } from '../contract';
import { closedBy, isUnverified, trend, valueAtOpening } from '../domain/alert';
import { isLinked, linkedAlerts } from '../domain/alert-record';
import { hostsOf } from '../domain/hosts';
import { isFollowed } from '../domain/imported';
import { alertUrl, hostUrl } from '../domain/links';
import { findFlaps } from '../domain/flaps';
import type { AlertRecord, AlertSighting, Candidate, Deploy, Incident, IncidentHead, Line, LiveSnapshot, Settings } from '../domain/model';
import { asKnownAt } from '../domain/rewind';
import { ROLES } from '../domain/scheme';
import { entriesSince } from './entry-views';
import { ticketsSince } from './ticket-views';

const STALE_AFTER_MS = 90_000;
const PAST_ENTRIES = 1000;

const ref = (accountId: string): PersonRef => ({ accountId });
const refOrNull = (accountId: string | null): PersonRef | null => (accountId === null ? null : ref(accountId));
const lineView = (line: Line | null): LineView | null => (line === null ? null : { ...line, by: ref(line.by) });

function roleViews(head: IncidentHead): readonly RoleView[] {
  const order = (id: string): number => (ROLES.findIndex((role) => role === id) + ROLES.length + 1) % (ROLES.length + 1);
  return head.roles.map((role) => ({ ...role, person: refOrNull(role.person) })).sort((a, b) => order(a.id) - order(b.id) || (a.id < b.id ? -1 : 1));
}

export function headView(head: IncidentHead): IncidentHeadView {
  return {
    id: head.id,
    key: head.key,
    title: head.title,
    kind: head.kind,
    severity: head.severity,
    status: head.status,
    visibility: head.visibility,
    service: head.service,
    detectedAt: head.detectedAt,
    declaredAt: head.declaredAt,
    declaredBy: refOrNull(head.declaredBy),
    firstResponse: head.firstResponse === null ? null : { at: head.firstResponse.at, by: ref(head.firstResponse.by) },
    identifiedAt: head.identifiedAt,
    mitigatedAt: head.mitigatedAt,
    resolvedAt: head.resolvedAt,
    closedAt: head.closedAt,
    roles: roleViews(head),
    situation: lineView(head.situation),
    impact: lineView(head.impact),
    places: head.places === null ? null : { ...head.places, by: ref(head.places.by) },
    cause: head.cause === null ? null : { ...head.cause, by: ref(head.cause.by) },
    graphs: head.graphs,
    lastUpdateAt: head.lastUpdateAt,
    page: head.page,
    hidden: head.hidden === undefined ? null : { since: head.hidden.since, account: ref(head.hidden.account) },
    imported: head.imported === undefined ? null : { key: head.imported.key, at: head.imported.at, by: ref(head.imported.by) },
    version: head.ver,
    openAlerts: head.openAlerts,
    linkedAlerts: head.linkedAlerts,
  };
}

/** `of` is the incident's word on it; an alert outside any incident has none. */
export function alertView(alert: AlertSighting, live: LiveSnapshot | null, org: string | null, of: Pick<AlertView, 'linked' | 'v' | 'why'> = { linked: false, v: 0, why: null }): AlertView {
  const atOpening = valueAtOpening(alert);
  const now = alert.closedAt === null ? (live?.values[alert.id] ?? null) : null;
  return {
    id: alert.id,
    status: alert.status,
    open: alert.closedAt === null,
    monitorName: alert.monitorName,
    monitorType: alert.monitorType,
    host: alert.host,
    service: alert.service,
    metricLabel: alert.metricName,
    unit: alert.unit,
    operator: alert.operator,
    warning: alert.warning,
    critical: alert.critical,
    valueAtOpening: atOpening,
    now,
    trend: trend(alert.operator, atOpening, now?.value ?? null),
    message: alert.message,
    openedAt: alert.openedAt,
    closedAt: alert.closedAt,
    closedBy: closedBy(alert),
    unverified: isUnverified(alert),
    url: alertUrl(org, alert.id),
    ...of,
  };
}

function whyView({ links }: AlertRecord): AlertWhyView | null {
  const link = links.at(-1);
  return link?.why === undefined ? null : { messageKey: link.why.key, params: link.why.params, by: refOrNull(link.by), at: link.recordedAt };
}
const wordOn = (alert: AlertRecord): Pick<AlertView, 'linked' | 'v' | 'why'> => ({ linked: isLinked(alert), v: alert.v, why: whyView(alert) });

/** Those that are this incident's: of a merged one they are the survivor's. */
const ownAlerts = (incident: Incident): readonly AlertRecord[] => (incident.head.status === 'merged' ? [] : linkedAlerts(incident.alerts));
const flapsOf = (incident: Incident, settings: Settings, now: number): readonly Flap[] =>
  findFlaps(ownAlerts(incident), settings.grouping.flapMinutes, now).map((group) => group.map(({ id }) => id));

export function liveState(live: LiveSnapshot | null, hasKey: boolean, now: number): LiveState {
  if (!hasKey) return { asOf: null, state: 'not-configured', since: null, reasonKey: 'live.reason.not-configured' };
  const asOf = live?.at ?? null;
  if (live?.failedSince != null) return { asOf, state: 'stale', since: live.failedSince, reasonKey: live.reasonKey };
  // Nobody looked for a while: the first look is on its way, old numbers must not pass for fresh ones.
  if (asOf !== null && now - asOf > STALE_AFTER_MS) return { asOf, state: 'stale', since: asOf, reasonKey: null };
  return { asOf, state: 'live', since: null, reasonKey: null };
}

const hostViews = (incident: Incident, org: string | null): readonly HostView[] => hostsOf(incident).map((host) => ({ ...host, url: hostUrl(org, host.id) }));

/** Deploy marks the record knows: what a graph was marked with stays when Mackerel is gone. */
export function deploysOf(incident: Incident): readonly Deploy[] {
  return Object.values(incident.entries)
    .filter((entry) => entry.source === 'deploy')
    .map((entry) => ({ id: entry.id.slice('deploy:'.length), title: String(entry.params['title'] ?? ''), from: entry.at, to: Number(entry.params['to'] ?? entry.at) }))
    .sort((a, b) => a.from - b.from);
}

/** Rows of the incident changed after version `since` (0: everything), newest entry first. */
export function rowsSince(incident: Incident, since: number, live: LiveSnapshot | null, settings: Settings, now: number): Pick<BoardDelta, 'incident' | 'alerts' | 'flaps' | 'entries' | 'tickets' | 'hosts' | 'deploys' | 'live' | 'scheme'> {
  const org = settings.orgName;
  // Open alerts come always: their value now is not part of the version. One taken off is told of once; after a merge all are gone.
  const own = new Set(ownAlerts(incident));
  const gone = (alert: AlertRecord): boolean => since > 0 && (alert.v > since || isLinked(alert));
  const told = Object.values(incident.alerts).filter((alert) => (own.has(alert) ? alert.v > since || alert.closedAt === null : gone(alert)));
  return {
    incident: headView(incident.head),
    alerts: told.map((alert) => alertView(alert, live, org, { ...wordOn(alert), linked: own.has(alert) })),
    flaps: flapsOf(incident, settings, now),
    entries: entriesSince(incident, since),
    tickets: ticketsSince(incident, since),
    hosts: hostViews(incident, org),
    deploys: deploysOf(incident),
    scheme: settings.scheme,
    // A merged incident watches nothing any more, one from a file not yet.
    live: liveState(isFollowed(incident.head) ? live : null, settings.apiKeyLast4 !== null, now),
  };
}

/** What was known at `at`. */
export function pastView(incident: Incident, at: number, settings: Settings): PastView {
  const past = asKnownAt(incident, at);
  return {
    at,
    incident: headView(past.head),
    alerts: ownAlerts(past).map((alert) => alertView(alert, null, settings.orgName, wordOn(alert))),
    flaps: flapsOf(past, settings, at),
    hosts: hostViews(past, settings.orgName),
    deploys: deploysOf(past),
    entries: entriesSince(past, 0).slice(0, PAST_ENTRIES),
    tickets: ticketsSince(past, 0),
  };
}

export function candidateView(candidate: Candidate, org: string | null): CandidateView {
  return { id: candidate.id, alert: alertView(candidate.alert, null, org), why: { messageKey: candidate.whyKey, params: candidate.whyParams } };
}
