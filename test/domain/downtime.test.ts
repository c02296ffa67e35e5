/** Which alerts a downtime is about, and when it runs. Times of day are those of UTC+9. */
import type { AlertSighting } from '../../src/domain/alert';
import { concerns, downtimeOf, runsUntil, type Downtime, type Recurrence } from '../../src/domain/downtime';

const at = (text: string): number => Date.parse(`${text}:00+09:00`);
const HOUR = 3_600_000;
const planned = (part: Partial<Downtime> = {}): Downtime => ({ name: 'DB maintenance', start: at('2026-09-14T10:00'), durationMs: HOUR, recurrence: null, places: [], placesExcluded: [], monitors: [], monitorsExcluded: [], ...part });
const repeats = (type: Recurrence['type'], interval = 1, part: Partial<Recurrence> = {}): Recurrence => ({ type, interval, weekdays: [], until: null, ...part });
const alert = (part: Partial<AlertSighting> = {}): AlertSighting => ({
  id: 'a', monitorId: 'm1', monitorName: 'cpu', monitorType: 'host', monitorMemo: null, host: { id: 'h', name: 'web-01' }, service: 'shop', roles: ['shop:web'], metricName: null, unit: null, operator: null, warning: null, critical: null, message: null,
  openedAt: 0, closedAt: null, reason: null, status: 'CRITICAL', statusAt: 0, value: null, factsAt: 1, logs: [], ...part,
});

// 2026-09-14 is a Monday, 2026-09-13 a Sunday.
test.each<[string, number, Recurrence | null, string, string | null]>([
  ['2026-09-14T10:00', 1, null, '2026-09-14T09:59', null],
  ['2026-09-14T10:00', 1, null, '2026-09-14T10:00', '2026-09-14T11:00'],
  ['2026-09-14T10:00', 1, null, '2026-09-14T11:00', null],
  ['2026-09-14T10:00', 1, null, '2026-09-15T10:30', null],
  ['2026-09-14T10:00', 0.5, repeats('hourly', 3), '2026-09-14T16:29', '2026-09-14T16:30'],
  ['2026-09-14T10:00', 0.5, repeats('hourly', 3), '2026-09-14T15:05', null],
  ['2026-09-14T23:30', 1, repeats('daily', 2), '2026-09-17T00:15', '2026-09-17T00:30'],
  ['2026-09-14T23:30', 1, repeats('daily', 2), '2026-09-16T00:15', null],
  ['2026-09-14T10:00', 1, repeats('weekly'), '2026-09-21T10:30', '2026-09-21T11:00'],
  ['2026-09-14T10:00', 1, repeats('weekly'), '2026-09-22T10:30', null],
  ['2026-09-14T10:00', 1, repeats('weekly', 1, { weekdays: [2, 0] }), '2026-09-14T10:30', null],
  ['2026-09-14T10:00', 1, repeats('weekly', 1, { weekdays: [2, 0] }), '2026-09-20T10:30', '2026-09-20T11:00'],
  ['2026-09-14T23:00', 2, repeats('weekly', 2, { weekdays: [1, 6] }), '2026-09-20T00:30', '2026-09-20T01:00'],
  ['2026-09-14T23:00', 2, repeats('weekly', 2, { weekdays: [1, 6] }), '2026-09-22T00:30', null],
  ['2026-09-14T23:00', 2, repeats('weekly', 2, { weekdays: [1, 6] }), '2026-09-29T00:30', '2026-09-29T01:00'],
  ['2026-09-14T10:00', 1, repeats('weekly', 1_000_000_000), '2036-09-15T10:30', null],
  ['2026-08-31T10:00', 1, repeats('monthly'), '2026-09-30T10:30', '2026-09-30T11:00'],
  ['2026-08-31T10:00', 1, repeats('monthly'), '2027-02-28T10:30', '2027-02-28T11:00'],
  ['2026-08-31T10:00', 1, repeats('monthly', 2), '2026-09-30T10:30', null],
  // Already the next day, and month, where it is read: dates are those of UTC+9.
  ['2026-09-01T00:30', 1, repeats('monthly'), '2026-10-01T00:45', '2026-10-01T01:30'],
  ['2024-02-29T10:00', 1, repeats('yearly'), '2027-02-28T10:30', '2027-02-28T11:00'],
  ['2026-09-14T10:00', 1, repeats('yearly'), '2027-03-14T10:30', null],
  ['2026-09-14T10:00', 1, repeats('daily', 1, { until: at('2026-09-15T10:10') }), '2026-09-15T10:30', '2026-09-15T11:00'],
  ['2026-09-14T10:00', 1, repeats('daily', 1, { until: at('2026-09-15T10:10') }), '2026-09-16T10:30', null],
  // Mackerel ends one that began on a Sunday after 24 hours.
  ['2026-09-13T00:00', 30, null, '2026-09-13T23:59', '2026-09-14T00:00'],
  ['2026-09-13T00:00', 30, null, '2026-09-14T00:10', null],
  ['2026-09-14T00:00', 30, null, '2026-09-15T00:10', '2026-09-15T06:00'],
])('from %s for %d h, %j: at %s until %s', (start, hours, recurrence, now, until) => {
  expect(runsUntil(planned({ start: at(start), durationMs: hours * HOUR, recurrence }), at(now))).toBe(until === null ? null : at(until));
});

test.each<[Partial<Downtime>, Partial<AlertSighting>, boolean]>([
  [{}, {}, true],
  [{ places: ['shop'] }, {}, true],
  [{ places: ['shop:web'] }, {}, true],
  [{ places: ['shop:db', 'shop:web'] }, {}, true],
  [{ places: ['sho'] }, {}, false],
  [{ places: ['shop:we'] }, {}, false],
  [{ places: ['blog'] }, {}, false],
  [{ placesExcluded: ['shop:web'] }, {}, false],
  [{ places: ['shop'], placesExcluded: ['shop:db'] }, {}, true],
  [{ places: ['blog'] }, { roles: ['shop:web', 'blog:app'] }, true],
  [{ places: ['shop'], placesExcluded: ['blog'] }, { roles: ['shop:web', 'blog:app'] }, false],
  // A service monitor is of its service and of no role; an expression is of nothing.
  [{ places: ['shop'] }, { host: null, roles: [] }, true],
  [{ places: ['shop:web'] }, { host: null, roles: [] }, false],
  [{ places: ['shop'] }, { host: null, service: null, roles: [] }, false],
  [{}, { host: null, service: null, roles: [] }, true],
  [{ places: ['shop'] }, { roles: undefined } as unknown as Partial<AlertSighting>, false],
  [{ monitors: ['m1'] }, {}, true],
  [{ monitors: ['m2'] }, {}, false],
  [{ monitorsExcluded: ['m1'] }, {}, false],
  [{ places: ['shop'], monitors: ['m2'] }, {}, false],
  // Nobody knows yet which monitor it is.
  [{ monitors: ['m1'] }, { monitorId: null }, false],
  [{ monitorsExcluded: ['m2'] }, { monitorId: null }, false],
  [{ places: ['shop'] }, { monitorId: null }, true],
  [{ places: ['__proto__'], monitors: ['constructor'] }, { roles: ['toString'] }, false],
])('of %j: %j %s', (part, seen, fits) => {
  expect(concerns(planned(part), alert(seen))).toBe(fits);
});

test('the one that runs longest says until when', () => {
  const all = [planned({ name: 'short', durationMs: HOUR }), planned({ name: 'long', durationMs: 3 * HOUR }), planned({ name: 'elsewhere', places: ['blog'], durationMs: 9 * HOUR })];
  const why = (now: string, part: Partial<AlertSighting> = {}) => downtimeOf(all, alert(part), at(now));
  expect(why('2026-09-14T10:30')).toEqual({ key: 'candidate.why.downtime', params: { name: 'long', until: at('2026-09-14T13:00') } });
  expect(why('2026-09-14T13:00')).toBeNull();
  // One that has ended is judged by its end, however late it is heard of.
  expect(why('2026-09-20T10:00', { closedAt: at('2026-09-14T12:59') })?.params['name']).toBe('long');
  expect(why('2026-09-14T12:00', { closedAt: at('2026-09-14T09:59') })).toBeNull();
});
