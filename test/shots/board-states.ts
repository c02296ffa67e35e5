/** What the board's head, alerts, graphs, hosts and the macro itself can look like beyond rest. */
import type { Page } from '@playwright/test';
import type { Lang } from '../../src/contract';
import type { board} from './data';
import { ago, alerts, head, home } from './data';
import type { Answer } from './host';
import { review } from './review-states';
import { BOARD, refused, shown, value, type State } from './state';

const press = (selector: string) => async (page: Page): Promise<void> => page.locator(selector).first().click();
/** With the title suggested: it comes after the form. */
async function startForm(page: Page): Promise<void> {
  await page.locator('.start .button-primary').first().click();
  await page.locator('.start-form input[value^="blog"]').waitFor();
}
const sparkPoints = Array.from({ length: 40 }, (_, n) => ({ at: ago(30 - n * 0.75), value: 1 + Math.abs(Math.sin(n / 5)) * 4 }));
const host = {
  id: 'h1', name: 'web-01', status: 'working', roles: ['shop: web'], url: 'https://mackerel.io/orgs/demo/hosts/h1', memo: 'rack 7', agent: 'mackerel-agent/0.87.0',
  interfaces: [{ name: 'eth0', addresses: ['10.0.1.11', 'fe80::42:acff:fe11:2'] }], lastSeen: ago(0.5),
  sparks: ['load', 'cpu', 'memory', 'network'].map((name) => ({ metric: name, labelKey: `host.spark.${name}`, unit: name === 'cpu' ? 'percentage' : null, points: sparkPoints })),
};
const answers = (lang: Lang, more: Readonly<Record<string, Answer>> = {}, part: Parameters<typeof board>[1] = {}): Record<string, Answer> => ({ ...shown(lang, part), 'board.host': value(host), ...more });
const at = (name: string, act: (page: Page) => Promise<void>, more: Readonly<Record<string, Answer>> = {}): State => ({ name: `board-${name}`, screen: 'board', answers: (lang) => answers(lang, more), ready: '[data-shortcut=s]', act });
const empty = (lang: Lang): Record<string, Answer> => ({ 'board.load': refused('no-incident'), 'home.load': value(home(lang)) });
const many = (lang: Lang): Record<string, Answer> => ({ 'board.load': refused('no-incident'), 'home.load': value(home(lang, { incidents: Array.from({ length: 12 }, (_, n) => head(lang, { id: `m${n}`, key: `2026-0${n + 10}` })) })) });
const metrics = (lang: Lang): Record<string, Answer> => ({ 'board.metrics': value({ hosts: [{ id: 'h1', name: 'web-01' }], services: ['shop'], metrics: lang === 'ja' ? ['custom.orders.決済'] : ['custom.orders.count'] }) });
const withPage = (name: string, state: 'trashed' | 'deleted'): State => ({
  name, screen: 'board', answers: (lang) => answers(lang, {}, { incident: head(lang, { page: { id: '11', url: '/x', state } }) }), ready: '.banner',
});
const dialog = (name: string, given: object, ready: string, more: (lang: Lang) => Record<string, Answer> = () => ({})): State => ({
  name: `dialog-${name}`, screen: 'dialog', answers: more, extension: { modal: { name: name.split('-')[0], given } }, ready,
});

export const boardStates: readonly State[] = [
  at('severity-menu', press('[data-shortcut=s]')),
  at('status-menu', press('[data-shortcut=t]')),
  at('refused', async (page) => {
    await press('[data-shortcut=s]')(page);
    await press('[role=menuitemradio] >> nth=2')(page);
  }, { 'incident.severity': refused('forbidden') }),
  at('overtaken', async (page) => {
    await press('[data-shortcut=s]')(page);
    await page.locator('.menu-note').fill('pool 50 → 200');
    await press('[role=menuitemradio] >> nth=2')(page);
    await page.locator('.menu-list').waitFor();
  }, { 'incident.severity': { error: { code: 'conflict', messageKey: 'error.changed-by-other' } } }),
  at('role-search', async (page) => {
    await press('[data-shortcut=a]')(page);
    await page.locator('.person-picker input').fill('o');
    await page.clock.runFor(500);
    await page.locator('[role=option]').first().waitFor();
  }),
  at('role-new', press('.role-new')),
  at('line-editing', press('.lines .icon-only')),
  at('line-overtaken', async (page) => {
    await page.evaluate(() => localStorage.setItem('draft:i1:situation', JSON.stringify({ text: 'Still looking', base: 3 })));
    await page.reload();
    await page.locator('.overtaken').waitFor();
  }),
  at('places-editing', press('.places .icon-only')),
  at('alert-actions', press('.alert-more button')),
  at('recovered-open', press('.recovered .fold')),
  at('cause-menu', press('.cause button')),
  at('host-open', async (page) => {
    await press('.host-name')(page);
    await page.locator('.host-facts').waitFor();
  }),
  at('graph-closer', async (page) => {
    await page.locator('.graph-tools').first().scrollIntoViewIfNeeded();
    await page.locator('.plot canvas').first().waitFor();
    await press('.graph-tools .icon-only >> nth=1')(page);
  }),
  {
    name: 'board-offline', screen: 'board', answers: (lang) => answers(lang, { 'board.changes': 'fails' }), ready: BOARD,
    act: async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
        dispatchEvent(new Event('offline'));
      });
      await page.locator('.freshness.not-live').waitFor();
    },
  },
  { name: 'board-closed', screen: 'board', answers: (lang) => answers(lang, { 'review.load': value(review(lang)) }, { incident: head(lang, { status: 'closed', mitigatedAt: ago(5), resolvedAt: ago(4), closedAt: ago(1), openAlerts: 0 }), alerts: alerts.map((one) => ({ ...one, open: false, status: 'OK', closedAt: ago(4), now: null, trend: null })) }), ready: '[data-shortcut=s]' },
  { name: 'board-copy', screen: 'board', answers: (lang) => answers(lang, {}, { atHome: false }), ready: '.banner' },
  { name: 'board-compact', screen: 'board', answers: (lang) => answers(lang), extension: { config: { compact: 'true' } }, ready: BOARD },
  { name: 'board-sections', screen: 'board', answers: (lang) => answers(lang), extension: { config: { sections: 'alerts,hosts' } }, ready: BOARD },
  withPage('board-page-trashed', 'trashed'),
  withPage('board-page-deleted', 'deleted'),
  { name: 'board-no-incident', screen: 'board', answers: empty, ready: '.start .rows' },
  { name: 'board-start-many', screen: 'board', answers: many, ready: '.start .rows' },
  { name: 'board-start', screen: 'board', answers: empty, extension: { autoConvertLink: 'https://mackerel.io/orgs/demo/alerts/a9' }, ready: '.start .rows', act: startForm },
  { name: 'board-template', screen: 'board', answers: () => ({}), extension: { template: { id: 't1' } }, ready: '.notice' },
  dialog('confirm', { text: ['To set the incident to “Resolved” now, say why these do not matter.'], lines: ['Critical  checkout p95  web-01 · shop  2,310 ms', 'Warning  db connections  db-01 · shop  188'], reason: { label: 'Reason', hint: 'It is recorded in the timeline.', kept: '' }, yes: 'Set to Resolved' }, 'textarea'),
  dialog('confirm-plain', { text: ['Host web-01: Working → Maintenance. The change is made in Mackerel for everybody.'], yes: 'Change it' }, 'form'),
  dialog('attach', { incidentId: 'i1', pass: 'p' }, '.row', () => ({ 'board.attachable': value({ alerts: [...alerts, ...alerts].map((alert, n) => ({ alert: { ...alert, id: `x${n}` }, taken: n === 1, takenBy: n === 1 ? '2026-041' : null })) }) })),
  dialog('metrics', { incidentId: 'i1', pass: 'p', known: [] }, 'select', () => ({ 'board.metrics': value({ hosts: [{ id: 'h1', name: 'web-01' }], services: ['shop'], metrics: ['custom.orders.count', 'custom.checkout.p95', 'cpu.user.percentage'] }) })),
  { ...dialog('metrics-chosen', { incidentId: 'i1', pass: 'p', known: [] }, 'select', metrics), act: async (page) => void (await page.locator('select').selectOption('h:h1')) },
];
