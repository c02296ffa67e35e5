/** One line of a graph, read from Mackerel. */
import type { MetricPlan } from '../domain/metric';
import type { AlertSource, Point } from '../ports';
import { graphPlanOf } from './host-metric';

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

/** Where a series comes from. */
export interface Series {
  readonly host: { readonly id: string; readonly name: string } | null;
  readonly service: string | null;
  readonly metric: string | null;
  readonly operator: '>' | '<' | null;
}

/** Values of a metric, ascending; none where Mackerel knows no such metric, host or service. @throws MackerelError */
export async function readSeries(source: AlertSource, series: Series, from: number, to: number): Promise<readonly Point[]> {
  const { host, service, metric, operator } = series;
  if (metric === null) return [];
  if (host === null) return service === null ? [] : await source.serviceMetric(service, metric, from, to);
  const plan = await graphPlanOf(source, { host, metricName: metric, operator });
  if (plan === null) return [];
  const parts = await Promise.all(plan.parts.map(async (part) => [part, await source.hostMetric(host.id, part, from, to)] as const));
  return combineSeries(plan, new Map(parts));
}
