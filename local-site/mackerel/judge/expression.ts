/** Expression monitors: judged every five minutes on metrics of some minutes ago. */
import type { ExpressionMonitor } from '../model';
import { hostOwner, serviceOwner } from '../store/metrics';
import type { World } from '../world';
import { parseExpression, type Aggregate, type Expression } from './expression-text';
import { mean } from './metrics';
import { ABOUT_NOTHING, placeOf, placesOfHost, subjectOf, touches } from './subject';
import { statusOf, TOO_OLD_S, type Apply } from './verdict';

const EVERY_MINUTES = 5;
/** A metric that is posted once a minute has a point within this time. */
const POSTED_WITHIN_S = 120;

const FOLD: Readonly<Record<Aggregate, (values: readonly number[]) => number>> = {
  avg: (values) => mean(values.map((value) => ({ value }))),
  max: (values) => Math.max(...values),
  min: (values) => Math.min(...values),
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  product: (values) => values.reduce((product, value) => product * value, 1),
};

/** The value of each line; `at` gives a metric's value, null where it has none. */
function linesOf(world: World, expression: Expression, at: (owner: string, name: string) => number | null): number[] {
  const lines = (inner: Expression): number[] => linesOf(world, inner, at);
  const metric = (owner: string, pattern: string): number[] => {
    const matches = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^.]+')}$`);
    const names = pattern.includes('*') ? world.metrics.names(owner).filter((name) => matches.test(name)) : [pattern];
    return names.map((name) => at(owner, name)).filter((value) => value !== null);
  };
  switch (expression.kind) {
    case 'host':
      return metric(hostOwner(expression.of), expression.metric);
    case 'service':
      return metric(serviceOwner(expression.of), expression.metric);
    case 'role': {
      // Hosts that have left the role are not kept here, so `roleSlots` is the same.
      const hosts = world.hosts.all().filter((host) => !host.isRetired && placeOf(expression.of).role !== null && touches(placesOfHost(host), [expression.of]));
      return hosts.flatMap((host) => metric(hostOwner(host.id), expression.metric));
    }
    case 'group':
      return expression.of.flatMap(lines);
    case 'aggregate': {
      const values = lines(expression.of);
      return values.length === 0 ? [] : [FOLD[expression.by](values)];
    }
    case 'diff':
    case 'divide': {
      const [left, right] = [lines(expression.left)[0], lines(expression.right)[0]];
      if (left === undefined || right === undefined) return [];
      const value = expression.kind === 'diff' ? left - right : left / right;
      return Number.isFinite(value) ? [value] : [];
    }
    case 'scale':
      return lines(expression.of).map((value) => value * expression.by);
    case 'offset':
      return lines(expression.of).map((value) => value + expression.by);
  }
}

export function expressionJudge(world: World, apply: Apply) {
  /** null: its metrics cannot be obtained. `paused`: they could not be posted then, but are now. */
  function valueOf(monitor: ExpressionMonitor, now: number): { readonly value: number | null; readonly paused: boolean } {
    const until = now - monitor.evaluateBackwardMinutes * world.minuteSeconds;
    const since = until - Math.max(POSTED_WITHIN_S, EVERY_MINUTES * world.minuteSeconds);
    const newest = (before: number) => (owner: string, name: string) => world.metrics.last(owner, name, 1, before)[0] ?? null;
    const within = (from: number, before: number) => (owner: string, name: string) => {
      const point = newest(before)(owner, name);
      return point !== null && point.time >= from ? point.value : null;
    };
    const expression = parseExpression(monitor.expression);
    const [value = null] = linesOf(world, expression, within(since, until));
    const paused = value === null && linesOf(world, expression, within(now - TOO_OLD_S, now)).length > 0;
    return { value, paused };
  }

  return {
    all(now: number): void {
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'expression') continue;
        const last = world.judgements.get(monitor.id, subjectOf(monitor, ABOUT_NOTHING))?.time ?? null;
        if (last !== null && now - last < EVERY_MINUTES * world.minuteSeconds && now >= last) continue;
        const { value, paused } = valueOf(monitor, now);
        // The stand-in was off, or the first points have just come.
        if (!paused) apply(monitor, ABOUT_NOTHING, { status: value === null ? 'UNKNOWN' : statusOf(monitor, value), value, message: null }, now, 1);
      }
    },
  };
}
