/**
 * One look at Mackerel at a time for each connection, with a pause between looks while much comes in, and a bound on what
 * is read. A lease like any other: who dies holding it is followed after its end, and two at once would do no harm.
 */
import type { Ports } from '../ports';

const LEASE_MS = 20_000;
/** While hints come in numbers, looks begin this far apart: boards are told in time, and no record is written more often. */
const PACE_MS = 10_000;
/** So many lately: however few each single look finds, as when it comes the moment after the one before. */
const MANY_HINTS = 20;
/** Requests to Mackerel a minute, for all looks of a connection together. Mackerel publishes no general limit; its agents ask once a minute. */
export const READS_A_MINUTE = 50;
/** Of those, what freezing may take while looks need little. */
export const EVIDENCE_READS_A_MINUTE = 30;
const MINUTE_MS = 60_000;

interface TurnCell {
  /** Epoch ms. */
  readonly until: number;
  readonly beganAt: number;
  /** Hints of the looks so far; what came a pace earlier counts half. Absent: none. */
  readonly lately?: number;
  readonly minuteAt: number;
  readonly reads: number;
  /** Every alert that opened before this is known; null: nobody has looked at all of them yet. */
  readonly completeTo: number | null;
  /** Something is still to be read: what was taken at a webhook's word, or what the minute had no room for. */
  readonly owed: boolean;
}
const turnKey = (conn: string): string => `turn:${conn}`;

/** What may still be asked of Mackerel. Counts requests. */
export class Reads {
  used = 0;
  constructor(private readonly most: number) {}
  get left(): number {
    return Math.max(0, this.most - this.used);
  }
  spend(requests: number): void {
    this.used += requests;
  }
}

export interface Turn {
  readonly reads: Reads;
  readonly completeTo: number | null;
  readonly owed: boolean;
  /** `hints`: how many there were; `completeTo`: as in the cell, null leaves it. False: overtaken after the lease, and the other one's word stands. */
  end(done: Done): Promise<boolean>;
}
export interface Done {
  readonly hints: number;
  readonly completeTo: number | null;
  readonly owed: boolean;
}
/** `waitMs`: not now; somebody is at it, or was a moment ago. */
export type TurnAnswer = { readonly turn: Turn } | { readonly waitMs: number };

export async function takeTurn(ports: Ports, conn: string): Promise<TurnAnswer> {
  const now = ports.clock.now();
  const row = await ports.cells.get<TurnCell>(turnKey(conn));
  const known = row?.value ?? null;
  if (known !== null && known.until > now) return { waitMs: Math.min(LEASE_MS, known.until - now) };
  // A clock that was set back must not make the pause longer.
  const since = known !== null && now >= known.beganAt ? now - known.beganAt : Infinity;
  const paced = (known?.lately ?? 0) >= MANY_HINTS ? PACE_MS - since : 0;
  if (paced > 0) return { waitMs: paced };
  const sameMinute = known !== null && now >= known.minuteAt && now - known.minuteAt < MINUTE_MS;
  const before = sameMinute ? known.reads : 0;
  const mine = {
    until: now + LEASE_MS, beganAt: now, lately: (known?.lately ?? 0) * 2 ** (-since / PACE_MS), minuteAt: sameMinute ? known.minuteAt : now, reads: before, completeTo: known?.completeTo ?? null, owed: known?.owed ?? true,
  };
  if (!(await ports.cells.put<TurnCell>(turnKey(conn), 'turn', mine, row?.ver ?? null))) return { waitMs: 1_000 };
  const reads = new Reads(READS_A_MINUTE - before);
  const end: Turn['end'] = async ({ hints, completeTo, owed }) => {
    const after = { ...mine, until: 0, lately: mine.lately + hints, reads: before + reads.used, completeTo: completeTo ?? mine.completeTo, owed };
    return await ports.cells.put<TurnCell>(turnKey(conn), 'turn', after, (row?.ver ?? 0) + 1);
  };
  return { turn: { reads, completeTo: mine.completeTo, owed: mine.owed, end } };
}

/** What is not urgent waits while hints come in numbers, or much of the minute's requests is used. Nothing is taken or promised. */
export async function looksAreQuiet(ports: Ports, conn: string): Promise<boolean> {
  const known = (await ports.cells.get<TurnCell>(turnKey(conn)))?.value;
  if (known === undefined) return true;
  const since = Math.max(0, ports.clock.now() - known.beganAt);
  const used = since < MINUTE_MS && ports.clock.now() - known.minuteAt < MINUTE_MS ? known.reads : 0;
  return (known.lately ?? 0) * 2 ** (-since / PACE_MS) < MANY_HINTS / 2 && used <= READS_A_MINUTE - EVIDENCE_READS_A_MINUTE;
}
