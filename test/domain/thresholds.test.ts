/** Thresholds edited in Mackerel while an alert fires: one entry for each edit that two readings show. */
import type { AlertSighting } from '../../src/domain/alert';
import { declared, sight } from '../../src/domain/incident';
import type { DeclareIntent, Incident } from '../../src/domain/model';
import { entriesSince } from '../../src/usecases/entry-views';
import { reading } from './play';

const T0 = 1_700_000_000_000;
const MINUTE = 60_000;
const log = (id: string, at: number, status: 'CRITICAL' | 'OK') => ({ id, status, trigger: 'monitoring', at, value: 900 });
/** As read `minutes` after T0. */
const read = (minutes: number, part: Partial<AlertSighting> = {}): AlertSighting => ({
  ...reading('a1', 0), id: 'a1', monitorId: 'm1', operator: '>', warning: 500, critical: 800, openedAt: T0, closedAt: null, status: 'CRITICAL', statusAt: T0, factsAt: T0 + minutes * MINUTE, logsAt: T0 + minutes * MINUTE, logs: [log('l1', T0, 'CRITICAL')], ...part,
});
const begun = (first: AlertSighting): Incident => {
  const intent = { incidentId: 'i1', nonce: 'n', conn: 'c', title: 't', kind: 'incident', severity: 'sev2', visibility: 'public', lang: 'en', service: 'shop', space: { id: '1', key: 'OPS' }, detectedAt: T0, declaredAt: T0, declaredBy: null, candidateId: null, alerts: [first] } as const satisfies DeclareIntent;
  return declared(intent, '2026-001');
};
const edits = (incident: Incident) => entriesSince(incident, 0).filter(({ messageKey }) => messageKey === 'entry.alert.thresholds').map(({ at, by, params }) => ({ at, by, params })).reverse();
const against = (incident: Incident) => entriesSince(incident, 0).filter(({ source }) => source === 'mackerel').map(({ messageKey, params }) => [messageKey, params['operator'], params['threshold']]).reverse();
const heard = (incident: Incident, ...readings: readonly AlertSighting[]): Incident => readings.reduce((known, seen) => sight(known, [seen], seen.factsAt + 1), incident);

test('each edit is one entry with the old and the new values, however often it is read', () => {
  const first = read(1);
  const raised = read(11, { critical: 1200, warning: null });
  const incident = heard(begun(first), raised, raised, { ...raised, factsAt: T0 + 12 * MINUTE }, first, read(20, { critical: 1200, warning: 600, operator: '<' }));
  const same = { monitor: first.monitorName, host: first.host?.name ?? '' };
  expect(edits(incident)).toEqual([
    { at: T0 + 11 * MINUTE + 1, by: null, params: { ...same, fromOperator: '>', toOperator: '>', fromWarning: 500, toWarning: '', fromCritical: 800, toCritical: 1200 } },
    { at: T0 + 20 * MINUTE + 1, by: null, params: { ...same, fromOperator: '>', toOperator: '<', fromWarning: '', toWarning: 600, fromCritical: 1200, toCritical: 1200 } },
  ]);
  // The alert stands beside what it was opened for.
  expect(against(incident)).toEqual([['entry.alert.opened', '>', 800]]);
});

test('an edit that ends the alert is seen with its end, and told after it', () => {
  const incident = heard(begun(read(1)), read(11, { critical: 1200, status: 'OK', closedAt: T0 + 10 * MINUTE, statusAt: T0 + 10 * MINUTE, logs: [log('l1', T0, 'CRITICAL'), log('l2', T0 + 10 * MINUTE, 'OK')] }));
  expect(edits(incident).map(({ params }) => [params['fromCritical'], params['toCritical']])).toEqual([[800, 1200]]);
  expect(entriesSince(incident, 0).slice(0, 2).map(({ messageKey }) => messageKey)).toEqual(['entry.alert.thresholds', 'entry.alert.recovered']);
});

test.each<[string, AlertSighting, AlertSighting]>([
  ['known from a webhook alone until now', read(1, { factsAt: 0, toldAt: T0, monitorId: null, warning: null, read: null }), read(2)],
  ['read after it had ended', read(1, { closedAt: T0 + 1, status: 'OK', statusAt: T0 + 1 }), read(11, { closedAt: T0 + 1, status: 'OK', statusAt: T0 + 1, critical: 1200 })],
  ['of a monitor that was deleted', read(1), read(11, { operator: null, warning: null, critical: null })],
  ['renamed', read(1), read(11, { monitorName: 'other' })],
])('an alert %s says nothing of thresholds', (_what, first, next) => {
  expect(edits(heard(begun(first), next))).toEqual([]);
});
