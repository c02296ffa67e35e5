/** A rule as it is typed: every field keeps its text, also of actions and hours that are not chosen at the moment. */
import type { AlertStatus, GroupingView, IncidentKind, RuleThen, RuleView, Severity, TemplateId } from '../../../../../src/contract';

export interface RuleDraft {
  readonly id: string;
  readonly name: string;
  readonly monitor: string;
  readonly type: string;
  readonly service: string;
  readonly role: string;
  readonly host: string;
  readonly statuses: readonly AlertStatus[];
  /** Pattern over the monitor's name. */
  readonly pattern: string;
  /** Whether the hours below hold. */
  readonly timed: boolean;
  readonly days: readonly number[];
  /** `HH:MM` */
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly action: RuleThen['action'];
  readonly times: string;
  readonly minutes: string;
  readonly severity: Severity;
  readonly kind: IncidentKind;
  readonly spaceKey: string;
  /** Empty: what the settings choose. */
  readonly template: TemplateId | '';
}
export interface GroupingDraft {
  readonly by: GroupingView['by'];
  readonly monitorMinutes: string;
  readonly flapMinutes: string;
}

const WEEKDAYS: readonly number[] = [1, 2, 3, 4, 5];

/** A rule for everything critical, which leaves it to a person. `zone`: where hours would be told. */
export const freshRule = (zone: string): RuleDraft => ({
  id: crypto.randomUUID(), name: '', monitor: '', type: '', service: '', role: '', host: '', statuses: ['CRITICAL'], pattern: '', timed: false, days: WEEKDAYS, from: '22:00', to: '06:00', zone,
  action: 'candidate', times: '1', minutes: '60', severity: 'pending', kind: 'incident', spaceKey: '', template: '',
});

const two = (n: number): string => String(n).padStart(2, '0');
export const clockText = (minute: number): string => (Number.isNaN(minute) ? '--:--' : `${two(Math.floor(minute / 60))}:${two(minute % 60)}`);
/** NaN: no time of the day. */
function minuteOf(clock: string): number {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(clock) ?? [];
  return hour === undefined || minute === undefined ? Number.NaN : Number(hour) * 60 + Number(minute);
}
/** NaN: no number. A Japanese keyboard types wide digits. */
export function numberOf(text: string): number {
  const digits = text.normalize('NFKC').trim();
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

export function draftOfRule({ id, name, when, then }: RuleView, zone: string): RuleDraft {
  const { monitor, type, service, role, host, statuses, name: pattern, time } = when;
  const hours = time === null ? {} : { timed: true, days: time.days, from: clockText(time.from), to: clockText(time.to), zone: time.zone };
  const action =
    then.action === 'candidate'
      ? { times: String(then.times), minutes: String(then.minutes) }
      : then.action === 'declare'
        ? { severity: then.severity, kind: then.kind, spaceKey: then.spaceKey ?? '', template: then.template ?? ('' as const) }
        : {};
  return {
    ...freshRule(zone), id, name, monitor: monitor ?? '', type: type ?? '', service: service ?? '', role: role ?? '', host: host ?? '', statuses, pattern: pattern ?? '', ...hours, action: then.action, ...action,
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function thenOf(draft: RuleDraft): RuleThen {
  const { action } = draft;
  if (action === 'declare') return { action, severity: draft.severity, kind: draft.kind, spaceKey: orNull(draft.spaceKey), ...(draft.template === '' ? {} : { template: draft.template }) };
  return action === 'candidate' ? { action, times: numberOf(draft.times), minutes: numberOf(draft.minutes) } : { action };
}

/** The rule that was typed; a number that is none is NaN, which no check lets pass. */
export function ruleOf(draft: RuleDraft): RuleView {
  const { id, name, monitor, type, service, role, host, statuses, pattern, timed, days, from, to, zone } = draft;
  return {
    id,
    name: name.trim(),
    when: {
      monitor: orNull(monitor), type: orNull(type), service: orNull(service), role: orNull(role), host: orNull(host), statuses, name: orNull(pattern),
      time: timed ? { days, from: minuteOf(from), to: minuteOf(to), zone } : null,
    },
    then: thenOf(draft),
  };
}

export const groupingDraft = ({ by, monitorMinutes, flapMinutes }: GroupingView): GroupingDraft => ({ by, monitorMinutes: String(monitorMinutes), flapMinutes: String(flapMinutes) });
export const groupingOf = ({ by, monitorMinutes, flapMinutes }: GroupingDraft): GroupingView => ({ by, monitorMinutes: numberOf(monitorMinutes), flapMinutes: numberOf(flapMinutes) });
