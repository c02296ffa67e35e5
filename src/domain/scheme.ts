/** Severities and roles as an installation has them, and as it begins. Pure. */
import type { JudgedSeverity, Lang, SchemeView, Severity, SeverityRule, StandardRole } from '../contract';

export const JUDGED = ['sev1', 'sev2', 'sev3', 'sev4'] as const satisfies readonly JudgedSeverity[];
export const ROLES = ['commander', 'operator', 'communicator', 'scribe'] as const satisfies readonly StandardRole[];
/** Named roles that every board offers; with the standard ones they leave room for some of the moment. */
export const NAMED_ROLES_AT_MOST = 6;
export const SEVERITY_NAME_MAX = 20;
export const SEVERITY_TEXT_MAX = 120;

const rule = (updateMinutes: number | null, weeks: number): SeverityRule => ({ name: null, description: null, updateMinutes, ticketDays: 7 * weeks });
export const SCHEME: SchemeView = {
  severities: { sev1: rule(30, 4), sev2: rule(60, 4), sev3: rule(240, 8), sev4: rule(null, 8) },
  roles: { standard: ROLES, named: [] },
};
/** Until somebody has judged. */
const PENDING_TICKET_DAYS = 28;

export const ticketDays = ({ severities }: SchemeView, severity: Severity): number => (severity === 'pending' ? PENDING_TICKET_DAYS : severities[severity].ticketDays);
const PENDING_UPDATE_MINUTES = 30;
/** Minutes from one update to the next; null: none is owed. */
export const updateMinutes = ({ severities }: SchemeView, severity: Severity): number | null => (severity === 'pending' ? PENDING_UPDATE_MINUTES : severities[severity].updateMinutes);
const REVIEW_DAYS: Readonly<Record<JudgedSeverity, number | null>> = { sev1: 3, sev2: 5, sev3: 10, sev4: null };
/** Working days until the review of an incident is due; null: none is asked for. Settings of before lack it. */
export function reviewDays({ severities }: SchemeView, severity: Severity): number | null {
  if (severity === 'pending') return null;
  const own = severities[severity].reviewDays;
  return own === undefined ? REVIEW_DAYS[severity] : own;
}
/** What it is called by its own name; null: as the app calls it. */
export const severityName = ({ severities }: SchemeView, severity: Severity): string | null => (severity === 'pending' ? null : severities[severity].name);

interface Says {
  say(lang: Lang, key: string, params?: Readonly<Record<string, string | number>>): string;
}
const SEVERITY_KEY = /^(?:page\.)?severity\.(sev[1-4])$/;
/** The same texts with severities by the names they have here. */
export function named(texts: Says, scheme: SchemeView): Says {
  const nameOf = (severity: string): string | null => (JUDGED.some((known) => known === severity) ? severityName(scheme, severity as JudgedSeverity) : null);
  return {
    say(lang, key, params = {}) {
      const own = nameOf(SEVERITY_KEY.exec(key)?.[1] ?? '');
      if (own !== null) return own;
      const names = (['from', 'to'] as const).flatMap((side) => {
        const name = nameOf(String(params[side] ?? ''));
        return name === null ? [] : [[`${side}Name`, name] as const];
      });
      return texts.say(lang, key, names.length === 0 ? params : { ...params, ...Object.fromEntries(names) });
    },
  };
}
