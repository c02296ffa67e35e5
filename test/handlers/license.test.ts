/** A site whose license of the app has lapsed: all there is can be read, nothing comes in, nothing changes, and nothing is lost for good. */
import { verbs } from '../../src/index';
import type { AppApi, Verb } from '../../src/contract';
import { READING } from '../../src/handlers/license';
import { everyVerb, USERS, type World } from './every-verb';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { deliver, storedRows } from './inside';

let site: TestSite;
let world: World;
const license = (active: boolean | null): Promise<unknown> => site.control('PUT', 'license', { active });
const names = Object.keys(verbs) as Verb[];
const REFUSAL = JSON.stringify({ ok: false, error: { code: 'license-inactive', messageKey: 'error.license-inactive', params: {}, field: null, retryAfterMs: null } });

/** What is stored, without what was read of Mackerel a moment ago. */
const stored = (): Readonly<Record<string, string>> => Object.fromEntries(Object.entries(storedRows(site)).filter(([key]) => !key.startsWith('e:cell recent:')));
/** Made while presses are taken. */
const payloads = new Map<Verb, unknown>();
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  world = await everyVerb(site);
  for (const name of names) payloads.set(name, await world.real[name].payload());
  await site.rest();
}, 120_000);
afterAll(async () => await site.stop());

test('development and an active license are the same: presses are taken', async () => {
  for (const active of [null, true]) {
    await license(active);
    expect(await site.outcome('alice', 'incident.severity', { ...(await world.real['incident.severity'].payload()), severity: active === null ? 'sev2' : 'sev3' })).toBe('ok');
  }
});

describe('while the license is not active', () => {
  let before: Readonly<Record<string, string>>;
  beforeAll(async () => {
    await site.rest();
    await license(false);
    before = stored();
  });

  test.each(names.filter((name) => !READING.has(name)))('%s is refused with one and the same answer to everybody', async (name) => {
    for (const user of ['admin', 'alice', 'mallory']) expect(await site.bytes(user, name, payloads.get(name))).toBe(REFUSAL);
    expect(await site.bytes('alice', name, { nonsense: true })).toBe(REFUSAL);
  });
  test.each(names.filter((name) => READING.has(name)))('%s answers as ever', async (name) => {
    for (const user of USERS) expect([user, await site.outcome(user, name, payloads.get(name))]).toEqual([user, world.real[name].row[user]]);
  });
  test('reading and being refused left the store as it was', async () => {
    expect(Object.keys(before).length).toBeGreaterThan(20);
    expect(stored()).toEqual(before);
  });

  test('the board says so and the page can be exported', async () => {
    const { live } = await site.ok('alice', 'board.load', { incidentId: world.incidentId });
    expect(live).toMatchObject({ state: 'stale', reasonKey: 'live.reason.license' });
    const { live: later } = await site.ok('alice', 'board.changes', { incidentId: world.incidentId, since: 0, pass: '' });
    expect(later).toMatchObject({ state: 'stale', reasonKey: 'live.reason.license' });
    const printed = JSON.stringify(await site.control('POST', 'export', { moduleKey: 'incident-board', exportType: 'pdf', context: { contentId: world.pageId } }));
    expect(printed).toContain('checkout p95');
  });
  test('administrators are told first, and not of what only follows from it', async () => {
    await site.later(60 * 60_000);
    const { isPaused, needs } = await site.ok('admin', 'health.get', {});
    expect([isPaused, needs.map(({ key }) => key)]).toEqual([true, ['health.need.license']]);
    await license(null);
    expect((await site.ok('admin', 'health.get', {})).needs.map(({ key }) => key)).toContain('health.need.polls-stopped');
    await license(false);
  });
});

test('what happens meanwhile is made up for: webhooks, schedules and queues did nothing, the first look after that finds it', async () => {
  const url = await site.webhookUrl();
  const boardNow = async () => await site.ok('alice', 'board.load', { incidentId: world.incidentId });
  const firing = (await boardNow()).alerts.filter(({ open }) => open).map(({ id }) => id);
  expect(firing.length).toBeGreaterThan(0);
  await site.rest();
  const before = stored();
  for (const id of firing) await site.console('POST', `alerts/${id}/close`, {});
  const raised = await site.raiseStorm(3, 'CRITICAL');
  expect((await deliver(url, { orgName: 'local', event: 'alert', alert: { id: raised.id, status: 'critical', isOpen: true } })).status).toBe(202);
  expect((await deliver(`${url}x`, { event: 'sample' })).status).toBe(401);
  await site.control('POST', 'run/sweep');
  await site.control('POST', 'run/daily');
  await site.rest();
  expect(stored()).toEqual(before);

  await license(true);
  await site.control('POST', 'run/sweep');
  await site.rest();
  const after = await boardNow();
  expect(after.alerts.filter(({ id, open }) => open && firing.includes(id))).toEqual([]);
  expect((await site.ok('alice', 'board.changes', { incidentId: world.incidentId, since: 0, pass: '' })).live.state).toBe('live');
  const home = await site.ok('admin', 'home.load', {});
  const known = new Set<string>(home.candidates.map(({ alert }) => alert.id));
  for (const { id } of home.incidents) for (const alert of (await site.ok('admin', 'board.load', { incidentId: id })).alerts) known.add(alert.id);
  expect(known).toContain(raised.id);
  expect(await site.outcome('alice', 'incident.respond', await world.real['incident.respond'].payload() satisfies Parameters<AppApi['incident.respond']>[0])).toBe('ok');
});
