/** When an alert goes on with an incident that people took for over. */
import type { AlertSighting } from '../../src/domain/alert';
import { alertFacts, takeIn } from '../../src/domain/alert-record';
import { firedAgain, goesOn } from '../../src/domain/continuing';
import { setStatus } from '../../src/domain/incident';
import type { DeclareIntent, Incident, IncidentHead, Why } from '../../src/domain/model';
import { declared } from '../../src/domain/incident';
import type { Verdict } from '../../src/domain/rules';
import { WHY } from '../../src/domain/why';
import { reading } from './play';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 23, 12, 0);
const DECLARE: Verdict = { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null };
const ASK: Verdict = { action: 'candidate', times: 1, minutes: 60, whyKey: 'candidate.why.default', whyParams: {} };

/** Opened, and recovered unless `to` is null, at these minutes after T0. */
const alert = (id: string, from: number, to: number | null, part: Partial<AlertSighting> = {}): AlertSighting => ({
  ...reading('a1', 0), id, openedAt: T0 + from * MINUTE, closedAt: to === null ? null : T0 + to * MINUTE, status: to === null ? 'CRITICAL' : 'OK', logs: [], ...part,
});
/** Declared for one alert that was over after 5 minutes, ended after 10. */
function ended(status: 'resolved' | 'closed' | 'cancelled' = 'closed', part: Partial<IncidentHead> = {}, why?: Why): Incident {
  const first = alert('first', 0, 5);
  const intent = { incidentId: 'i1', nonce: 'n', conn: 'c', title: 't', kind: 'incident', severity: 'sev2', visibility: 'public', lang: 'en', service: 'shop', space: { id: '1', key: 'OPS' }, detectedAt: T0, declaredAt: T0, declaredBy: null, candidateId: null, alerts: [] } as const satisfies DeclareIntent;
  const begun = declared(intent, '2026-001');
  const alerts = { first: takeIn(first, T0, 1, null, why) };
  const open: Incident = { ...begun, alerts, head: { ...begun.head, ...alertFacts(T0, alerts), page: { id: '9', url: 'u', state: 'current' }, outbox: [] } };
  const over = setStatus(open, status, { opId: 'alice:1', by: 'alice', now: T0 + 10 * MINUTE });
  return { ...over, head: { ...over.head, outbox: [], ...part } };
}
const again = alert('again', 20, null);

test.each<[string, Incident, AlertSighting, Verdict, boolean]>([
  ['closed', ended(), again, DECLARE, true],
  ['resolved', ended('resolved'), again, DECLARE, true],
  ['cancelled', ended('cancelled'), again, DECLARE, false],
  ['a quarter of an hour after the end', ended(), alert('again', 25, null), DECLARE, true],
  ['a moment later than that', ended(), { ...again, openedAt: T0 + 25 * MINUTE + 1 }, DECLARE, false],
  ['of another monitor', ended(), { ...again, monitorName: 'other' }, DECLARE, false],
  ['on another host', ended(), { ...again, host: { id: 'h9', name: 'web-09' } }, DECLARE, false],
  ['ignored by a rule', ended(), again, { action: 'ignore' }, false],
  ['to be asked about, of what it was declared for', ended(), again, ASK, true],
  ['to be asked about, of what only joined by its service', ended('closed', {}, WHY.service('shop')), again, ASK, false],
  ['to be declared, of what only joined by its service', ended('closed', {}, WHY.service('shop')), again, DECLARE, true],
  ['to be asked about, of what a person linked', ended('closed', {}, WHY.person), again, ASK, true],
  ['of a private incident', ended('closed', { visibility: 'private' }), again, DECLARE, false],
  ['of one without a page', ended('closed', { page: null }), again, DECLARE, false],
  ['of one whose page is in the trash', ended('closed', { page: { id: '9', url: 'u', state: 'trashed' } }), again, DECLARE, false],
  ['real after a drill', ended('closed', { kind: 'drill' }), again, DECLARE, false],
  ['a drill after what was real', ended(), again, { ...DECLARE, kind: 'drill' }, false],
  ['a drill after a drill', ended('closed', { kind: 'drill' }), again, { ...DECLARE, kind: 'drill' }, true],
])('%s: %#', (_what, incident, seen, verdict, expected) => {
  expect(goesOn(incident, seen, verdict, 15)).toBe(expected);
});

test('with no minutes nothing goes on', () => {
  expect([goesOn(ended(), again, DECLARE, 0), goesOn(ended(), again, DECLARE, 15)]).toEqual([false, true]);
});

test('it is linked with its reason, the phases are taken back, and one entry and one notice say so, however often it is told', () => {
  const now = T0 + 21 * MINUTE;
  const on = firedAgain(ended(), again, now);
  expect([on.head.status, on.head.state, on.head.resolvedAt, on.head.closedAt, on.head.openAlerts]).toEqual(['investigating', 'open', null, null, 1]);
  expect(on.alerts['again']?.links).toEqual([{ recordedAt: now, on: true, by: null, why: { key: 'alert.why.flap', params: {} } }]);
  expect(on.entries['again:again']).toMatchObject({ at: now, by: null, alertId: 'again', messageKey: 'entry.reopened', params: { from: 'closed', monitor: again.monitorName, host: again.host?.name } });
  expect(on.head.outbox).toEqual([{ id: 'again:again', kind: 'reopened', by: null, at: now }]);
  expect(firedAgain(on, again, now + 1)).toBe(on);
  // Ended once more while it fires: that is a person's word.
  const over = setStatus(on, 'closed', { opId: 'alice:2', by: 'alice', now: now + MINUTE }, 'known');
  expect(firedAgain(over, again, now + 2 * MINUTE)).toBe(over);
});

test('one that came and went before the end is only taken in', () => {
  const on = firedAgain(ended(), alert('between', 6, 8), T0 + 21 * MINUTE);
  expect([on.head.status, Object.keys(on.alerts), Object.keys(on.entries).filter((id) => id.startsWith('again:'))]).toEqual(['closed', ['first', 'between'], []]);
  // It was over before anybody looked, and yet it came after the end.
  expect(firedAgain(ended(), alert('blip', 12, 13), T0 + 21 * MINUTE).head.status).toBe('investigating');
});
