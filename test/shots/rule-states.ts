/** The card of rules: folded and open rules, files, and what rules would do. */
import type { Page } from '@playwright/test';
import { presets } from '../../src/domain/presets';
import type { Lang, RuleChoices, RulesTrialView, RuleThen, RuleTrial, RuleView, RuleWhen, SettingsView } from '../../src/contract';
import { ago, settings } from './data';
import { refused, value, type State } from './state';
import { projects } from './ticket-states';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
const pick = <T>(lang: Lang, en: T, ja: T): T => (lang === 'ja' ? ja : en);
const rule = (id: string, name: string, when: Partial<RuleWhen>, then: RuleThen): RuleView => ({ id, name, when: { ...ANY, ...when }, then });
const rules = (lang: Lang): readonly RuleView[] => [
  rule('r1', pick(lang, 'Nightly batch is slow by design', '夜間バッチの遅延は想定内'), { service: 'shop', role: 'shop:batch', name: 'queue*', time: { days: [1, 2, 3, 4, 5], from: 1320, to: 360, zone: 'Asia/Tokyo' } }, { action: 'ignore' }),
  rule('r2', '', { service: 'shop', statuses: ['CRITICAL'] }, { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null }),
  rule('r3', pick(lang, 'Flapping connectivity of the branch offices', '拠点の死活監視はばたつきやすい'), { type: 'connectivity', host: 'branch-??-*.ap-northeast-1.example.internal' }, { action: 'candidate', times: 3, minutes: 30 }),
  rule('r4', '', { monitor: 'm2' }, { action: 'attach' }),
  rule('r5', '', { statuses: ['WARNING', 'UNKNOWN'] }, { action: 'declare', severity: 'pending', kind: 'drill', spaceKey: 'SRE' }),
];
export const choices: RuleChoices = {
  monitors: [{ id: 'm1', name: 'checkout p95', type: 'host' }, { id: 'm2', name: 'db connections', type: 'host' }, { id: 'm3', name: 'front page', type: 'external' }],
  services: ['blog', 'shop'], roles: ['blog:app', 'shop:batch', 'shop:db', 'shop:web'], presets: presets(['blog:app', 'shop:batch', 'shop:db', 'shop:web']),
};
const stored = (lang: Lang, part: Partial<SettingsView> = {}): SettingsView => ({ ...settings, rules: rules(lang), ...part });

const trial = (id: string, part: Partial<RuleTrial['alert']>, rest: Omit<RuleTrial, 'alert' | 'downtime'> & Partial<Pick<RuleTrial, 'downtime'>>): RuleTrial => ({
  alert: { id, url: `https://mackerel.io/orgs/demo/alerts/${id}`, monitor: 'm1', name: 'checkout p95', type: 'host', service: 'shop', roles: ['shop:web'], host: 'web-01', status: 'CRITICAL', open: true, openedAt: ago(24), ...part }, downtime: null, ...rest,
});
export const trials: RulesTrialView = {
  trials: [
    trial('a1', {}, { decidedBy: 1, unmet: [['role', 'name', 'time']], outcome: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: 'OPS', problem: null }, downtime: { name: 'DB maintenance', until: ago(-25) } }),
    trial('a2', { name: 'branch gateway connectivity', monitor: 'm9', type: 'connectivity', service: null, roles: [], host: 'branch-07-gateway.ap-northeast-1.example.internal', openedAt: ago(90) }, { decidedBy: 2, unmet: [['service', 'role', 'name', 'time'], ['service']], outcome: { action: 'candidate', times: 3, minutes: 30, seen: 1, asks: false } }),
    trial('a3', { name: 'blog response time', monitor: 'm8', service: 'blog', roles: ['blog:app'], host: 'blog-01', status: 'WARNING', open: false, openedAt: ago(1500) }, { decidedBy: 4, unmet: [['service', 'role', 'name', 'time'], ['service', 'statuses'], ['type', 'host'], ['monitor']], outcome: { action: 'declare', severity: 'pending', kind: 'drill', spaceKey: 'GONE', problem: 'space-unknown' } }),
    trial('a4', { name: 'heartbeat', monitor: 'm7', type: 'external', service: null, roles: [], host: null, open: false, openedAt: ago(4000) }, { decidedBy: null, unmet: [['service', 'role', 'name', 'time'], ['service'], ['type', 'host'], ['monitor'], ['statuses']], outcome: { action: 'candidate', times: 1, minutes: 60, seen: 1, asks: true } }),
  ],
  left: { more: 12, hidden: 1 },
};

const answers = (more: State['answers'] = () => ({})): State['answers'] => (lang) => ({ 'settings.get': value(stored(lang)), 'rules.choices': value(choices), 'rules.test': value(trials), ...projects(lang), ...more(lang) });
const card = (name: string, act?: (page: Page) => Promise<void>, more?: State['answers']): State => ({ name: `rules${name}`, screen: 'settings', answers: answers(more), ready: '.rule', ...(act === undefined ? {} : { act }) });
const open = async (page: Page, n: number): Promise<void> => {
  await page.locator('.rule').nth(n).locator('.rule-buttons button').first().click();
  await page.locator('.rule-form').first().waitFor();
};
const pickFile = async (page: Page, text: string): Promise<void> => {
  await page.locator('input[type=file]').setInputFiles({ name: 'incident-rules.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.locator('.rules-file').waitFor();
};
const grouping = { by: 'role', monitorMinutes: 30, flapMinutes: 15 };
const broken = JSON.stringify({
  schema: 1, fallback: 'page', grouping: { ...grouping, flapMinutes: 'soon' }, mood: 'good',
  rules: [
    { ...rule('r1', '', { host: '', role: 'web', time: { days: [], from: 0, to: 2000, zone: 'Mars/Olympus' } }, { action: 'ignore' }) },
    { ...rule('r1', 'x'.repeat(200), {}, { action: 'candidate', times: 0, minutes: 5 }), when: { ...ANY, weather: 'rain' } },
  ],
});
const tryThem = async (page: Page): Promise<void> => {
  await page.locator('[aria-labelledby=trial-title] > .card-actions button').click();
  await page.locator('.trial').first().waitFor();
};

export const ruleStates: readonly State[] = [
  card(''),
  card('-hours', (page) => open(page, 0)),
  card('-declare', (page) => open(page, 1)),
  card('-candidate', (page) => open(page, 2)),
  card('-typed', async (page) => {
    await open(page, 3);
    await page.locator('.rule-form select').nth(2).selectOption(' ');
    await page.locator('.rule-form .field > .select + .input').fill('3mXyz');
    await page.locator('.rule-form select').nth(0).selectOption(' ');
    await page.locator('.rule-form select').nth(1).selectOption(' ');
    await page.locator('.rule-form select').nth(3).selectOption(' ');
  }),
  card('-space', async (page) => {
    await open(page, 4);
    await page.locator('.rule-form .rule-part:last-child .field-row:last-child select').last().selectOption(' ');
  }),
  card('-no-lists', (page) => open(page, 1), () => ({ 'rules.choices': refused('mackerel-unreachable') })),
  card('-removed', (page) => page.locator('.rule').nth(1).locator('.rule-buttons button').last().click()),
  card('-mend', async (page) => {
    await open(page, 2);
    await page.locator('.field-number input').first().fill('99');
    await page.locator('.field-number input').nth(1).fill('');
    await page.locator('.rule').nth(2).locator('.rule-buttons button').first().click();
    await page.locator('.button-primary').click();
    await page.locator('.rule-form .refusal').first().waitFor();
  }),
  card('-refused', async (page) => {
    await page.locator('.button-primary').click();
    await page.locator('.rule-form .refusal').waitFor();
  }, () => ({ 'settings.save': { error: { code: 'bad-request', messageKey: 'error.space-key', field: 'rules.4.then.spaceKey' } } })),
  card('-import-refused', (page) => pickFile(page, broken)),
  card('-import', (page) => pickFile(page, JSON.stringify({ schema: 1, rules: [rule('n1', '', {}, { action: 'attach' })], fallback: 'ignore', grouping }))),
  card('-tried', tryThem),
  card('-tried-why', async (page) => {
    await tryThem(page);
    for (const n of [0, 2, 3]) await page.locator('.trial-said button').nth(n).click();
  }),
  card('-tried-one', async (page) => {
    await page.locator('[aria-labelledby=trial-title] select').selectOption('one');
    await page.locator('[aria-labelledby=trial-title] > .card-actions button').click();
    await page.locator('[aria-labelledby=trial-title] > .refusal').waitFor();
  }),
  card('-described', async (page) => {
    await page.locator('[aria-labelledby=trial-title] select').selectOption('described');
    for (const n of [2, 3, 4, 5]) await page.locator('[aria-labelledby=trial-title] select').nth(n).selectOption(' ');
  }),
  { ...card('-none', undefined, (lang) => ({ 'settings.get': value(stored(lang, { rules: [], fallback: 'ignore' })) })), ready: '.rules-otherwise' },
];
