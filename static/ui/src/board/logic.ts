/** Pure decisions of the board. */
import type { AlertView, DeployMark, EntryView, GraphView, IncidentHeadView, IncidentStatus } from '../../../../src/contract';

export type Phase = { readonly id: 'detected' | 'declared' | IncidentStatus; readonly at: number | null; readonly state: 'done' | 'current' | 'ahead' };

const FLOW = ['investigating', 'identified', 'mitigated', 'resolved'] as const;

/** The strip of phases, with the times that are known. */
export function phases(head: IncidentHeadView, entries: readonly EntryView[]): readonly Phase[] {
  const reachedAt = (status: string): number | null =>
    entries.filter((entry) => entry.messageKey === 'entry.status' && entry.params['to'] === status).reduce<number | null>((last, entry) => Math.max(last ?? 0, entry.at), null);
  const times: Record<(typeof FLOW)[number], number | null> = {
    investigating: head.declaredAt,
    identified: reachedAt('identified'),
    mitigated: head.mitigatedAt,
    resolved: head.resolvedAt,
  };
  const start: readonly Phase[] = [
    { id: 'detected', at: head.detectedAt, state: 'done' },
    { id: 'declared', at: head.declaredAt, state: 'done' },
  ];
  const index = FLOW.findIndex((status) => status === head.status);
  const ended = index === -1;
  const flow: readonly Phase[] = FLOW.map((id, n) => {
    if (ended) return { id, at: times[id], state: head.status === 'closed' ? 'done' : 'ahead' };
    return { id, at: n > index || id === 'investigating' ? null : times[id], state: n < index ? 'done' : n === index ? 'current' : 'ahead' };
  });
  return [...start, ...flow, ...(ended ? [{ id: head.status, at: head.closedAt, state: 'current' as const }] : [])];
}

/** How long the incident lasted or lasts: until resolved or ended. `running` while it does. */
export function elapsed(head: IncidentHeadView, now: number): { readonly ms: number; readonly running: boolean } {
  const end = head.resolvedAt ?? head.closedAt;
  return { ms: Math.max(0, (end ?? now) - head.detectedAt), running: end === null };
}

/** `0:23:41`; days are folded into hours so that the figure only grows. */
export function stopwatch(ms: number): string {
  const s = Math.floor(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
}

const RANK = { CRITICAL: 0, UNKNOWN: 1, WARNING: 2, OK: 3 } as const;

/** Firing ones first by urgency, the oldest first; recovered ones by the time they recovered, newest first. */
export function splitAlerts(alerts: readonly AlertView[]): { readonly firing: readonly AlertView[]; readonly recovered: readonly AlertView[] } {
  return {
    firing: alerts.filter((alert) => alert.open).sort((a, b) => RANK[a.status] - RANK[b.status] || a.openedAt - b.openedAt),
    recovered: alerts.filter((alert) => !alert.open).sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0)),
  };
}

/** The threshold the alert stands at: of its own state, else the one that exists. */
export function threshold(alert: AlertView): number | null {
  return alert.status === 'WARNING' ? (alert.warning ?? alert.critical) : (alert.critical ?? alert.warning);
}

/** Where the value went since opening: up, down or flat on the page. */
export function direction(alert: AlertView): 'up' | 'down' | 'flat' {
  if (alert.now === null || alert.valueAtOpening === null || alert.trend === 'same') return 'flat';
  return alert.now.value > alert.valueAtOpening ? 'up' : alert.now.value < alert.valueAtOpening ? 'down' : 'flat';
}

/** Newest first; of one instant, the later version first. */
export function timeline(entries: readonly EntryView[]): readonly EntryView[] {
  return [...entries].sort((a, b) => b.at - a.at || b.v - a.v || (a.id < b.id ? 1 : -1));
}

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
