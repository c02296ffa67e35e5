/** Which earlier incidents are like one, and why. */
import type { SimilarReason } from '../../src/contract';
import type { AlertRecord, Incident, IncidentHead } from '../../src/domain/record';
import { similarTo } from '../../src/domain/similar';
import { alert, head } from './reported';

const T0 = 1_700_000_000_000;
interface Of extends Partial<IncidentHead> {
  readonly alerts?: readonly Partial<AlertRecord>[];
  readonly hosts?: Incident['hosts'];
}
const incident = (n: number, { alerts = [], hosts = {}, ...part }: Of): Pick<Incident, 'head' | 'alerts' | 'hosts'> => ({
  head: head({ id: `i${n}`, detectedAt: T0 + n, linkedAlerts: alerts.length, kind: 'incident', status: 'closed', ...part }),
  alerts: Object.fromEntries(alerts.map((one, a) => [`a${n}${a}`, alert(`a${n}${a}`, { monitorId: null, monitorType: 'host', host: null, service: null, roles: [], ...one })])),
  hosts,
});
const on = (name: string): AlertRecord['host'] => ({ id: `h-${name}`, name });
const found = (own: ReturnType<typeof incident>, ...others: readonly ReturnType<typeof incident>[]): readonly (readonly [string, readonly SimilarReason[]])[] => similarTo(own, others).map(({ incident: { head: { id } }, reasons }) => [id, reasons]);

const p95 = { monitorName: 'checkout p95', host: on('web-01'), service: 'shop', roles: ['shop:web'] };
const own = incident(9, { alerts: [p95] });

test('the same alert says most, then the monitor, the host and the role; a service alone says nothing', () => {
  expect(
    found(
      own,
      incident(1, { alerts: [{ monitorName: 'disk', host: on('web-07'), service: 'shop', roles: ['shop:web'] }] }),
      incident(2, { alerts: [{ monitorName: 'disk', host: on('web-01'), roles: ['shop:web'] }] }),
      incident(3, { alerts: [{ ...p95, host: on('web-08'), roles: [] }] }),
      incident(4, { alerts: [{ ...p95 }] }),
      incident(5, { alerts: [{ monitorName: 'batch', service: 'shop' }], service: 'shop' }),
    ),
  ).toEqual([
    ['i4', [{ kind: 'alert', monitor: 'checkout p95', on: 'web-01' }]],
    ['i3', [{ kind: 'monitor', monitor: 'checkout p95' }]],
    ['i2', [{ kind: 'host', host: 'web-01' }]],
    ['i1', [{ kind: 'role', role: 'shop: web' }]],
  ]);
});

test('more alerts in common come before newer ones with fewer, and of equals the newest comes first', () => {
  const both = incident(9, { alerts: [p95, { monitorName: 'connections', service: 'shop-db' }] });
  expect(
    found(
      both,
      incident(2, { alerts: [p95, { monitorName: 'connections', service: 'shop-db' }] }),
      incident(3, { alerts: [p95] }),
      incident(4, { alerts: [{ monitorName: 'connections', service: 'shop-db' }] }),
    ).map(([id, reasons]) => [id, reasons.length]),
  ).toEqual([['i2', 2], ['i4', 1], ['i3', 1]]);
  expect(found(both, incident(4, { alerts: [{ monitorName: 'connections', service: 'shop-db' }] }))[0]?.[1]).toEqual([{ kind: 'alert', monitor: 'connections', on: 'shop-db' }]);
});

test('a monitor that was renamed is the same, one of the same name and another type is not', () => {
  const renamed = incident(9, { alerts: [{ monitorId: 'm1', monitorName: 'checkout latency', host: on('web-01') }] });
  expect(found(renamed, incident(1, { alerts: [{ monitorId: 'm1', monitorName: 'checkout p95', host: on('web-02') }] }))).toEqual([['i1', [{ kind: 'monitor', monitor: 'checkout latency' }]]]);
  expect(found(incident(9, { alerts: [{ monitorName: 'http', monitorType: 'external' }] }), incident(1, { alerts: [{ monitorName: 'http', monitorType: 'check', host: on('web-02') }] }))).toEqual([]);
});

test('what is about neither a host nor a service is its monitor', () => {
  const sum = { monitorName: 'orders', monitorType: 'expression' };
  expect(found(incident(9, { alerts: [sum] }), incident(1, { alerts: [sum] }))).toEqual([['i1', [{ kind: 'alert', monitor: 'orders', on: null }]]]);
});

test('roles are known from the host where an alert does not tell them, with and without a blank', () => {
  const seen = { 'h-web-03': { id: 'h-web-03', states: [{ recordedAt: T0, name: 'web-03', status: 'working', roles: ['shop: web'] }], v: 1 } } as const;
  const bare = incident(2, { alerts: [{ id: 'x', monitorName: 'disk', host: on('web-03') }], hosts: seen });
  expect(found(own, bare)).toEqual([['i2', [{ kind: 'role', role: 'shop: web' }]]]);
});

test('never itself, a later one, practice, what was cancelled or merged, and what has no alert linked', () => {
  const alerts = [p95];
  expect(found(own, incident(9, { alerts }), incident(10, { alerts }), incident(1, { alerts, kind: 'drill' }), incident(2, { alerts, status: 'cancelled' }), incident(3, { alerts, status: 'merged', mergedInto: 'i9' }), incident(4, { alerts, linkedAlerts: 0 }))).toEqual([]);
  expect(found(own, incident(1, { alerts, kind: 'near-miss' })).map(([id]) => id)).toEqual(['i1']);
  const off = incident(5, { alerts: [{ ...p95, links: [{ recordedAt: T0, on: true, by: null }, { recordedAt: T0 + 1, on: false, by: 'acc-alice' }] }] });
  expect(found(own, off)).toEqual([]);
});

test('many alerts of one monitor are one reason', () => {
  const storm = incident(9, { alerts: ['web-01', 'web-02', 'web-03'].map((name) => ({ ...p95, host: on(name) })) });
  expect(found(storm, incident(1, { alerts: [{ ...p95, host: on('web-09'), roles: [] }] }))).toEqual([['i1', [{ kind: 'monitor', monitor: 'checkout p95' }]]]);
});
