/** Severities and roles as they are typed. */
import type { JudgedSeverity, SchemeView, SeverityRule, StandardRole } from '../../../../src/contract';
import { numberOf } from './rules/rule-draft';

export const JUDGED: readonly JudgedSeverity[] = ['sev1', 'sev2', 'sev3', 'sev4'];
export const NAMED_AT_MOST = 6;

export interface SeverityDraft {
  readonly name: string;
  readonly description: string;
  /** Minutes; empty: no updates are owed. */
  readonly update: string;
  readonly days: string;
  /** Working days; empty: no review is asked for. */
  readonly review: string;
}
export interface SchemeDraft {
  readonly severities: { readonly [S in JudgedSeverity]: SeverityDraft };
  readonly standard: readonly StandardRole[];
  readonly named: readonly string[];
}
/** What is wrong with a number that was typed; `least`, `most`: what would be right. */
export interface NumberProblem {
  readonly severity: JudgedSeverity;
  readonly part: 'update' | 'days' | 'review';
  readonly least: number;
  readonly most: number;
}

const UPDATE = { least: 5, most: 10_080 };
const DAYS = { least: 1, most: 365 };
const REVIEW = { least: 1, most: 90 };
/** What settings of before ask for. */
const REVIEW_DAYS: { readonly [S in JudgedSeverity]: number | null } = { sev1: 3, sev2: 5, sev3: 10, sev4: null };
const bySeverity = <T>(make: (severity: JudgedSeverity) => T): { readonly [S in JudgedSeverity]: T } => ({ sev1: make('sev1'), sev2: make('sev2'), sev3: make('sev3'), sev4: make('sev4') });
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export function schemeDraft({ severities, roles }: SchemeView): SchemeDraft {
  return {
    severities: bySeverity((severity) => {
      const { name, description, updateMinutes, ticketDays, reviewDays = REVIEW_DAYS[severity] } = severities[severity];
      return { name: name ?? '', description: description ?? '', update: updateMinutes === null ? '' : String(updateMinutes), days: String(ticketDays), review: reviewDays === null ? '' : String(reviewDays) };
    }),
    standard: roles.standard,
    named: roles.named,
  };
}

/** A number that is none is NaN, which no check lets pass. */
function ruleOf({ name, description, update, days, review }: SeverityDraft, severity: JudgedSeverity): SeverityRule {
  const reviewDays = review.trim() === '' ? null : numberOf(review);
  // The app's own number is not written down.
  const own = reviewDays === REVIEW_DAYS[severity] ? {} : { reviewDays };
  return { name: orNull(name), description: orNull(description), updateMinutes: update.trim() === '' ? null : numberOf(update), ticketDays: numberOf(days), ...own };
}
export function schemeOf({ severities, standard, named }: SchemeDraft): SchemeView {
  return { severities: bySeverity((severity) => ruleOf(severities[severity], severity)), roles: { standard, named: named.map((name) => name.trim()).filter((name) => name !== '') } };
}

const within = (value: number, { least, most }: typeof UPDATE): boolean => value >= least && value <= most;
export function schemeProblems(draft: SchemeDraft): readonly NumberProblem[] {
  return JUDGED.flatMap((severity) => {
    const { updateMinutes, ticketDays, reviewDays } = ruleOf(draft.severities[severity], severity);
    return [
      ...(updateMinutes === null || within(updateMinutes, UPDATE) ? [] : [{ severity, part: 'update' as const, ...UPDATE }]),
      ...(reviewDays == null || within(reviewDays, REVIEW) ? [] : [{ severity, part: 'review' as const, ...REVIEW }]),
      ...(within(ticketDays, DAYS) ? [] : [{ severity, part: 'days' as const, ...DAYS }]),
    ];
  });
}
