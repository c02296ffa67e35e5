/** Two records that become one: what the survivor takes, what stays, and what cannot be merged. */
import type { Visibility } from '../../src/contract';
import type { AlertRecord, DeclareIntent, Incident } from '../../src/domain/model';
import { declared, respond, setStatus, sight, withPage } from '../../src/domain/incident';
import { alertOf, isLinked } from '../../src/domain/alert-record';
import { detachAlert, moveAlert, attachAlert } from '../../src/domain/linking';
import { merge, mergeRefusal, MERGES_IN_A_ROW } from '../../src/domain/merge';
import { MergedAway } from '../../src/domain/merged-away';
import { addNotes } from '../../src/domain/notes';
import { asKnownAt } from '../../src/domain/rewind';
import { dropTicket, putTicket, remindTicket, ticketsOn, heardOfTicket } from '../../src/domain/tickets';
import { DECLARED, reading } from './play';

const LATER = DECLARED + 60_000;
const press = (op: string, now = LATER) => ({ opId: `alice:${op}`, by: 'alice', now });
function incident(id: string, more: Partial<DeclareIntent> = {}): Incident {
  const intent: DeclareIntent = {
    incidentId: id, nonce: 'n', conn: 'c', title: id, kind: 'incident', severity: 'sev2', visibility: 'public', lang: 'en', service: 'shop', space: { id: '1', key: 'OPS' }, detectedAt: DECLARED, declaredAt: DECLARED, declaredBy: null, candidateId: null, alerts: [], ...more,
  };
  return withPage(declared(intent, `2026-${id}`), { id: `page-${id}`, url: `/wiki/${id}` });
}
const ticket = (id: string) => ({ id, kind: 'prevent' as const, entryId: 'op:x', made: true, issue: { id: `1${id}`, key: `OPS-${id}` }, summary: 'x' });
const linkOf = (alert: AlertRecord | null) => alert?.links.at(-1);

test('the survivor takes alerts and tickets and begins when the earlier of both did; the rest of each stays its own', () => {
  let survivor = sight(incident('042'), [reading('a1', 0)], DECLARED + 1);
  survivor = respond(survivor, press('respond'));
  let merged = sight(incident('043', { detectedAt: DECLARED - 900_000, service: 'mail' }), [reading('a2', 3), reading('a3', 1)], DECLARED + 2);
  merged = addNotes(merged, [{ text: 'seen it', at: null, link: null }], press('note'));
  merged = detachAlert(merged, 'a3', press('off'));
  merged = putTicket(merged, ticket('7'), press('ticket'));
  const after = merge(survivor, merged, press('merge', LATER + 5));
  const { head } = after.survivor;
  expect([head.detectedAt, head.begunAt, head.declaredAt, head.firstResponse?.at, head.status, head.linkedAlerts, head.openAlerts]).toEqual([400_000, DECLARED - 900_000, DECLARED, LATER, 'investigating', 2, 1]);
  expect(Object.keys(after.survivor.alerts).sort()).toEqual(['a1', 'a2']);
  expect(linkOf(alertOf(after.survivor, 'a2'))).toEqual({ recordedAt: LATER + 5, on: true, by: 'alice', why: { key: 'alert.why.merged', params: { key: '2026-043' } } });
  expect(alertOf(after.survivor, 'a2')?.logs.map(({ id }) => id)).toEqual(['a2-l0', 'a2-l1', 'a2-l2', 'a2-l3']);
  expect(ticketsOn(after.survivor).map(({ id, entryId, at }) => [id, entryId, at])).toEqual([['7', null, LATER]]);
  expect(after.survivor.entries['op:alice:merge:043']).toMatchObject({ messageKey: 'entry.merged.from', by: 'alice', params: { key: '2026-043', incident: '043', alerts: 1, tickets: 1 } });
  expect(head.outbox.map(({ kind, params }) => [kind, params])).toEqual([['declared', undefined], ['responded', undefined], ['merged', { from: '043', merged: '2026-043' }]]);
  // The other side.
  expect(after.merged.head).toMatchObject({ status: 'merged', state: 'ended', mergedInto: '042', firstResponse: null, declaredAt: DECLARED, detectedAt: merged.head.detectedAt, openAlerts: 0, closedAt: LATER + 5 });
  expect(after.merged.entries['op:alice:merge:043']).toMatchObject({ messageKey: 'entry.merged.into', params: { key: '2026-042', incident: '042' } });
  expect([after.merged.alerts, after.merged.tickets]).toEqual([merged.alerts, merged.tickets]);
  expect(Object.values(after.merged.entries).filter(({ text }) => text === 'seen it')).toHaveLength(1);
  expect(after.merged.head.outbox.map(({ kind }) => kind)).toEqual(['declared']);
});

test('what was known before the merge can still be shown, on both', () => {
  const survivor = incident('042');
  const merged = putTicket(sight(incident('043', { detectedAt: DECLARED - 900_000 }), [reading('a1', 0)], DECLARED + 2), ticket('7'), press('ticket'));
  const after = merge(survivor, merged, press('merge', LATER + 5));
  const before = asKnownAt(after.survivor, LATER + 4);
  expect([before.head.detectedAt, before.head.linkedAlerts, Object.keys(before.alerts), Object.keys(before.tickets)]).toEqual([DECLARED, 0, [], []]);
  expect(asKnownAt(after.survivor, LATER + 5).head.begunAt).toBe(DECLARED - 900_000);
  const then = asKnownAt(after.survivor, LATER + 5);
  expect([then.head.detectedAt, then.head.linkedAlerts, Object.keys(then.tickets)]).toEqual([1_000_000, 1, ['7']]);
  expect([asKnownAt(after.merged, LATER + 4), asKnownAt(after.merged, LATER + 5)].map(({ head }) => [head.status, head.state, head.openAlerts])).toEqual([['investigating', 'open', 1], ['merged', 'ended', 0]]);
});

test('an alert of both is joined, and one taken off the survivor comes back with the merge', () => {
  const survivor = detachAlert(sight(incident('042'), [reading('a1', 0), reading('a2', 1)], DECLARED + 1), 'a2', press('off'));
  const merged = sight(incident('043'), [reading('a1', 2), reading('a2', 3)], DECLARED + 1);
  const { survivor: after } = merge(survivor, merged, press('merge'));
  expect([alertOf(after, 'a1')?.status, alertOf(after, 'a1')?.links.length]).toEqual(['WARNING', 1]);
  expect([alertOf(after, 'a2')?.status, alertOf(after, 'a2')?.links.map(({ on }) => on)]).toEqual(['OK', [true, false, true]]);
});

test('a merged record takes in nothing more; what comes is the survivor’s', () => {
  const { merged } = merge(incident('042'), putTicket(incident('043'), ticket('7'), press('ticket')), press('merge'));
  const away = (work: () => unknown): void => {
    expect(work).toThrow(MergedAway);
    expect(work).toThrow(expect.objectContaining({ into: '042' }));
  };
  away(() => sight(merged, [reading('a1', 0)], LATER));
  away(() => attachAlert(merged, reading('a1', 0), press('attach')));
  away(() => putTicket(merged, ticket('8'), press('more')));
  away(() => heardOfTicket(merged, '7', LATER + 9, null, LATER + 9));
  away(() => remindTicket(merged, '7', -1, '2026-07-01', LATER));
});

test('a ticket that came with a merge is not made anew by the work on it', () => {
  const { survivor } = merge(incident('042'), putTicket(incident('043'), ticket('7'), press('ticket')), press('merge'));
  expect(putTicket(survivor, ticket('7'), press('ticket'))).toBe(survivor);
  const dropped = dropTicket(survivor, '7', 'not worth it', press('drop'));
  expect(ticketsOn(dropped)[0]?.states.map(({ dropped: reason }) => reason)).toEqual([null, 'not worth it']);
});

describe('what cannot be merged', () => {
  const ended = (id: string, status: 'closed' | 'cancelled'): Incident => setStatus(incident(id), status, press(status));
  const away = (id: string): Incident => merge(incident('050'), incident(id), press('merge')).merged;
  const of = (visibility: Visibility): Incident => incident('043', { visibility });
  const noPage = (id: string): Incident => ({ ...incident(id), head: { ...incident(id).head, page: null } });
  const full = (id: string, n: number): Incident => Array.from({ length: n }, (_, k) => `${id}-${k}`).reduce((known, name) => putTicket(known, ticket(name), press(name)), incident(id));
  test.each([
    ['two open ones can', incident('042'), incident('043'), null],
    ['resolved ones are still open', setStatus(incident('042'), 'resolved', press('r')), setStatus(incident('043'), 'resolved', press('r')), null],
    ['into a closed one', ended('042', 'closed'), incident('043'), 'survivor-ended'],
    ['into one that was merged itself', away('042'), incident('043'), 'survivor-merged'],
    ['one that was merged', incident('042'), away('043'), 'merged'],
    ['a cancelled one', incident('042'), ended('043', 'cancelled'), 'ended'],
    ['a private into a public one', incident('042'), of('private'), 'visibility'],
    ['a public into a private one', incident('042', { visibility: 'private' }), of('public'), 'visibility'],
    ['two private ones can', incident('042', { visibility: 'private' }), of('private'), null],
    ['a drill into an incident', incident('042'), incident('043', { kind: 'drill' }), 'kind'],
    ['of another organization', incident('042'), incident('043', { conn: 'other' }), 'kind'],
    ['one without a page yet', incident('042'), noPage('043'), 'no-page'],
    ['into one without a page yet', noPage('042'), incident('043'), 'no-page'],
    ['a hundred tickets fit', full('042', 60), full('043', 40), null],
    ['more do not', full('042', 60), full('043', 41), 'tickets'],
  ])('%s', (_what, survivor, merged, why) => expect(mergeRefusal(survivor, merged)).toBe(why));

  test('chains of merges have an end; merging into the old one does not lengthen them', () => {
    let last = incident('0');
    for (let n = 1; n <= MERGES_IN_A_ROW; n += 1) {
      expect(mergeRefusal(incident(`${n}`), last)).toBeNull();
      last = merge(incident(`${n}`), last, press(`m${n}`)).survivor;
    }
    expect(mergeRefusal(incident('99'), last)).toBe('deep');
    for (let n = 0; n < 30; n += 1) {
      expect(mergeRefusal(last, incident(`x${n}`))).toBeNull();
      last = merge(last, incident(`x${n}`), press(`x${n}`)).survivor;
    }
  });
});

test('what the merged one owed for its own merges and moves, the survivor owes now', () => {
  const inner = merge(incident('043'), incident('044'), press('inner')).survivor;
  const mover = moveAlert(sight(incident('045'), [reading('a1', 0)], DECLARED), inner, 'a1', press('move')).target;
  const { survivor, merged } = merge(incident('042'), mover, press('outer'));
  expect(survivor.head.outbox.map(({ kind, params }) => [kind, params])).toEqual([
    ['declared', undefined], ['merged', { from: '044', merged: '2026-044' }], ['moved', { alert: 'a1' }], ['merged', { from: '043', merged: '2026-043' }],
  ]);
  expect(merged.head.outbox.map(({ kind }) => kind)).toEqual(['declared']);
});

test('an alert moves with all that is known of it and is linked on one side only', () => {
  const source = sight(incident('042'), [reading('a1', 1), reading('a2', 0)], DECLARED + 1);
  const target = detachAlert(sight(incident('043'), [reading('a1', 0)], DECLARED + 1), 'a1', press('off'));
  const moved = moveAlert(source, target, 'a1', press('move'));
  expect([moved.source, moved.target].map((one) => ((row) => row !== null && isLinked(row))(alertOf(one, 'a1')))).toEqual([false, true]);
  expect(linkOf(alertOf(moved.source, 'a1'))).toEqual({ recordedAt: LATER, on: false, by: 'alice', to: '043' });
  expect(linkOf(alertOf(moved.target, 'a1'))).toEqual({ recordedAt: LATER, on: true, by: 'alice', why: { key: 'alert.why.moved', params: { key: '2026-042' } } });
  expect(alertOf(moved.target, 'a1')?.status).toBe('CRITICAL');
  expect([moved.source.head.linkedAlerts, moved.target.head.linkedAlerts]).toEqual([1, 1]);
  expect(moved.source.entries['op:alice:move']).toMatchObject({ messageKey: 'entry.alert.moved-away', params: { monitor: 'p95', host: 'web-01', key: '2026-043' }, alertId: 'a1' });
  expect(moved.target.entries['op:alice:move']).toMatchObject({ messageKey: 'entry.alert.moved-here', params: { monitor: 'p95', host: 'web-01', key: '2026-042' } });
  expect(moved.target.head.outbox.at(-1)).toMatchObject({ kind: 'moved', params: { alert: 'a1' } });
  expect(() => moveAlert(moved.source, moved.target, 'a1', press('again'))).toThrow('only a linked alert');
});

test('sightings say why an alert joined, once: the first word stays', () => {
  const why = new Map([['a1', { key: 'alert.why.service', params: { service: 'shop' } }]]);
  const joined = sight(incident('042'), [reading('a1', 0), reading('a2', 0)], LATER, why);
  expect([linkOf(alertOf(joined, 'a1'))?.why, linkOf(alertOf(joined, 'a2'))?.why]).toEqual([{ key: 'alert.why.service', params: { service: 'shop' } }, undefined]);
  const later = sight(joined, [reading('a1', 1), reading('a2', 1)], LATER, new Map([['a2', { key: 'alert.why.flap', params: {} }]]));
  expect([linkOf(alertOf(later, 'a1'))?.why?.key, linkOf(alertOf(later, 'a2'))?.why]).toEqual(['alert.why.service', undefined]);
});
