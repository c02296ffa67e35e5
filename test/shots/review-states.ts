/** Reviews: on the board, in their dialog, on the page, and in the list of all. */
import type { Page } from '@playwright/test';
import type { FillView, Lang, OverviewReview, RepeatedView, ReviewView } from '../../src/contract';
import { ago, entries, head, home, NOW } from './data';
import { refused, shown, value, type State } from './state';

const pick = <T>(lang: Lang, en: T, ja: T): T => (lang === 'ja' ? ja : en);
const DAY = 24 * 60;
const dayOf = (days: number): string => new Date(NOW + days * DAY * 60_000).toISOString().slice(0, 10);
const alice = { accountId: 'acc-alice' };
const bob = { accountId: 'acc-bob' };

export const review = (lang: Lang, part: Partial<ReviewView> = {}): ReviewView => ({
  incidentId: 'i1', state: 'draft', plan: { owner: alice, reviewers: [bob, { accountId: 'acc-carol' }], due: null, meeting: 'https://meet.example.com/review-2026-042' }, dueDate: dayOf(4), overdueDays: 0,
  checks: [
    { id: 'facts', how: 'record', by: alice, at: ago(40), tickable: false },
    { id: 'timeline', how: 'person', by: bob, at: ago(30), tickable: true },
    { id: 'factors', how: 'record', by: null, at: null, tickable: false },
    { id: 'tickets', how: null, by: null, at: null, tickable: true },
    { id: 'held', how: null, by: null, at: null, tickable: true },
    { id: 'done', how: null, by: null, at: null, tickable: false },
  ],
  factors: [
    { id: 'f1', kind: 'technical', text: pick(lang, 'The connection pool is shared by all services, so one slow query starves the others.', 'コネクションプールを全サービスで共有しており、遅いクエリ 1 つがほかを巻き込む。'), tags: ['db', 'pool'] },
    { id: 'f2', kind: 'process', text: pick(lang, 'Deploys of the payment service need no load test.', '決済サービスのデプロイに負荷試験が含まれていない。'), tags: ['deploy'] },
  ],
  whys: [
    { id: 'w1', parent: null, text: pick(lang, 'Checkout waited for connections.', '購入手続きがコネクションを待っていた。') },
    { id: 'w2', parent: 'w1', text: pick(lang, 'A new query held them for seconds.', '新しいクエリが数秒間占有していた。') },
    { id: 'w3', parent: 'w1', text: pick(lang, 'Nothing limits how many a service takes.', 'サービスごとの上限がなかった。') },
  ],
  lessons: { well: pick(lang, 'The rollback took three minutes.', '切り戻しは 3 分で終わった。'), hard: pick(lang, 'Nobody knew who owns the pool.', 'プールの管理者が分からなかった。'), lucky: '' },
  club: null, base: { plan: 1, factors: 2, whys: 1, lessons: 1 }, canEdit: true, now: NOW, ...part,
});
const TITLES: Readonly<Record<string, readonly [string, string]>> = {
  summary: ['Summary', '概要'], times: ['Phases and durations', 'フェーズと所要時間'], detection: ['Detection', '検知'], impact: ['Impact', '影響'], alerts: ['Alerts', 'アラート'], timeline: ['Timeline', 'タイムライン'], changes: ['What changed', '変更'],
  people: ['Who responded', '対応した人'], tickets: ['Tickets', '改善チケット'], similar: ['Similar incidents', '似た障害'], questions: ['Open questions', '未解決の問い'],
};
const fillView = (lang: Lang, part: Partial<FillView> = {}): FillView => ({
  sections: (Object.keys(TITLES) as FillView['sections'][number]['id'][]).map((id, n) => ({
    id, state: (['current', 'outdated', 'edited'] as const)[n] ?? 'absent', title: TITLES[id]?.[lang === 'ja' ? 1 : 0] ?? '', lines: [{ is: 'row', text: pick(lang, 'Detected · 02:11 · 0 min', '検知 · 02:11 · 0 分') }, { is: 'text', text: '<img src=x onerror=alert(1)>' }],
  })),
  places: [{ heading: pick(lang, 'Review', '振り返り'), nth: 0, level: 1 }, { heading: pick(lang, 'Impact', '影響'), nth: 0, level: 3 }],
  entries: entries(lang), chosen: entries(lang).slice(0, 2).map(({ id }) => id), isDrafted: false, draftable: [], text: pick(lang, '## Summary\n- Severity · SEV1', '## 概要\n- 重大度 · SEV1'), ...part,
});
const overview = (lang: Lang): readonly OverviewReview[] => {
  const { factors, lessons } = review(lang);
  const one = (n: number, part: Partial<OverviewReview> = {}): OverviewReview => ({
    incident: { id: `i${n}`, key: `2026-0${40 + n}`, title: pick(lang, 'Payments fail for customers with a saved card at checkout', '登録済みカードでの決済が購入手続きの途中で失敗する'), severity: 'sev1', service: 'shop', url: '/wiki/spaces/OPS/pages/11', isPrivate: n === 3, resolvedAt: ago(n * DAY) },
    state: 'draft', owner: alice, reviewers: [bob], dueDate: dayOf(3), overdueDays: 0, open: 3, of: 6, factors, lessons, isRead: false, ...part,
  });
  return [one(1, { dueDate: dayOf(-4), overdueDays: 4 }), one(2, { owner: null, dueDate: null, factors: [], lessons: { well: '', hard: '', lucky: '' } }), one(3), one(4, { state: 'done', open: 0 })];
};
const over = (lang: Lang, part: Partial<ReviewView> = {}) => ({ ...shown(lang, { incident: head(lang, { status: 'resolved', mitigatedAt: ago(5), resolvedAt: ago(2), openAlerts: 0 }), alerts: [] }), 'review.load': value(review(lang, part)) });
const dialog = (name: string, answers: State['answers'], act?: State['act'], ready = '.review-head'): State => ({
  name: `dialog-review${name}`, screen: 'dialog', answers, extension: { modal: { name: 'review', given: { incidentId: 'i1', pageId: '11' } } }, ready, ...(act === undefined ? {} : { act }),
});
const loaded = (lang: Lang, part: Partial<ReviewView> = {}) => ({ 'review.load': value(review(lang, part)) });
const filling = async (page: Page): Promise<void> => {
  await page.locator('.review-checks .button').first().click();
  await page.locator('.review-fill').waitFor();
};
const list = (name: string, answers: (lang: Lang) => Record<string, ReturnType<typeof value> | 'fails'>, ready: string, more?: (page: Page) => Promise<void>): State => ({
  name: `home-reviews${name}`, screen: 'home', answers: (lang) => ({ 'home.load': value(home(lang)), ...answers(lang) }), ready: '[role=tabpanel]',
  async act(page) {
    await page.locator('[role=tab]').nth(3).click();
    await page.locator(ready).first().waitFor();
    await more?.(page);
  },
});
const repeated = (lang: Lang, part: Partial<RepeatedView> = {}): RepeatedView => {
  const incidents = overview(lang).map(({ incident }) => incident);
  return {
    causes: [
      { kind: 'monitor', name: 'checkout p95', count: 7, incidents: [...incidents, ...incidents].map((one, n) => ({ ...one, id: `${one.id}-${n}` })) },
      { kind: 'tag', name: 'pool', count: 3, incidents: incidents.slice(0, 3) },
      { kind: 'factor', name: `${review(lang).factors[0]?.text ?? ''} <img src=x onerror=alert(1)>`, count: 2, incidents: incidents.slice(0, 2) },
    ],
    of: 12, more: true, now: NOW, ...part,
  };
};
const asked = (ready: string) => async (page: Page): Promise<void> => {
  await page.locator('.review-tools [aria-expanded]').click();
  await page.locator(ready).first().waitFor();
};
const listed = (lang: Lang) => ({ 'reviews.overview': value({ reviews: overview(lang), more: true, now: NOW }) });

export const reviewStates: readonly State[] = [
  { name: 'board-review', screen: 'board', answers: (lang) => over(lang), ready: '.review-row .mark' },
  { name: 'board-review-overdue', screen: 'board', answers: (lang) => over(lang, { dueDate: dayOf(-3), overdueDays: 3, plan: { owner: null, reviewers: [], due: null, meeting: null } }), ready: '.review-row .overdue' },
  { name: 'board-review-failed', screen: 'board', answers: (lang) => ({ ...over(lang), 'review.load': refused('busy') }), ready: '.review-row .refusal' },
  dialog('', loaded),
  dialog('-empty', (lang) => loaded(lang, { plan: { owner: null, reviewers: [], due: null, meeting: null }, dueDate: null, factors: [], whys: [], lessons: { well: '', hard: '', lucky: '' }, checks: review(lang).checks.map((check) => ({ ...check, how: null, by: null, at: null })) })),
  dialog('-viewer', (lang) => loaded(lang, { canEdit: false })),
  dialog('-done', (lang) => loaded(lang, { state: 'done', club: null })),
  dialog('-person', loaded, async (page) => page.locator('.owner-line .button').nth(2).click()),
  dialog('-failed', () => ({ 'review.load': refused('busy') }), undefined, '.notice'),
  dialog('-conflict', (lang) => ({ ...loaded(lang), 'review.save': { error: { code: 'conflict', messageKey: 'error.changed-by-other', field: 'lessons' } } }), async (page) => {
    await page.locator('[aria-labelledby=review-lessons] textarea').first().fill('mine');
    await page.locator('.dialog-actions .button-primary').click();
    await page.locator('.dialog-warning').waitFor();
  }),
  dialog('-fill', (lang) => ({ ...loaded(lang), 'review.preview': value(fillView(lang)) }), async (page) => {
    await filling(page);
    for (const n of [0, 5]) await page.locator('.review-fill details').nth(n).locator('summary').click();
  }),
  dialog('-fill-draft', (lang) => ({ ...loaded(lang), 'review.preview': value(fillView(lang, { draftable: ['summary', 'impact'] })), 'review.draft': value({ text: pick(lang, 'From 02:11 to 02:33 checkout was slow after deploy #4711.', '2:11 から 2:33 まで、デプロイ #4711 の後に決済が遅くなった。') }) }), async (page) => {
    await filling(page);
    await page.locator('.review-draft .button').first().click();
    await page.locator('.review-draft textarea').waitFor();
  }),
  dialog('-fill-entries', (lang) => ({ ...loaded(lang), 'review.preview': value(fillView(lang)) }), async (page) => {
    await filling(page);
    await page.locator('.review-entries').locator('xpath=../summary').click();
  }),
  dialog('-fill-drafted', (lang) => ({ ...loaded(lang), 'review.preview': value(fillView(lang, { isDrafted: true })) }), filling),
  dialog('-fill-written', (lang) => ({ ...loaded(lang), 'review.preview': value(fillView(lang)), 'review.fill': value({ outcome: 'written', did: [{ id: 'alerts', did: 'inserted' }, { id: 'times', did: 'updated' }, { id: 'detection', did: 'kept' }] }) }), async (page) => {
    await filling(page);
    await page.locator('.dialog-actions .button-primary').click();
    await page.locator('.review > [role=status]:not(:empty)').waitFor();
  }),
  list('', listed, '.review-card'),
  list('-done', listed, '.review-card', async (page) => void (await page.locator('.review-tools select').first().selectOption('done'))),
  list('-repeated', (lang) => ({ ...listed(lang), 'reviews.repeated': value(repeated(lang)) }), '.review-card', asked('.review-cause')),
  list('-repeated-none', (lang) => ({ ...listed(lang), 'reviews.repeated': value(repeated(lang, { causes: [], of: 1, more: false })) }), '.review-card', asked('.review-repeated [role=status]')),
  list('-repeated-failed', (lang) => ({ ...listed(lang), 'reviews.repeated': 'fails' }), '.review-card', asked('.review-repeated .notice')),
  list('-empty', () => ({ 'reviews.overview': value({ reviews: [], more: false, now: NOW }) }), '.empty-box'),
  list('-failed', () => ({ 'reviews.overview': 'fails' }), '.notice'),
];
