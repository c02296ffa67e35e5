/** Who may see, and who may do anything: private incidents' readers, a page hidden from the app, no account, no license. */
import type { Page } from '@playwright/test';
import type { AudienceView, Lang, PageRefreshView } from '../../src/contract';
import { ago, head, home, settings } from './data';
import { healthy } from './health-data';
import { choices } from './rule-states';
import { refused, shown, value, BOARD, type State } from './state';
import { projects } from './ticket-states';

const NOTICE = '.notice';
const paused = { context: { license: { active: false } } };
const nobody = { context: { accountId: null } };
const audience = (isNamed: boolean): AudienceView => ({
  people: [{ accountId: 'acc-bob', canEdit: true }, { accountId: 'acc-alice', canEdit: true }, { accountId: 'acc-carol', canEdit: false }],
  groups: [{ id: 'g1', name: 'sre-on-call', canEdit: true }, { id: 'g2', name: 'information-security-incident-response-team-tokyo', canEdit: false }],
  app: { account: { accountId: 'acc-app' }, isNamed },
});
const groups = { '/wiki/rest/api/group/picker': value({ results: [{ id: 'g3', name: 'database-administrators' }] }) };
const dialog = { screen: 'dialog', extension: { modal: { name: 'audience', given: { incidentId: 'i1' } } }, ready: '.rows li:nth-child(6)' } as const;
const refresh = { screen: 'dialog', extension: { modal: { name: 'refresh-page', given: { incidentId: 'i1' } } } } as const;
const outdated = (lang: Lang, part: Partial<PageRefreshView> = {}): PageRefreshView => {
  const [line, leads] = lang === 'ja' ? ['「決済が遅い」の振り返り（{s}、対象サービス: shop）。検知 2026-11-24 02:13 (UTC+09:00)。', '指揮官'] : ['Review of “Checkout is slow” ({s}, service: shop), detected 2026-11-24 02:13 (UTC+00:00).', 'Commander'];
  return {
    version: 4, lang, isDrafted: false, kept: [[{ is: 'text', text: line.replace('{s}', 'SEV1') }]],
    changes: [
      { was: [{ is: 'text', text: line.replace('{s}', 'SEV3') }], now: [{ is: 'text', text: line.replace('{s}', 'SEV1') }] },
      { was: [{ is: 'row', text: leads }], now: [{ is: 'row', text: leads, people: ['acc-alice'] }] },
    ],
    ...part,
  };
};
const word = (lang: Lang): string => (lang === 'ja' ? '佐' : 'a');
const type = (css: string) => async (page: Page): Promise<void> => {
  await page.locator(css).fill(word((await page.locator('html').getAttribute('lang')) === 'ja' ? 'ja' : 'en'));
  await page.locator('[role=option]').first().waitFor();
};
const hide = async (page: Page): Promise<void> => {
  await page.locator('.home-head button').click();
  await page.locator('form > .check input').last().check();
};

export const peopleStates: readonly State[] = [
  { name: 'board-paused', screen: 'board', answers: (lang) => shown(lang, { live: { asOf: ago(6), state: 'stale', since: ago(6), reasonKey: 'live.reason.license' } }), ready: BOARD, ...paused },
  { name: 'board-hidden', screen: 'board', answers: (lang) => shown(lang, { incident: head(lang, { visibility: 'private', key: 'kqzvmwta', hidden: { since: ago(12), account: { accountId: '557058:f58131cb-b67d-43c7-b30d-6b58d40bd077' } } }) }), ready: '.banner button' },
  { name: 'board-no-account', screen: 'board', answers: () => ({}), ready: NOTICE, ...nobody },
  { name: 'home-paused', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)), 'health.get': value(healthy({ isPaused: true, needs: [{ key: 'health.need.license', params: {} }] })) }), ready: '.banner', ...paused },
  {
    name: 'home-health-hidden', screen: 'home', ready: '[role=tabpanel]',
    answers: (lang) => ({ 'home.load': value(home(lang)), 'health.get': value(healthy({ hidden: { n: 2, accountId: '557058:f58131cb', name: 'Incident Pages for Mackerel' }, needs: [{ key: 'health.need.hidden', params: { n: 2, name: 'Incident Pages for Mackerel', account: '557058:f58131cb-b67d-43c7-b30d-6b58d40bd077' } }] })) }),
    act: (page) => page.locator('[role=tab]').nth(4).click(),
  },
  { name: 'home-new-private', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)), ...groups }), ready: '[role=tabpanel]', act: hide },
  {
    name: 'home-new-private-named', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)), ...groups }), ready: '[role=tabpanel]',
    act: async (page) => {
      await hide(page);
      for (const n of [0, 2]) {
        await type('.person-picker input')(page);
        await page.locator('[role=option]').nth(n).click();
      }
    },
  },
  { name: 'settings-paused', screen: 'settings', answers: (lang) => ({ 'settings.get': value(settings), 'rules.choices': value(choices), ...projects(lang) }), ready: '.banner', ...paused },
  { name: 'dialog-refresh', ...refresh, ready: '.page-changes', answers: (lang) => ({ 'page.outdated': value(outdated(lang)) }), act: (page) => page.locator('summary').click() },
  { name: 'dialog-refresh-drafted', ...refresh, ready: '.notice', answers: (lang) => ({ 'page.outdated': value(outdated(lang, { isDrafted: true })) }) },
  { name: 'dialog-refresh-nothing', ...refresh, ready: '.dialog-actions', answers: (lang) => ({ 'page.outdated': value(outdated(lang, { changes: [], kept: [] })) }) },
  { name: 'dialog-refresh-strange', ...refresh, ready: '.notice', answers: () => ({ 'page.outdated': refused('refresh-unknown') }) },
  { name: 'dialog-audience', ...dialog, answers: () => ({ 'audience.load': value(audience(true)), ...groups }) },
  { name: 'dialog-audience-search', ...dialog, answers: () => ({ 'audience.load': value(audience(true)), ...groups }), act: type('.person-picker input') },
  { name: 'dialog-audience-hidden', ...dialog, answers: () => ({ 'audience.load': value(audience(false)), ...groups }) },
  { name: 'dialog-audience-last', ...dialog, answers: () => ({ 'audience.load': value(audience(true)), 'audience.remove': refused('audience-last'), ...groups }), act: async (page) => {
    await page.locator('.rows button').first().click();
    await page.locator('.refusal:not(:empty)').waitFor();
  } },
];
