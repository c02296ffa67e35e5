import './bridge';
import fc from 'fast-check';
import type { AlertView, EntryView } from '../../src/contract';
import { alertRows, timelineFolds } from '../../static/ui/src/board/flaps';
import { asMarkdown, asText } from '../../static/ui/src/board/timeline/copy';
import { EMPTY, noteOf } from '../../static/ui/src/board/timeline/draft';
import { buildRows, pinnedOf, plain, type RowInput } from '../../static/ui/src/board/timeline/rows';
import { detailsOf, saidBy } from '../../static/ui/src/board/timeline/said';
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
  entries, alerts: [], flaps: [], removed: new Map(), view: { shows: 'all', hideAutomatic: false }, query: '', unfolded: new Set(), dayOf: words().day, now: T0, textOf: (one) => plain(saidBy(one, words(), (id) => id)), ...part,
});
const keys = (entries: readonly EntryView[], part: Partial<RowInput> = {}): readonly string[] => buildRows(input(entries, part)).map((row) => row.key);
/** The alerts of these cycles, and one group of them, newest first. */
const grouped = (...ids: readonly string[]): Pick<RowInput, 'flaps'> => ({ flaps: [[...ids].reverse()] });
const over = (id: string, from: number, to: number | null): AlertView => alert({ id, openedAt: T0 + from * MINUTE, closedAt: to === null ? null : T0 + to * MINUTE, open: to === null, status: to === null ? 'CRITICAL' : 'OK', host: { id: 'h1', name: 'web-01' } });
const folds = (entries: readonly EntryView[], alerts: readonly AlertView[], { flaps }: Pick<RowInput, 'flaps'>): readonly string[] =>
  timelineFolds(entries, alerts, flaps).map((fold) => `${fold.monitor} ${fold.host} ×${fold.times} ${(fold.from - T0) / MINUTE}–${(fold.to - T0) / MINUTE} ${fold.worst}`);

test('the recovered alerts of a group are one row of the timeline', () => {
  const alerts = [over('a', 0, 2), over('b', 17, 18), over('c', 20, 25)];
  const entries = [...cycle('a', 0, 2), ...cycle('b', 17, 18), ...cycle('c', 20, 25)];
  expect(folds(entries, alerts, grouped('a', 'b', 'c'))).toEqual(['checkout http web-01 ×3 0–25 CRITICAL']);
  // One that fires again stands by itself; one alone is no fold; nor is one whose entries are not here.
  expect(folds([...entries, heard('d', 30, 'CRITICAL')], [...alerts, over('d', 30, null)], grouped('a', 'b', 'c', 'd'))).toEqual(['checkout http web-01 ×3 0–25 CRITICAL']);
  expect(folds([...cycle('a', 0, 2), heard('d', 4, 'CRITICAL')], [over('a', 0, 2), over('d', 4, null)], grouped('a', 'd'))).toEqual([]);
  expect(folds(cycle('a', 0, 2), alerts, grouped('a', 'b', 'c'))).toEqual([]);
  expect(folds(entries, [], grouped('a', 'b', 'c'))).toEqual([]);
  expect(folds(entries, alerts, { flaps: [] })).toEqual([]);
});

test('a fold stands where its newest entry stood, and opens in place', () => {
  const entries = [...cycle('a', 0, 2), note('n', 3, 'restarted'), ...cycle('b', 4, 5)];
  const part = { alerts: [over('a', 0, 2), over('b', 4, 5)], ...grouped('a', 'b') };
  expect(keys(entries, part)).toEqual(['flap:a', 'n']);
  expect(keys(entries, { ...part, unfolded: new Set(['flap:a']) })).toEqual(['flap:a', 'b-OK-5', 'b-CRITICAL-4', 'a-OK-2', 'a-CRITICAL-0', 'n']);
  expect(keys(entries, { ...part, query: 'checkout' })).toEqual(['b-OK-5', 'b-CRITICAL-4', 'a-OK-2', 'a-CRITICAL-0']);
});

const someGroups = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), open: fc.boolean() }), { maxLength: 12 }).map((rows) => {
  const alerts = [...new Map(rows.map(({ id, open }, n) => [id, over(id, n, open ? null : n + 1)])).values()];
  return { alerts, entries: alerts.flatMap(({ id, open }, n) => (open ? [heard(id, n, 'CRITICAL')] : cycle(id, n, n + 1))) };
});
const someFlaps = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f', 'unknown']).map((ids) => [ids.slice(0, 3), ids.slice(3)]);

test('edited thresholds are told with their units, old and new, and only those that changed', () => {
  const edited = (params: EntryView['params']): EntryView => entry({ messageKey: 'entry.alert.thresholds', by: null, alertId: 'a', params: { monitor: 'p95', host: 'web-01', fromOperator: '>', toOperator: '>', fromWarning: 500, toWarning: 500, fromCritical: 800, toCritical: 1200, ...params } });
  const told = (params: EntryView['params'] = {}): readonly string[] => detailsOf(edited(params), { id: 'a', unit: 'milliseconds', host: null }, words('en'));
  expect(told()).toEqual(['Critical > 800 ms → > 1,200 ms']);
  expect(told({ toCritical: '', fromWarning: '' })).toEqual(['Critical > 800 ms → –', 'Warning – → > 500 ms']);
  expect(told({ toCritical: 800, toOperator: '<' })).toEqual(['Critical > 800 ms → < 800 ms', 'Warning > 500 ms → < 500 ms']);
  expect(saidBy(edited({}), words('en'), (id) => id)).toBe('Thresholds changed in Mackerel: p95 web-01');
});

test('folding never loses an entry, and never shows one twice', () => {
  fc.assert(
    fc.property(someGroups, someFlaps, ({ alerts, entries }, flaps) => {
      const all = new Set(timelineFolds(entries, alerts, flaps).map((fold) => fold.id));
      const shown = buildRows(input(entries, { alerts, flaps, unfolded: all })).flatMap((row) => (row.kind === 'flap' ? [] : [row.entry.id]));
      expect([...shown].sort()).toEqual(entries.map((one) => one.id).sort());
    }),
  );
});

test('of the alerts themselves none is lost or shown twice, and what fires has a row of its own, whatever the groups say', () => {
  let folded = 0;
  fc.assert(
    fc.property(someGroups, someFlaps, ({ alerts }, flaps) => {
      const [firing, recovered] = [alerts.filter(({ open }) => open), alerts.filter(({ open }) => !open)];
      const rows = [...alertRows(firing, alerts, flaps), ...alertRows(recovered, alerts, flaps)];
      expect(rows.flatMap(({ alert: own, more }) => [own.id, ...more.map(({ id }) => id)]).sort()).toEqual(alerts.map(({ id }) => id).sort());
      expect(rows.map(({ alert: own }) => own).filter(({ open }) => open)).toHaveLength(firing.length);
      folded += rows.reduce((sum, { more }) => sum + more.length, 0);
    }),
    { numRuns: 300 },
  );
  expect(folded).toBeGreaterThan(20);
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
