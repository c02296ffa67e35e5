/** A record that comes in from its file, and what says so afterwards. */
import type { Page } from '@playwright/test';
import type { ImportLook, Lang } from '../../src/contract';
import { ago, head, home, NOW } from './data';
import { shown, value, type State } from './state';

const DAY = 24 * 60;
const look = (lang: Lang, part: Partial<ImportLook> = {}): ImportLook => ({
  key: '2026-017', title: lang === 'ja' ? '決済が失敗する <img src=x onerror=alert(1)>' : 'Payments fail <img src=x onerror=alert(1)>', kind: 'incident', severity: 'sev1', status: 'closed', visibility: 'public', service: 'shop', lang,
  detectedAt: ago(90 * DAY), declaredAt: ago(90 * DAY - 5), resolvedAt: ago(90 * DAY - 65), closedAt: ago(88 * DAY), writtenAt: ago(DAY), counts: { entries: 40, alerts: 3, hosts: 2, tickets: 3, reports: 1 },
  review: 'done', people: ['acc-alice', 'acc-bob', '712020:gone'], spaceKey: 'OPS', already: null, now: NOW, ...part,
});
const state = (name: string, answers: State['answers'], act: (page: Page) => Promise<void>): State => ({
  name: `home-import${name}`, screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { isAdmin: true })), ...answers(lang) }), ready: '[role=tabpanel]',
  async act(page) {
    await page.locator('[role=tab]').nth(1).click();
    await page.locator('.filters [aria-expanded]').click();
    await page.locator('.import').waitFor();
    await act(page);
  },
});
const choose = async (page: Page, ready: string): Promise<void> => {
  await page.locator('.import input[type=file]').setInputFiles({ name: '2026-017.json', mimeType: 'application/json', buffer: Buffer.from('{"format":"incident-pages-incident"}') });
  await page.locator(ready).waitFor();
};
const preview = (page: Page): Promise<void> => choose(page, '.import-facts');
const bring = async (page: Page, ready: string): Promise<void> => {
  await preview(page);
  await page.locator('.import .button-primary').click();
  await page.locator(ready).waitFor();
};

export const importStates: readonly State[] = [
  state('', () => ({}), async () => undefined),
  state('-preview', (lang) => ({ 'import.look': value(look(lang)) }), preview),
  state('-private', (lang) => ({ 'import.look': value(look(lang, { visibility: 'private', service: null, spaceKey: null, review: null })) }), preview),
  state('-already', (lang) => ({ 'import.look': value(look(lang, { already: { key: '2026-042', url: '/wiki/spaces/OPS/pages/42' } })) }), preview),
  state('-refused', () => ({ 'import.look': { error: { code: 'bad-request', messageKey: 'error.import-broken.more', params: { where: 'entries.12.recordedAt', n: 3 }, field: 'file' } } }), (page) => choose(page, '.import .refusal')),
  state('-no-page', (lang) => ({ 'import.look': value(look(lang)), 'incident.import': { error: { code: 'page-refused', messageKey: 'error.page-refused.no-permission', params: { space: 'OPS' } } } }), (page) => bring(page, '.import .refusal')),
  state('-made', (lang) => ({ 'import.look': value(look(lang)), 'incident.import': value({ incidentId: 'i9', key: '2026-043', page: '/wiki/spaces/OPS/pages/43', already: false }) }), (page) => bring(page, '.import [role=status] .link-button')),
  { name: 'board-imported', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { status: 'cancelled', closedAt: ago(2), openAlerts: 0, imported: { key: '2026-017', at: ago(3 * DAY), by: { accountId: 'acc-alice' } } }), alerts: [] }), ready: '.banner' },
];
