/** Every change with what it was before: of the record as it is, and of the review. */
import en from '../../locales/en-US.json';
import { createTexts } from '../../src/adapters/texts';
import type { Lang, ReportLine } from '../../src/contract';
import { changesOf, newer, type AuditFacts } from '../../src/domain/audit';
import { kindOf } from '../../src/domain/audit-entries';
import { setSeverity, setStatus, setVisibility } from '../../src/domain/incident';
import { letIn, takeOff } from '../../src/domain/audience';
import { addGraph, setCause, setLine, setPlaces, setRole } from '../../src/domain/team';
import { addNotes, editNote, removeNote, setPin } from '../../src/domain/notes';
import { noteId } from '../../src/domain/change';
import { rehomed } from '../../src/domain/linking';
import { setHostStatus } from '../../src/domain/hosts';
import { dropTicket } from '../../src/domain/tickets';
import { publishUpdate } from '../../src/domain/updates';
import type { Incident } from '../../src/domain/record';
import { changedReview, filledReview, freshReview, movedReview } from '../../src/domain/review';
import { EMPTY, entry, FULL, MINUTE, T0 } from './reported';

const texts = createTexts();
let count = 0;
let now = T0 + 10 * MINUTE;
const press = (by = 'acc-bob') => {
  count += 1;
  now += 1_000;
  return { opId: `${by}:00000000-0000-4000-8000-${String(count).padStart(12, '0')}`, by, now };
};
const declared: Incident = { ...EMPTY, entries: { declared: entry('declared', T0, { set: { severity: 'sev2', status: 'investigating', situation: null, impact: null, places: null, cause: null, roles: [], graphs: [] } }) }, head: { ...EMPTY.head, severity: 'sev2', ver: 1 } };
const facts = (incident: Incident, part: Partial<AuditFacts> & { readonly lang?: Lang } = {}): AuditFacts => ({ incident, review: null, reports: [], evidence: null, zone: 'Asia/Tokyo', say: (key, params) => texts.say(part.lang ?? 'en', key, params), ...part });
const plain = (line: ReportLine): string => line.map((part) => ('person' in part ? `@${part.person}` : part.text)).join('');
const told = (incident: Incident, part: Parameters<typeof facts>[1] = {}) => changesOf(facts(incident, part)).map(({ kind, by, what, before, after }) => [kind, by, plain(what), plain(before), plain(after)]);

test('what people set of the head, newest first, with what stood there before', () => {
  let so = declared;
  so = setSeverity(so, 'sev1', press(), 'worse');
  so = setStatus(so, 'identified', press('acc-alice'));
  so = setRole(so, 'commander', 'acc-alice', press('acc-alice'));
  so = setRole(so, 'commander', 'acc-bob', press('acc-alice'));
  so = setLine(so, 'situation', 'Pool is empty', press());
  so = setLine(so, 'situation', '', press());
  so = setPlaces(so, { call: 'https://meet.example/1', chat: null }, press());
  so = setCause(so, true, { id: 'd1', title: 'deploy #1', from: 1, to: 2 }, press());
  so = addGraph(so, { id: 'g1', host: { id: 'h1', name: 'db-01' }, service: null, metric: 'loadavg5', unit: null }, press());
  so = publishUpdate(so, { conditions: 'c', actions: 'a', needs: 'n' }, 'en', press());
  expect(told(so)).toEqual([
    ['words', 'acc-bob', 'Update 1 published', '', 'c\na\nn'],
    ['alerts', 'acc-bob', 'Graph added: loadavg5 · db-01', '', 'loadavg5 · db-01'],
    ['words', 'acc-bob', 'Caused by a change: deploy #1', '', 'deploy #1'],
    ['people', 'acc-bob', 'Call or chat link changed', '', 'https://meet.example/1'],
    ['words', 'acc-bob', 'Current situation cleared', 'Pool is empty', ''],
    ['words', 'acc-bob', 'Current situation: Pool is empty', '', 'Pool is empty'],
    ['people', 'acc-alice', 'Commander: @acc-alice handed over to @acc-bob', '@acc-alice', '@acc-bob'],
    ['people', 'acc-alice', 'Commander: @acc-alice', '', '@acc-alice'],
    ['course', 'acc-alice', 'Status investigating → identified', 'Investigating', 'Identified'],
    ['course', 'acc-bob', 'Severity SEV2 → SEV1: worse', 'SEV2', 'SEV1'],
    ['course', 'acc-alice', 'Declared the incident', '', 'Checkout is slow'],
  ]);
});

test('in Japanese it reads in Japanese', () => {
  expect(told(setStatus(declared, 'mitigated', press()), { lang: 'ja' })[0]).toEqual(['course', 'acc-bob', '状態 調査中 → 暫定復旧', '調査中', '暫定復旧']);
});

test('notes with each of their states, and pins', () => {
  const first = press();
  let so = addNotes(declared, [{ text: 'pool 50', at: T0 + MINUTE, link: null }], first);
  const id = noteId(first.opId, 0);
  so = editNote(so, id, { text: 'pool 200', at: T0 + MINUTE, link: 'https://wiki.example/1' }, press('acc-alice'));
  so = setPin(so, { id, was: id }, true, press());
  so = setPin(so, { id, was: id }, false, press());
  so = removeNote(so, id, true, press('acc-alice'));
  so = removeNote(so, id, false, press('acc-alice'));
  expect(told(so).slice(0, 6)).toEqual([
    ['notes', 'acc-alice', 'Note brought back', '', 'pool 200'],
    ['notes', 'acc-alice', 'Note removed', 'pool 200', ''],
    ['notes', 'acc-bob', 'Unpinned', 'pool 200', ''],
    ['notes', 'acc-bob', 'Pinned', '', 'pool 200'],
    ['notes', 'acc-alice', 'Note changed', 'pool 50', 'pool 200\nhttps://wiki.example/1'],
    ['notes', 'acc-bob', 'Note written', '', '2026-11-24 02:12:00 +09:00\npool 50'],
  ]);
});

test('who may see it, hosts, tickets, alerts linked without a press, and reports', () => {
  let so: Incident = { ...FULL, entries: {}, head: { ...FULL.head, visibility: 'private' } };
  so = letIn(so, { accountId: 'acc-carol' }, press());
  so = takeOff(so, { group: 'sre' }, press());
  so = setVisibility(so, 'public', press());
  so = setHostStatus(so, 'h1', 'maintenance', press());
  so = dropTicket(so, 'k1', 'too old', press());
  so = dropTicket(so, 'k1', null, press());
  so = rehomed(so, { id: '12', url: 'https://site.example/wiki/12' }, press());
  const reports = [{ n: 2, form: 'final', lang: 'en', title: 'x', opId: 'o', by: 'acc-bob', at: T0 + 999 * MINUTE, sha256: 'ab', page: { id: '9', url: 'https://site.example/9', version: 1 } }, { n: 3, form: 'final', lang: 'en', title: 'y', opId: 'p', by: 'acc-bob', at: T0, sha256: 'ab', page: null }] as const;
  expect(told(so, { reports })).toEqual([
    ['page', 'acc-bob', 'Report version 2 made a page: Incident report (final)', '', 'https://site.example/9'],
    ['page', 'acc-bob', 'A new page was made', 'https://site.example/wiki/11', 'https://site.example/wiki/12'],
    ['tickets', 'acc-bob', 'OPS-12 is to be done after all', 'Not to be done: too old', 'To be done'],
    ['tickets', 'acc-bob', 'Decided not to do OPS-12: too old', 'To be done', 'Not to be done: too old'],
    ['alerts', 'acc-bob', 'Host web-01 set from working to maintenance', 'working', 'maintenance'],
    ['access', 'acc-bob', 'Incident made public', 'Private', 'Public'],
    ['access', 'acc-bob', 'Group sre was removed from those who see this incident', 'sre', ''],
    ['access', 'acc-bob', '@acc-carol was added to those who see this incident', '', '@acc-carol'],
    ['alerts', null, 'Alert linked: checkout p95 web-01', '', 'checkout p95 · web-01'],
  ]);
});

test('every entry the app can write is of a kind, or is known to change nothing', () => {
  const none = Object.keys(en).filter((key) => key.startsWith('entry.') && kindOf({ messageKey: key, set: null }) === null);
  expect(none.sort()).toEqual(['entry.deploy', 'entry.review.due', 'entry.ticket.due', 'entry.ticket.overdue', 'entry.unknown']);
  expect([kindOf({ messageKey: null, set: null }), kindOf({ messageKey: null, set: { status: 'closed' } })]).toEqual([null, 'course']);
});

test('the review tells what differs of each part, and a press sent twice tells it once', () => {
  const factor = { id: 'f1', kind: 'technical', text: 'Pool too small', tags: ['db'] } as const;
  const lessons = { well: 'Rollback', hard: '', lucky: '' };
  const once = press('acc-alice');
  let review = changedReview(freshReview('i1', 'c1', T0), { plan: { owner: 'acc-bob', reviewers: ['acc-alice', 'acc-carol'], due: '2026-12-01', meeting: null }, factors: [factor], lessons, ticks: { held: true } }, once);
  review = changedReview(review, { lessons }, once);
  review = changedReview(review, { factors: [{ ...factor, text: 'Pool far too small' }, { ...factor, id: 'f2', kind: 'process', text: 'No alert', tags: [] }], whys: [{ id: 'w1', parent: null, text: 'Default' }] }, press());
  review = movedReview(review, 'in-review', press());
  review = filledReview(review, { summary: 'a', times: 'b' }, press());
  expect(told({ ...declared, entries: {} }, { review })).toEqual([
    ['review', 'acc-bob', 'Review: filled into the page', '', 'Summary\nPhases and durations'],
    ['review', 'acc-bob', 'Review: state', 'Draft', 'In review'],
    ['review', 'acc-bob', 'Review: Why, and why that', '', 'Default'],
    ['review', 'acc-bob', 'Review: Contributing factors', 'Technical: Pool too small #db', 'Technical: Pool far too small #db\nProcess: No alert'],
    ['review', 'acc-alice', 'Review: Checklist', '', 'Review was held'],
    ['review', 'acc-alice', 'Review: What was learned', '', 'What went well: Rollback'],
    ['review', 'acc-alice', 'Review: Contributing factors', '', 'Technical: Pool too small #db'],
    ['review', 'acc-alice', 'Review: Who and when', '', 'Owner: @acc-bob\nReviewers: @acc-alice, @acc-carol\nDue: 2026-12-01'],
  ]);
});

test('the history of a review has an end: the oldest give way and are counted, and the row fits where everything is full', () => {
  const full = (n: number) => ({
    factors: Array.from({ length: 30 }, (_, at) => ({ id: `f${at}`, kind: 'technical' as const, text: String(n % 10).padEnd(600, '長'), tags: ['一'.repeat(30)] })),
    whys: Array.from({ length: 40 }, (_, at) => ({ id: `w${at}`, parent: null, text: String(n % 10).padEnd(400, '長') })),
    lessons: { well: '長'.repeat(3999) + (n % 10), hard: '長'.repeat(3999) + (n % 10), lucky: '長'.repeat(3999) + (n % 10) },
  });
  let review = freshReview('i1', 'c1', T0);
  for (let n = 0; n < 12; n += 1) review = changedReview(review, full(n), press());
  const kept = review.history?.length ?? 0;
  expect([kept > 0, kept + (review.historyLeft ?? 0)]).toEqual([true, 36]);
  expect(Buffer.byteLength(JSON.stringify(review))).toBeLessThan(235_000);
  expect(told({ ...declared, entries: {} }, { review }).length).toBe(kept);
});

test('one moment has one order, whichever way it is asked', () => {
  const many = Array.from({ length: 20 }, (_, n) => ({ at: n % 3, id: String(n) }));
  const sorted = [...many].sort(newer);
  expect([...many].reverse().sort(newer)).toEqual(sorted);
  expect(sorted.filter((one) => newer({ at: 1, id: '4' }, one) < 0).map(({ id }) => id)).not.toContain('4');
  expect(sorted.map(({ at }) => at)).toEqual([...many.map(({ at }) => at)].sort((a, b) => b - a));
});
