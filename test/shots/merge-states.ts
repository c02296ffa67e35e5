/** Incidents that are merged, alerts that are moved, the reasons why they are here, and those that come and go. */
import type { Page } from '@playwright/test';
import type { IncidentHeadView, Lang, SurvivorView } from '../../src/contract';
import { ago, alerts, flapAlerts, FLAPS, head, home } from './data';
import { BOARD, refused, shown, value, type State } from './state';

const pick = <T>(lang: Lang, en: T, ja: T): T => (lang === 'ja' ? ja : en);
const others = (lang: Lang): readonly IncidentHeadView[] => [
  head(lang),
  head(lang, { id: 'i3', key: '2026-043', title: pick(lang, 'Payments fail for customers with a saved card at checkout', '登録済みカードでの決済が購入手続きの途中で失敗する'), severity: 'sev1', status: 'investigating', service: 'payment', openAlerts: 2, linkedAlerts: 4, detectedAt: ago(31), declaredAt: ago(12) }),
  head(lang, { id: 'i4', key: '2026-044', title: pick(lang, 'Mails are late', 'メールの遅延'), severity: 'sev4', status: 'resolved', service: null, openAlerts: 0, linkedAlerts: 0, detectedAt: ago(9), declaredAt: ago(9), resolvedAt: ago(3) }),
  head(lang, { id: 'i5', key: 'kqzvmwta', title: pick(lang, 'Leaked credentials', '認証情報の漏えい'), severity: 'sev2', visibility: 'private', service: null, openAlerts: 0, linkedAlerts: 0, declaredAt: ago(70), detectedAt: ago(70) }),
];
const survivor = (lang: Lang): SurvivorView => ({ incidentId: 'i9', key: '2026-039', title: pick(lang, 'Database failover of the shop did not finish', 'ショップの DB フェイルオーバーが完了しない'), url: 'https://site.example.com/wiki/spaces/OPS/pages/9' });
const merged = (lang: Lang, into: SurvivorView | null) => shown(lang, { incident: head(lang, { status: 'merged', closedAt: ago(1), openAlerts: 0 }), survivor: into, alerts: [], hosts: [] });
const editable = (lang: Lang) => ({ 'incidents.editable': value({ incidents: others(lang) }) });
const many = (lang: Lang) => ({ 'incidents.editable': value({ incidents: [...others(lang), ...Array.from({ length: 12 }, (_, n) => head(lang, { id: `m${n}`, key: `2026-0${n + 50}` }))] }) });
const press = (selector: string) => async (page: Page): Promise<void> => page.locator(selector).first().click();
const dialog = (name: string, modal: { readonly name: string; readonly given: object }, ready: string, answers: State['answers'], act?: State['act']): State => ({
  name: `dialog-${name}`, screen: 'dialog', answers, extension: { modal }, ready, ...(act === undefined ? {} : { act }),
});
const WHY = { messageKey: 'alert.why.monitor', params: { monitor: 'checkout p95', minutes: 60 }, by: null, at: ago(24) };
const BY_HAND = { messageKey: 'alert.why.person', params: {}, by: { accountId: 'acc-bob' }, at: ago(18) };
const reasons = alerts.map((alert, n) => ({ ...alert, why: [WHY, BY_HAND, { ...WHY, messageKey: 'alert.why.merged', params: { key: '2026-039' } }][n] ?? null }));
const firing = { ...flapAlerts[3], id: 'f4', status: 'CRITICAL' as const, open: true, openedAt: ago(20), closedAt: null };
const flaps = (lang: Lang) => shown(lang, { alerts: [...alerts, ...flapAlerts, firing].map((alert) => ({ ...alert })) as typeof alerts, flaps: [['f4', ...(FLAPS[0] ?? [])]] });
const merge = { name: 'merge', given: { ids: ['i1', 'i3'], survivor: 'i1' } };
const move = { name: 'move-alert', given: { incidentId: 'i1', alertId: 'a1', line: 'Critical  checkout p95  web-01 · shop  2,310 ms', visibility: 'public' } };

export const mergeStates: readonly State[] = [
  { name: 'board-merged', screen: 'board', answers: (lang) => merged(lang, survivor(lang)), ready: '.banner' },
  { name: 'board-merged-hidden', screen: 'board', answers: (lang) => merged(lang, null), ready: '.banner' },
  { name: 'board-reasons', screen: 'board', answers: (lang) => shown(lang, { alerts: reasons }), ready: '[data-shortcut=s]', act: press('.alert-more button') },
  { name: 'board-flaps', screen: 'board', answers: flaps, ready: BOARD, act: press('.alert-again .fold-button') },
  { name: 'board-flaps-recovered', screen: 'board', answers: (lang) => shown(lang, { alerts: flapAlerts, flaps: FLAPS, incident: head(lang, { openAlerts: 0 }) }), ready: BOARD, act: press('.recovered .fold') },
  { name: 'board-more', screen: 'board', answers: (lang) => shown(lang), ready: '[data-shortcut=s]', act: press('.head-more') },
  { name: 'home-picked', screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang, { incidents: others(lang) })) }), ready: '.pick', act: async (page) => { for (const n of [0, 1]) await page.locator('.pick input').nth(n).click(); } },
  dialog('merge', merge, '.merge-preview', editable),
  dialog('merge-nothing', { name: 'merge', given: { ids: [] } }, '.one-of', editable),
  dialog('merge-missing', { name: 'merge', given: { ids: ['i1', 'gone'] } }, '.one-of', editable),
  dialog('merge-alone', { name: 'merge', given: { ids: ['i1'] } }, '.one-of', (lang) => ({ 'incidents.editable': value({ incidents: [head(lang)] }) })),
  dialog('merge-many', merge, '.merge-preview', many),
  dialog('merge-refused', merge, '.merge-preview', (lang) => ({ ...editable(lang), 'incident.merge': { error: { code: 'conflict', messageKey: 'error.merge.merged', params: { key: '2026-043' } } } }), async (page) => {
    await page.locator('.dialog-actions .button-primary').click();
    await page.locator('.refusal:not(:empty)').waitFor();
  }),
  dialog('merge-failed', merge, '[role=alert]', () => ({ 'incidents.editable': refused('busy') })),
  dialog('move-alert', move, '.row', editable),
  dialog('move-alert-many', move, '.row', many),
  dialog('move-alert-none', move, '.quiet', () => ({ 'incidents.editable': value({ incidents: [] }) })),
  dialog('move-alert-refused', move, '.row', (lang) => ({ ...editable(lang), 'alert.move': { error: { code: 'conflict', messageKey: 'error.move.ended', params: { key: '2026-043' } } } }), async (page) => {
    await page.locator('.row .button').first().click();
    await page.locator('.refusal:not(:empty)').waitFor();
  }),
];
