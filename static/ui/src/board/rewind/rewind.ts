/**
 * Shows a board's past. Sliding asks for many moments: only where the slider rests is read, answers that come after another
 * question are dropped, and a moment already read is shown at once.
 */
import type { BoardView, PastView } from '../../../../../src/contract';

export interface RewindState {
  /** Whether the slider is out. */
  readonly open: boolean;
  /** The moment asked for, epoch ms; null: now. */
  readonly at: number | null;
  /** What is shown instead of now; the moment before it while `at` is being read. */
  readonly past: PastView | null;
  readonly waiting: boolean;
  readonly error: unknown;
}
export interface RewindStore {
  state(): RewindState;
  subscribe(onChange: () => void): () => void;
  /** Takes the slider out; the board still shows now. */
  open(): void;
  go(at: number): void;
  /** Back to now. */
  close(): void;
}

const REST_MS = 120;
const KEPT = 200;
/** The youngest past may still be added to. */
const SETTLED_MS = 10_000;
const NOW: RewindState = { open: false, at: null, past: null, waiting: false, error: null };

/** `clock` tells the server's time, epoch ms. */
export function createRewind(read: (at: number) => Promise<PastView>, clock: () => number): RewindStore {
  const listeners = new Set<() => void>();
  const known = new Map<number, PastView>();
  let state = NOW;
  let round = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (next: RewindState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const keep = (at: number, past: PastView): void => {
    if (at > clock() - SETTLED_MS) return;
    const [oldest] = known.keys();
    if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
    known.set(at, past);
  };
  const ask = (at: number): void => {
    const mine = (round += 1);
    void read(at).then(
      (past) => {
        keep(at, past);
        if (mine === round) set({ ...state, past, waiting: false, error: null });
      },
      (error: unknown) => mine === round && set({ ...state, waiting: false, error }),
    );
  };
  return {
    state: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    open: () => set({ ...state, open: true }),
    go: (at) => {
      clearTimeout(timer);
      round += 1;
      const past = known.get(at);
      if (past !== undefined) return set({ open: true, at, past, waiting: false, error: null });
      set({ ...state, open: true, at, waiting: true, error: null });
      timer = setTimeout(() => ask(at), state.past === null ? 0 : REST_MS);
    },
    close: () => {
      clearTimeout(timer);
      round += 1;
      set(NOW);
    },
  };
}

/** The board with its past in place of its present. Nothing can be changed there. */
export function boardAt(board: BoardView, { at, past }: Pick<RewindState, 'at' | 'past'>): BoardView {
  if (at === null) return board;
  const locked = { ...board, can: { edit: false, mackerel: false } };
  if (past === null) return locked;
  const { incident, alerts, flaps, hosts, deploys, entries, tickets } = past;
  return { ...locked, incident, alerts, flaps, hosts, deploys, entries, tickets, olderEntries: 0 };
}

/** Moments at which something was recorded between `from` and `to`, ascending, once each. */
export function ticksOf(entries: BoardView['entries'], from: number, to: number): readonly number[] {
  return [...new Set(entries.map((entry) => entry.recordedAt))].filter((at) => at >= from && at <= to).sort((a, b) => a - b);
}

/** Where a step from `at` leads: the neighbouring tick, or the end. */
export function stepFrom(at: number, direction: 1 | -1, ticks: readonly number[], from: number, to: number): number {
  if (direction === 1) return ticks.find((tick) => tick > at) ?? to;
  return ticks.findLast((tick) => tick < at) ?? from;
}
