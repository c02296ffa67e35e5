/** What happens to an alert that belongs nowhere yet: the first rule that fits decides, without one the fallback. Pure. */
import type { IncidentKind, Lang, ParentPage, RuleTime, RuleView, RuleWhen, Severity, TemplateId } from '../contract';
import { worstStatus, type AlertSighting } from './alert';
import type { Settings } from './model';

export const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
export const ONCE = { action: 'candidate', times: 1, minutes: 60 } as const;
export const GROUPING = { by: 'service', monitorMinutes: 60, flapMinutes: 15 } as const;

type Why = { readonly whyKey: string; readonly whyParams: Readonly<Record<string, string | number>> };
export type Verdict =
  | { readonly action: 'ignore' }
  | { readonly action: 'attach' }
  | ({ readonly action: 'candidate'; readonly times: number; readonly minutes: number } & Why)
  | { readonly action: 'declare'; readonly severity: Severity; readonly kind: IncidentKind; readonly spaceKey: string | null; readonly template?: TemplateId | undefined };

export type CandidateVerdict = Verdict & { readonly action: 'candidate' };
export type DeclareVerdict = Verdict & { readonly action: 'declare' };

/** As people compare names: a Japanese keyboard types wide letters and signs. */
const plain = (text: string): readonly string[] => [...text.normalize('NFKC').toLowerCase()];

/** `*` any text, `?` one character, case and width apart; compared step by step, so that no pattern is slow. */
export function fits(pattern: string, text: string): boolean {
  const [p, s] = [plain(pattern), plain(text)];
  let [i, j, star, mark] = [0, 0, -1, 0];
  while (j < s.length) {
    if (i < p.length && p[i] === '*') {
      star = i;
      mark = j;
      i += 1;
    } else if (i < p.length && (p[i] === '?' || p[i] === s[j])) {
      i += 1;
      j += 1;
    } else if (star >= 0) {
      i = star + 1;
      mark += 1;
      j = mark;
    } else return false;
  }
  while (p[i] === '*') i += 1;
  return i === p.length;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** Making one takes longer than asking it a thousand times, and a look judges many alerts. */
const clocks = new Map<string, Intl.DateTimeFormat>();
/** null: no IANA name of a time zone. Newer engines would also take an offset such as `+09:00`. */
function clockOf(zone: string): Intl.DateTimeFormat | null {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  try {
    if (!/^[A-Za-z]/.test(zone)) return null;
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, clock);
    return clock;
  } catch {
    return null;
  }
}
export const isZone = (name: string): boolean => clockOf(name) !== null;

/** Day of the week and minute of the day at `at` in a zone; null: no such zone. */
function clockIn(zone: string, at: number): { readonly day: number; readonly minute: number } | null {
  const parts = clockOf(zone)?.formatToParts(at);
  if (parts === undefined) return null;
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return { day: DAYS.indexOf(part('weekday')), minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

/** True when `at` (epoch ms) lies in the hours; those past midnight belong to the day they began on. */
export function within(time: RuleTime, at: number): boolean {
  const clock = clockIn(time.zone, at);
  if (clock === null) return false;
  const { day, minute } = clock;
  const on = (d: number): boolean => time.days.includes((d + 7) % 7);
  if (time.from === time.to) return on(day);
  if (time.from < time.to) return on(day) && minute >= time.from && minute < time.to;
  return (minute >= time.from && on(day)) || (minute < time.to && on(day - 1));
}

/** A webhook does not name the monitor's id. */
const monitorUnknown = (alert: AlertSighting): boolean => alert.monitorId === null && alert.factsAt === 0;

/** Each condition by its name, with whether the alert meets it; unset ones are left out. Roles not known meet none. */
export function conditions(when: RuleWhen, alert: AlertSighting): readonly { readonly name: keyof RuleWhen; readonly met: boolean }[] {
  const checks: readonly [keyof RuleWhen, boolean | null][] = [
    ['monitor', when.monitor === null ? null : monitorUnknown(alert) || alert.monitorId === when.monitor],
    ['type', when.type === null ? null : alert.monitorType === when.type],
    ['service', when.service === null ? null : alert.service === when.service],
    ['role', when.role === null ? null : (alert.roles ?? []).includes(when.role)],
    ['host', when.host === null ? null : alert.host !== null && fits(when.host, alert.host.name)],
    ['statuses', when.statuses.length === 0 ? null : when.statuses.includes(worstStatus(alert))],
    ['name', when.name === null ? null : fits(when.name, alert.monitorName)],
    ['time', when.time === null ? null : within(when.time, alert.openedAt)],
  ];
  return checks.flatMap(([name, met]) => (met === null ? [] : [{ name, met }]));
}
const matches = (rule: RuleView, alert: AlertSighting): boolean => conditions(rule.when, alert).every(({ met }) => met);

/** Index of the rule that decides; -1: none does. */
export function deciding(rules: readonly RuleView[], alert: AlertSighting): number {
  return rules.findIndex((rule) => matches(rule, alert));
}

/** For each rule before the one that decides, the conditions the alert does not meet. */
export function passedOver(rules: readonly RuleView[], alert: AlertSighting): readonly (readonly (keyof RuleWhen)[])[] {
  const decides = deciding(rules, alert);
  const before = decides === -1 ? rules : rules.slice(0, decides);
  return before.map(({ when }) => conditions(when, alert).flatMap(({ name, met }) => (met ? [] : [name])));
}

export function judge({ rules, fallback }: Pick<Settings, 'rules' | 'fallback'>, alert: AlertSighting): Verdict {
  const index = deciding(rules, alert);
  const rule = rules[index];
  // It may be another monitor's: what begins something waits until that was read.
  if (rule !== undefined && rule.when.monitor !== null && monitorUnknown(alert)) return { ...ONCE, whyKey: 'candidate.why.unverified', whyParams: {} };
  const then = rule?.then;
  if (then === undefined) return fallback === 'ignore' ? { action: 'ignore' } : { ...ONCE, whyKey: 'candidate.why.default', whyParams: {} };
  return then.action === 'candidate' ? { ...then, whyKey: 'candidate.why.rule', whyParams: { n: index + 1 } } : then;
}

/** Where the pages of a service go; null: the service is not mapped to a space. */
export function homeOf(settings: Pick<Settings, 'services'>, service: string | null): Settings['services'][number] | null {
  return settings.services.find((mapped) => mapped.name === service) ?? null;
}

/** The page below which a page of this service goes in this space: the service's own, or the one all services of the space agree on. */
export function parentIn({ services }: Pick<Settings, 'services'>, service: string | null, spaceKey: string): ParentPage | null {
  const there = services.filter((mapped) => mapped.spaceKey === spaceKey);
  const own = there.find((mapped) => mapped.name === service);
  const [first] = there;
  if (own !== undefined || first === undefined) return own?.parent ?? null;
  return there.every(({ parent }) => parent?.id === first.parent?.id) ? first.parent : null;
}

/** Where a rule's incident of this service goes: the space it names, or the service's own; null: neither. */
export function declareHome(settings: Pick<Settings, 'services'>, service: string, verdict: DeclareVerdict): { readonly spaceKey: string; readonly lang: Lang } | null {
  const { spaceKey } = verdict;
  if (spaceKey === null) return homeOf(settings, service);
  return { spaceKey, lang: (homeOf(settings, service) ?? settings.services.find((mapped) => mapped.spaceKey === spaceKey))?.lang ?? 'en' };
}

const WORST = ['WARNING', 'UNKNOWN', 'CRITICAL'] as const;
/** True when the alert is ignored whatever it went through: then its log need not be read. */
export function isIgnored(settings: Pick<Settings, 'rules' | 'fallback'>, alert: AlertSighting): boolean {
  return WORST.every((status) => judge(settings, { ...alert, status }).action === 'ignore');
}
