/** States of the timeline, of the past, and of their dialogs. */
import type { Page } from '@playwright/test';
import type { EntryView, Lang } from '../../src/contract';
import { ago, entries, flapAlerts, FLAPS, type board } from './data';
import type { Answer } from './host';
import { refused, shown, value, type State } from './state';

const answers = (lang: Lang, part: Parameters<typeof board>[1] = {}, more: Readonly<Record<string, Answer>> = {}): Record<string, Answer> => ({
  ...shown(lang, part),
  'board.graph': refused('mackerel-unreachable'),
  ...more,
});

/** A check that failed and recovered four times within half an hour. */
function flapping(lang: Lang): readonly EntryView[] {
  const [like] = entries(lang).filter((entry) => entry.source === 'mackerel');
  if (like === undefined) return [];
  return [0, 1, 2, 3].flatMap((n) => {
    const alert = { ...like, alertId: `f${n}`, params: { ...like.params, monitor: 'checkout-health', host: 'web-01' } };
    const at = ago(50 - n * 7);
    return [
      { ...alert, id: `f${n}b`, at: at + 180_000, recordedAt: at + 180_000, messageKey: 'entry.alert.recovered', status: 'OK' as const },
      { ...alert, id: `f${n}a`, at, recordedAt: at, messageKey: 'entry.alert.opened', status: 'CRITICAL' as const },
    ];
  });
}
function many(lang: Lang): readonly EntryView[] {
  const [like] = entries(lang);
  if (like === undefined) return [];
  const notes = Array.from({ length: 400 }, (_, n) => ({ ...like, id: `n${n}`, at: ago(40 + n * 9), recordedAt: ago(40 + n * 9), text: `${lang === 'ja' ? '確認' : 'Checked'} ${n} ${'.'.repeat(n % 90)}` }));
  return [...entries(lang), ...notes];
}
const hostile = (lang: Lang): readonly EntryView[] =>
  ['<img src=x onerror=alert(1)> <script>alert(1)</script>', '![x](https://x.example/a.png) [y](javascript:alert(1))', 'x'.repeat(900), '- '.repeat(400), '```\n' + 'y'.repeat(300) + '\n```'].flatMap((text, n) => entries(lang).slice(0, 1).map((entry) => ({ ...entry, id: `h${n}`, text, link: 'https://evidence.example.com/' + 'z'.repeat(300) })));

const TIMELINE = '.composer';
const note = { incidentId: 'i1', pass: 'pass', zone: 'Asia/Tokyo', skew: 0, entryId: 'e8', base: 3, text: 'Started the rollback', at: ago(4), link: 'https://ci.example.com/4711' };
const dialog = (name: string, given: Readonly<Record<string, unknown>>) => ({ modal: { name, given } });
const record = async (page: Page): Promise<void> => {
  await page.locator('.composer textarea').fill('pool → 200');
  await page.locator('.composer textarea').press('Control+Enter');
  await page.clock.runFor(2_000);
};
const wide = (act: (page: Page) => Promise<void>) => async (page: Page): Promise<void> => {
  if ((page.viewportSize()?.width ?? 0) > 480) await act(page);
};

export const timelineStates: readonly State[] = [
  { name: 'timeline-many', screen: 'board', answers: (lang) => answers(lang, { entries: many(lang), olderEntries: 12 }), ready: TIMELINE, act: (page) => page.locator('.timeline-box').evaluate((box) => box.scrollTo(0, 4_000)) },
  { name: 'timeline-hostile', screen: 'board', answers: (lang) => answers(lang, { entries: hostile(lang) }), ready: TIMELINE },
  { name: 'timeline-flaps', screen: 'board', answers: (lang) => answers(lang, { entries: [...flapping(lang), ...entries(lang)], alerts: flapAlerts, flaps: FLAPS }), ready: TIMELINE, act: (page) => page.locator('.timeline .fold-button').click() },
  { name: 'timeline-nothing-matches', screen: 'board', answers: (lang) => answers(lang), ready: TIMELINE, act: (page) => page.locator('.timeline-search').fill('zebra') },
  {
    name: 'timeline-writing', screen: 'board', answers: (lang) => answers(lang), ready: TIMELINE,
    act: wide(async (page) => {
      await page.locator('.time-input').fill('23:50');
      await page.locator('.composer textarea').fill('pool 50 → 200\n- web-01\n- web-02');
      await page.locator('.note-actions button').first().click();
      await page.locator('.note-link input').fill('http://grafana.example.com');
      await page.locator('.composer textarea').press('Control+Enter');
    }),
  },
  { name: 'timeline-recording', screen: 'board', answers: (lang) => answers(lang, {}, { 'note.add': 'never' }), ready: TIMELINE, act: wide(record) },
  { name: 'timeline-refused', screen: 'board', answers: (lang) => answers(lang, {}, { 'note.add': refused('forbidden') }), ready: TIMELINE, act: wide(record) },
  { name: 'timeline-unanswered', screen: 'board', answers: (lang) => answers(lang, {}, { 'note.add': 'fails' }), ready: TIMELINE, act: wide(record) },
  { name: 'timeline-removed', screen: 'board', answers: (lang) => answers(lang, {}, { 'note.remove': 'never' }), ready: TIMELINE, act: (page) => page.locator('.entry-tools').first().locator('button').last().click({ force: true }) },
  {
    name: 'board-rewound', screen: 'board', answers: (lang) => answers(lang), ready: TIMELINE,
    act: async (page) => {
      await page.locator('[data-shortcut=r]').press('Enter');
      await page.locator('.rewind input').press('ArrowLeft');
      await page.clock.runFor(1_000);
      await page.locator('[data-rewound]').waitFor();
    },
  },
  {
    name: 'board-since', screen: 'board', answers: (lang) => answers(lang), ready: TIMELINE,
    act: async (page) => {
      const seen = { at: ago(23), version: 2, status: 'investigating', severity: 'pending', roles: {}, situation: '' };
      await page.addInitScript((kept) => localStorage.setItem('seen:i1:acc-bob', kept), JSON.stringify(seen));
      await page.reload();
      await page.locator('.since').waitFor();
    },
  },
  { name: 'dialog-note-new', screen: 'dialog', answers: () => ({}), extension: dialog('note', { incidentId: 'i1', zone: 'Asia/Tokyo', skew: 0 }), ready: 'textarea' },
  {
    name: 'dialog-note-conflict', screen: 'dialog', extension: dialog('note', note), ready: 'textarea',
    answers: (lang) => ({ 'note.edit': { error: { code: 'conflict', messageKey: 'error.changed-by-other' } }, 'board.changes': value({ entries: entries(lang).filter(({ id }) => id === 'e8').map((entry) => ({ ...entry, v: 9, edited: { at: ago(1), by: { accountId: 'acc-alice' } } })) }) }),
    act: async (page) => {
      await page.locator('textarea').fill('Rollback of #4711 has begun');
      await page.locator('textarea').press('Control+Enter');
      await page.locator('.theirs').waitFor();
    },
  },
  {
    name: 'dialog-note-history', screen: 'dialog', extension: dialog('note-history', note), ready: '.revision',
    answers: (lang) => ({
      'note.history': value({
        revisions: [
          { recordedAt: ago(9), by: { accountId: 'acc-alice' }, at: ago(11), text: 'Started the rollback', link: null, removed: false },
          { recordedAt: ago(5), by: { accountId: 'acc-bob' }, at: ago(10), text: entries(lang)[1]?.text ?? '', link: 'https://ci.example.com/4711', removed: false },
          { recordedAt: ago(3), by: { accountId: 'acc-carol' }, at: ago(10), text: entries(lang)[1]?.text ?? '', link: 'https://ci.example.com/4711', removed: true },
        ],
      }),
    }),
  },
  {
    name: 'dialog-paste', screen: 'dialog', answers: () => ({}), extension: dialog('paste', { ...note, detectedAt: ago(24) }), ready: 'textarea',
    act: (page) => page.locator('textarea').fill('before any time\n02:13 web-01 を再起動\n［０２：１５］ #4711 を切り戻し\nalice  2:20 AM\nconnections are back\nstill watching\n11/24 23:00 to come\n02:30\n'),
  },
  { name: 'dialog-copy', screen: 'dialog', answers: (lang) => ({ 'board.entries': value({ entries: entries(lang) }) }), extension: dialog('copy', { ...note, title: '2026-042', alerts: [], at: null }), ready: 'textarea' },
];
