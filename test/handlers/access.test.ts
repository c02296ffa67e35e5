/** Every verb, by every kind of user, through the real resolver on the local site. */
import { randomUUID } from 'node:crypto';
import { verbs } from '../../src/index';
import type { AppApi, IncidentHeadView } from '../../src/contract';
import { startTestSite, type TestSite } from './harness';

const USERS = ['admin', 'alice', 'bob', 'viewer', 'mallory', 'anonymous'] as const;
type User = (typeof USERS)[number];
/** What each user gets: `ok`, an error code, or the platform's own refusal of visitors without an account. */
type Row = Readonly<Record<User, string>>;

let site: TestSite;
let incidentId = '';
let pageId = '';
let alertId = '';
let otherIncident = '';
let candidateId = '';
let hostId = '';
let noteId = '';
let otherAlert = '';

beforeAll(async () => {
  site = await startTestSite();
  alertId = (await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500)).id;
  const home = await site.until(async () => {
    const view = await site.ok('alice', 'home.load', {});
    return view.incidents.length === 1 ? view : null;
  });
  incidentId = home.incidents[0]?.id ?? '';
  pageId = home.incidents[0]?.page?.id ?? '';
  await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  const waiting = await site.until(async () => {
    const view = await site.ok('alice', 'home.load', {});
    return view.candidates.length === 1 ? view : null;
  });
  candidateId = waiting.candidates[0]?.id ?? '';
  const other = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Other', severity: 'sev3', visibility: 'public', candidateId: null });
  otherIncident = other.incidentId;
  const hosts = await site.until(async () => {
    const { alerts } = await site.ok('alice', 'board.load', { incidentId });
    const { pass } = await site.ok('alice', 'board.load', { incidentId });
    const changed = await site.ok('alice', 'board.changes', { incidentId, since: 0, pass });
    return alerts.length > 0 && changed.hosts.length > 0 ? changed.hosts : null;
  });
  hostId = hosts[0]?.id ?? '';
  otherAlert = (await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500)).id;
  await site.until(async () => ((await site.ok('alice', 'board.load', { incidentId })).alerts.some((alert) => alert.id === otherAlert) ? true : null));
  await site.ok('alice', 'note.add', { incidentId, notes: [{ text: 'first note', at: null, link: null }], opId: randomUUID() });
  const { entries } = await site.ok('alice', 'board.load', { incidentId });
  noteId = entries.find((entry) => entry.text === 'first note')?.id ?? '';
  const settings = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services: settings.services, rules: settings.rules, writes: { enabled: true, group: 'site-admins' }, version: settings.version });
}, 120_000);
afterAll(async () => await site.stop());

const everybodyWhoSees: Row = { admin: 'ok', alice: 'ok', bob: 'ok', viewer: 'ok', mallory: 'not-found', anonymous: 'UNLICENSED' };
const editors: Row = { ...everybodyWhoSees, viewer: 'forbidden' };
/** Writing to Mackerel is for the group the settings name; only admin is in it. */
const writers: Row = { ...everybodyWhoSees, alice: 'forbidden', bob: 'forbidden', viewer: 'forbidden' };
const admins: Row = { admin: 'ok', alice: 'forbidden', bob: 'forbidden', viewer: 'forbidden', mallory: 'forbidden', anonymous: 'UNLICENSED' };

const look = async (): Promise<IncidentHeadView> => (await site.ok('alice', 'board.load', { incidentId })).incident;
const commander = async (): Promise<string | null> => (await look()).roles.find((role) => role.id === 'commander')?.person?.accountId ?? null;
const noteVersion = async (): Promise<number> => (await site.ok('alice', 'board.load', { incidentId })).entries.find((entry) => entry.id === noteId)?.v ?? 0;

const real: { [V in keyof AppApi]: { row: Row; payload: () => Promise<Parameters<AppApi[V]>[0]> | Parameters<AppApi[V]>[0] } } = {
  'board.load': { row: everybodyWhoSees, payload: () => ({ incidentId }) },
  'board.changes': { row: everybodyWhoSees, payload: () => ({ incidentId, since: 0, pass: '' }) },
  'board.entries': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '' }) },
  'board.at': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '', at: Date.now() }) },
  'board.graph': { row: everybodyWhoSees, payload: () => ({ incidentId, target: { alertId }, pass: '' }) },
  'board.host': { row: everybodyWhoSees, payload: () => ({ incidentId, hostId, pass: '' }) },
  'board.attachable': { row: everybodyWhoSees, payload: () => ({ incidentId, pass: '' }) },
  'board.metrics': { row: everybodyWhoSees, payload: () => ({ incidentId, of: { hostId }, pass: '' }) },
  'note.history': { row: everybodyWhoSees, payload: () => ({ incidentId, entryId: noteId, pass: '' }) },
  'incident.respond': { row: editors, payload: () => ({ incidentId, opId: randomUUID() }) },
  'incident.severity': { row: editors, payload: () => ({ incidentId, severity: 'sev1', opId: randomUUID() }) },
  'incident.status': { row: editors, payload: () => ({ incidentId, status: 'identified', opId: randomUUID() }) },
  'incident.role': {
    row: editors,
    payload: async () => ({ incidentId, role: { id: 'commander' }, person: 'me', seen: await commander(), opId: randomUUID() }),
  },
  'incident.line': { row: editors, payload: async () => ({ incidentId, line: 'situation', text: randomUUID(), base: (await look()).situation?.v ?? 0, opId: randomUUID() }) },
  'incident.places': { row: editors, payload: async () => ({ incidentId, call: `https://meet.example/${randomUUID()}`, chat: null, base: (await look()).places?.v ?? 0, opId: randomUUID() }) },
  'incident.cause': { row: editors, payload: () => ({ incidentId, cause: 'change', opId: randomUUID() }) },
  'incident.rehome': { row: { ...admins, admin: 'conflict' }, payload: () => ({ incidentId, opId: randomUUID() }) },
  'note.add': { row: editors, payload: () => ({ incidentId, notes: [{ text: 'pool raised', at: null, link: null }], opId: randomUUID() }) },
  'note.edit': { row: editors, payload: async () => ({ incidentId, entryId: noteId, note: { text: randomUUID(), at: null, link: null }, base: await noteVersion(), opId: randomUUID() }) },
  'note.remove': { row: editors, payload: () => ({ incidentId, entryId: noteId, removed: false, opId: randomUUID() }) },
  'entry.pin': { row: editors, payload: () => ({ incidentId, entryId: noteId, pinned: true, opId: randomUUID() }) },
  'alert.attach': { row: editors, payload: () => ({ incidentId, alertId, opId: randomUUID() }) },
  'alert.detach': { row: editors, payload: () => ({ incidentId, alertId: otherAlert, opId: randomUUID() }) },
  'alert.close': { row: writers, payload: () => ({ incidentId, alertId, reason: 'known', opId: randomUUID() }) },
  'alert.memo': { row: writers, payload: () => ({ incidentId, alertId, opId: randomUUID() }) },
  'host.status': { row: writers, payload: () => ({ incidentId, hostId, status: 'maintenance', opId: randomUUID() }) },
  'graph.add': { row: editors, payload: () => ({ incidentId, target: { hostId }, metric: 'loadavg5', opId: randomUUID() }) },
  'graph.remove': { row: editors, payload: () => ({ incidentId, graphId: 'g:nothing', opId: randomUUID() }) },
  'incident.declare': {
    row: { admin: 'ok', alice: 'ok', bob: 'ok', viewer: 'forbidden', mallory: 'bad-request', anonymous: 'UNLICENSED' },
    payload: () => ({ opId: randomUUID(), spaceKey: 'SRE', title: 'By hand', severity: 'pending', visibility: 'public', candidateId: null }),
  },
  'candidate.dismiss': {
    row: { admin: 'ok', alice: 'ok', bob: 'ok', viewer: 'forbidden', mallory: 'not-found', anonymous: 'UNLICENSED' },
    payload: () => ({ candidateId, opId: randomUUID() }),
  },
  'home.load': { row: { ...everybodyWhoSees, mallory: 'ok' }, payload: () => ({}) },
  'settings.get': { row: admins, payload: () => ({}) },
  'settings.save': {
    row: admins,
    payload: async () => {
      const { services, rules, version } = await site.ok('admin', 'settings.get', {});
      return { services, rules, version };
    },
  },
};
// The candidate is dismissed by the first who may; those who may not ask before.
const ORDER: readonly User[] = ['anonymous', 'mallory', 'viewer', 'bob', 'alice', 'admin'];

test('the table has a row for every verb the resolver answers', () => {
  expect(Object.keys(real).sort()).toEqual(Object.keys(verbs).sort());
});

describe.each(Object.keys(real) as (keyof AppApi)[])('%s', (name) => {
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
  const ofIncidents = (Object.keys(real) as (keyof AppApi)[]).filter((name) => /^(board|incident|note|entry|alert|host|graph)\./.test(name) && name !== 'incident.declare');
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
  const reading = (Object.keys(real) as (keyof AppApi)[]).filter((name) => /^board\.(?!load)|^note\.history/.test(name));

  test('every verb that takes a pass is looked at', () => {
    expect(reading.sort()).toEqual(['board.at', 'board.attachable', 'board.changes', 'board.entries', 'board.graph', 'board.host', 'board.metrics', 'note.history']);
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
