/** Which stretch of time the graphs show. Pure; times are epoch ms. */
import type { IncidentHeadView } from '../../../../../src/contract';

export interface Span {
  readonly from: number;
  readonly to: number;
}
const NARROWEST_MS = 2 * 60_000;

const size = (span: Span): number => span.to - span.from;

/** The same length moved inside `bounds`; the whole of them when it is as long. */
function within(span: Span, bounds: Span): Span {
  if (size(span) >= size(bounds)) return bounds;
  const by = span.from < bounds.from ? bounds.from - span.from : span.to > bounds.to ? bounds.to - span.to : 0;
  return { from: span.from + by, to: span.to + by };
}

/** Zooms by `factor` (below 1: closer) around the instant `at`, which stays where it is on the screen. */
export function zoomed(span: Span, factor: number, at: number, bounds: Span): Span {
  const length = Math.min(Math.max(size(span) * factor, Math.min(NARROWEST_MS, size(bounds))), size(bounds));
  const share = size(span) === 0 ? 0.5 : (at - span.from) / size(span);
  const from = at - length * Math.min(Math.max(share, 0), 1);
  return within({ from, to: from + length }, bounds);
}

export function panned(span: Span, ms: number, bounds: Span): Span {
  return within({ from: span.from + ms, to: span.to + ms }, bounds);
}

/** What was dragged over, in either direction; too short a drag is none. */
export function dragged(a: number, b: number, bounds: Span): Span | null {
  const length = Math.abs(a - b);
  if (length < 10_000) return null;
  const middle = (a + b) / 2;
  const half = Math.max(length, NARROWEST_MS) / 2;
  return within({ from: middle - half, to: middle + half }, bounds);
}

/** From the earliest to the latest that any of the graphs shows; null: none. */
export function bounding(spans: readonly Span[]): Span | null {
  if (spans.length === 0) return null;
  return { from: Math.min(...spans.map((span) => span.from)), to: Math.max(...spans.map((span) => span.to)) };
}

export const SHADED = ['investigating', 'identified', 'mitigated'] as const;
export interface Shade extends Span {
  readonly phase: (typeof SHADED)[number];
}
/** The phases of the incident as stretches of time up to `now`; skipped ones are left out. */
export function shades(head: Pick<IncidentHeadView, 'declaredAt' | 'identifiedAt' | 'mitigatedAt' | 'resolvedAt' | 'closedAt'>, now: number): readonly Shade[] {
  const end = head.resolvedAt ?? head.closedAt ?? now;
  const starts = [head.declaredAt, head.identifiedAt, head.mitigatedAt];
  return SHADED.flatMap((phase, n) => {
    const from = starts[n] ?? null;
    const to = starts.slice(n + 1).find((at) => at !== null) ?? end;
    return from === null || to <= from ? [] : [{ phase, from, to }];
  });
}
