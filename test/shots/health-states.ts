/** What administrators see of the intake, and the webhook's part of the settings. */
import type { Page } from '@playwright/test';
import type { Lang, WebhookChannelView, WebhookView } from '../../src/contract';
import { ago, home, NOW, settings } from './data';
import { healthy, ill } from './health-data';
import { choices } from './rule-states';
import { refused, value, type State } from './state';
import { projects } from './ticket-states';

const title = (lang: Lang): string => (lang === 'ja' ? '決済が遅い。注文の三割が失敗し、問い合わせが増えている' : 'Checkout is slow and a third of all orders fail since this morning');
const tab = (page: Page): Promise<void> => page.locator('[role=tab]').nth(4).click();
const health = (name: string, answer: (lang: Lang) => ReturnType<State['answers']>[string], act: (page: Page) => Promise<void> = tab): State => ({
  name, screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)), 'health.get': answer(lang), 'health.poll': value({ requested: true }), 'health.retry': refused('busy') }), ready: '[role=tabpanel]', act,
});

const channel = (state: WebhookChannelView['state']): WebhookChannelView => ({ state, name: state === 'none' || state === 'unknown' || state === 'missing' ? null : 'Incident Pages for Mackerel', suspendedAt: state === 'suspended' ? ago(170) : null });
const view = (state: WebhookChannelView['state']): WebhookView => ({ url: settings.webhookUrl ?? '', channel: channel(state), rotatedAt: ago(0), oldUntil: ago(-1440), canWrite: state !== 'outdated', version: 4 });
const known = (state: WebhookChannelView['state']) => value(healthy({ webhook: { ...healthy().webhook, channel: channel(state) } }));
const webhook = (name: string, answers: ReturnType<State['answers']>, act?: (page: Page) => Promise<void>): State => ({
  name: `settings-webhook-${name}`, screen: 'settings', ready: '.webhook-field button',
  answers: (lang) => ({ 'settings.get': value(settings), 'rules.choices': value(choices), 'webhook.wait': value({ heardAt: null, now: NOW }), ...projects(lang), ...answers }),
  ...(act === undefined ? {} : { act }),
});
const press = (n: number) => async (page: Page): Promise<void> => {
  const button = page.locator('.webhook-field > .webhook').first().locator('button').nth(n);
  await page.locator('.webhook-field > .webhook button:not([disabled])').nth(n).waitFor();
  await button.click();
};

export const healthStates: readonly State[] = [
  health('health', () => value(healthy())),
  health('health-ill', (lang) => value(ill(title(lang)))),
  health('health-asked', (lang) => value(ill(title(lang))), async (page) => {
    await tab(page);
    await page.locator('.health-head button').click();
    await page.locator('.stuck button').first().click();
  }),
  health('health-failed', () => 'fails'),
  health('home-needs', (lang) => value(ill(title(lang))), async (page) => page.locator('.needs').waitFor()),
  webhook('none', { 'health.get': known('none') }),
  webhook('by-hand', { 'health.get': known('missing') }, async (page) => {
    await press(1)(page);
    await page.locator('.webhook-wait button').click();
  }),
  webhook('suspended', { 'health.get': known('suspended') }),
  webhook('outdated', { 'health.get': known('outdated') }),
  webhook('set-up', { 'health.get': known('none'), 'webhook.setup': value(view('ok')), 'webhook.wait': value({ heardAt: NOW, now: NOW }) }, press(0)),
  webhook('read-only', { 'health.get': known('none'), 'webhook.setup': { error: { code: 'mackerel-refused', messageKey: 'error.mackerel-read-only' } } }, press(0)),
];
