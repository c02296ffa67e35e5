/** What the board draws: one graph for each metric that alerts, and those the team added. Pure. */
import type { AlertView, GraphPickView, GraphTarget } from '../../../../../src/contract';

export interface Drawn {
  readonly key: string;
  readonly target: GraphTarget;
  readonly title: string;
  readonly unit: string | null;
  /** The alert it is drawn for: it has a value now. null: a metric the team added. */
  readonly alert: AlertView | null;
  /** The team's own pick, which can be taken off again. */
  readonly pick: GraphPickView | null;
}

const metricOf = (host: { readonly id: string } | null, service: string | null, metric: string): string => JSON.stringify([host?.id ?? service, metric]);
const titled = (metric: string, host: { readonly name: string } | null, service: string | null): string => [metric, host?.name ?? service].filter(Boolean).join(' · ');

/** Firing ones first, then what the team added, then what has recovered; several alerts of one metric are one graph. */
export function drawnGraphs(firing: readonly AlertView[], recovered: readonly AlertView[], picks: readonly GraphPickView[]): readonly Drawn[] {
  const rows = new Map<string, Drawn>();
  const addAlert = (alert: AlertView): void => {
    if (alert.metricLabel === null) return;
    const metric = metricOf(alert.host, alert.service, alert.metricLabel);
    const known = rows.get(metric);
    if (known?.alert != null) return;
    rows.set(metric, { key: metric, target: { alertId: alert.id }, title: titled(alert.metricLabel, alert.host, alert.service), unit: alert.unit, alert, pick: known?.pick ?? null });
  };
  firing.forEach(addAlert);
  for (const pick of picks) {
    const metric = metricOf(pick.host, pick.service, pick.metric);
    const known = rows.get(metric);
    rows.set(metric, known === undefined ? { key: metric, target: { graphId: pick.id }, title: titled(pick.metric, pick.host, pick.service), unit: pick.unit, alert: null, pick } : { ...known, pick });
  }
  recovered.forEach(addAlert);
  return [...rows.values()];
}
