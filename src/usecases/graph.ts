import type { GraphView } from '../contract';
import { notFound } from '../domain/failure';
import type { MetricPlan } from '../domain/metric';
import type { AlertRecord } from '../domain/model';
import { MackerelError, type AlertSource, type Point, type Ports } from '../ports';
import { AppFailure } from '../domain/failure';
import type { Passes } from './board';
import type { Caller } from './caller';
import { graphPlanOf } from './host-metric';
import { liveNow } from './live';
import { proveIncident } from './prove';

const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 15 * 60_000;
/** Mackerel answers one-minute points up to 20 hours. */
const WIDEST_MS = 20 * 3_600_000;
const FRESH_MS = 5_000;

/** Points read a moment ago, for other boards on the same warm instance; keyed by installation, bounded. */
const recent = new Map<string, { readonly at: number; readonly points: Promise<readonly Point[]> }>();

function remembered(key: string, now: number, read: () => Promise<readonly Point[]>): Promise<readonly Point[]> {
  const known = recent.get(key);
  if (known !== undefined && now - known.at < FRESH_MS && now >= known.at) return known.points;
  const points = read();
  recent.set(key, { at: now, points });
  points.catch(() => recent.delete(key));
  if (recent.size > 200) recent.delete(recent.keys().next().value ?? '');
  return points;
}

/** Values at the times where every needed part has one. */
function combineSeries(plan: MetricPlan, series: ReadonlyMap<string, readonly Point[]>): readonly Point[] {
  const [only, ...more] = plan.parts;
  if (only !== undefined && more.length === 0) return series.get(only) ?? [];
  const byTime = new Map<number, Map<string, number>>();
  for (const [name, points] of series) for (const { at, value } of points) byTime.set(at, (byTime.get(at) ?? new Map<string, number>()).set(name, value));
  return [...byTime]
    .map(([at, values]) => ({ at, value: plan.combine(values) }))
    .filter((point): point is Point => point.value !== null)
    .sort((a, b) => a.at - b.at);
}

async function read(source: AlertSource, alert: AlertRecord, from: number, to: number): Promise<readonly Point[]> {
  const metric = alert.metricName;
  if (metric === null) return [];
  if (alert.host === null) return alert.service === null ? [] : await source.serviceMetric(alert.service, metric, from, to);
  const hostId = alert.host.id;
  const plan = await graphPlanOf(source, alert);
  if (plan === null) return [];
  const parts = await Promise.all(plan.parts.map(async (part) => [part, await source.hostMetric(hostId, part, from, to)] as const));
  return combineSeries(plan, new Map(parts));
}

/** The metric of one linked alert; host and metric come from the record, so nothing else can be read through it. */
export async function alertGraph(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; alertId: string; pass: string }): Promise<GraphView> {
  const incident = await ports.incidents.load(p.incidentId);
  if (incident === null) throw notFound();
  const held = await passes.holds(p.pass, caller, p.incidentId, incident.head.page?.id ?? '');
  if (!held.valid) await proveIncident(ports, caller, p.incidentId);
  const alert = Object.hasOwn(incident.alerts, p.alertId) ? incident.alerts[p.alertId] : undefined;
  if (alert === undefined) throw notFound();
  const source = await ports.mackerel();
  if (source === null) throw new AppFailure('not-configured');
  const now = ports.clock.now();
  const to = alert.closedAt === null ? now : Math.min(now, alert.closedAt + AFTER_MS);
  const from = Math.max(Math.min(alert.openedAt, incident.head.detectedAt) - BEFORE_MS, to - WIDEST_MS);
  try {
    const key = JSON.stringify([caller.installation, incident.head.conn, alert.host?.id, alert.service, alert.metricName, from, alert.closedAt]);
    const points = await remembered(key, now, () => read(source, alert, from, to));
    const live = await liveNow(ports, p.incidentId);
    return {
      alertId: alert.id,
      title: alert.host === null ? alert.monitorName : `${alert.monitorName} (${alert.host.name})`,
      unit: alert.unit,
      points,
      operator: alert.operator,
      warning: alert.warning,
      critical: alert.critical,
      from,
      to,
      openedAt: alert.openedAt,
      closedAt: alert.closedAt,
      deploys: (live?.deploys ?? []).filter((mark) => mark.to >= from && mark.from <= to),
      now,
    };
  } catch (error) {
    if (!(error instanceof MackerelError)) throw error;
    throw mackerelFailure(error);
  }
}

/** What a person is told when Mackerel did not answer. */
export function mackerelFailure(error: MackerelError): AppFailure {
  switch (error.kind) {
    case 'key':
      return new AppFailure('mackerel-key', 'error.mackerel-key');
    case 'forbidden':
      return new AppFailure('mackerel-key', 'error.mackerel-forbidden');
    case 'rate':
      return new AppFailure('busy', 'error.mackerel-rate', {}, null, error.retryAfterMs ?? 10_000);
    case 'unreachable':
    case 'refused':
      return new AppFailure('mackerel-unreachable', 'error.mackerel-unreachable', {}, null, 10_000);
  }
}
