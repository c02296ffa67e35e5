/** Points of a graph. Pure. */
import type { DeployMark, GraphView } from '../../../../../src/contract';

export interface SeriesPoint {
  readonly at: number;
  readonly value: number;
}
const NEIGHBOURS = 5;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * Points as uPlot takes them (seconds and values). Where points are missing for more than two and a half of the steps around,
 * a `null` keeps the line from bridging the gap. The steps around, not all: a series may be posted more often from some time on.
 */
export function withGaps(points: readonly SeriesPoint[]): { readonly x: number[]; readonly y: (number | null)[] } {
  const steps = points.slice(1).map((point, i) => point.at - (points[i]?.at ?? point.at));
  const x: number[] = [];
  const y: (number | null)[] = [];
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before !== undefined) {
      const usual = median(steps.slice(Math.max(0, i - 1 - NEIGHBOURS), i + NEIGHBOURS));
      if (point.at - before.at > usual * 2.5) {
        x.push((before.at + usual) / 1000);
        y.push(null);
      }
    }
    x.push(point.at / 1000);
    y.push(point.value);
  });
  return { x, y };
}

/** The graph's points with the live value behind them, if that is newer. */
export function withLiveValue(points: readonly SeriesPoint[], now: SeriesPoint | null): readonly SeriesPoint[] {
  const last = points.at(-1);
  return now === null || (last !== undefined && now.at <= last.at) ? points : [...points, now];
}

/** Deploys of the graph's time, also those the board heard of after the graph was read; oldest first. A firing alert's graph goes on. */
export function deploysInView(graph: GraphView, heard: readonly DeployMark[]): readonly DeployMark[] {
  const inView = heard.filter((mark) => mark.to >= graph.from && (graph.closedAt === null || mark.from <= graph.to));
  const byId = new Map([...graph.deploys, ...inView].map((mark) => [mark.id, mark]));
  return [...byId.values()].sort((a, b) => a.from - b.from);
}

/** What was measured last at or before `at`; undefined: nothing yet. */
export function valueAt(points: readonly SeriesPoint[], at: number): SeriesPoint | undefined {
  return points.findLast((point) => point.at <= at);
}
