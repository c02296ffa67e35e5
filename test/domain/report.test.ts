/** What stands in a report, and what does not leave. */
import type { Lang, ReportBlock, ReportChoices, ReportFieldId, ReportForm } from '../../src/contract';
import { textOf } from '../../src/domain/report-lines';
import { written, type Report } from '../../src/domain/report';
import { ALL, alert, EMPTY, entry, FULL, head, json, MINUTE, NONE, note, reported, T0 } from './reported';

const FORMS: readonly ReportForm[] = ['first', 'update', 'final', 'postmortem', 'status'];
const fieldOf = ({ blocks }: Report, id: ReportFieldId): string | null => {
  const found = blocks.flatMap((block) => (block.kind === 'facts' ? block.rows : block.kind === 'text' ? [block] : [])).find(({ field }) => field === id);
  return found === undefined ? null : textOf(found.lines);
};
const headings = (blocks: readonly ReportBlock[]): readonly string[] => blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : block.kind === 'text' && block.heading ? [block.label] : []));
const said = (report: Report): readonly string[] => report.timeline.map((row) => textOf([row.said]));

test('the final report in Japanese has every part in its order', () => {
  const report = reported(FULL, 'final', NONE);
  expect(report.blocks[0]).toEqual({ kind: 'title', text: '障害報告書（最終報）' });
  expect(headings(report.blocks)).toEqual(['障害内容', '影響範囲', '対応経緯', '原因', '暫定対応', '恒久対策', '再発防止策', '今後のご報告']);
  const [first] = report.blocks.filter((block) => block.kind === 'facts');
  expect(first?.rows.map(({ label }) => label)).toEqual(['宛先', '文書番号', '版', '報告日', '報告者']);
  expect((['number', 'edition', 'date', 'started', 'recovered', 'impact', 'cause', 'workaround'] as const).map((id) => fieldOf(report, id))).toEqual([
    '2026-042-2', '第 2 版', '2026年11月24日', '2026年11月24日 02:11', '2026年11月24日 02:41', '決済の 3 割が失敗', '直前に行った変更が原因であると判断しています。', '2026年11月24日 02:31 に暫定対応により復旧しました。',
  ]);
  expect(fieldOf(report, 'apology')).toContain('深くお詫び申し上げます');
  expect(json(report)).toContain('30 分');
  expect(report.blocks.at(-1)).toEqual({ kind: 'remark', text: '日時はすべて Asia/Tokyo (+09:00) です。' });
});

test('the same in English is as complete', () => {
  const report = reported(FULL, 'final', NONE, { lang: 'en', zone: 'America/New_York' });
  expect(headings(report.blocks)).toEqual(['What happened', 'Impact', 'Course of events', 'Cause', 'Temporary measures', 'Permanent fix', 'Prevention', 'Next report']);
  expect([fieldOf(report, 'date'), fieldOf(report, 'started'), fieldOf(report, 'edition')]).toEqual(['November 23, 2026', 'November 23, 2026 12:11', 'Version 2']);
  expect(report.blocks.at(-1)).toEqual({ kind: 'remark', text: 'All times are in America/New_York (-05:00).' });
});

test('with nothing chosen, names, hosts, addresses, notes, alerts and tickets stay inside, also within people’s words', () => {
  const secrets = ['acc-alice', 'acc-bob', 'web-01', '10.0.0.7', 'https://', 'wiki.example', 'pool', '内部メモ', 'checkout p95', '4711', 'OPS-12', 'Mackerel'];
  const all = json(reported(FULL, 'postmortem', ALL));
  for (const secret of secrets) expect([secret, all.includes(secret)]).toEqual([secret, true]);
  for (const form of ['first', 'update', 'final', 'status'] as const) {
    const left = json(reported(FULL, form, NONE));
    for (const secret of secrets) expect([form, secret, left.includes(secret)]).toEqual([form, secret, false]);
  }
  expect(fieldOf(reported(FULL, 'final', NONE), 'summary')).toBe('Checkout is slow\n［ホスト名省略］ の DB 接続が枯渇');
  expect(said(reported(FULL, 'final', NONE))).toEqual(['監視により検知', '障害対応を開始', '重大度 SEV2 → SEV1', '状態 調査中 → 暫定復旧', '状態 暫定復旧 → 復旧']);
});

test.each<[keyof ReportChoices, string, string]>([
  ['people', 'acc-alice', 'acc-alice'],
  ['hosts', 'web-01', '［ホスト名省略］'],
  ['notes', 'pool', '内部メモ'],
  ['alerts', 'checkout p95', 'deploy #4711'],
  ['tickets', 'OPS-12', 'OPS-12'],
])('%s leave when they are chosen', (choice, secret, other) => {
  const without = json(reported(FULL, 'final', { ...ALL, [choice]: false }));
  const withIt = json(reported(FULL, 'final', ALL));
  expect([without.includes(secret), withIt.includes(secret)]).toEqual([false, true]);
  expect(withIt.includes(other)).toBe(choice !== 'hosts');
});

test('a note keeps its lines, and loses of them what is not chosen', () => {
  const rows = reported(FULL, 'final', { ...NONE, notes: true });
  expect(said(rows)).toContain('［ホスト名省略］ の pool を拡大\n［ホスト名省略］ も。詳細は ［リンク省略］ を参照');
  expect(rows.timeline.map(({ link }) => link).filter((link) => link !== null)).toEqual([]);
  expect(reported(FULL, 'final', { ...NONE, notes: true, links: true }).timeline.map(({ link }) => link).filter((link) => link !== null)).toEqual(['https://wiki.example/evidence']);
});

test('without names people are told by their role', () => {
  const { timeline } = reported(FULL, 'final', { ...NONE, notes: true });
  expect([...new Set(timeline.map(({ by }) => textOf([by])))]).toEqual(['自動', '指揮官', '担当者']);
  expect(reported(FULL, 'final', ALL).timeline.flatMap(({ by }) => by)).toContainEqual({ person: 'acc-alice' });
});

test('an alert is told with state, value and threshold', () => {
  expect(said(reported(FULL, 'final', { ...NONE, alerts: true }))).toEqual(expect.arrayContaining(['重大: checkout p95 1120 > 800', '正常: checkout p95 回復 300', 'デプロイ: deploy #4711']));
  expect(said(reported(FULL, 'final', { ...NONE, alerts: true, hosts: true }))).toContain('重大: checkout p95 1120 > 800 (web-01)');
});

test.each<Lang>(['ja', 'en'])('of an incident of which nothing is known every form can be made (%s)', (lang) => {
  for (const form of FORMS) {
    const report = reported(EMPTY, form, ALL, { lang });
    expect([form, json(report).match(/report\.[a-z-]+|entry\.[a-z]+/)]).toEqual([form, null]);
    const sent = written(report.blocks);
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.flatMap((block) => (block.kind === 'facts' ? block.rows : block.kind === 'text' ? [block] : [])).filter(({ lines }) => lines.length === 0)).toEqual([]);
  }
});

test('what is typed takes the place of what the record gives and is not taken out; an empty field is left out of what is sent', () => {
  const report = reported(FULL, 'final', NONE, { edits: { recipient: '株式会社サンプル 御中', cause: 'web-01 の設定\nhttps://example.com', impact: '', apology: '' } });
  expect([fieldOf(report, 'recipient'), fieldOf(report, 'cause'), fieldOf(report, 'impact')]).toEqual(['株式会社サンプル 御中', 'web-01 の設定\nhttps://example.com', '']);
  expect(headings(report.blocks)).toContain('影響範囲');
  expect(headings(written(report.blocks))).toEqual(['障害内容', '対応経緯', '原因', '暫定対応']);
});

test('hostile names stay text, without what hides or turns it', () => {
  const hostile = '<img src=x onerror=alert(1)>\u202Egnp\u200B\u0000\u0001';
  const incident = { ...FULL, head: head({ ...FULL.head, title: hostile }), alerts: { a1: alert('a1', { monitorName: hostile, host: { id: 'h1', name: '.*' } }) }, entries: { ...FULL.entries, x: note('x', T0, hostile) } };
  for (const form of FORMS) {
    const report = json(reported(incident, form, ALL));
    expect(report).toContain('<img src=x onerror=alert(1)>gnp');
    expect([form, /[\u202e\u200b\u0000-\u0009]|\\u000[0-9]|\\u202e/.test(report)]).toEqual([form, false]);
  }
  // A host that is called like a pattern takes out itself, and nothing else.
  expect(fieldOf(reported(incident, 'final', NONE), 'impact')).toBe('決済の 3 割が失敗');
});

test('a name with something invisible in it is taken out all the same', () => {
  const incident = { ...FULL, entries: { x: note('x', T0 + 5 * MINUTE, 'we\u200bb-01 を再起動、ht\u200dtps://in\u2060ner.example/x') } };
  expect(said(reported(incident, 'final', { ...NONE, notes: true }))).toContain('［ホスト名省略］ を再起動、［リンク省略］');
});

test('clock times in a text are no addresses of hosts, real ones are taken out', () => {
  const incident = { ...EMPTY, entries: { x: note('x', T0 + 5 * MINUTE, '12:34:56 に 2001:db8::1 と 192.168.0.1 を確認、v1.2.3') } };
  expect(said(reported(incident, 'final', { ...NONE, notes: true }))).toContain('12:34:56 に ［ホスト名省略］ と ［ホスト名省略］ を確認、v1.2.3');
});

test('a timeline of 3,000 rows is bounded, keeps people’s words and says how many are left', () => {
  const many = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`s${n}`, entry(`s${n}`, T0 + n * 1000, { messageKey: 'entry.status', params: { from: 'investigating', to: 'identified' } })]));
  const report = reported({ ...EMPTY, entries: { ...many, x: note('x', T0, '最初の一言') } }, 'final', { ...NONE, notes: true });
  expect(report.timeline).toHaveLength(1000);
  expect(said(report)).toContain('最初の一言');
  expect(json(report)).toContain('ほかに 2,001 件が障害ボードにあります。');
});

test('a status page says in one word where it stands, the newest first', () => {
  const report = reported(FULL, 'status', NONE);
  expect(report.blocks[0]).toEqual({ kind: 'title', text: '【復旧】 Checkout is slow' });
  const table = report.blocks.find((block) => block.kind === 'table');
  expect(table?.head).toEqual(['日時', '内容']);
  expect(table?.rows[0]).toEqual([[{ text: '2026-11-24 02:41' }], [{ text: '状態 暫定復旧 → 復旧' }]]);
});

test('a drill says that it is one', () => {
  expect(json(reported({ ...FULL, head: head({ ...FULL.head, kind: 'drill' }) }, 'final', NONE))).toContain('障害対応演習（実際の障害ではありません）');
  expect(json(reported(FULL, 'final', NONE))).not.toContain('演習');
});
