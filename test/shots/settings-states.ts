/** Severities, roles, groups, parent pages and what is done with the data. */
import type { Page } from '@playwright/test';
import type { EraseView, ExportPage, Lang, SchemeView, SettingsView } from '../../src/contract';
import { SCHEME } from '../../src/domain/scheme';
import { ago, head, home, NOW, settings } from './data';
import { choices } from './rule-states';
import { BOARD, refused, shown, value, type State } from './state';
import { projects } from './ticket-states';

const own = (lang: Lang): SchemeView => ({
  severities: {
    ...SCHEME.severities,
    sev1: { name: lang === 'ja' ? '重大障害' : 'P1 Critical', description: lang === 'ja' ? '全社対応。顧客への案内が必要' : 'All hands, and customers are told', updateMinutes: 15, ticketDays: 14 },
    sev2: { ...SCHEME.severities.sev2, name: "O'{P}2" },
    sev4: { ...SCHEME.severities.sev4, updateMinutes: 1440 },
  },
  roles: { standard: ['commander', 'scribe'], named: [lang === 'ja' ? '顧客対応' : 'Customer contact', '<b>x</b> '.repeat(5).trim()] },
});
const answers = (lang: Lang, part: Partial<SettingsView> = {}): ReturnType<State['answers']> => ({ 'settings.get': value({ ...settings, ...part }), 'rules.choices': value(choices), ...projects(lang) });
const erasure = (part: Partial<EraseView>): EraseView => ({ of: 'everything', state: 'running', erased: 12, left: { channel: false, pages: 0, issues: 0 }, at: ago(1), ...part });
const page: ExportPage = { rows: [{ of: 'settings', id: 'settings', incidentId: null, value: {} }], next: null, now: NOW };
const DIAGNOSTICS = ['time: 2026-11-23T17:35:12.000Z', 'app: 1.0.0 PRODUCTION', 'settings.rules: candidate 1, declare 1', 'last-error: mackerel-unreachable at 2026-11-23T17:20:00.000Z', `needs: ${'unheard 1, '.repeat(8)}`, ...Array.from({ length: 20 }, (_, n) => `line.${n}: ${n}`)].join('\n');
const unfold = async (screen: Page): Promise<void> => {
  await screen.locator('[aria-labelledby=severities-title] .add').click();
  await screen.locator('.row-severity').first().waitFor();
};
const press = (nth: number) => async (screen: Page): Promise<void> => await screen.locator('.data-card .card-actions > button').nth(nth).click();

export const settingsStates: readonly State[] = [
  { name: 'settings-scheme', screen: 'settings', answers: (lang) => answers(lang, { scheme: own(lang), groups: { declare: 'responders', settings: null } }), ready: '.severity-line', act: unfold },
  { name: 'settings-scheme-read', screen: 'settings', answers: (lang) => answers(lang, { scheme: own(lang) }), ready: '.severity-line' },
  {
    name: 'settings-scheme-wrong', screen: 'settings', answers: (lang) => answers(lang), ready: '.severity-line',
    act: async (screen) => {
      await unfold(screen);
      await screen.locator('.row-severity .field:nth-child(4) > .input').first().fill('soon');
      await screen.locator('.row-severity .field:nth-child(5) > .input').nth(2).fill('900');
      await screen.locator('.save-bar button').click();
      await screen.locator('.row-severity .refusal').first().waitFor();
    },
  },
  {
    name: 'settings-group-unknown', screen: 'settings', ready: '#group-declare',
    answers: (lang) => ({ ...answers(lang), 'settings.save': { error: { code: 'bad-request', messageKey: 'error.group-unknown', field: 'groups.declare', params: { group: 'respondes' } } } }),
    act: async (screen) => {
      await screen.locator('#group-declare').fill('respondes');
      await screen.locator('.save-bar button').click();
      await screen.locator('#group-declare-hint.refusal').waitFor();
    },
  },
  { name: 'settings-kept', screen: 'settings', answers: (lang) => answers(lang, { mayGrant: false, groups: { declare: null, settings: 'responders' } }), ready: '#group-declare' },
  { name: 'settings-parent', screen: 'settings', answers: (lang) => ({ ...answers(lang), '/wiki/api/v2/spaces': { status: 404 } }), ready: '.parent-page', act: (screen) => screen.locator('.parent-page button').first().click() },
  { name: 'settings-exported', screen: 'settings', answers: (lang) => ({ ...answers(lang), 'data.export': value(page) }), ready: '.data-card', act: async (screen) => { await press(0)(screen); await screen.locator('.data-card .card-actions [role=status]').first().filter({ hasText: '.json' }).waitFor(); } },
  { name: 'settings-export-stopped', screen: 'settings', answers: (lang) => ({ ...answers(lang), 'data.export': refused('busy') }), ready: '.data-card', act: async (screen) => { await press(0)(screen); await screen.clock.runFor(30_000); await screen.locator('.data-card .refusal').waitFor(); } },
  { name: 'settings-diagnostics', screen: 'settings', answers: (lang) => ({ ...answers(lang), 'data.diagnostics': value({ text: DIAGNOSTICS }) }), ready: '.data-card', act: async (screen) => { await press(1)(screen); await screen.locator('.diagnostics').waitFor(); } },
  { name: 'settings-erase', screen: 'settings', answers: (lang) => answers(lang), ready: '.erase', act: press(2) },
  { name: 'settings-erase-everything', screen: 'settings', answers: (lang) => answers(lang), ready: '.erase', act: async (screen) => { await press(2)(screen); await screen.locator('.erase input[type=radio]').nth(1).check(); await screen.locator('.erase .field > .input').fill('demo'); } },
  { name: 'settings-erasing', screen: 'settings', answers: (lang) => ({ ...answers(lang), 'erase.state': value(erasure({})), 'erase.continue': value(erasure({})) }), ready: '.erase [role=status]:not(:empty)' },
  { name: 'settings-erased', screen: 'settings', answers: (lang) => ({ ...answers(lang), 'erase.state': value(erasure({ state: 'done', left: { channel: true, pages: 2, issues: 1 } })) }), ready: '.erase [role=status]:not(:empty)' },
  {
    name: 'home-kept-settings', screen: 'home', answers: (lang) => ({ ...answers(lang, { mayGrant: false }), 'home.load': value(home(lang, { isAdmin: false, keepsSettings: true })) }), ready: '[role=tabpanel]',
    act: async (screen) => { await screen.locator('[role=tab]').last().click(); await screen.locator('.settings-form').waitFor(); },
  },
  {
    name: 'home-new-group', screen: 'home', ready: '[role=tabpanel]',
    answers: (lang) => ({ 'home.load': value(home(lang, { declareGroup: 'responders', spaces: home(lang).spaces.map((space) => ({ ...space, canDeclare: false })) })) }),
    act: async (screen) => { await screen.locator('.home-head button').click(); await screen.locator('.form .refusal').waitFor(); },
  },
  { name: 'board-own-scheme', screen: 'board', answers: (lang) => shown(lang, { scheme: own(lang), incident: head(lang, { lastUpdateAt: ago(20) }) }), ready: BOARD },
  { name: 'board-own-severity-menu', screen: 'board', answers: (lang) => shown(lang, { scheme: own(lang) }), ready: '[data-shortcut=s]', act: async (screen) => { await screen.locator('[data-shortcut=s]').click(); await screen.locator('[role=menuitemradio]').first().waitFor(); } },
];
