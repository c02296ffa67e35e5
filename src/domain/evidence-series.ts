/** Which metrics an incident is about, and how much reading each is. Pure; times are epoch ms. */
import { linkedAlerts } from './alert-record';
import { metricPlan, needsNames } from './metric';
import type { Incident } from './record';

export interface SeriesOf {
  readonly host: { readonly id: string; readonly name: string } | null;
  readonly service: string | null;
  readonly metric: string;
  readonly operator: '>' | '<' | null;
}
export interface WantedSeries extends SeriesOf {
  readonly key: string;
  readonly title: string;
  readonly unit: string | null;
  readonly from: number;
  readonly to: number;
  /** Requests it takes at most. */
  readonly reads: number;
}

/** Graphs show so much before the first alert. */
export const BEFORE_MS = 30 * 60_000;
/** Mackerel answers one-minute values for so long at once. */
const SLICE_S = 20 * 3600;
/** So many slices of a metric are kept; of what lasted longer the newest. */
const SLICES = 3;
/** Requests that a metric of a host's file systems takes: their names, how full they are, and the fullest ones. */
const FILE_SYSTEMS_READS = 12;

/** Two that would be drawn the same have one key. A service that only says where a host belongs is none of it. */
export function seriesKey({ host, service, metric, operator }: Omit<SeriesOf, 'metric'> & { readonly metric: string | null }): string {
  return JSON.stringify([host?.id ?? null, host === null ? service : null, metric, metric !== null && needsNames(metric) ? operator : null]);
}

export const slicesIn = (from: number, to: number): number => Math.max(1, Math.ceil((Math.ceil(to / 1000) - Math.floor(from / 1000) + 1) / SLICE_S));

/** Requests for values of `from` to `to`, at most. */
export function readsFor({ host, metric }: Pick<SeriesOf, 'host' | 'metric'>, from: number, to: number): number {
  const slices = slicesIn(from, to);
  if (host === null) return slices;
  return needsNames(metric) ? FILE_SYSTEMS_READS * slices : metricPlan(metric).parts.length * slices;
}

/** From when the incident's values matter, whatever is kept of them. */
export const startOf = ({ head, alerts }: Incident): number => Math.min(head.detectedAt, ...linkedAlerts(alerts).map(({ openedAt }) => openedAt)) - BEFORE_MS;

/** Each once, those that take least first: so most alerts have theirs where not all can. `to`: up to when. */
export function wantedSeries(incident: Incident, to: number): readonly WantedSeries[] {
  const start = startOf(incident);
  const from = Math.max(start, to - SLICES * SLICE_S * 1000 + 1000);
  const byKey = new Map<string, WantedSeries>();
  const add = (of: SeriesOf, title: string, unit: string | null): void => {
    const key = seriesKey(of);
    if (!byKey.has(key)) byKey.set(key, { ...of, key, title, unit, from, to, reads: readsFor(of, from, to) });
  };
  for (const { host, service, metric, unit } of incident.head.graphs) add({ host, service, metric, operator: null }, `${metric} · ${host?.name ?? service ?? ''}`, unit);
  const alerts = [...linkedAlerts(incident.alerts)].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  for (const { host, service, metricName, operator, unit, monitorName } of alerts) {
    if (metricName === null || (host === null && service === null)) continue;
    add({ host, service, metric: metricName, operator }, host === null ? monitorName : `${monitorName} · ${host.name}`, unit);
  }
  return [...byKey.values()].sort((a, b) => a.reads - b.reads);
}
