/** Causes that several incidents have in common. */
import { repeatedCauses, type LookedBack } from '../../src/domain/repeated';
import { alert, head } from './reported';

const T0 = 1_700_000_000_000;
interface Of {
  readonly monitors?: readonly (readonly [id: string | null, name: string])[];
  readonly factors?: readonly (readonly [text: string, tags: readonly string[]])[];
}
const incident = (n: number, { monitors = [], factors = [] }: Of): LookedBack => ({
  incident: { head: head({ id: `i${n}`, detectedAt: T0 + n }), alerts: Object.fromEntries(monitors.map(([monitorId, monitorName], m) => [`a${n}${m}`, alert(`a${n}${m}`, { monitorId, monitorName })])) },
  review: { factors: factors.map(([text, tags], f) => ({ id: `f${f}`, kind: 'technical' as const, text, tags })) },
});

test('a monitor, a tag and a factor of two incidents are told, those of most first; what came once is not', () => {
  const found = repeatedCauses([
    incident(1, { monitors: [['m1', 'checkout p95']], factors: [['プールを共有していた', ['pool', 'db']]] }),
    incident(2, { monitors: [['m1', 'checkout latency'], ['m2', 'disk']], factors: [['手順書がない', ['pool']]] }),
    incident(3, { monitors: [['m1', 'checkout latency']], factors: [['プールを共有していた', []]] }),
  ]);
  expect(found).toEqual([
    // Renamed meanwhile, it is the same monitor.
    { kind: 'monitor', name: 'checkout latency', incidentIds: ['i3', 'i2', 'i1'] },
    { kind: 'factor', name: 'プールを共有していた', incidentIds: ['i3', 'i1'] },
    { kind: 'tag', name: 'pool', incidentIds: ['i2', 'i1'] },
  ]);
});

test('one incident that has it twice does not repeat it', () => {
  expect(repeatedCauses([incident(1, { monitors: [['m1', 'p95'], ['m1', 'p95']], factors: [['x', ['db']], ['y', ['db']]] })])).toEqual([]);
});

test('width, case and blanks make no other tag or factor, and a name says nothing of a kind it is not', () => {
  const found = repeatedCauses([
    incident(1, { monitors: [['m1', 'pool']], factors: [['ＤＢ  が 遅い', ['Ｐool']]] }),
    incident(2, { factors: [['db が 遅い', ['pool ']]] }),
  ]);
  expect(found).toEqual([{ kind: 'factor', name: 'db が 遅い', incidentIds: ['i2', 'i1'] }, { kind: 'tag', name: 'pool ', incidentIds: ['i2', 'i1'] }]);
});

test('an alert that was taken off again is no cause, and hostile names are names', () => {
  const off = incident(2, { monitors: [['m1', 'p95']] });
  const links = [{ recordedAt: T0, on: true, by: null }, { recordedAt: T0 + 1, on: false, by: 'acc-bob' }];
  const taken: LookedBack = { ...off, incident: { ...off.incident, alerts: { a20: alert('a20', { monitorId: 'm1', monitorName: 'p95', links }) } } };
  const hostile = '__proto__';
  expect(repeatedCauses([incident(1, { monitors: [['m1', 'p95']], factors: [['', [hostile]]] }), taken, incident(3, { factors: [['', [hostile]]] })])).toEqual([{ kind: 'tag', name: '__proto__', incidentIds: ['i3', 'i1'] }]);
});
