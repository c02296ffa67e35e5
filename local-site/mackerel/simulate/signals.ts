/** What healthy simulated hosts post: a daily wave with noise that depends only on name and time, so history and present join. */
export interface Signal {
  readonly name: string;
  /** Value in the middle of the day's wave. */
  readonly base: number;
  /** Height of the day's wave. */
  readonly daily: number;
  /** Noise as a share of the value. */
  readonly noise: number;
}
export type Profile = 'web' | 'db' | 'batch' | 'app';

const system = (load: number, cpu: number, memoryGb: number): Signal[] => [
  { name: 'loadavg5', base: load, daily: load * 0.3, noise: 0.12 },
  { name: 'cpu.user.percentage', base: cpu, daily: cpu * 0.3, noise: 0.15 },
  { name: 'cpu.system.percentage', base: cpu * 0.25, daily: 0, noise: 0.2 },
  { name: 'cpu.idle.percentage', base: 200 - cpu * 1.25, daily: cpu * -0.3, noise: 0.01 },
  { name: 'memory.used', base: memoryGb * 2 ** 30 * 0.55, daily: 0, noise: 0.02 },
  { name: 'memory.total', base: memoryGb * 2 ** 30, daily: 0, noise: 0 },
];
export const PROFILES: Readonly<Record<Profile, readonly Signal[]>> = {
  web: [
    { name: 'custom.checkout.p95', base: 240, daily: 50, noise: 0.08 },
    { name: 'custom.checkout.requests', base: 420, daily: 180, noise: 0.07 },
    { name: 'custom.checkout.errors', base: 0.6, daily: 0.2, noise: 0.4 },
    ...system(0.9, 34, 8),
  ],
  db: [
    { name: 'custom.db.connections', base: 52, daily: 10, noise: 0.06 },
    { name: 'custom.db.query_ms', base: 4.2, daily: 0.8, noise: 0.15 },
    ...system(1.4, 48, 32),
  ],
  batch: [
    { name: 'custom.queue.delay', base: 8, daily: 3, noise: 0.3 },
    { name: 'custom.jobs.failed', base: 0.4, daily: 0.2, noise: 0.5 },
    ...system(0.6, 22, 4),
  ],
  app: [
    { name: 'custom.blog.ttfb', base: 110, daily: 20, noise: 0.1 },
    { name: 'custom.blog.requests', base: 90, daily: 40, noise: 0.1 },
    ...system(0.4, 14, 4),
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

/** A number from -1 to 1 that is always the same for the same text. */
function steadyNoise(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x7fffffff - 1;
}
const rounded = (value: number): number => (value >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));

/** The healthy value at `time` (epoch seconds). The wave's top is at 14:00 UTC+9. */
export function valueAt(owner: string, signal: Signal, time: number): number {
  const wave = Math.sin(((time - 23 * 3600) / 86_400) * 2 * Math.PI);
  const value = signal.base + signal.daily * wave;
  return rounded(Math.max(0, value * (1 + signal.noise * steadyNoise(`${owner}${signal.name}${time}`))));
}
