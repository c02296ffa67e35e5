/**
 * Monitors may watch percentages that no host posts. Each is computed from posted metrics; CPU counts all cores together
 * as 100 %, although `cpu.*.percentage` sums up to 100 % per core.
 */
import type { HostMonitor } from '../model';
import { hostOwner, type MetricStore, type Point } from '../store/metrics';

const CPU = ['user', 'nice', 'system', 'iowait', 'irq', 'softirq', 'steal', 'guest'].map((mode) => `cpu.${mode}.percentage`);
const ratio = (part: number, whole: number): number | null => (whole > 0 ? (part / whole) * 100 : null);

type ValueAt = (name: string) => number | null;
interface Percentage {
  /** Posting this metric makes the percentage be judged. */
  readonly base: string;
  readonly value: (at: ValueAt, names: readonly string[], operator: '>' | '<') => number | null;
}
const PERCENTAGES: Readonly<Record<string, Percentage>> = {
  'cpu%': {
    base: 'cpu.idle.percentage',
    value(at) {
      const idle = at('cpu.idle.percentage');
      const busy = CPU.reduce((sum, name) => sum + (at(name) ?? 0), 0);
      return idle === null ? null : ratio(busy, busy + idle);
    },
  },
  'memory%': { base: 'memory.total', value: (at) => ratio(at('memory.used') ?? 0, at('memory.total') ?? 0) },
  'swap%': { base: 'memory.swap_total', value: (at) => ratio(at('memory.swap_used') ?? 0, at('memory.swap_total') ?? 0) },
  // One file system past the threshold is enough: the fullest decides, or for `<` the emptiest.
  'disk%': {
    base: 'filesystem.',
    value(at, names, operator) {
      const sizes = names.filter((name) => /^filesystem\..+\.size$/.test(name));
      const used = sizes.flatMap((name) => ratio(at(name.replace(/size$/, 'used')) ?? 0, at(name) ?? 0) ?? []);
      if (used.length === 0) return null;
      return operator === '<' ? Math.min(...used) : Math.max(...used);
    },
  },
};

/** Whether posting `posted` gives a monitor of `metric` something new to judge. */
export function concerns(metric: string, posted: string): boolean {
  const base = PERCENTAGES[metric]?.base;
  return base === undefined ? metric === posted : posted === base || (base.endsWith('.') && posted.startsWith(base));
}

/** The newest `duration` values of a host's metric or percentage not after `until` (epoch seconds), newest first. */
export function lastOfHost(metrics: MetricStore, hostId: string, monitor: Pick<HostMonitor, 'metric' | 'operator' | 'duration'>, until: number): readonly Point[] {
  const owner = hostOwner(hostId);
  const { metric, operator, duration } = monitor;
  const percentage = PERCENTAGES[metric];
  if (percentage === undefined) return metrics.last(owner, metric, duration, until);
  const names = metrics.names(owner);
  const base = names.find((name) => concerns(metric, name));
  if (base === undefined) return [];
  return metrics.last(owner, base, duration, until).flatMap(({ time }) => {
    const valueAt: ValueAt = (name) => metrics.last(owner, name, 1, time)[0]?.value ?? null;
    const value = percentage.value(valueAt, names, operator);
    return value === null ? [] : [{ time, value }];
  });
}
