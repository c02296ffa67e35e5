import './bridge';
import fc from 'fast-check';
import type { EntryView } from '../../src/contract';
import { asMarkdown, asText } from '../../static/ui/src/board/timeline/copy';
import { EMPTY, noteOf } from '../../static/ui/src/board/timeline/draft';
import { findFlaps } from '../../static/ui/src/board/timeline/flaps';
import { buildRows, pinnedOf, plain, type RowInput } from '../../static/ui/src/board/timeline/rows';
import { saidBy } from '../../static/ui/src/board/timeline/said';
import { alert, entry, MINUTE, T0, words } from './samples';

const heard = (id: string, minute: number, status: 'CRITICAL' | 'WARNING' | 'OK', part: Partial<EntryView> = {}): EntryView =>
  entry({
    id: `${id}-${status}-${minute}`, at: T0 + minute * MINUTE, source: 'mackerel', by: null, alertId: id, status,
    messageKey: status === 'OK' ? 'entry.alert.recovered' : 'entry.alert.opened', params: { monitor: 'checkout http', host: 'web-01', trigger: 'monitoring' }, ...part,
  });
/** One alert that fires at `from` and recovers at `to`, in minutes. */
const cycle = (id: string, from: number, to: number, host = 'web-01'): readonly EntryView[] =>
  [heard(id, from, 'CRITICAL'), heard(id, to, 'OK')].map((one) => ({ ...one, params: { ...one.params, host } }));
const note = (id: string, minute: number, text: string, part: Partial<EntryView> = {}): EntryView => entry({ id, at: T0 + minute * MINUTE, source: 'person', messageKey: null, text, by: { accountId: 'acc-bob' }, ...part });

const input = (entries: readonly EntryView[], part: Partial<RowInput> = {}): RowInput => ({
  entries, removed: new Map(), view: { shows: 'all', hideAutomatic: false }, query: '', unfolded: new Set(), dayOf: words().day, now: T0, textOf: (one) => plain(saidBy(one, words(), (id) => id)), ...part,
});
const keys = (entries: readonly EntryView[], part: Partial<RowInput> = {}): readonly string[] => buildRows(input(entries, part)).map((row) => row.key);
const folds = (entries: readonly EntryView[]): readonly string[] => findFlaps(entries).map((flap) => `${flap.host} ×${flap.times} ${(flap.from - T0) / MINUTE}–${(flap.to - T0) / MINUTE} ${flap.worst}`);

test('cycles of one monitor and host that reopen within fifteen minutes are one row', () => {
  expect(folds([...cycle('a', 0, 2), ...cycle('b', 17, 18), ...cycle('c', 20, 25)])).toEqual(['web-01 ×3 0–25 CRITICAL']);
});
test.each([
  ['one cycle alone', cycle('a', 0, 2), []],
  ['a reopening after more than fifteen minutes', [...cycle('a', 0, 2), ...cycle('b', 18, 19)], []],
  ['an outage of more than thirty minutes', [...cycle('a', 0, 2), ...cycle('b', 5, 36), ...cycle('c', 40, 41)], []],
  ['an outage of exactly thirty minutes', [...cycle('a', 0, 2), ...cycle('b', 5, 35)], ['web-01 ×2 0–35 CRITICAL']],
  ['an alert that still fires', [...cycle('a', 0, 2), heard('b', 4, 'CRITICAL')], []],
  ['another host between them', [...cycle('a', 0, 2), ...cycle('x', 3, 4, 'web-02'), ...cycle('b', 5, 6)], ['web-01 ×2 0–6 CRITICAL']],
  ['an end by hand', [...cycle('a', 0, 2), heard('b', 3, 'CRITICAL'), heard('b', 4, 'OK', { messageKey: 'entry.alert.closed.manual' }), ...cycle('c', 5, 6)], []],
  ['a long outage between two runs', [...cycle('a', 0, 1), ...cycle('b', 2, 3), ...cycle('c', 4, 40), ...cycle('d', 41, 42), ...cycle('e', 43, 44)], ['web-01 ×2 0–3 CRITICAL', 'web-01 ×2 41–44 CRITICAL']],
])('%s', (_name, entries, expected) => {
  expect(folds(entries)).toEqual(expected);
});

test('a fold stands where its newest entry stood, and opens in place', () => {
  const entries = [...cycle('a', 0, 2), note('n', 3, 'restarted'), ...cycle('b', 4, 5)];
  expect(keys(entries)).toEqual(['flap:a', 'n']);
  expect(keys(entries, { unfolded: new Set(['flap:a']) })).toEqual(['flap:a', 'b-OK-5', 'b-CRITICAL-4', 'a-OK-2', 'a-CRITICAL-0', 'n']);
});

test('folding never loses an entry and never shows one twice', () => {
  const some = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), from: fc.nat(90), lasts: fc.nat(40), host: fc.constantFrom('web-01', 'web-02') }), { maxLength: 12 });
  fc.assert(
    fc.property(some, (cycles) => {
      const entries = cycles.flatMap(({ id, from, lasts, host }, n) => cycle(`${id}${n}`, from, from + lasts, host));
      const all = new Set(findFlaps(entries).map((flap) => flap.id));
      const shown = buildRows(input(entries, { unfolded: all })).flatMap((row) => (row.kind === 'flap' ? [] : [row.entry.id]));
      expect([...shown].sort()).toEqual(entries.map((one) => one.id).sort());
    }),
  );
});

test.each([
  [{ shows: 'all', hideAutomatic: false }, '', ['n', 'd', 's', 'a1-CRITICAL-0', 'r']],
  [{ shows: 'person', hideAutomatic: false }, '', ['n']],
  [{ shows: 'mackerel', hideAutomatic: false }, '', ['a1-CRITICAL-0']],
  [{ shows: 'app', hideAutomatic: false }, '', ['s', 'r']],
  [{ shows: 'deploy', hideAutomatic: false }, '', ['d']],
  [{ shows: 'all', hideAutomatic: true }, '', ['n', 's']],
  [{ shows: 'all', hideAutomatic: false }, 'ＰＯＯＬ 切り戻し', ['n']],
  [{ shows: 'all', hideAutomatic: false }, 'severity', ['s']],
  [{ shows: 'deploy', hideAutomatic: true }, '', []],
] as const)('with %j and “%s” the timeline shows %j', (view, query, expected) => {
  const entries = [
    note('n', 9, '切り戻し: pool 50 → 200'), entry({ id: 'd', at: T0 + 8 * MINUTE, source: 'deploy', by: null, messageKey: 'entry.deploy', params: { title: '#4711' } }),
    entry({ id: 's', at: T0 + 5 * MINUTE, messageKey: 'entry.severity', params: { from: 'sev2', to: 'sev1' } }), heard('a1', 0, 'CRITICAL'), entry({ id: 'r', at: T0 - MINUTE, by: null, messageKey: 'entry.declared.rule' }),
  ];
  expect(keys(entries, { view, query })).toEqual(expected);
});

test('the first row of another day carries the day; today’s carry none', () => {
  const rows = buildRows(input([note('a', 0, 'x'), note('b', -24 * 60, 'y'), note('c', -24 * 60 - 1, 'z')]));
  expect(rows.map((row) => [row.key, row.day === null ? null : words().day(row.day)])).toEqual([['a', null], ['b', 'Nov 23, 2026'], ['c', null]]);
});

test('a note removed here stays in its place to be brought back; one removed elsewhere is gone', () => {
  const [mine, theirs] = [note('m', 2, 'mine'), note('t', 1, 'theirs', { removed: true })];
  const rows = buildRows(input([{ ...mine, removed: true, v: 9 }, theirs, note('k', 0, 'kept')], { removed: new Map([['m', mine]]) }));
  expect(rows.map((row) => [row.kind, row.key])).toEqual([['removed', 'm'], ['entry', 'k']]);
});

test('pinned entries are set apart, the newest first', () => {
  expect(pinnedOf([note('a', 1, 'x', { pinned: true }), note('b', 2, 'y'), note('c', 3, 'z', { pinned: true }), note('d', 4, 'w', { pinned: true, removed: true })]).map(({ id }) => id)).toEqual(['c', 'a']);
});

test.each([
  ['entry.role.taken', { role: 'commander', from: '', to: 'acc-bob' }, 'Commander: Bob'],
  ['entry.role.handed-over', { role: 'operator', from: 'acc-alice', to: 'acc-bob' }, 'Operator: Alice handed over to Bob'],
  ['entry.role.laid-down', { role: 'x:Database', from: 'acc-bob', to: '' }, 'Database: Bob stepped back'],
  ['entry.severity', { from: 'sev2', to: 'sev1' }, 'Severity SEV2 → SEV1'],
  ['entry.of-the-future', {}, 'Something was recorded that this version cannot show'],
])('%s is said with people by name', (messageKey, params, expected) => {
  const names: Record<string, string> = { 'acc-alice': 'Alice', 'acc-bob': 'Bob' };
  expect(saidBy(entry({ messageKey, params }), words(), (id) => names[id] ?? '?')).toBe(expected);
});

const copied = {
  title: '2026-042 Checkout is slow',
  entries: [
    note('n', 2, 'pool **200**\nall hosts', { link: 'https://g.example/d' }), note('x', 1, 'gone', { removed: true }),
    heard('a1', 0, 'CRITICAL', { params: { monitor: '<b>_checkout_', host: 'web-01', value: 1120, operator: '>', threshold: 800 } }),
  ],
  alerts: [alert({ unit: 'milliseconds' })], nameOf: () => 'Bob',
};
test('the timeline is copied as text, oldest first, with offsets', () => {
  expect(asText({ ...copied, words: words() })).toBe(
    ['2026-042 Checkout is slow', '', '2026-11-24 02:11:00 +09:00  Mackerel  Critical <b>_checkout_ 1,120 ms > 800 ms web-01', '2026-11-24 02:13:00 +09:00  Bob  pool **200**', '    all hosts', '    https://g.example/d', ''].join('\n'),
  );
});
test('as Markdown, what nobody wrote as Markdown is not taken for it', () => {
  expect(asMarkdown({ ...copied, words: words().inZone('UTC') })).toBe(
    ['## 2026-042 Checkout is slow', '', '- `2026-11-23 17:11:00 +00:00` **Mackerel** Critical \\<b\\>\\_checkout\\_ 1,120 ms \\> 800 ms web-01', '- `2026-11-23 17:13:00 +00:00` **Bob** pool **200**', '  all hosts (<https://g.example/d>)', ''].join('\n'),
  );
});

test.each([
  [{ text: '  ', time: null, link: '' }, 'text error.note-empty'],
  [{ text: 'あ'.repeat(4001), time: null, link: '' }, 'text note.too-long'],
  [{ text: 'x', time: 'soon', link: '' }, 'time note.unreadable'],
  [{ text: 'x', time: '2026-11-25 02:11', link: '' }, 'time error.time-future'],
  [{ text: 'x', time: null, link: 'http://g.example' }, 'link error.link-https'],
  [{ text: 'x', time: null, link: 'javascript:alert(1)' }, 'link error.link-https'],
])('the draft %# has to be put right: %s', (draft, problem) => {
  const ready = noteOf(draft, 'Asia/Tokyo', T0);
  expect(ready.ok ? '' : `${ready.problem.field} ${ready.problem.key}`).toBe(problem);
});
test('a draft becomes the note it says: now, or back to the second', () => {
  expect(noteOf({ ...EMPTY, text: ' x \n' }, 'Asia/Tokyo', T0)).toEqual({ ok: true, note: { text: 'x', at: null, link: null } });
  expect(noteOf({ text: 'x', time: '０２：０９：３０', link: ' https://g.example/d ' }, 'Asia/Tokyo', T0)).toEqual({ ok: true, note: { text: 'x', at: T0 - 90_000, link: 'https://g.example/d' } });
});
