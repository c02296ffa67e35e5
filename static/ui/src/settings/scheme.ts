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
}
export interface SchemeDraft {
  readonly severities: { readonly [S in JudgedSeverity]: SeverityDraft };
  readonly standard: readonly StandardRole[];
  readonly named: readonly string[];
}
/** What is wrong with a number that was typed; `least`, `most`: what would be right. */
export interface NumberProblem {
  readonly severity: JudgedSeverity;
  readonly part: 'update' | 'days';
  readonly least: number;
  readonly most: number;
}

const UPDATE = { least: 5, most: 10_080 };
const DAYS = { least: 1, most: 365 };
const bySeverity = <T>(make: (severity: JudgedSeverity) => T): { readonly [S in JudgedSeverity]: T } => ({ sev1: make('sev1'), sev2: make('sev2'), sev3: make('sev3'), sev4: make('sev4') });
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export function schemeDraft({ severities, roles }: SchemeView): SchemeDraft {
  return {
    severities: bySeverity((severity) => {
      const { name, description, updateMinutes, ticketDays } = severities[severity];
      return { name: name ?? '', description: description ?? '', update: updateMinutes === null ? '' : String(updateMinutes), days: String(ticketDays) };
    }),
    standard: roles.standard,
    named: roles.named,
  };
}

/** A number that is none is NaN, which no check lets pass. */
const ruleOf = ({ name, description, update, days }: SeverityDraft): SeverityRule => ({
  name: orNull(name), description: orNull(description), updateMinutes: update.trim() === '' ? null : numberOf(update), ticketDays: numberOf(days),
});
export function schemeOf({ severities, standard, named }: SchemeDraft): SchemeView {
  return { severities: bySeverity((severity) => ruleOf(severities[severity])), roles: { standard, named: named.map((name) => name.trim()).filter((name) => name !== '') } };
}

const within = (value: number, { least, most }: typeof UPDATE): boolean => value >= least && value <= most;
export function schemeProblems(draft: SchemeDraft): readonly NumberProblem[] {
  return JUDGED.flatMap((severity) => {
    const { updateMinutes, ticketDays } = ruleOf(draft.severities[severity]);
    return [
      ...(updateMinutes === null || within(updateMinutes, UPDATE) ? [] : [{ severity, part: 'update' as const, ...UPDATE }]),
      ...(within(ticketDays, DAYS) ? [] : [{ severity, part: 'days' as const, ...DAYS }]),
    ];
  });
}
