/** What must stay readable while the app is down: plain ADF outside the macro. */
import { panel } from '@atlaskit/adf-utils/builders';
import type { PanelType } from '@atlaskit/adf-schema/panel';
import type { Lang } from '../../../contract';
import { atWorst } from '../../../domain/alert';
import type { AlertRecord } from '../../../domain/model';
import type { PageFacts, Texts } from '../../../ports';
import { alertUrl, hostUrl } from '../../../domain/links';
import { memoBlocks } from './memo';
import { bold, grid, line, mackerelLink, pairs, title, type Block } from './nodes';

/** The enum's own module would bring the whole editor schema into the bundle. */
const NOTE = 'note' as PanelType;
const ALERTS_SHOWN = 20;
const MEMOS_SHOWN = 5;

const ZONE: Readonly<Record<Lang, { readonly name: string; readonly offset: string; readonly shiftMs: number }>> = {
  ja: { name: 'JST', offset: '+09:00', shiftMs: 9 * 3_600_000 },
  en: { name: 'UTC', offset: '+00:00', shiftMs: 0 },
};
/** `2026-11-23 23:04:05 +09:00 (JST)`: Japan has no summer time, so its offset is fixed. */
export function timeText(epochMs: number, lang: Lang): string {
  const zone = ZONE[lang];
  const local = new Date(epochMs + zone.shiftMs).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} ${zone.offset} (${zone.name})`;
}

const UNITS: Readonly<Record<string, string>> = { percentage: ' %', milliseconds: ' ms', seconds: ' s', bytes: ' B', 'bytes/sec': ' B/s', 'bits/sec': ' bit/s', iops: ' IOPS' };
function numberText(value: number, unit: string | null, lang: Lang): string {
  const size = Math.abs(value);
  const precision = size >= 100 ? { maximumFractionDigits: 0 } : size >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 };
  const number = new Intl.NumberFormat(lang === 'ja' ? 'ja-JP' : 'en-US', precision).format(value);
  return `${number}${unit === null ? '' : (UNITS[unit] ?? '')}`;
}

/** Value at opening against the threshold it crossed; a check has its message instead. */
export function valueText(alert: AlertRecord, lang: Lang): string {
  const { value, threshold: limit } = atWorst(alert);
  if (value === null) return alert.message ?? '–';
  const threshold = limit === null ? '' : ` ${alert.operator ?? '/'} ${numberText(limit, alert.unit, lang)}`;
  return `${numberText(value, alert.unit, lang)}${threshold}`;
}

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

export function factBlocks(facts: PageFacts, org: string | null, texts: Texts): Block[] {
  const { lang } = facts;
  const say = (key: string, params = {}): string => texts.say(lang, key, params);
  const alerts = Object.values(facts.alerts).sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
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
    panel({ panelType: NOTE })(line(say('page.facts.intro', { at: timeText(facts.declaredAt, lang) }))),
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
