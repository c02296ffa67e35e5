/** Query monitors: judged every minute on the newest points of twenty minutes; every series has its own alert. */
import type { Alert, AnyMonitor, QueryMonitor } from '../model';
import { labelsOwner } from '../store/metrics';
import type { World } from '../world';
import { answerOf, parseQuery, type Sample } from './promql';
import { statusOf, TOO_OLD_S, type Apply } from './verdict';

/** The name with the series' labels in place of `{{label}}`. */
export function nameOf({ monitor, series }: Pick<Alert, 'series'> & { readonly monitor: AnyMonitor }): string {
  return series === null ? monitor.name : monitor.name.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_whole, label: string) => series.labels[label] ?? '');
}

/** What the query answers at `now` (epoch seconds). */
export function samplesOf(world: World, monitor: QueryMonitor, now: number): Sample[] {
  const query = parseQuery(monitor.query);
  const until = now - monitor.evaluateBackwardMinutes * world.minuteSeconds;
  const { name } = query.selector;
  const samples = world.metrics.labelled(name).filter(query.selector.matches).flatMap((labels): Sample[] => {
    const point = world.metrics.last(labelsOwner(labels), name, 1, until)[0];
    return point === undefined || point.time < until - TOO_OLD_S ? [] : [{ series: { name, labels }, value: point.value }];
  });
  return answerOf(query, samples);
}

export function queryJudge(world: World, apply: Apply) {
  return {
    all(now: number): void {
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'query') continue;
        for (const { series, value } of samplesOf(world, monitor, now)) apply(monitor, { hostId: null, series }, { status: statusOf(monitor, value), value, message: null }, now, 1);
      }
    },
  };
}
