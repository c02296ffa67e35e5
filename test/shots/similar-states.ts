/** Earlier incidents like this one, on the board. */
import type { Page } from '@playwright/test';
import type { Lang, SimilarIncident } from '../../src/contract';
import { ago, NOW } from './data';
import type { Answer } from './host';
import { BOARD, shown, value, type State } from './state';

const BULK = '/rest/api/3/issue/bulkfetch';
const DAY = 24 * 60;
const pick = <T>(lang: Lang, en: T, ja: T): T => (lang === 'ja' ? ja : en);
const HOSTILE = '<img src=x onerror=alert(1)>';

const one = (lang: Lang, n: number, part: Partial<SimilarIncident> = {}): SimilarIncident => ({
  id: `s${n}`, key: `2026-0${n}`, title: pick(lang, 'Payments time out', '決済がタイムアウトする'), severity: 'sev2', status: 'closed', isPrivate: false, detectedAt: ago(n * DAY), tookMs: 72 * 60_000,
  url: `https://site.example.com/wiki/spaces/OPS/pages/${n}`, reasons: [{ kind: 'alert', monitor: 'checkout p95', on: 'web-01' }], moreReasons: 0, cause: null, factors: [], situation: null, tickets: [], moreTickets: 0, ...part,
});
const ticket = (n: number): SimilarIncident['tickets'][number] => ({ id: `k${n}`, issueId: String(n), key: `OPS-${n}`, url: null });
const issue = (n: number, summary: string, status: string, key: 'new' | 'indeterminate' | 'done'): object => ({ id: String(n), key: `OPS-${n}`, fields: { summary, status: { name: status, statusCategory: { key } } }, properties: {} });
const full = (lang: Lang): readonly SimilarIncident[] => [
  one(lang, 31, {
    reasons: [{ kind: 'alert', monitor: 'checkout p95', on: 'web-01' }, { kind: 'monitor', monitor: 'db connections' }, { kind: 'role', role: 'shop: db' }], cause: { deploy: 'deploy #4600' }, factors: [pick(lang, 'The pool was sized for half of the workers', 'コネクションプールの上限がワーカー数の半分だった')],
    situation: pick(lang, 'Rolled back #4600 and raised the pool to 200. Payments go through again.', '#4600 を切り戻し、pool を 200 に変更。決済は復旧。'), tickets: [ticket(12), ticket(13), ticket(14)],
  }),
  one(lang, 24, { title: pick(lang, 'Checkout answers with 503', 'チェックアウトが 503 を返す'), severity: 'sev1', status: 'mitigated', tookMs: null, reasons: [{ kind: 'monitor', monitor: 'db connections' }, { kind: 'host', host: 'db-01' }], cause: { deploy: null }, tickets: [ticket(12)] }),
  one(lang, 17, { title: pick(lang, 'Web hosts do not answer', 'web ホストが応答しない'), severity: 'sev3', reasons: [{ kind: 'role', role: 'shop: web' }], isPrivate: true, key: 'kqzvmwta', tickets: [ticket(88)], moreTickets: 2 }),
];
const hostile = (lang: Lang): readonly SimilarIncident[] => [
  one(lang, 9, {
    title: `${HOSTILE} `.repeat(5), moreReasons: 3, cause: { deploy: HOSTILE.repeat(3) }, factors: ['x'.repeat(200), HOSTILE], situation: HOSTILE.repeat(4),
    reasons: [{ kind: 'alert', monitor: HOSTILE, on: 'db-01.ap-northeast-1.compute.internal.example.com'.repeat(2) }, { kind: 'monitor', monitor: 'm'.repeat(120) }, { kind: 'host', host: HOSTILE }, { kind: 'role', role: `${HOSTILE}: ${HOSTILE}` }],
    tickets: [13, 14, 15, 16, 17].map(ticket), moreTickets: 4,
  }),
];
const issues = (lang: Lang): Answer =>
  value({
    issues: [
      issue(12, pick(lang, 'Alert before the pool is full', 'コネクションプールの枯渇前にアラートを出す'), pick(lang, 'Done', '完了'), 'done'),
      issue(13, pick(lang, 'Limit connections per service so that one cannot starve the others', 'サービスごとにコネクション数の上限を設け、ほかのサービスを巻き込まないようにする'), pick(lang, 'In Review', 'レビュー中'), 'indeterminate'),
      issue(14, HOSTILE, 'To Do', 'new'),
    ],
  });
/** Its code comes after the first paint, and Jira's answer after that. */
const seen = (selector: string) => async (page: Page): Promise<void> => {
  await page.clock.runFor(1_000);
  await page.locator(selector).first().waitFor();
};
const unfold = async (page: Page): Promise<void> => {
  await seen('.similar-row .lozenge')(page);
  await page.locator('.similar-box > .card-title button').click();
};
const answered = (lang: Lang, incidents: readonly SimilarIncident[], more = 0): Record<string, Answer> => ({ ...shown(lang), 'board.similar': value({ incidents, more, now: NOW }), [BULK]: issues(lang) });

export const similarStates: readonly State[] = [
  { name: 'similar', screen: 'board', answers: (lang) => answered(lang, full(lang), 4), ready: BOARD, act: seen('.similar-row .lozenge') },
  { name: 'similar-open', screen: 'board', answers: (lang) => answered(lang, full(lang), 4), ready: BOARD, act: unfold },
  { name: 'similar-hostile', screen: 'board', answers: (lang) => answered(lang, hostile(lang)), ready: BOARD, act: unfold },
  { name: 'similar-none', screen: 'board', answers: (lang) => answered(lang, []), ready: BOARD, act: seen('.similar-box') },
  { name: 'similar-failed', screen: 'board', answers: (lang) => ({ ...answered(lang, []), 'board.similar': 'fails' }), ready: BOARD, act: seen('.similar-box button') },
];
