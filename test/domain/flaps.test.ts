/** Which alerts are one that comes and goes: by examples, and for any alerts in any order. */
import fc from 'fast-check';
import { findFlaps } from '../../src/domain/flaps';
import type { AlertRecord } from '../../src/domain/model';
import { takeIn } from '../../src/domain/alert-record';
import { reading, RUNS } from './play';

const MINUTE = 60_000;
/** Opened and recovered at these minutes; `to` null: still firing. */
function alert(id: string, from: number, to: number | null, more: Partial<AlertRecord> = {}): AlertRecord {
  const [openedAt, closedAt] = [from * MINUTE, to === null ? null : to * MINUTE];
  return { ...takeIn(reading('a1', 0), 0, 1, null), id, openedAt, closedAt, status: closedAt === null ? 'CRITICAL' : 'OK', logs: [], ...more };
}
const ids = (alerts: readonly AlertRecord[], flapMinutes = 15, now = 200 * MINUTE): readonly string[][] => findFlaps(alerts, flapMinutes, now).map((group) => group.map(({ id }) => id));

test('one that is back within the time continues the one before, and the newest stands first', () => {
  expect(ids([alert('a', 0, 3), alert('b', 18, 20), alert('c', 30, 31)])).toEqual([['c', 'b', 'a']]);
  // 15 minutes are within, a moment more is not.
  expect(ids([alert('a', 0, 3), alert('b', 18, 20, { openedAt: 18 * MINUTE + 1 })])).toEqual([]);
  expect(ids([alert('a', 0, 3), alert('b', 18, 20)], 14)).toEqual([]);
  expect(ids([alert('a', 0, 3), alert('b', 3, 4)], 0)).toEqual([]);
});

test('another monitor, host, service or series is another thing', () => {
  const first = alert('a', 0, 3);
  expect(ids([first, alert('b', 5, 6)])).toEqual([['b', 'a']]);
  for (const other of [{ monitorId: 'other' }, { host: { id: 'h2', name: 'web-02' } }, { host: null }, { metricName: 'loadavg5' }]) expect(ids([first, alert('b', 5, 6, other)])).toEqual([]);
  const ofService = (id: string, from: number, service: string): AlertRecord => alert(id, from, from + 1, { host: null, service });
  expect(ids([ofService('a', 0, 'shop'), ofService('b', 5, 'shop'), ofService('c', 10, 'blog')])).toEqual([['b', 'a']]);
  // A host is known by its id, whatever it is called.
  expect(ids([first, alert('b', 5, 6, { host: { id: 'h1', name: 'renamed' } })])).toEqual([['b', 'a']]);
});

test('one that lasts longer than half an hour stands by itself and parts those before from those after', () => {
  const short = (id: string, from: number) => alert(id, from, from + 1);
  expect(ids([short('a', 0), short('b', 5), alert('long', 10, 41), short('c', 45), short('d', 50)])).toEqual([['b', 'a'], ['d', 'c']]);
  expect(ids([short('a', 0), alert('b', 5, 35), short('c', 40)])).toEqual([['c', 'b', 'a']]);
});

test('the newest may be firing, for half an hour', () => {
  const alerts = [alert('a', 0, 1), alert('b', 5, 6), alert('c', 10, null)];
  expect(ids(alerts, 15, 40 * MINUTE)).toEqual([['c', 'b', 'a']]);
  expect(ids(alerts, 15, 40 * MINUTE + 1)).toEqual([['b', 'a']]);
  // While one fires, another of the same thing does not continue it.
  expect(ids([alert('a', 0, null), alert('b', 5, 6), alert('c', 7, 8)], 15, 20 * MINUTE)).toEqual([['c', 'b']]);
});

test('what did not recover by itself is not continued', () => {
  const closed = (trigger: string): AlertRecord => alert('a', 0, 3, { logs: [{ id: 'l', status: 'OK', trigger, at: 3 * MINUTE, value: null }] });
  expect(ids([closed('monitoring'), alert('b', 5, 6)])).toEqual([['b', 'a']]);
  for (const trigger of ['manual', 'monitorDelete', 'hostRetire']) expect(ids([closed(trigger), alert('b', 5, 6)])).toEqual([]);
});

const anyAlert = fc.record({ from: fc.nat(120), lasts: fc.option(fc.nat(45), { nil: null, freq: 5 }), monitor: fc.nat(1), host: fc.option(fc.nat(1), { nil: null }) });
const anyAlerts = fc.array(anyAlert, { minLength: 4, maxLength: 25, size: 'max' }).map((rows) =>
  rows.map(({ from, lasts, monitor, host }, n) => alert(`x${n}`, from, lasts === null ? null : from + lasts, { monitorId: `m${monitor}`, host: host === null ? null : { id: `h${host}`, name: 'web' } })));

test('in any order they come the same groups are found, and no firing one is hidden', () => {
  let grouped = 0;
  let firing = 0;
  fc.assert(
    fc.property(anyAlerts, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 200 }), fc.func(fc.nat()), (alerts, minutes, now, rank) => {
      const groups = ids(alerts, minutes, now * MINUTE);
      const shuffled = [...alerts].sort((a, b) => rank(a.id) - rank(b.id));
      expect(ids(shuffled, minutes, now * MINUTE)).toEqual(groups);
      const byId = new Map(alerts.map((one) => [one.id, one]));
      const all = groups.flat();
      expect(new Set(all).size).toBe(all.length);
      for (const group of groups) {
        const members = group.map((id) => byId.get(id) as AlertRecord);
        expect(members.length).toBeGreaterThan(1);
        // Those that are folded away: all but the first.
        expect(members.slice(1).filter(({ closedAt }) => closedAt === null)).toEqual([]);
        expect(new Set(members.map(({ monitorId, host }) => `${monitorId} ${host?.id}`)).size).toBe(1);
        for (const [n, one] of members.entries()) {
          expect((one.closedAt ?? now * MINUTE) - one.openedAt).toBeLessThanOrEqual(30 * MINUTE);
          const before = members[n + 1];
          if (before !== undefined) expect(one.openedAt - (before.closedAt ?? Infinity)).toBeLessThanOrEqual(minutes * MINUTE);
        }
        grouped += members.length;
        firing += members[0]?.closedAt === null ? 1 : 0;
      }
    }),
    { numRuns: 400 * RUNS },
  );
  expect(grouped).toBeGreaterThan(300);
  expect(firing).toBeGreaterThan(10);
});
