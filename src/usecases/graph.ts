import type { GraphTarget, GraphView } from '../contract';
import { notFound } from '../domain/failure';
import { alertOf, isLinked } from '../domain/alert-record';
import { whereKept } from '../domain/evidence';
import { seriesKey } from '../domain/evidence-series';
import { metricPlan } from '../domain/metric';
import type { Incident } from '../domain/model';
import { plainLine } from '../domain/text';
import type { AlertSource, Ports } from '../ports';
import { readable, type Passes } from './board';
import type { Caller } from './caller';
import { incidentOfPage } from './claims';
import { evidenceOf, liveOrKept, openKept } from './kept-series';
import { withMackerel } from './link-alerts';
import { mayRead, type Owner } from './pick-graphs';
import { configured } from './prove';
import { remembered } from './remembered';
import { visibleServices } from './rights';
import { readSeries, type Series } from './series';
import { deploysOf } from './views';

const BEFORE_MS = 30 * 60_000;
const AFTER_MS = 15 * 60_000;
/** Mackerel answers one-minute points up to 20 hours. */
const WIDEST_MS = 20 * 3_600_000;
const FRESH_MS = 5_000;

type Drawn = Pick<GraphView, 'title' | 'unit' | 'operator' | 'warning' | 'critical' | 'openedAt' | 'closedAt'> & { readonly series: Series; readonly from: number; readonly to: number };

/** Host and metric come from the record, so nothing else can be read through a graph. */
function drawn(incident: Incident, target: GraphTarget, now: number): Drawn {
  const { head } = incident;
  if ('alertId' in target) {
    const alert = alertOf(incident, target.alertId);
    if (alert === null || !isLinked(alert)) throw notFound();
    const to = alert.closedAt === null ? now : Math.min(now, Math.max(alert.closedAt, head.resolvedAt ?? 0) + AFTER_MS);
    return {
      title: alert.host === null ? alert.monitorName : `${alert.monitorName} (${alert.host.name})`,
      unit: alert.unit,
      operator: alert.operator,
      warning: alert.warning,
      critical: alert.critical,
      openedAt: alert.openedAt,
      closedAt: alert.closedAt,
      series: { host: alert.host, service: alert.service, metric: alert.metricName, operator: alert.operator },
      from: Math.max(Math.min(alert.openedAt, head.detectedAt) - BEFORE_MS, to - WIDEST_MS),
      to,
    };
  }
  const pick = head.graphs.find((one) => one.id === target.graphId);
  if (pick === undefined) throw notFound();
  const to = Math.min(now, (head.resolvedAt ?? now) + AFTER_MS);
  const title = [pick.metric, pick.host?.name ?? pick.service ?? ''].filter((part) => part !== '').join(' · ');
  return { title, unit: pick.unit, operator: null, warning: null, critical: null, openedAt: null, closedAt: null, series: { ...pick, operator: null }, from: Math.max(head.detectedAt - BEFORE_MS, to - WIDEST_MS), to };
}

/** The metric of a linked alert, or one the team added, over the time of the incident. */
export async function boardGraph(ports: Ports, passes: Passes, caller: Caller, p: { incidentId: string; target: GraphTarget; pass: string; viewing?: string | undefined }): Promise<GraphView> {
  const { incident } = await readable(ports, passes, caller, p);
  const now = ports.clock.now();
  const { series, ...graph } = drawn(incident, p.target, now);
  const key = JSON.stringify(['graph', caller.installation, incident.head.conn, series, graph.from, graph.closedAt]);
  const read = () => remembered(key, now, FRESH_MS, () => withMackerel(ports, (source) => readSeries(source, series, graph.from, graph.to)));
  const values = await liveOrKept(ports, { installation: caller.installation, incidentId: incident.head.id, series, from: graph.from, to: graph.to }, read);
  const deploys = deploysOf(incident).filter((mark) => mark.to >= graph.from && mark.from <= graph.to);
  return { target: p.target, ...graph, ...values, deploys, now };
}

const NO_ALERT = { target: { graphId: '' }, operator: null, warning: null, critical: null, openedAt: null, closedAt: null, deploys: [] };

/** Where a metric is read from, for a caller who may. What is hidden and what does not exist are one. */
async function ownerOf(source: AlertSource, ports: Ports, of: Owner): Promise<Pick<Series, 'host' | 'service'> & { readonly name: string }> {
  const services = await visibleServices(ports, await configured(ports));
  if ('service' in of) {
    if (!services.sees(of.service)) throw notFound();
    return { host: null, service: of.service, name: of.service };
  }
  const host = await source.host(of.hostId);
  if (host === null || !mayRead(services, host)) throw notFound();
  const name = plainLine(host.name, 200);
  return { host: { id: host.id, name }, service: null, name };
}

type MetricOf = { readonly of: Owner; readonly metric: string; readonly minutes: number };

async function liveMetric(ports: Ports, caller: Caller, p: MetricOf, to: number): Promise<GraphView> {
  const from = to - p.minutes * 60_000;
  return await withMackerel(ports, async (source) => {
    const { name, ...owner } = await ownerOf(source, ports, p.of);
    const series: Series = { ...owner, metric: p.metric, operator: null };
    const key = JSON.stringify(['metric', caller.installation, series, p.minutes]);
    const points = await remembered(key, to, FRESH_MS, () => readSeries(source, series, from, to));
    return { ...NO_ALERT, title: `${plainLine(p.metric, 200)} · ${name}`, unit: metricPlan(p.metric).unit, points, from, to, now: to };
  });
}

/** What was frozen of it for the incident of that page, which the caller has to see; null: nothing was. */
async function frozenMetric(ports: Ports, caller: Caller, { of, metric }: MetricOf, pageId: string, now: number): Promise<GraphView | null> {
  const { conn } = await configured(ports);
  const incidentId = await incidentOfPage(ports, conn, pageId);
  if (incidentId === null || (await ports.access.page(pageId)) === null) return null;
  const evidence = await evidenceOf(ports, caller.installation, incidentId);
  if (evidence === null || evidence.pageId !== pageId) return null;
  const key = seriesKey({ host: 'hostId' in of ? { id: of.hostId, name: '' } : null, service: 'service' in of ? of.service : null, metric, operator: null });
  const found = whereKept(evidence, key)[0];
  const kept = found === undefined ? null : await openKept(ports, caller.installation, evidence, key);
  if (found === undefined || kept === null || kept.points === null) return null;
  const { first, last, title, unit } = found.series;
  return { ...NO_ALERT, title, unit, points: kept.points, evidence: kept.from, from: first ?? 0, to: last ?? 0, now };
}

/** A metric of a host or service by itself, for any page. */
export async function metricGraph(ports: Ports, caller: Caller, p: MetricOf & { readonly pageId?: string | undefined }): Promise<GraphView> {
  const now = ports.clock.now();
  const live = await liveMetric(ports, caller, p, now).catch((error: unknown) => ({ error }));
  const isThere = !('error' in live) && live.points.length > 0;
  const frozen = isThere || p.pageId === undefined ? null : await frozenMetric(ports, caller, p, p.pageId, now);
  if (frozen !== null) return frozen;
  if ('error' in live) throw live.error;
  return live;
}
