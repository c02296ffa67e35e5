/** What the rules are tried on, from what was typed; and what came of it in words. Pure. */
import type { AlertStatus, DescribedAlert, RulesTrialInput, RuleTrial, RuleWhen, ServiceView, TriedAlert } from '../../../../../src/contract';
import { dayAfter, momentsOf, wallOf } from '../../board/timeline/zoned';
import { alertOfLink } from '../../context';
import type { Words } from '../../words';
import type { RuleSet } from './rule-check';
import { clockText } from './rule-draft';
import { FIELDS, statusesText, thenText, timeText, typeText, type Names } from './rule-words';

export type Mode = 'recent' | 'one' | 'described';
export interface TrialDraft {
  readonly mode: Mode;
  /** Alert id, or its address at Mackerel. */
  readonly alert: string;
  readonly service: string;
  readonly role: string;
  readonly monitor: string;
  readonly type: string;
  readonly name: string;
  readonly host: string;
  readonly status: AlertStatus;
  /** 0 Sunday … 6 Saturday, and `HH:MM`, in the viewer's zone. */
  readonly day: number;
  readonly clock: string;
}

export function freshTrial(now: number, zone: string): TrialDraft {
  const wall = wallOf(now, zone);
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay();
  return { mode: 'recent', alert: '', service: '', role: '', monitor: '', type: '', name: '', host: '', status: 'CRITICAL', day, clock: clockText(wall.hour * 60 + wall.minute) };
}

/** The moment of that day of the week nearest from today on; null: no time of the day. An hour that summer time skips comes a week later. */
export function momentOn(day: number, clock: string, zone: string, now: number): number | null {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  if (hour === undefined || minute === undefined) return null;
  const today = wallOf(now, zone);
  for (let ahead = 0; ahead < 15; ahead += 1) {
    const on = dayAfter(today, ahead);
    if (new Date(Date.UTC(on.year, on.month - 1, on.day)).getUTCDay() !== day) continue;
    const [moment] = momentsOf({ ...on, hour: Number(hour), minute: Number(minute), second: 0 }, zone);
    if (moment !== undefined) return moment;
  }
  return null;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** null: something is missing that cannot be done without. */
export function trialOf(draft: TrialDraft, { rules, fallback }: RuleSet, services: readonly ServiceView[], zone: string, now: number): RulesTrialInput | null {
  const own = { rules, fallback, services };
  if (draft.mode === 'recent') return { ...own, of: null };
  if (draft.mode === 'one') {
    const alertId = alertOfLink(draft.alert.trim()) ?? draft.alert.trim();
    return alertId === '' ? null : { ...own, of: { alertId } };
  }
  const openedAt = momentOn(draft.day, draft.clock, zone, now);
  if (openedAt === null) return null;
  const alert: DescribedAlert = { monitor: orNull(draft.monitor), type: orNull(draft.type), service: orNull(draft.service), role: orNull(draft.role), host: orNull(draft.host), status: draft.status, name: draft.name.trim(), openedAt };
  return { ...own, of: { alert } };
}

function actual(alert: TriedAlert, name: keyof RuleWhen, words: Words, wanted: RuleWhen): string | null {
  switch (name) {
    case 'monitor':
      return alert.name === '' ? alert.monitor : alert.name;
    case 'type':
      return alert.type === null ? null : typeText(alert.type, words);
    case 'service':
      return alert.service;
    case 'role':
      return alert.roles.length === 0 ? null : alert.roles.join(words.t('common.list-separator'));
    case 'host':
      return alert.host;
    case 'statuses':
      return words.t(`alert.status.${alert.status}`);
    case 'name':
      return alert.name === '' ? null : alert.name;
    case 'time':
      return new Intl.DateTimeFormat(words.locale, { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: wanted.time?.zone ?? words.timeZone }).format(alert.openedAt);
  }
}
function asked(when: RuleWhen, name: keyof RuleWhen, words: Words, monitors: Names): string {
  if (name === 'statuses') return statusesText(when.statuses, words);
  if (name === 'time') return when.time === null ? '' : timeText(when.time, words);
  const text = when[name] ?? '';
  return name === 'monitor' ? (monitors.get(text) ?? text) : name === 'type' ? typeText(text, words) : text;
}

/** Why a rule was passed over: `Host: db-01 (asked for: web-*)`, one for each condition the alert does not meet. */
export function unmetTexts(when: RuleWhen, unmet: readonly (keyof RuleWhen)[], alert: TriedAlert, words: Words, monitors: Names): readonly string[] {
  return unmet.map((name) => {
    const field = FIELDS[`when.${name}`];
    return words.t('settings.rules.trial.unmet', { field: field === undefined ? name : words.t(field), actual: actual(alert, name, words, when) ?? words.t('settings.rules.trial.nothing'), wanted: asked(when, name, words, monitors) });
  });
}

/** What would come of the alert, and what speaks against it. */
export function outcomeTexts({ outcome, downtime }: RuleTrial, words: Words): { readonly said: string; readonly but: string | null } {
  const quiet = downtime === null || outcome.action === 'ignore' ? null : words.t('settings.rules.trial.downtime', { name: downtime.name, until: words.minute(downtime.until, Date.now()) });
  const but = [quiet, butOf(outcome, words)].filter((text) => text !== null);
  return { said: thenText(outcome, words), but: but.length === 0 ? null : but.join(' ') };
}

function butOf(outcome: RuleTrial['outcome'], { t }: Words): string | null {
  if (outcome.action === 'candidate') return outcome.times === 1 ? null : t(outcome.asks ? 'settings.rules.trial.enough' : 'settings.rules.trial.not-yet', { seen: outcome.seen, times: outcome.times });
  if (outcome.action !== 'declare' || outcome.problem === null) return null;
  if (outcome.problem === 'space-unknown') return t('settings.rules.trial.no-space', { space: outcome.spaceKey ?? '' });
  return t(outcome.problem === 'unmapped' ? 'settings.rules.trial.unmapped' : 'settings.rules.trial.no-service');
}
