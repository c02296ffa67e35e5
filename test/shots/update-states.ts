/** The dialog in which an update to everybody is written, and updates on the board. */
import type { Page } from '@playwright/test';
import type { EntryView, Lang, UpdateDraftView, UpdateView } from '../../src/contract';
import { ago, entries } from './data';
import { BOARD, refused, shown, value, type State } from './state';

const evil = '<img src=x onerror=alert(1)>'.repeat(6);
const words = (lang: Lang) =>
  lang === 'ja'
    ? { conditions: 'SEV1・原因特定。検知 2026-11-24 02:11 +09:00、24 分経過。\n決済の 3 割が失敗しています。', actions: '#4711 の切り戻しを進めています。', needs: 'なし' }
    : { conditions: 'SEV1, Identified. Detected 2026-11-24 02:11 +09:00; it has lasted 24 min.\nA third of payments fail.', actions: 'We are rolling #4711 back.', needs: 'None' };
const update = (lang: Lang, n: number, part: Partial<UpdateView> = {}): UpdateView => ({ n, lang, ...words(lang), by: { accountId: n === 1 ? 'acc-alice' : 'acc-bob' }, at: ago(20 / n), ...part });
const view = (lang: Lang, part: Partial<UpdateDraftView> = {}): UpdateDraftView => ({ lang, draft: words(lang), published: [], slack: 'sends', nextMinutes: 30, ...part });
const entry = (lang: Lang, n: number, part: Partial<UpdateView> = {}): EntryView => {
  const { conditions, actions, needs, by, at } = update(lang, n, part);
  return { id: `u${n}`, at, source: 'update', messageKey: 'entry.update', params: { n, lang, conditions, actions, needs }, text: null, link: null, by, alertId: null, status: null, unverified: false, recordedAt: at, edited: null, pinned: n === 1, removed: false, v: 20 + n };
};
const dialog = (name: string, answers: State['answers'], ready: string, act?: State['act']): State => ({ name: `dialog-${name}`, screen: 'dialog', answers, extension: { modal: { name: 'update', given: { incidentId: 'i1' } } }, ready, ...(act === undefined ? {} : { act }) });
const FIELDS = '.update-fields textarea';
const publish = async (page: Page): Promise<void> => {
  await page.locator(FIELDS).first().fill(evil);
  await page.locator('.dialog-actions .button-primary').click();
  await page.locator('.update-word .refusal:not(:empty)').waitFor();
};

export const updateStates: readonly State[] = [
  dialog('update', (lang) => ({ 'update.draft': value(view(lang)) }), FIELDS),
  dialog('update-written', (lang) => ({ 'update.draft': value(view(lang, { published: [update(lang, 2, { conditions: evil }), update(lang, 1)], nextMinutes: null, slack: 'none' })) }), FIELDS, async (page) => {
    await page.locator(FIELDS).first().fill(`${evil}\n${evil}`);
    await page.locator(FIELDS).nth(2).fill('');
  }),
  dialog('update-refused', (lang) => ({ 'update.draft': value(view(lang, { slack: 'private' })), 'update.publish': { error: { code: 'conflict', messageKey: 'error.update-changed' } } }), FIELDS, publish),
  dialog('update-failed', () => ({ 'update.draft': refused('not-found') }), '.notice'),
  { name: 'timeline-updates', screen: 'board', answers: (lang) => shown(lang, { entries: [entry(lang, 2, { conditions: evil }), entry(lang, 1), ...entries(lang)] }), ready: `${BOARD} .entry-update` },
];
