/**
 * What people look back on after an incident. A row of its own beside the record: it has one writer at a time by `ver`, and parts
 * with versions of their own, so that two people at two parts do not meet. Pure; times are epoch ms.
 */
import { keptSteps, stepsOf, type ReviewStep } from './review-history';
import type { Factor, Lessons, ReviewChange, ReviewPart, ReviewPlan, ReviewState, ReviewTick, Why } from '../contract';
import type { Press } from './change';
import type { IncidentHead } from './record';

export interface Review {
  readonly schema: 1;
  readonly incidentId: string;
  readonly conn: string;
  readonly state: ReviewState;
  readonly madeAt: number;
  readonly doneAt: number | null;
  readonly plan: ReviewPlan;
  readonly ticks: { readonly [T in ReviewTick]?: { readonly by: string; readonly at: number } };
  readonly factors: readonly Factor[];
  readonly whys: readonly Why[];
  readonly lessons: Lessons;
  readonly base: { readonly [P in ReviewPart]: number };
  /** Newest last. */
  readonly moves: readonly { readonly to: ReviewState; readonly by: string; readonly at: number }[];
  /** Presses that were accepted, newest last: one that is sent again finds itself. */
  readonly ops: readonly { readonly opId: string }[];
  /** What was put on the page; absent: nothing yet. */
  readonly filled?: Filled;
  /** Who changed what, newest last, as far as there is room. Absent: nothing since this is kept. */
  readonly history?: readonly ReviewStep[];
  /** Steps there was no room for any more; absent: none. */
  readonly historyLeft?: number;
}
/** `hashes`: by part, of what stood on the page when it was written; one that has none of these was changed by people. */
export interface Filled {
  readonly by: string;
  readonly at: number;
  readonly hashes: Readonly<Record<string, readonly string[]>>;
}

export const FACTORS_AT_MOST = 30;
export const WHYS_AT_MOST = 40;
/** Five whys, and two more for whoever needs them. */
export const WHYS_DEEP = 7;
export const REVIEWERS_AT_MOST = 20;
export const TAGS_AT_MOST = 5;
export const TEXT_MAX = { factor: 600, why: 400, lesson: 4000, tag: 30 } as const;
const OPS_KEPT = 50;
const MOVES_KEPT = 20;
const NO_LESSONS: Lessons = { well: '', hard: '', lucky: '' };

/** Every real incident is looked back on, near misses too, from when it is resolved. */
export const isReviewed = ({ kind, status }: Pick<IncidentHead, 'kind' | 'status'>): boolean => kind !== 'drill' && (status === 'resolved' || status === 'closed');
/** From when its review is owed: one that was over when it was declared was not known before. */
export const owedFrom = ({ resolvedAt, closedAt, declaredAt }: Pick<IncidentHead, 'resolvedAt' | 'closedAt' | 'declaredAt'>): number => Math.max(resolvedAt ?? closedAt ?? declaredAt, declaredAt);

export const freshReview = (incidentId: string, conn: string, now: number): Review => ({
  schema: 1, incidentId, conn, state: 'draft', madeAt: now, doneAt: null, plan: { owner: null, reviewers: [], due: null, meeting: null }, ticks: {}, factors: [], whys: [], lessons: NO_LESSONS,
  base: { plan: 0, factors: 0, whys: 0, lessons: 0 }, moves: [], ops: [],
});

export const acceptedInReview = (review: Review, opId: string): boolean => review.ops.some((op) => op.opId === opId);
const accepted = (review: Review, { opId }: Press): Review => ({ ...review, ops: [...review.ops, { opId }].slice(-OPS_KEPT) });

const PARTS = ['plan', 'factors', 'whys', 'lessons'] as const satisfies readonly ReviewPart[];
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The first part that somebody else changed since `base`, and not to the same; null: none. */
export function contested(review: Review, change: ReviewChange, base: Review['base']): ReviewPart | null {
  return PARTS.find((part) => change[part] !== undefined && base[part] !== review.base[part] && !same(change[part], review[part])) ?? null;
}

/** Takes the change in, once per press. */
export function changedReview(review: Review, change: ReviewChange, press: Press): Review {
  if (acceptedInReview(review, press.opId)) return review;
  const parts = PARTS.filter((part) => change[part] !== undefined && !same(change[part], review[part]));
  const set = Object.fromEntries(parts.map((part) => [part, change[part]])) as Partial<Pick<Review, ReviewPart>>;
  const ticks = { ...review.ticks };
  for (const [tick, on] of Object.entries(change.ticks ?? {}) as [ReviewTick, boolean | undefined][]) {
    if (on === true) ticks[tick] ??= { by: press.by, at: press.now };
    else if (on === false) delete ticks[tick];
  }
  const after = { ...review, ...set, ticks, base: { ...review.base, ...Object.fromEntries(parts.map((part) => [part, review.base[part] + 1])) } };
  return accepted({ ...after, ...keptSteps(review, stepsOf(review, after, press)) }, press);
}

/** Moves it on or back; the same state changes nothing. */
export function movedReview(review: Review, to: ReviewState, press: Press): Review {
  if (acceptedInReview(review, press.opId)) return review;
  if (review.state === to) return accepted(review, press);
  const moves = [...review.moves, { to, by: press.by, at: press.now }].slice(-MOVES_KEPT);
  const step: ReviewStep = { at: press.now, by: press.by, part: 'state', before: review.state, after: to };
  return accepted({ ...review, state: to, doneAt: to === 'done' ? press.now : null, moves, ...keptSteps(review, [step]) }, press);
}

const HASHES_KEPT = 3;
/** What stands on the page by now, by the hash of each part that was written. */
export function filledReview(review: Review, hashes: Readonly<Record<string, string>>, press: Press): Review {
  if (acceptedInReview(review, press.opId)) return review;
  const known = review.filled?.hashes ?? {};
  const kept = Object.fromEntries(Object.entries(hashes).map(([part, hash]) => [part, [...(known[part] ?? []).filter((one) => one !== hash), hash].slice(-HASHES_KEPT)]));
  const step: ReviewStep = { at: press.now, by: press.by, part: 'page', before: null, after: Object.keys(hashes) };
  return accepted({ ...review, ...(Object.keys(hashes).length === 0 ? {} : keptSteps(review, [step])), filled: { by: press.by, at: press.now, hashes: { ...known, ...kept } } }, press);
}

/** Answers hang together: each stands behind what it answers, and none deeper than `WHYS_DEEP`. */
export function isTree(whys: readonly Why[]): boolean {
  const depth = new Map<string, number>();
  for (const { id, parent } of whys) {
    const above = parent === null ? 0 : depth.get(parent);
    if (above === undefined || above >= WHYS_DEEP || depth.has(id)) return false;
    depth.set(id, above + 1);
  }
  return true;
}
