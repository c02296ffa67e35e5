/** Who changed what of a review: kept within its row, which has an end. Only what differs stands in a step. Pure. */
import type { Factor, Lessons, ReviewPlan, ReviewState, ReviewTick, Why } from '../contract';
import type { Press } from './change';

interface Step {
  /** Epoch ms. */
  readonly at: number;
  /** Account id. */
  readonly by: string;
}
/** `page`: parts of the record that were put on the page. */
export type ReviewStep = Step &
  (
    | { readonly part: 'plan'; readonly before: Partial<ReviewPlan>; readonly after: Partial<ReviewPlan> }
    | { readonly part: 'factors'; readonly before: readonly Factor[]; readonly after: readonly Factor[] }
    | { readonly part: 'whys'; readonly before: readonly Why[]; readonly after: readonly Why[] }
    | { readonly part: 'lessons'; readonly before: Partial<Lessons>; readonly after: Partial<Lessons> }
    | { readonly part: 'ticks'; readonly before: readonly ReviewTick[]; readonly after: readonly ReviewTick[] }
    | { readonly part: 'state'; readonly before: ReviewState; readonly after: ReviewState }
    | { readonly part: 'page'; readonly before: null; readonly after: readonly string[] }
  );

/** Characters of all steps: beside the largest review they leave the row below what a row may hold. */
export const HISTORY_MAX = 18_000;
/** To how many characters texts are cut, one after another, where a single step is too long for that. */
const CUTS = [1000, 300, 80, 0] as const;
const TEXTS: ReadonlySet<string> = new Set(['text', 'well', 'hard', 'lucky']);

interface Parts {
  readonly plan: ReviewPlan;
  readonly factors: readonly Factor[];
  readonly whys: readonly Why[];
  readonly lessons: Lessons;
  readonly ticks: { readonly [T in ReviewTick]?: unknown };
}
interface Kept {
  readonly history?: readonly ReviewStep[];
  readonly historyLeft?: number;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
function fields<T extends object>(one: T, other: T): Partial<T> {
  return Object.fromEntries(Object.entries(one).filter(([name, value]) => !same(value, (other as Record<string, unknown>)[name]))) as Partial<T>;
}
/** Those of one that do not stand in the other as they are. */
const items = <T extends { readonly id: string }>(one: readonly T[], other: readonly T[]): readonly T[] => one.filter((item) => !other.some((known) => same(item, known)));
const ticked = (ticks: Parts['ticks']): readonly ReviewTick[] => (Object.keys(ticks) as ReviewTick[]).sort();
const without = <T>(one: readonly T[], other: readonly T[]): readonly T[] => one.filter((item) => !other.includes(item));

/** A step for each part that differs. */
export function stepsOf(before: Parts, after: Parts, { by, now }: Press): readonly ReviewStep[] {
  const who = { at: now, by };
  const steps: readonly ReviewStep[] = [
    { ...who, part: 'plan', before: fields(before.plan, after.plan), after: fields(after.plan, before.plan) },
    { ...who, part: 'factors', before: items(before.factors, after.factors), after: items(after.factors, before.factors) },
    { ...who, part: 'whys', before: items(before.whys, after.whys), after: items(after.whys, before.whys) },
    { ...who, part: 'lessons', before: fields(before.lessons, after.lessons), after: fields(after.lessons, before.lessons) },
    { ...who, part: 'ticks', before: without(ticked(before.ticks), ticked(after.ticks)), after: without(ticked(after.ticks), ticked(before.ticks)) },
  ];
  return steps.filter((step) => Object.keys(step.before ?? {}).length + Object.keys(step.after).length > 0);
}

const sizeOf = (value: unknown): number => JSON.stringify(value).length;
function cut(step: ReviewStep, max: number): ReviewStep {
  return JSON.parse(JSON.stringify(step, (name, value: unknown) => (TEXTS.has(name) && typeof value === 'string' && [...value].length > max ? `${[...value].slice(0, max).join('')}…` : value))) as ReviewStep;
}
const fitting = (step: ReviewStep): ReviewStep => CUTS.reduce((so, max) => (sizeOf(so) <= HISTORY_MAX ? so : cut(step, max)), step);

/** The history with these steps at its end; the oldest ones give way. */
export function keptSteps({ history = [], historyLeft = 0 }: Kept, steps: readonly ReviewStep[]): Kept {
  if (steps.length === 0) return {};
  const all = [...history, ...steps.map(fitting)];
  let room = HISTORY_MAX;
  const from = all.findLastIndex((step) => (room -= sizeOf(step)) < 0) + 1;
  const left = historyLeft + from;
  return { history: all.slice(from), ...(left === 0 ? {} : { historyLeft: left }) };
}
