import { metricPlan, needsNames, type MetricPlan } from '../domain/metric';
import type { AlertRecord } from '../domain/model';
import type { AlertSource, Point } from '../ports';

/** What an alert, or a metric the team picked, says of where its values come from. */
export type Measured = Pick<AlertRecord, 'host' | 'metricName' | 'operator'>;

/** Series a graph may read for one line; Mackerel answers one metric a request. */
const SERIES = 10;

/** How to obtain an alert's metric; null for alerts of no host or no metric. Asks the host for its metrics where that decides. */
export async function planOf(source: AlertSource, alert: Measured): Promise<MetricPlan | null> {
  if (alert.host === null || alert.metricName === null) return null;
  const names = needsNames(alert.metricName) ? ((await source.hostMetricNames(alert.host.id)) ?? []) : [];
  return metricPlan(alert.metricName, { names, operator: alert.operator });
}

/** As `planOf`, with no more parts than a graph may read: of a host's many file systems those nearest to the threshold now. */
export async function graphPlanOf(source: AlertSource, alert: Measured): Promise<MetricPlan | null> {
  const plan = await planOf(source, alert);
  if (plan === null || alert.host === null || alert.metricName === null || plan.parts.length <= SERIES) return plan;
  const latest = (await source.latest([alert.host.id], plan.parts)).get(alert.host.id) ?? new Map<string, Point>();
  const values = new Map([...latest].map(([name, { value }]) => [name, value]));
  const { metricName, operator } = alert;
  const shares = plan.parts.filter((part) => part.endsWith('.size')).flatMap((size) => {
    const one = metricPlan(metricName, { names: [size, size.replace(/size$/, 'used')] });
    const share = one.combine(values);
    return share === null ? [] : [{ parts: one.parts, share }];
  });
  shares.sort((a, b) => (operator === '<' ? a.share - b.share : b.share - a.share));
  return metricPlan(metricName, { names: shares.slice(0, SERIES / 2).flatMap(({ parts }) => parts), operator });
}
