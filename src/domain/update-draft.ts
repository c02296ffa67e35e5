/** What the record suggests for an update, with nothing in it that is to stay inside. Pure. */
import type { EntryView, Lang, ReportChoices, SchemeView, UpdateChoices, UpdateParts } from '../contract';
import { linkedAlerts } from './alert-record';
import { hostsOf } from './hosts';
import type { Incident } from './record';
import { minuteIn, offsetIn, spanOf, textOf, veilOf, whoOf, type Say } from './report-lines';
import { newsOf, type Hands } from './report-timeline';
import { UPDATE_PART_MAX, isCalm, updatesOf } from './updates';

const NEWS_AT_MOST = 8;
const NAMES_AT_MOST = 5;

export interface DraftFacts {
  readonly incident: Incident;
  /** The whole timeline, as readers see it. */
  readonly entries: readonly EntryView[];
  readonly scheme: SchemeView;
  readonly lang: Lang;
  /** IANA name; times are told in it. */
  readonly zone: string;
  readonly choices: UpdateChoices;
  readonly now: number;
  readonly say: Say;
}

/** Whole lines, the first ones, as far as they fit. */
function fitting(lines: readonly string[]): string {
  const kept: string[] = [];
  let room = UPDATE_PART_MAX;
  for (const line of lines) {
    room -= [...line].length + 1;
    if (room < 0) break;
    kept.push(line);
  }
  return kept.join('\n');
}

export function draftUpdate(facts: DraftFacts): UpdateParts {
  const { incident, say } = facts;
  const choices: ReportChoices = { ...facts.choices, people: false, tickets: false };
  const veil = veilOf(incident, choices, say);
  const nameless = whoOf(incident, choices, say);
  const hands: Hands = { say, veil, who: (accountId) => nameless(accountId) };
  return { conditions: fitting(conditions(facts, veil)), actions: fitting(actions(facts, choices, hands)), needs: fitting(needs(facts)) };
}

function conditions({ incident, lang, zone, choices, now, say }: DraftFacts, veil: (text: string) => string): readonly string[] {
  const { head } = incident;
  const over = head.resolvedAt ?? head.closedAt;
  const state = say('report.can.state', {
    severity: say(`severity.${head.severity}`),
    status: say(`status.${head.status}`),
    detected: `${minuteIn(head.detectedAt, zone)} ${offsetIn(head.detectedAt, zone)}`,
    span: spanOf((over ?? now) - head.detectedAt, say),
    over: over === null ? 'no' : 'yes',
  });
  const alerts = linkedAlerts(incident.alerts);
  const firing = alerts.filter(({ closedAt }) => closedAt === null);
  const names = choices.alerts ? [...new Set(firing.map(({ monitorName }) => veil(monitorName)))].slice(0, NAMES_AT_MOST) : [];
  const hosts = choices.hosts ? hostsOf(incident).map(({ name }) => name).slice(0, NAMES_AT_MOST) : [];
  const list = (all: readonly string[]): string => all.join(lang === 'ja' ? '、' : ', ');
  return [
    state,
    ...(head.situation === null || head.situation.text === '' ? [] : [veil(head.situation.text)]),
    ...(head.impact === null || head.impact.text === '' ? [] : [say('report.can.impact', { text: veil(head.impact.text) })]),
    ...(alerts.length === 0 ? [] : [say('report.can.alerts', { open: firing.length, all: alerts.length }) + (names.length === 0 ? '' : say('report.can.list', { names: list(names) }))]),
    ...(hosts.length === 0 ? [] : [say('report.can.hosts', { names: list(hosts) })]),
  ];
}

/** What is done now, then what happened since the update before. The newest of it stays when not everything fits. */
function actions({ incident, entries, zone, say }: DraftFacts, choices: ReportChoices, hands: Hands): readonly string[] {
  const since = updatesOf(incident)[0]?.recordedAt ?? 0;
  const fresh = entries.filter(({ recordedAt, source }) => recordedAt > since && source !== 'update');
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  const news = newsOf(fresh, 'update', choices, hands).map(({ at, said }) => `${clock.format(at)} ${textOf([said]).replace(/\s*\n\s*/g, ' ')}`);
  return [say(`report.can.doing.${incident.head.status}`), ...news.slice(-NEWS_AT_MOST)];
}

/** Who or what is missing; nothing: so it says. */
function needs({ incident: { head }, scheme, say }: DraftFacts): readonly string[] {
  const wanted = isCalm(head)
    ? []
    : [
        ...(scheme.roles.standard.includes('commander') && head.roles.every(({ id, person }) => id !== 'commander' || person === null) ? ['commander'] : []),
        ...(head.severity === 'pending' ? ['severity'] : []),
        ...(head.impact === null || head.impact.text === '' ? ['impact'] : []),
      ];
  return wanted.length === 0 ? [say('report.can.none')] : wanted.map((what) => say(`report.can.need.${what}`));
}
