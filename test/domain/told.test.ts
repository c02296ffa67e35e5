/** Readings of Mackerel and words of webhooks about one alert, in any order, late, twice or not at all. */
import fc from 'fast-check';
import { isUnverified, joinAlert, type AlertSighting } from '../../src/domain/alert';
import { alertOf, sightingOf } from '../../src/domain/alert-record';
import { declared, sight } from '../../src/domain/incident';
import type { DeclareIntent } from '../../src/domain/model';
import { life, line, orders, reading, T0, word } from './heard';

const RUNS = Number(process.env['FOLD_RUNS'] ?? 1500);

describe('a webhook’s word', () => {
  test('stands alone, marked as such', () => {
    const told = word(T0, 'CRITICAL', T0 + 500);
    expect([told.status, told.statusAt, told.closedAt, told.service, told.monitorId, isUnverified(told)]).toEqual(['CRITICAL', T0, null, 'shop', null, true]);
    expect(told.logs).toEqual([{ id: `told:a1:CRITICAL:${T0}`, status: 'CRITICAL', trigger: 'monitoring', at: T0, value: 900, heardAt: T0 + 500 }]);
  });

  test('gives way to what is read after it was heard', () => {
    const joined = joinAlert(word(T0, 'CRITICAL', T0 + 500), reading(T0 + 2000, 'CRITICAL', T0, [line('l1', 'CRITICAL', T0)]));
    expect([joined.logs.map((log) => log.id), isUnverified(joined), joined.monitorId]).toEqual([['l1'], false, 'm1']);
  });

  test('says more than a reading from before it was heard, until the next one', () => {
    const before = reading(T0 + 2000, 'WARNING', T0, [line('l1', 'WARNING', T0)]);
    const worse = joinAlert(before, word(T0 + 3000, 'CRITICAL', T0 + 3500));
    expect([worse.status, worse.statusAt, isUnverified(worse), worse.logs.map((log) => log.id)]).toEqual(['CRITICAL', T0 + 3000, true, ['l1', `told:a1:CRITICAL:${T0 + 3000}`]]);
    const after = joinAlert(worse, reading(T0 + 9000, 'WARNING', T0, [line('l1', 'WARNING', T0)]));
    expect([after.status, isUnverified(after), after.logs.map((log) => log.id)]).toEqual(['WARNING', false, ['l1']]);
  });

  test('of a recovery that Mackerel does not confirm does not close the alert', () => {
    const told = joinAlert(reading(T0 + 2000, 'CRITICAL', T0, [line('l1', 'CRITICAL', T0)]), word(T0 + 3000, 'OK', T0 + 3500, null));
    expect([told.status, told.closedAt]).toEqual(['OK', T0 + 3000]);
    const read = joinAlert(told, reading(T0 + 9000, 'CRITICAL', T0, [line('l1', 'CRITICAL', T0)]));
    expect([read.status, read.closedAt, isUnverified(read)]).toEqual(['CRITICAL', null, false]);
  });

  test('of a recovery within the second of the reading’s state closes it: worse comes first and recovery last', () => {
    const told = joinAlert(reading(T0 + 200, 'CRITICAL', T0, [line('l1', 'CRITICAL', T0)]), word(T0, 'OK', T0 + 900, null));
    expect([told.status, told.closedAt]).toEqual(['OK', T0]);
  });

  test('heard late does not bring back an older state', () => {
    const closed = joinAlert(word(T0 + 5000, 'OK', T0 + 5200, null), word(T0, 'CRITICAL', T0 + 60_000));
    expect([closed.status, closed.closedAt, closed.openedAt]).toEqual(['OK', T0 + 5000, T0]);
  });

  test('heard twice is one line', () => {
    const twice = joinAlert(word(T0, 'CRITICAL', T0 + 500), word(T0, 'CRITICAL', T0 + 90_000));
    expect(twice.logs).toHaveLength(1);
  });
});

const intent: DeclareIntent = {
  incidentId: 'i1', nonce: 'n1', conn: 'c', title: 't', kind: 'incident', severity: 'sev2', visibility: 'public', lang: 'ja', service: 'shop', space: { id: '1', key: 'OPS' }, detectedAt: T0, declaredAt: T0, declaredBy: null, candidateId: null, alerts: [],
};
/** The alert and the head's facts of it, without when each was learned. */
function folded(inputs: readonly AlertSighting[]): unknown {
  const incident = inputs.reduce((known, seen, n) => sight(known, [seen], T0 + n), declared(intent, '2026-001'));
  const row = alertOf(incident, 'a1');
  if (row === null) return null;
  // A reading that told nothing new leaves no trace, so how far readings came depends on what there was to tell.
  const { factsAt: _factsAt, logsAt: _logsAt, ...alert } = sightingOf(row);
  return { alert, open: incident.head.openAlerts, linked: incident.head.linkedAlerts, detectedAt: incident.head.detectedAt };
}

test('every order and repetition of an alert’s inputs folds to the same incident', () => {
  fc.assert(
    fc.property(life.chain(({ inputs }) => fc.tuple(fc.constant(inputs), orders(inputs))), ([inputs, order]) => {
      expect(folded(order)).toEqual(folded(inputs));
    }),
    { numRuns: RUNS },
  );
});

test('how the inputs are grouped makes no difference', () => {
  fc.assert(
    fc.property(life.chain(({ inputs }) => fc.tuple(orders(inputs), fc.nat())), ([order, cut]) => {
      const at = order.length < 2 ? 1 : 1 + (cut % (order.length - 1));
      const [left, right] = [order.slice(0, at), order.slice(at)];
      if (right.length === 0) return;
      expect(joinAlert(left.reduce(joinAlert), right.reduce(joinAlert))).toEqual(order.reduce(joinAlert));
    }),
    { numRuns: RUNS },
  );
});

test('a whole reading after everything leaves Mackerel’s own word and nothing else', () => {
  fc.assert(
    fc.property(life.chain((one) => fc.tuple(fc.constant(one), orders(one.inputs))), ([{ end, lines, wholeAt }, order]) => {
      const whole = reading(wholeAt, end.status, end.at, lines);
      const joined = [...order, whole].reduce(joinAlert);
      expect({ status: joined.status, statusAt: joined.statusAt, closedAt: joined.closedAt, lines: joined.logs.map((log) => log.id), unverified: isUnverified(joined) }).toEqual({
        status: end.status, statusAt: end.at, closedAt: end.status === 'OK' ? end.at : null, lines: lines.map((log) => log.id), unverified: false,
      });
    }),
    { numRuns: RUNS },
  );
});
