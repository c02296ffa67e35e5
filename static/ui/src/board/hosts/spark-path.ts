/** A small line of a metric as an SVG path. Pure. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Path in a box of `width` × `height`; a step without data for long is a gap. Empty without points. */
export function sparkPath(points: readonly Point[], width: number, height: number): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  const values = points.map((point) => point.value);
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  const time = last.at - first.at;
  const steps = points.slice(1).map((point, i) => point.at - (points[i]?.at ?? point.at)).sort((a, b) => a - b);
  const gap = (steps[Math.floor(steps.length / 2)] ?? 0) * 2.5;
  return points
    .map((point, i) => {
      const x = time === 0 ? width / 2 : ((point.at - first.at) / time) * width;
      const y = span === 0 ? height / 2 : height - ((point.value - low) / span) * height;
      const before = points[i - 1];
      const joins = before !== undefined && point.at - before.at <= gap;
      return `${joins ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** At most `count` points: each the mean of its share of the time. A line this small would else only show its noise. */
export function thinned(points: readonly Point[], count: number): readonly Point[] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length <= count) return points;
  const share = (last.at - first.at) / count || 1;
  const groups = new Map<number, Point[]>();
  for (const point of points) {
    const place = Math.min(count - 1, Math.floor((point.at - first.at) / share));
    groups.set(place, [...(groups.get(place) ?? []), point]);
  }
  const mean = (group: readonly Point[], of: (point: Point) => number): number => group.reduce((sum, point) => sum + of(point), 0) / group.length;
  return [...groups.values()].map((group) => ({ at: mean(group, ({ at }) => at), value: mean(group, ({ value }) => value) }));
}
