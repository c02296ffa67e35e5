/** Every verb, by every kind of user, through the real resolver on the local site. */
import { randomUUID } from 'node:crypto';
import { verbs } from '../../src/index';
import type { AppApi } from '../../src/contract';
import { everyVerb, type User, type VerbTable } from './every-verb';
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
let real: VerbTable;
let incidentId = '';
let pageId = '';
let otherIncident = '';
let candidateId = '';
let hostId = '';
beforeAll(async () => {
  site = await startTestSite();
  ({ real, incidentId, pageId, otherIncident, candidateId, hostId } = await everyVerb(site));
}, 120_000);
afterAll(async () => await site.stop());

const names = Object.keys(verbs) as (keyof AppApi)[];
// The candidate is dismissed by the first who may; those who may not ask before.
const ORDER: readonly User[] = ['anonymous', 'mallory', 'viewer', 'bob', 'alice', 'admin'];

test('the table has a row for every verb the resolver answers', () => {
  expect(Object.keys(real).sort()).toEqual(Object.keys(verbs).sort());
});

describe.each(names)('%s', (name) => {
  test.each(ORDER)('as %s', async (user) => {
    const { row, payload } = real[name];
    expect(await site.outcome(user, name, await payload())).toBe(row[user]);
  });
});

test.each(['constructor', '__proto__', 'hasOwnProperty', 'toString', 'board.nothing'])('the inherited or unknown name %s is refused', async (name) => {
  const answer = await site.invokeRaw('alice', name, { secret: 'must not come back' });
  expect(answer).toEqual({ ok: false, error: { code: 'bad-request', messageKey: 'error.unknown-verb', params: {}, field: 'functionKey', retryAfterMs: null } });
});

describe('for mallory a real id and a made-up one give the same bytes', () => {
  const made = 'f3b9c1d2-0000-4000-8000-000000000000';
  const cases: [string, keyof AppApi, () => unknown, () => unknown][] = [
    ['host', 'metric.graph', () => ({ of: { hostId }, metric: 'loadavg5', minutes: 60 }), () => ({ of: { hostId: 'never' }, metric: 'loadavg5', minutes: 60 })],
    ['service', 'metric.graph', () => ({ of: { service: 'shop' }, metric: 'custom.orders.count', minutes: 60 }), () => ({ of: { service: 'nothing' }, metric: 'custom.orders.count', minutes: 60 })],
    ['host to choose from', 'metric.choices', () => ({ of: { hostId } }), () => ({ of: { hostId: 'never' } })],
    ['page', 'board.load', () => ({ pageId }), () => ({ pageId: '99999999' })],
    ['candidate', 'candidate.dismiss', () => ({ candidateId, opId: randomUUID() }), () => ({ candidateId: 'c:nothing', opId: randomUUID() })],
    [
      'space', 'incident.declare',
      () => ({ opId: randomUUID(), spaceKey: 'OPS', title: 'x', severity: 'sev1', visibility: 'public', candidateId: null }),
      () => ({ opId: randomUUID(), spaceKey: 'NOWHERE', title: 'x', severity: 'sev1', visibility: 'public', candidateId: null }),
    ],
    [
      'candidate to declare', 'incident.declare',
      () => ({ opId: randomUUID(), spaceKey: 'SRE', title: 'x', severity: 'sev1', visibility: 'public', candidateId }),
      () => ({ opId: randomUUID(), spaceKey: 'SRE', title: 'x', severity: 'sev1', visibility: 'public', candidateId: 'c:nothing' }),
    ],
  ];
  const ofIncidents = names.filter((name) => /^(board|incident|audience|note|entry|alert|host|graph|ticket)\./.test(name) && name !== 'incident.declare');
  test.each(ofIncidents)('%s', async (name) => {
    const payload = { ...(await real[name].payload()), incidentId };
    const answer = await site.bytes('mallory', name, payload);
    expect(await site.bytes('mallory', name, { ...payload, incidentId: made })).toBe(answer);
    expect(JSON.parse(answer)).toMatchObject({ ok: false });
  });

  test.each(cases)('%s', async (_what, name, realPayload, madePayload) => {
    const [a, b] = [await site.bytes('mallory', name, realPayload()), await site.bytes('mallory', name, madePayload())];
    expect(a).toBe(b);
    expect(JSON.parse(a)).toMatchObject({ ok: false });
  });
});

test('mallory sees nothing of shop: no candidate, host, monitor or metric', async () => {
  const forAlice = await site.bytes('alice', 'board.load', { incidentId });
  expect(forAlice).toContain('checkout p95'); // what to look for is there to be found
  const home = await site.ok('mallory', 'home.load', {});
  expect(home).toMatchObject({ candidates: [], incidents: [], spaces: [] });
  expect((await site.ok('alice', 'metric.choices', { of: null })).services).toContain('shop');
  expect(await site.ok('mallory', 'metric.choices', { of: null })).toEqual({ hosts: [], services: [], metrics: [] });
});

test('a pass holds for its own page only, for its own user only, and for reading only', async () => {
  const mine = await site.ok('alice', 'board.load', { incidentId });
  await site.faults([{ target: 'confluence', path: '/pages/', status: 404 }]);
  // With the page check failing, only a pass that holds lets anybody in.
  expect(await site.invoke('alice', 'board.changes', { incidentId, since: 0, pass: mine.pass })).toMatchObject({ ok: true });
  expect(await site.invoke('alice', 'board.changes', { incidentId: otherIncident, since: 0, pass: mine.pass })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await site.invoke('bob', 'board.changes', { incidentId, since: 0, pass: mine.pass })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await site.invoke('alice', 'incident.severity', { incidentId, severity: 'sev4', opId: randomUUID() })).toMatchObject({ ok: false, error: { code: 'not-found' } });
  await site.faults([]);
});

describe('with the page check failing, a pass lets its reader into its own incident and no other', () => {
  let pass = '';
  beforeAll(async () => {
    pass = (await site.ok('alice', 'board.load', { incidentId })).pass;
    await site.faults([{ target: 'confluence', path: '/pages/', status: 404 }]);
  });
  afterAll(async () => await site.faults([]));
  const reading = names.filter((name) => /^board\.(?!load)|^note\.history|^ticket\.form/.test(name));

  test('every verb that takes a pass is looked at', () => {
    expect(reading.sort()).toEqual(['board.at', 'board.attachable', 'board.changes', 'board.entries', 'board.evidence', 'board.graph', 'board.host', 'board.metrics', 'board.similar', 'note.history', 'ticket.form']);
  });

  test.each(reading)('%s', async (name) => {
    const payload = { ...(await real[name].payload()), pass };
    expect(await site.outcome('alice', name, payload)).toBe('ok');
    expect(await site.outcome('alice', name, { ...payload, incidentId: otherIncident })).toBe('not-found');
    expect(await site.outcome('bob', name, payload)).toBe('not-found');
    expect(await site.outcome('alice', name, { ...payload, pass: `${pass}x` })).toBe('not-found');
  });
});

test('a payload that does not fit is refused by the name of its field', async () => {
  const answer = await site.invokeRaw('alice', 'incident.severity', { incidentId, severity: 'sev9', opId: randomUUID() });
  expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'severity' } });
});
