import { linkedAlerts } from '../domain/alert-record';
import { HOSTS_KEPT, hostsOf, seeHosts } from '../domain/hosts';
import { seeDeploys } from '../domain/linking';
import { isFollowed } from '../domain/imported';
import type { MetricPlan } from '../domain/metric';
import type { AlertRecord, Deploy, HostSeen, Incident, LiveSnapshot } from '../domain/model';
import { plainLine } from '../domain/text';
import { MackerelError, type AlertSource, type Point, type Ports, type SourceAnnotation, type SourceHost } from '../ports';
import { planOf } from './host-metric';
import { remembered } from './remembered';
import { updateIncident } from './update-incident';

/** One read of Mackerel per incident and period, whoever watches. */
const PERIOD_MS = 10_000;
const LEASE_MS = 8_000;
const DEPLOYS = 50;
/** Up to so many hosts or alerts, everything is asked for at every look. */
const SINGLY = 5;
const LISTS_FRESH_MS = 60_000;
/** Deploys that ended up to an hour before the first alert may be its cause. */
const DEPLOYS_BEFORE_MS = 60 * 60_000;

interface LiveCell {
  readonly snapshot: LiveSnapshot;
  /** Somebody is reading until then. */
  readonly busyUntil: number;
}
const EMPTY: LiveSnapshot = { at: null, failedSince: null, reasonKey: null, values: {} };
const cellKey = (incidentId: string): string => `live:${incidentId}`;

/** What was read last; costs one storage read and never calls Mackerel. While the app is paused it says that nothing follows. */
export async function liveNow(ports: Ports, incidentId: string, isPaused: boolean): Promise<LiveSnapshot | null> {
  const known = (await ports.cells.get<LiveCell>(cellKey(incidentId)))?.value.snapshot ?? null;
  if (!isPaused) return known;
  return { ...(known ?? EMPTY), failedSince: known?.failedSince ?? known?.at ?? ports.clock.now(), reasonKey: 'live.reason.license' };
}

type Latest = ReadonlyMap<string, ReadonlyMap<string, Point>>;

function currentValue(alert: AlertRecord, plan: MetricPlan | null, latest: Latest): { value: number; at: number } | null {
  const points = alert.host === null ? undefined : latest.get(alert.host.id);
  if (points === undefined || plan === null) return null;
  const value = plan.combine(new Map([...points].map(([name, point]) => [name, point.value])));
  const times = plan.parts.map((part) => points.get(part)?.at).filter((at) => at !== undefined);
  return value === null || times.length === 0 ? null : { value, at: Math.max(...times) };
}

async function serviceValue(source: AlertSource, alert: AlertRecord, now: number): Promise<{ value: number; at: number } | null> {
  if (alert.monitorType !== 'service' || alert.service === null || alert.metricName === null) return null;
  const points = await source.serviceMetric(alert.service, alert.metricName, now - 15 * 60_000, now);
  return points.at(-1) ?? null;
}

interface Looked {
  readonly values: LiveSnapshot['values'];
  readonly hosts: readonly HostSeen[];
  readonly deploys: readonly Deploy[];
}

/** Hosts to look at: those the record knows, then others of the alerts in the order these opened. */
function hostIdsOf(incident: Incident): readonly string[] {
  const byTime = [...linkedAlerts(incident.alerts)].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  const ids = [...hostsOf(incident).map((host) => host.id), ...byTime.flatMap((alert) => (alert.host === null ? [] : [alert.host.id]))];
  return [...new Set(ids)].slice(0, HOSTS_KEPT);
}

function marksOf(source: AlertSource, conn: string, service: string, from: number, to: number, freshMs: number): Promise<readonly SourceAnnotation[]> {
  return remembered(`marks:${conn}:${service}:${from}`, to, freshMs, () => source.annotations(service, from, to));
}

/** A few hosts are asked for freshly; many come from one list that all boards share. */
async function hostsNow(source: AlertSource, conn: string, hostIds: readonly string[], now: number): Promise<readonly SourceHost[]> {
  if (hostIds.length <= SINGLY) return (await Promise.all(hostIds.map((id) => source.host(id)))).filter((host) => host !== null);
  const byId = new Map((await remembered(`hosts:${conn}`, now, LISTS_FRESH_MS, () => source.hosts(null))).map((host) => [host.id, host]));
  return hostIds.flatMap((id) => byId.get(id) ?? []);
}

async function read(source: AlertSource, incident: Incident, now: number): Promise<Looked> {
  const linked = linkedAlerts(incident.alerts);
  const open = linked.filter((alert) => alert.closedAt === null);
  const hostIds = hostIdsOf(incident);
  const plans = await Promise.all(open.map(async (alert) => ({ alert, plan: await planOf(source, alert) })));
  const metrics = [...new Set(plans.flatMap(({ plan }) => plan?.parts ?? []))];
  const from = incident.head.detectedAt - DEPLOYS_BEFORE_MS;
  const service = incident.head.service;
  const [latest, hosts, deploys] = await Promise.all([
    hostIds.length === 0 || metrics.length === 0 ? new Map<string, ReadonlyMap<string, Point>>() : source.latest(hostIds, metrics),
    hostsNow(source, incident.head.conn, hostIds, now),
    service === null ? [] : marksOf(source, incident.head.conn, service, from, incident.head.resolvedAt ?? now, open.length > SINGLY ? LISTS_FRESH_MS : 0),
  ]);
  const values: Record<string, { value: number; at: number }> = {};
  for (const { alert, plan } of plans) {
    const value = currentValue(alert, plan, latest) ?? (await serviceValue(source, alert, now));
    if (value !== null) values[alert.id] = value;
  }
  return {
    values,
    hosts: hosts.map((host) => ({
      id: host.id, name: host.name, status: host.status, roles: host.roles.map((role) => `${role.service}: ${role.role}`),
    })),
    deploys: deploys.map((mark) => ({ ...mark, title: plainLine(mark.title, 250) })).sort((a, b) => a.from - b.from).slice(-DEPLOYS),
  };
}

/** What the record keeps of a look that began at `readAt`: hosts, their changes of status, deploy marks. */
function record(ports: Ports, incident: Incident, looked: Looked, readAt: number): Promise<Incident> {
  const keep = (current: Incident): Incident => seeDeploys(seeHosts(current, looked.hosts, readAt, ports.clock.now()), looked.deploys, ports.clock.now());
  return keep(incident) === incident ? Promise.resolve(incident) : updateIncident(ports, incident.head.id, keep);
}

export interface Fresh {
  readonly incident: Incident;
  readonly live: LiveSnapshot | null;
}

/** Reads Mackerel if the last look is older than the period and nobody else is reading; answers the newest there is. */
export async function refreshLive(ports: Ports, incident: Incident): Promise<Fresh> {
  // What fires now is the survivor's; of one from a file, Mackerel may be another.
  if (!isFollowed(incident.head)) return { incident, live: null };
  const now = ports.clock.now();
  const key = cellKey(incident.head.id);
  const cell = await ports.cells.get<LiveCell>(key);
  const known = cell?.value.snapshot ?? EMPTY;
  if (cell !== null && (cell.value.busyUntil > now || Math.max(known.at ?? 0, known.failedSince ?? 0) + PERIOD_MS > now)) return { incident, live: known };
  const source = await ports.mackerel();
  if (source === null) return { incident, live: null };
  if (!(await ports.cells.put<LiveCell>(key, 'live', { snapshot: known, busyUntil: now + LEASE_MS }, cell?.ver ?? null))) return { incident, live: known };
  let snapshot: LiveSnapshot;
  let current = incident;
  try {
    const looked = await read(source, incident, now);
    current = await record(ports, incident, looked, now);
    snapshot = { at: now, failedSince: null, reasonKey: null, values: looked.values };
  } catch (error) {
    if (!(error instanceof MackerelError)) throw error;
    snapshot = { ...known, failedSince: known.failedSince ?? now, reasonKey: `live.reason.${error.kind}` };
  }
  await ports.cells.put<LiveCell>(key, 'live', { snapshot, busyUntil: 0 }, (cell?.ver ?? 0) + 1);
  return { incident: current, live: snapshot };
}
