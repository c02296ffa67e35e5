/** Rules in words. Pure. */
import type { AlertStatus, BuiltInTemplate, RuleThen, RuleWhen, TemplateId } from '../../../../../src/contract';
import type { TextKey, Words } from '../../words';
import { clockText } from './rule-draft';

export const TYPES = ['host', 'connectivity', 'service', 'external', 'check', 'expression', 'anomalyDetection', 'query'] as const;
/** From Monday on, as a week is worked. */
export const DAYS: readonly number[] = [1, 2, 3, 4, 5, 6, 0];
const SUNDAY = Date.UTC(2026, 10, 22);

/** Names of monitors by id, as far as they are known. */
export type Names = ReadonlyMap<string, string>;

export function dayName(day: number, { locale }: Pick<Words, 'locale'>): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(SUNDAY + day * 86_400_000);
}
const list = (parts: readonly string[], words: Words, type: 'conjunction' | 'disjunction'): string => new Intl.ListFormat(words.locale, { type }).format(parts);

/** `Mon–Fri`, `Sat and Sun`. */
export function daysText(days: readonly number[], words: Words): string {
  const on = DAYS.filter((day) => days.includes(day));
  const [first, last] = [on[0], on.at(-1)];
  if (on.length === 7) return words.t('settings.rules.every-day');
  const oneRun = first !== undefined && last !== undefined && DAYS.indexOf(last) - DAYS.indexOf(first) === on.length - 1;
  if (oneRun && on.length > 2) return words.t('settings.rules.days', { from: dayName(first, words), to: dayName(last, words) });
  return list(on.map((day) => dayName(day, words)), words, 'conjunction');
}

export function timeText(time: NonNullable<RuleWhen['time']>, words: Words): string {
  const days = daysText(time.days, words);
  if (time.from === time.to) return words.t('settings.rules.hours.all-day', { days, zone: time.zone });
  const hours = { days, from: clockText(time.from), to: clockText(time.to), zone: time.zone };
  return words.t(time.from < time.to ? 'settings.rules.hours' : 'settings.rules.hours.overnight', hours);
}

export function typeText(type: string, { say }: Words): string {
  return TYPES.some((known) => known === type) ? say(`settings.rules.type.${type}`, {}, 'settings.rules.type.unknown') : type;
}
export const statusesText = (statuses: readonly AlertStatus[], words: Words): string => list(statuses.map((status) => words.t(`alert.status.${status}`)), words, 'disjunction');

/** Which alerts a rule is about: `Critical on shop, host web-*`. */
export function whenText(when: RuleWhen, words: Words, monitors: Names): string {
  const { t } = words;
  const { statuses, service } = when;
  const subject =
    statuses.length === 0
      ? service === null ? t('settings.rules.say.any') : t('settings.rules.say.any-of', { service })
      : service === null ? t('settings.rules.say.status', { statuses: statusesText(statuses, words) }) : t('settings.rules.say.status-of', { statuses: statusesText(statuses, words), service });
  const more: readonly (string | null)[] = [
    when.role === null ? null : t('settings.rules.say.role', { role: when.role }),
    when.monitor === null ? null : t('settings.rules.say.monitor', { name: monitors.get(when.monitor) ?? when.monitor }),
    when.type === null ? null : t('settings.rules.say.type', { type: typeText(when.type, words) }),
    when.name === null ? null : t('settings.rules.say.name', { pattern: when.name }),
    when.host === null ? null : t('settings.rules.say.host', { pattern: when.host }),
    when.time === null ? null : timeText(when.time, words),
  ];
  return [subject, ...more.filter((part) => part !== null)].join(t('common.list-separator'));
}

/** While one is being typed there may be none. */
const numberText = (n: number): string => (Number.isNaN(n) ? '…' : String(n));

/** Which page it is only the list of them tells. */
const templateText = (template: TemplateId, t: Words['t']): string => t(template.startsWith('page-') ? 'home.template.page' : `home.template.${template as BuiltInTemplate}`);

/** What follows: `declare SEV2`. */
export function thenText(then: RuleThen, { t }: Words): string {
  switch (then.action) {
    case 'declare': {
      const what = then.severity === 'pending' ? t('settings.rules.say.declare-pending') : t('settings.rules.say.declare', { severity: t(`severity.${then.severity}`) });
      const kind = then.kind === 'incident' ? [] : [t(`settings.rules.say.${then.kind}`)];
      return [what, ...kind, ...(then.spaceKey === null ? [] : [t('settings.rules.say.space', { space: then.spaceKey })]), ...(then.template === undefined ? [] : [t('settings.rules.say.template', { template: templateText(then.template, t) })])].join(t('common.list-separator'));
    }
    case 'candidate':
      return then.times === 1 ? t('settings.rules.say.candidate') : t('settings.rules.say.candidate-after', { times: numberText(then.times), minutes: numberText(then.minutes) });
    case 'attach':
      return t('settings.rules.say.attach');
    case 'ignore':
      return t('settings.rules.say.ignore');
  }
}

/** Names of a rule's parts, by where they stand in it. */
export const FIELDS: Readonly<Record<string, TextKey>> = {
  name: 'settings.rules.name', 'when.monitor': 'settings.rules.monitor', 'when.type': 'settings.rules.type', 'when.service': 'settings.rules.service', 'when.role': 'settings.rules.role', 'when.host': 'settings.rules.host',
  'when.statuses': 'settings.rules.status', 'when.name': 'settings.rules.pattern', 'when.time': 'settings.rules.time', 'when.time.days': 'settings.rules.time.days', 'when.time.from': 'settings.rules.time.from', 'when.time.to': 'settings.rules.time.to',
  'when.time.zone': 'settings.rules.time.zone', 'then.action': 'settings.rules.action', 'then.times': 'settings.rules.times', 'then.minutes': 'settings.rules.minutes', 'then.severity': 'severity.label', 'then.kind': 'settings.rules.kind', 'then.spaceKey': 'settings.rules.space', 'then.template': 'settings.rules.template',
};

/** Where something is wrong: `Rule 2 · Host name`; null: words do not know the place. */
export function placeText(path: string, { t }: Words): string | null {
  const [, index, inside] = /^rules\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
  if (index !== undefined) {
    const field = inside === undefined ? undefined : FIELDS[inside.replace(/\.\d+$/, '')];
    return [t('settings.rules.row', { n: Number(index) + 1 }), ...(field === undefined ? [] : [t(field)])].join(' · ');
  }
  const other: Readonly<Record<string, TextKey>> = { fallback: 'settings.rules.fallback', 'grouping.by': 'settings.grouping.by', 'grouping.monitorMinutes': 'settings.grouping.monitor', 'grouping.flapMinutes': 'settings.grouping.flap' };
  const key = other[path];
  return key === undefined ? null : t(key);
}
