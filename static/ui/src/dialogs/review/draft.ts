/** A review as it is written here. Parts nobody touched follow the server; touched ones are kept until they are saved. Pure. */
import type { Factor, Lessons, ReviewChange, ReviewPart, ReviewPlan, ReviewView, Why } from '../../../../../src/contract';
import { field, kept, textOf, type Kept } from '../../parts/kept';

export interface Draft {
  readonly plan: ReviewPlan;
  readonly factors: readonly Factor[];
  readonly whys: readonly Why[];
  readonly lessons: Lessons;
}
export type Touched = Partial<Draft>;
export const PARTS = ['plan', 'factors', 'whys', 'lessons'] as const satisfies readonly ReviewPart[];

export function draftOf({ plan, factors, whys, lessons }: ReviewView): Draft {
  return { plan: { owner: plan.owner?.accountId ?? null, reviewers: plan.reviewers.map(({ accountId }) => accountId), due: plan.due, meeting: plan.meeting }, factors, whys, lessons };
}
export const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
/** Parts that differ from what is stored. */
export const changedParts = (touched: Touched, view: ReviewView): readonly ReviewPart[] => {
  const stored = draftOf(view);
  return PARTS.filter((part) => touched[part] !== undefined && !alike(touched[part], stored[part]));
};
export const changeOf = (touched: Touched, parts: readonly ReviewPart[]): ReviewChange => Object.fromEntries(parts.map((part) => [part, touched[part]]));
/** What is still being written once `sent` is stored: what was typed meanwhile stays. */
export const left = (touched: Touched, sent: ReviewChange): Touched => Object.fromEntries(PARTS.flatMap((part) => (touched[part] === undefined || alike(touched[part], sent[part]) ? [] : [[part, touched[part]]])));

/** The answers below `parent`, as deep as they go, in the order they are shown. */
export function branches(whys: readonly Why[], parent: string | null = null, depth = 0): readonly { readonly why: Why; readonly depth: number }[] {
  return whys.filter((why) => why.parent === parent).flatMap((why) => [{ why, depth }, ...branches(whys, why.id, depth + 1)]);
}
/** Without the answer and those below it. */
export function withoutWhy(whys: readonly Why[], id: string): readonly Why[] {
  const gone = new Set([id, ...branches(whys, id).map(({ why }) => why.id)]);
  return whys.filter((why) => !gone.has(why.id));
}

const list = (value: unknown): readonly unknown[] | null => (Array.isArray(value) ? (value as readonly unknown[]) : null);
const words = (value: unknown): readonly string[] | null => {
  const all = list(value);
  return all !== null && all.every((one) => typeof one === 'string') ? (all as readonly string[]) : null;
};
function parsed(raw: unknown): Touched | null {
  const plan = field(raw, 'plan');
  const reviewers = words(field(plan, 'reviewers'));
  const lessons = field(raw, 'lessons');
  const [well, hard, lucky] = ['well', 'hard', 'lucky'].map((name) => textOf(field(lessons, name)));
  const factors = list(field(raw, 'factors'))?.every((one) => textOf(field(one, 'id')) !== null && textOf(field(one, 'text')) !== null && ['technical', 'process', 'organisational'].includes(textOf(field(one, 'kind')) ?? '') && words(field(one, 'tags')) !== null);
  const whys = list(field(raw, 'whys'))?.every((one) => textOf(field(one, 'id')) !== null && textOf(field(one, 'text')) !== null);
  const touched: Touched = {
    ...(reviewers == null ? {} : { plan: { owner: textOf(field(plan, 'owner')), reviewers, due: textOf(field(plan, 'due')), meeting: textOf(field(plan, 'meeting')) } }),
    ...(well == null || hard == null || lucky == null ? {} : { lessons: { well, hard, lucky } }),
    ...(factors === true ? { factors: field(raw, 'factors') as readonly Factor[] } : {}),
    ...(whys === true ? { whys: field(raw, 'whys') as readonly Why[] } : {}),
  };
  return Object.keys(touched).length === 0 ? null : touched;
}
export const draftStore = (incidentId: string, account: string | null): Kept<Touched> => kept(`review:${incidentId}:${account ?? ''}`, parsed);
