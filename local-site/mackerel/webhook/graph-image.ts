/** The picture of an alert's graph that a notification may carry: its last values and thresholds, at a public address nobody can guess. */
import { randomBytes } from 'node:crypto';
import { lastOfHost } from '../judge/percent';
import type { Alert } from '../model';
import { labelsOwner, serviceOwner, type Point } from '../store/metrics';
import type { World } from '../world';
import { png } from './png';

const [WIDTH, HEIGHT, MARGIN] = [400, 200, 10];
const POINTS = 60;
const COLOURS = { paper: [255, 255, 255], axis: [133, 144, 162], line: [12, 102, 228], warning: [245, 205, 71], critical: [201, 55, 44] } as const;
type Colour = keyof typeof COLOURS;
const INDEX = Object.fromEntries(Object.keys(COLOURS).map((name, index) => [name, index])) as Readonly<Record<Colour, number>>;

/** Newest first; null: it is about no metric. */
function valuesOf(world: Pick<World, 'metrics' | 'now'>, { monitor, hostId, series, value }: Alert): readonly Point[] | null {
  const now = world.now();
  switch (monitor.type) {
    case 'host':
      return hostId === null ? null : lastOfHost(world.metrics, hostId, { ...monitor, duration: POINTS }, now);
    case 'service':
      return world.metrics.last(serviceOwner(monitor.service), monitor.metric, POINTS, now);
    case 'query':
      return series === null ? null : world.metrics.last(labelsOwner(series.labels), series.name, POINTS, now);
    case 'expression':
      return value === null ? [] : [{ time: now, value }];
    default:
      return null;
  }
}

function drawn(points: readonly Point[], thresholds: Readonly<Partial<Record<Colour, number>>>): Buffer {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  const dot = (x: number, y: number, colour: Colour): void => {
    if (x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT) pixels[Math.round(y) * WIDTH + Math.round(x)] = INDEX[colour];
  };
  const values = [...points.map(({ value }) => value), ...Object.values(thresholds), 0];
  const [min, max] = [Math.min(...values), Math.max(...values)];
  const y = (value: number): number => HEIGHT - MARGIN - ((value - min) / (max - min || 1)) * (HEIGHT - 2 * MARGIN);
  for (let x = MARGIN; x < WIDTH - MARGIN; x += 1) dot(x, HEIGHT - MARGIN + 1, 'axis');
  for (const [colour, value] of Object.entries(thresholds) as [Colour, number][]) for (let x = MARGIN; x < WIDTH - MARGIN; x += 2) dot(x, y(value), colour);
  const [from, to] = [points.at(-1)?.time ?? 0, points[0]?.time ?? 0];
  const x = (time: number): number => WIDTH - MARGIN - 1 - ((to - time) / (to - from || 1)) * (WIDTH - 2 * MARGIN);
  points.forEach((point, index) => {
    const before = points[index + 1] ?? point;
    const steps = Math.max(1, Math.ceil(Math.hypot(x(point.time) - x(before.time), y(point.value) - y(before.value))));
    for (let step = 0; step <= steps; step += 1) {
      const share = step / steps;
      const at = { x: x(before.time) + share * (x(point.time) - x(before.time)), y: y(before.value) + share * (y(point.value) - y(before.value)) };
      for (const thick of [0, 1]) dot(at.x, at.y + thick, 'line');
    }
  });
  return png(WIDTH, HEIGHT, Object.values(COLOURS), pixels);
}

/** Draws and keeps it; its address at Mackerel, null where there is no graph. */
export function graphImage(world: Pick<World, 'metrics' | 'now' | 'images'>, alert: Alert): string | null {
  const { monitor } = alert;
  const points = valuesOf(world, alert);
  if (points === null || !('operator' in monitor)) return null;
  const name = randomBytes(48).toString('base64url');
  world.images.keep(name, drawn(points, { ...(monitor.warning === null ? {} : { warning: monitor.warning }), ...(monitor.critical === null ? {} : { critical: monitor.critical }) }));
  return `https://mackerel.io/embed/public/alert/${name}.png`;
}
