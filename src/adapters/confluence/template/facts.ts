/** What must stay readable while the app is down: plain ADF outside the macro. */
import type { AlertRecord } from '../../../domain/model';
import type { PageFacts, Texts } from '../../../ports';
import { alertUrl, hostUrl } from '../../../domain/links';
import { timeText, valueText } from '../../alert-words';
import { memoBlocks } from './memo';
import { bold, grid, line, mackerelLink, note, pairs, title, type Block } from './nodes';

const ALERTS_SHOWN = 20;
const MEMOS_SHOWN = 5;

/** Purpose and steps people wrote into the monitors, one after the other. */
function firstSteps(alerts: readonly AlertRecord[], say: (key: string) => string): Block[] {
  const memos = new Map<string, AlertRecord>();
  for (const alert of alerts) if (alert.monitorMemo !== null && !memos.has(alert.monitorMemo)) memos.set(alert.monitorMemo, alert);
  const blocks: Block[] = [];
  for (const [memo, alert] of [...memos].slice(0, MEMOS_SHOWN)) {
    const steps = memoBlocks(memo);
    if (steps.length > 0) blocks.push(line(bold(alert.monitorName)), ...steps);
  }
  if (blocks.length === 0) blocks.push(line(say('page.facts.noSteps')));
  return [title(3, say('page.facts.steps')), ...blocks];
}

/** Oldest first. */
export const inOrder = (alerts: PageFacts['alerts']): readonly AlertRecord[] => Object.values(alerts).sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));

export function factBlocks(facts: PageFacts, org: string | null, texts: Texts): Block[] {
  const { lang } = facts;
  const say = (key: string, params = {}): string => texts.say(lang, key, params);
  const alerts = inOrder(facts.alerts);
  const shown = alerts.slice(0, ALERTS_SHOWN);
  const rows = shown.map((alert) => [
    mackerelLink(alert.monitorName || alert.id, alertUrl(org, alert.id)),
    say(`page.alertStatus.${alert.status}`),
    valueText(alert, lang),
    alert.host === null ? (alert.service ?? '–') : mackerelLink(alert.host.name || alert.host.id, hostUrl(org, alert.host.id)),
    timeText(alert.openedAt, lang),
  ]);
  const header = ['alert', 'status', 'value', 'host', 'since'].map((column) => say(`page.facts.${column}`));
  return [
    note(say('page.facts.intro', { at: timeText(facts.declaredAt, lang) })),
    title(2, say('page.facts.heading')),
    pairs([
      [say('page.facts.key'), facts.key],
      [say('page.facts.title'), facts.title],
      [say('page.facts.severity'), say(`page.severity.${facts.severity}`)],
      [say('page.facts.detectedAt'), timeText(facts.detectedAt, lang)],
      [say('page.facts.declaredAt'), timeText(facts.declaredAt, lang)],
    ]),
    ...(shown.length === 0 ? [line(say('page.facts.noAlerts'))] : [grid(header, rows)]),
    ...(alerts.length > shown.length ? [line(say('page.facts.moreAlerts', { count: alerts.length - shown.length }))] : []),
    line(mackerelLink(say('page.facts.openMackerel'), shown[0] === undefined ? 'https://mackerel.io/my/alerts' : alertUrl(org, shown[0].id))),
    line(say('page.facts.gather')),
    ...firstSteps(alerts, say),
  ];
}
