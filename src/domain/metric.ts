/**
 * Mackerel's monitors name some percentages that are not metrics of their own (`cpu%`, `memory%`, `swap%`, `disk%`); they
 * are computed from posted metrics. Source: Mackerel's documentation of monitor metrics.
 */
const CPU = ['user', 'nice', 'system', 'iowait', 'irq', 'softirq', 'steal', 'guest', 'idle'] as const;

export interface MetricPlan {
  /** Posted metrics to read. */
  readonly parts: readonly string[];
  /** The value from the parts' values at one time; null when they do not suffice. */
  readonly combine: (values: ReadonlyMap<string, number>) => number | null;
  readonly unit: string | null;
}

function ratio(used: number | undefined, total: number | undefined): number | null {
  return used === undefined || total === undefined || total === 0 ? null : (used / total) * 100;
}

function knownUnit(metric: string): string | null {
  if (metric.endsWith('.percentage')) return 'percentage';
  if (metric.startsWith('memory.') || /^filesystem\..*\.(size|used)$/.test(metric)) return 'bytes';
  if (metric.startsWith('interface.')) return 'bytes/sec';
  return null;
}

/** What a plan may depend on besides the metric's name. */
export interface PlanFacts {
  /** Names of the metrics the host has. */
  readonly names?: readonly string[];
  readonly operator?: '>' | '<' | null;
}
/** File systems taken into account; each costs two metrics. */
const FILE_SYSTEMS = 20;

/** Whether a plan for `metric` needs the names of the host's metrics. */
export const needsNames = (metric: string): boolean => metric === 'disk%';

/** One file system past the threshold is enough for an alert: the fullest counts, or for `<` the emptiest. */
function diskPlan({ names = [], operator = '>' }: PlanFacts): MetricPlan {
  const known = new Set(names);
  const systems = names.flatMap((name) => /^filesystem\.(.+)\.size$/.exec(name)?.[1] ?? []).filter((system) => known.has(`filesystem.${system}.used`));
  const counted = systems.slice(0, FILE_SYSTEMS).map((system) => ({ used: `filesystem.${system}.used`, size: `filesystem.${system}.size` }));
  return {
    parts: counted.flatMap(({ used, size }) => [used, size]),
    combine: (values) => {
      const shares = counted.map(({ used, size }) => ratio(values.get(used), values.get(size))).filter((share) => share !== null);
      if (shares.length === 0) return null;
      return operator === '<' ? Math.min(...shares) : Math.max(...shares);
    },
    unit: 'percentage',
  };
}

/** How to obtain `metric` of a host from what is posted. */
export function metricPlan(metric: string, facts: PlanFacts = {}): MetricPlan {
  switch (metric) {
    case 'disk%':
      return diskPlan(facts);
    case 'cpu%':
      return {
        parts: CPU.map((mode) => `cpu.${mode}.percentage`),
        combine: (values) => {
          const sum = CPU.reduce((total, mode) => total + (values.get(`cpu.${mode}.percentage`) ?? 0), 0);
          const idle = values.get('cpu.idle.percentage');
          return idle === undefined ? null : ratio(sum - idle, sum);
        },
        unit: 'percentage',
      };
    case 'memory%':
      return {
        parts: ['memory.used', 'memory.total'],
        combine: (values) => ratio(values.get('memory.used'), values.get('memory.total')),
        unit: 'percentage',
      };
    case 'swap%':
      return {
        parts: ['memory.swap_used', 'memory.swap_total'],
        combine: (values) => ratio(values.get('memory.swap_used'), values.get('memory.swap_total')),
        unit: 'percentage',
      };
    default:
      return { parts: [metric], combine: (values) => values.get(metric) ?? null, unit: knownUnit(metric) };
  }
}
