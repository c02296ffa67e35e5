/** What healthy simulated hosts post: a daily wave with noise that depends only on name and time, so history and present join. */
import { DISK_GB, MEMORY_GB } from './seed-hosts';

export interface Signal {
  readonly name: string;
  /** Value in the middle of the day's wave. */
  readonly base: number;
  /** Height of the day's wave. */
  readonly daily: number;
  /** Noise as a share of the value. */
  readonly noise: number;
  /** What these leave of `base`: idle time, free memory. */
  readonly lessThese?: readonly Signal[];
  /** Posted once a minute however short the period: nobody watches it live. */
  readonly everyMinute?: boolean;
}
export type Profile = 'web' | 'db' | 'batch' | 'app';

// A day of history is half a million numbers, and where tests run a global is looked up slowly.
const { imul, max, PI, round, sin } = Math;
const steady = (name: string, base: number, noise = 0.02): Signal => ({ name, base, daily: 0, noise });
const busy = (name: string, base: number, noise: number): Signal => ({ name, base, daily: base * 0.3, noise });
const MB = 2 ** 20;

/** What mackerel-agent posts of any Linux host: two cores, one disk, one network interface. `traffic` is in MB per second. */
function system(load: number, cpu: number, memoryGb: number, traffic: number): Signal[] {
  const memory = memoryGb * 1024 * MB;
  const modes = [busy('cpu.user.percentage', cpu, 0.15), steady('cpu.system.percentage', cpu * 0.25, 0.2), steady('cpu.iowait.percentage', cpu * 0.05, 0.5)];
  const used = steady('memory.used', memory * 0.55);
  const live = [
    busy('loadavg1', load, 0.25),
    busy('loadavg5', load, 0.12),
    ...modes,
    { ...steady('cpu.idle.percentage', 200), lessThese: modes },
    used,
    { ...steady('memory.available', memory), lessThese: [used] },
    steady('memory.total', memory, 0),
    busy('interface.eth0.rxBytes.delta', traffic * MB, 0.1),
    busy('interface.eth0.txBytes.delta', traffic * 3 * MB, 0.1),
  ];
  const slow = [
    busy('loadavg15', load, 0.05),
    steady('memory.swap_total', 2048 * MB, 0),
    steady('memory.swap_used', 40 * MB, 0.01),
    busy('disk.nvme0n1.reads.delta', load * 20, 0.3),
    busy('disk.nvme0n1.writes.delta', load * 60, 0.3),
    steady('filesystem.nvme0n1p1.size', DISK_GB * 1024 * MB, 0),
    steady('filesystem.nvme0n1p1.used', DISK_GB * 0.6 * 1024 * MB, 0.002),
  ];
  return [...live, ...slow.map((signal) => ({ ...signal, everyMinute: true }))];
}
export const PROFILES: Readonly<Record<Profile, readonly Signal[]>> = {
  web: [
    { name: 'custom.checkout.p95', base: 240, daily: 50, noise: 0.08 },
    { name: 'custom.checkout.requests', base: 420, daily: 180, noise: 0.07 },
    { name: 'custom.checkout.errors', base: 0.6, daily: 0.2, noise: 0.4 },
    ...system(0.9, 34, MEMORY_GB.web, 1.2),
  ],
  db: [
    { name: 'custom.db.connections', base: 52, daily: 10, noise: 0.06 },
    { name: 'custom.db.query_ms', base: 4.2, daily: 0.8, noise: 0.15 },
    ...system(1.4, 48, MEMORY_GB.db, 2.5),
  ],
  batch: [
    { name: 'custom.queue.delay', base: 8, daily: 3, noise: 0.3 },
    { name: 'custom.jobs.failed', base: 0.4, daily: 0.2, noise: 0.5 },
    ...system(0.6, 22, MEMORY_GB.batch, 0.3),
  ],
  app: [
    { name: 'custom.blog.ttfb', base: 110, daily: 20, noise: 0.1 },
    { name: 'custom.blog.requests', base: 90, daily: 40, noise: 0.1 },
    ...system(0.4, 14, MEMORY_GB.app, 0.5),
  ],
};
export const SERVICE_SIGNALS: Readonly<Record<string, readonly Signal[]>> = {
  shop: [
    { name: 'checkout.p95', base: 250, daily: 50, noise: 0.06 },
    { name: 'checkout.error_rate', base: 0.15, daily: 0.05, noise: 0.3 },
    { name: 'orders.per_minute', base: 64, daily: 28, noise: 0.1 },
  ],
  blog: [
    { name: 'blog.pageviews', base: 180, daily: 90, noise: 0.12 },
    { name: 'blog.error_rate', base: 0.2, daily: 0.05, noise: 0.3 },
  ],
};

/** Labelled metrics that the shop's application sends: seconds per request, by route. */
export const ROUTES: readonly { readonly owner: string; readonly labels: Readonly<Record<string, string>>; readonly signal: Signal }[] = (
  [['GET', '/products', 0.09], ['GET', '/cart', 0.14], ['POST', '/orders', 0.31]] as const
).map(([method, route, base]) => ({
  owner: `${method} ${route}`,
  labels: { 'service.name': 'shop-api', 'http.request.method': method, 'http.route': route },
  signal: { name: 'http.server.request.duration', base, daily: base * 0.2, noise: 0.1 },
}));

/** A number from -1 to 1 that is always the same for the same text. */
function steadyNoise(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i += 1) hash = imul(hash ^ text.charCodeAt(i), 16777619);
  hash = imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x7fffffff - 1;
}
const rounded = (value: number): number => (value >= 1000 ? round(value) : Number(value.toPrecision(4)));

/** The healthy value at `time` (epoch seconds). The wave's top is at 14:00 UTC+9. */
export function valueAt(owner: string, signal: Signal, time: number): number {
  if (signal.lessThese) return rounded(max(0, signal.lessThese.reduce((left, part) => left - valueAt(owner, part, time), signal.base)));
  const wave = sin(((time - 23 * 3600) / 86_400) * 2 * PI);
  const value = signal.base + signal.daily * wave;
  const noise = signal.noise === 0 ? 0 : signal.noise * steadyNoise(`${owner}${signal.name}${time}`);
  return rounded(max(0, value * (1 + noise)));
}
