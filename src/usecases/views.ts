/** From the record to what readers see. Pure. */
import type { AlertView, BoardDelta, CandidateView, DeployMark, EntryView, HostView, IncidentHeadView, LiveState } from '../contract';
import { alertUrl, hostUrl } from '../domain/links';
import { closedBy, trend, valueAtOpening } from '../domain/alert';
import type { AlertLog, AlertRecord, Candidate, Entry, Incident, IncidentHead, LiveSnapshot, Settings } from '../domain/model';

const STALE_AFTER_MS = 90_000;

export function headView(head: IncidentHead): IncidentHeadView {
  const person = (accountId: string | null): { accountId: string } | null => (accountId === null ? null : { accountId });
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
    declaredBy: person(head.declaredBy),
    firstResponse: head.firstResponse === null ? null : { at: head.firstResponse.at, by: { accountId: head.firstResponse.by } },
    mitigatedAt: head.mitigatedAt,
    resolvedAt: head.resolvedAt,
    closedAt: head.closedAt,
    page: head.page,
    version: head.ver,
    openAlerts: head.openAlerts,
  };
}

export function alertView(alert: AlertRecord, live: LiveSnapshot | null, org: string | null): AlertView {
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
    url: alertUrl(org, alert.id),
    v: alert.v,
  };
}

const CLOSED_TEXT: Readonly<Record<string, string>> = {
  monitoring: 'entry.alert.recovered',
  manual: 'entry.alert.closed.manual',
  monitorDelete: 'entry.alert.closed.monitorDelete',
  hostRetire: 'entry.alert.closed.hostRetire',
};

function logText(log: AlertLog, first: boolean): string {
  if (log.status === 'OK') return CLOSED_TEXT[log.trigger] ?? 'entry.alert.closed';
  return first ? 'entry.alert.opened' : 'entry.alert.changed';
}

/** One entry per line of the alert's own log: their ids come from Mackerel, so nothing can stand there twice. */
export function alertEntries(conn: string, alert: AlertRecord): readonly EntryView[] {
  return alert.logs.map((log, index) => {
    const threshold = log.status === 'CRITICAL' ? alert.critical : log.status === 'WARNING' ? alert.warning : null;
    return {
      id: `${conn}:${alert.id}:log:${log.id}`,
      at: log.at,
      source: 'mackerel',
      messageKey: logText(log, index === 0),
      params: {
        monitor: alert.monitorName,
        host: alert.host?.name ?? '',
        value: log.value ?? '',
        operator: alert.operator ?? '',
        threshold: threshold ?? '',
        trigger: log.trigger,
      },
      text: null,
      by: null,
      alertId: alert.id,
      status: log.status,
      v: alert.v,
    };
  });
}

function entryView(entry: Entry): EntryView {
  return { ...entry, by: entry.by === null ? null : { accountId: entry.by } };
}

function deployEntries(deploys: readonly DeployMark[], v: number): readonly EntryView[] {
  return deploys.map((mark) => ({
    id: `deploy:${mark.id}`, at: mark.from, source: 'deploy' as const, messageKey: 'entry.deploy', params: { title: mark.title }, text: null, by: null, alertId: null, status: null, v,
  }));
}

export function liveState(live: LiveSnapshot | null, hasKey: boolean, now: number): LiveState {
  if (!hasKey) return { asOf: null, state: 'not-configured', since: null, reasonKey: 'live.reason.not-configured' };
  const asOf = live?.at ?? null;
  if (live?.failedSince != null) return { asOf, state: 'stale', since: live.failedSince, reasonKey: live.reasonKey };
  // Nobody looked for a while: the first look is on its way, old numbers must not pass for fresh ones.
  if (asOf !== null && now - asOf > STALE_AFTER_MS) return { asOf, state: 'stale', since: asOf, reasonKey: null };
  return { asOf, state: 'live', since: null, reasonKey: null };
}

function hostViews(live: LiveSnapshot | null, org: string | null): readonly HostView[] {
  return (live?.hosts ?? []).map((host) => ({ ...host, url: hostUrl(org, host.id) }));
}

/** Rows of the incident changed after version `since` (0: everything), newest entry first. */
export function rowsSince(incident: Incident, since: number, live: LiveSnapshot | null, settings: Settings, now: number): Pick<BoardDelta, 'incident' | 'alerts' | 'entries' | 'hosts' | 'deploys' | 'live'> {
  const org = settings.orgName;
  const alerts = Object.values(incident.alerts);
  const deploys = live?.deploys ?? [];
  const entries = [
    ...Object.values(incident.entries).filter((entry) => entry.v > since).map(entryView),
    ...alerts.filter((alert) => alert.v > since).flatMap((alert) => alertEntries(incident.head.conn, alert)),
    ...deployEntries(deploys, incident.head.ver),
  ];
  return {
    incident: headView(incident.head),
    // Open alerts come always: their value now is not part of the version.
    alerts: alerts.filter((alert) => alert.v > since || alert.closedAt === null).map((alert) => alertView(alert, live, org)),
    entries: entries.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)),
    hosts: hostViews(live, org),
    deploys,
    live: liveState(live, settings.apiKeyLast4 !== null, now),
  };
}

export function candidateView(candidate: Candidate, org: string | null): CandidateView {
  return { id: candidate.id, alert: alertView(candidate.alert, null, org), why: { messageKey: candidate.whyKey, params: candidate.whyParams } };
}
