/** When a review is due, who meets whom in it, and what a press sent twice does. */
import { workdaysAfter } from '../../src/domain/business-days';
import { isHoliday } from '../../src/adapters/holidays';
import { changedReview, contested, filledReview, freshReview, isTree, movedReview } from '../../src/domain/review';
import { checksOf, overdueBy, remindOfReview, reviewDue } from '../../src/domain/review-due';
import { SCHEME, reviewDays } from '../../src/domain/scheme';
import { setStatus } from '../../src/domain/incident';
import { DECLARED, fresh } from './play';

const ja = (date: string): boolean => isHoliday(date, 'ja');
const none = (): boolean => false;
const press = (n: number, by = 'acc-alice', now = 1_000) => ({ opId: `${by}:00000000-0000-4000-8000-00000000000${n}`, by, now });

test.each([
  // A Thursday; Friday, Monday, Tuesday.
  ['2026-11-26', 3, none, '2026-12-01'],
  ['2026-11-27', 1, none, '2026-11-30'],
  ['2026-11-28', 1, none, '2026-11-30'],
  // Labour Thanksgiving Day, a Monday.
  ['2026-11-20', 1, ja, '2026-11-24'],
  ['2026-11-20', 1, none, '2026-11-23'],
  // Golden week of 2026, with the day in lieu on the 6th.
  ['2026-04-28', 3, ja, '2026-05-07'],
  // A day between two holidays is one.
  ['2026-09-18', 1, ja, '2026-09-24'],
  ['2026-12-31', 1, ja, '2027-01-04'],
] as const)('%s and %i working days', (from, days, off, due) => expect(workdaysAfter(from, days, off)).toBe(due));

test('holidays are Japanese ones, and only where the space is', () => {
  expect([isHoliday('2026-11-23', 'ja'), isHoliday('2026-11-23', 'en'), isHoliday('2026-11-24', 'ja')]).toEqual([true, false, false]);
});

test('settings of before have the days of the first ones, own ones hold, and none is none', () => {
  expect((['pending', 'sev1', 'sev2', 'sev3', 'sev4'] as const).map((severity) => reviewDays(SCHEME, severity))).toEqual([null, 3, 5, 10, null]);
  const own = { ...SCHEME, severities: { ...SCHEME.severities, sev1: { ...SCHEME.severities.sev1, reviewDays: null }, sev4: { ...SCHEME.severities.sev4, reviewDays: 20 } } };
  expect((['sev1', 'sev4'] as const).map((severity) => reviewDays(own, severity))).toEqual([null, 20]);
});

test('it is due from when the incident was over, or known; a date a person set holds', () => {
  const head = { severity: 'sev1', resolvedAt: Date.parse('2026-11-26T20:00:00Z'), closedAt: null, declaredAt: 0 } as const;
  // In Tokyo it is Friday already.
  expect(reviewDue(head, null, SCHEME, 'Asia/Tokyo', none)).toBe('2026-12-02');
  expect(reviewDue(head, null, SCHEME, 'UTC', none)).toBe('2026-12-01');
  expect(reviewDue({ ...head, declaredAt: Date.parse('2026-12-07T00:00:00Z') }, null, SCHEME, 'UTC', none)).toBe('2026-12-10');
  expect(reviewDue({ ...head, severity: 'sev4' }, null, SCHEME, 'UTC', none)).toBeNull();
  expect(reviewDue({ ...head, severity: 'sev4' }, '2026-12-24', SCHEME, 'UTC', none)).toBe('2026-12-24');
  expect([overdueBy('2026-12-01', '2026-12-01'), overdueBy('2026-12-01', '2026-12-03'), overdueBy(null, '2026-12-03')]).toEqual([0, 2, 0]);
});

test('two people at two parts do not meet, at one part the second is told, and the same words are no conflict', () => {
  const review = freshReview('i1', 'c1', 0);
  const lessons = { well: 'rollback', hard: '', lucky: '' };
  const first = changedReview(review, { lessons }, press(1));
  expect(first.base).toEqual({ plan: 0, factors: 0, whys: 0, lessons: 1 });
  expect(contested(first, { factors: [] }, review.base)).toBeNull();
  expect(contested(first, { lessons: { ...lessons, well: 'luck' } }, review.base)).toBe('lessons');
  expect(contested(first, { lessons }, review.base)).toBeNull();
  // Sent again after somebody else: nothing.
  const second = changedReview(first, { lessons: { ...lessons, well: 'by bob' } }, press(2, 'acc-bob'));
  expect(changedReview(second, { lessons }, press(1))).toBe(second);
});

test('ticks are put on and taken off by whoever; the first one stays who said it', () => {
  const on = changedReview(freshReview('i1', 'c1', 0), { ticks: { held: true } }, press(1));
  expect(changedReview(on, { ticks: { held: true } }, press(2, 'acc-bob', 2_000)).ticks.held).toEqual({ by: 'acc-alice', at: 1_000 });
  expect(changedReview(on, { ticks: { held: false } }, press(3)).ticks).toEqual({});
});

test('answers hang below what they answer, and not without end', () => {
  const chain = Array.from({ length: 8 }, (_, n) => ({ id: `w${n}`, parent: n === 0 ? null : `w${n - 1}`, text: '' }));
  expect([isTree(chain.slice(0, 7)), isTree(chain), isTree([{ id: 'a', parent: 'b', text: '' }, { id: 'b', parent: null, text: '' }]), isTree([{ id: 'a', parent: 'a', text: '' }]), isTree([])]).toEqual([true, false, false, false, true]);
});

test('the checklist follows the record, and where it cannot a person says so', () => {
  const incident = fresh();
  const open = (review: ReturnType<typeof freshReview>) => checksOf(review, incident).map(({ id, how }) => [id, how]);
  const review = freshReview('i1', 'c1', 0);
  expect(open(review)).toEqual([['facts', null], ['timeline', null], ['factors', null], ['tickets', null], ['held', null], ['done', null]]);
  const full = movedReview(
    filledReview(changedReview(review, { ticks: { timeline: true, tickets: true, held: true }, factors: [{ id: 'f1', kind: 'technical', text: 'pool too small', tags: [] }] }, press(1)), { summary: 'abc' }, press(2)),
    'done',
    press(3),
  );
  expect(open(full)).toEqual([['facts', 'record'], ['timeline', 'person'], ['factors', 'record'], ['tickets', 'person'], ['held', 'person'], ['done', 'record']]);
});

test('a reminder is said when it is due, once a week, three times at most, and never for a drill', () => {
  const day = 86_400_000;
  const at = (n: number): number => DECLARED + n * day;
  const date = (n: number): string => new Date(at(n)).toISOString().slice(0, 10);
  let incident = setStatus(fresh(), 'resolved', { opId: 'acc-alice:00000000-0000-4000-8000-000000000001', by: 'acc-alice', now: DECLARED });
  const told = (): readonly (readonly [unknown, unknown])[] => incident.head.outbox.filter(({ kind }) => kind === 'review-due').map(({ by, params }) => [by, params?.['days']] as const);
  const days: number[] = [];
  for (let n = 0; n < 40; n += 1) {
    const after = remindOfReview(incident, date(3), 'acc-bob', date(n), at(n));
    if (after !== incident) days.push(n);
    incident = after;
  }
  expect([days, told()]).toEqual([[3, 10, 17], [['acc-bob', 0], ['acc-bob', 7], ['acc-bob', 14]]]);
  const drill = { ...incident, entries: {}, head: { ...incident.head, kind: 'drill' as const } };
  expect(remindOfReview(drill, date(3), null, date(9), at(9))).toBe(drill);
  const hidden = { ...incident, entries: {}, head: { ...incident.head, visibility: 'private' as const, outbox: [] } };
  const quiet = remindOfReview(hidden, date(3), null, date(9), at(9));
  expect([quiet.head.outbox, Object.keys(quiet.entries).length]).toEqual([[], 1]);
});
