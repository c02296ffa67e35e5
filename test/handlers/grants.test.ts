/** Groups that settings name: who may declare, who changes the settings. Each verb proves it, and administrators of Confluence always may. */
import { randomUUID } from 'node:crypto';
import type { Result, SettingsInput } from '../../src/contract';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { jiraOf } from './jira';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());
afterEach(async () => {
  await site.faults([]);
  await save('admin', { groups: { declare: null, settings: null } });
});

async function input(more: Partial<SettingsInput>): Promise<SettingsInput> {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  return { services, rules, version, ...more };
}
const save = async (user: string, more: Partial<SettingsInput>) => await site.invoke(user, 'settings.save', await input(more));
const told = <T>(answer: Result<T>): unknown => (answer.ok ? 'ok' : [answer.error.messageKey, answer.error.field]);
const declare = (user: string, title = 'By hand') => site.invoke(user, 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev3', visibility: 'public', candidateId: null });

test('a group that is not there is refused at its field, and nothing is saved', async () => {
  const { version } = await site.ok('admin', 'settings.get', {});
  expect(told(await save('admin', { groups: { declare: 'respond', settings: null } }))).toEqual(['error.group-unknown', 'groups.declare']);
  expect(told(await save('admin', { groups: { declare: null, settings: 'Responders' } }))).toEqual(['error.group-unknown', 'groups.settings']);
  expect(told(await save('admin', { writes: { enabled: true, group: 'nobody" or "x' } }))).toEqual(['error.group-unknown', 'writes']);
  expect((await site.ok('admin', 'settings.get', {})).version).toBe(version);
  expect(told(await save('admin', { groups: { declare: 'responders', settings: 'site-admins' } }))).toBe('ok');
  expect((await site.ok('admin', 'settings.get', {})).groups).toEqual({ declare: 'responders', settings: 'site-admins' });
});

test('declaring by hand is for its group and for administrators; rules go on, and open incidents stay as they are', async () => {
  const open = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Before', severity: 'sev3', visibility: 'private', candidateId: null });
  const waiting = await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  const candidate = await site.until(async () => (await site.ok('alice', 'home.load', {})).candidates.find(({ alert }) => alert.id === waiting.id) ?? null);
  const { key: issueId } = await jiraOf(site).create('alice', 'Improve');
  expect(await site.ok('alice', 'issue.incident', { issueId })).toMatchObject({ state: 'none', spaces: [{ key: 'OPS' }, { key: 'SRE' }] });
  expect(told(await save('admin', { groups: { declare: 'site-admins', settings: null } }))).toBe('ok');

  for (const user of ['alice', 'bob']) expect(told(await declare(user))).toEqual(['error.declare-group', null]);
  expect(await site.outcome('alice', 'candidate.dismiss', { candidateId: candidate.id, opId: randomUUID() })).toBe('forbidden');
  expect(await site.outcome('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'x', severity: 'sev3', visibility: 'public', candidateId: candidate.id })).toBe('forbidden');
  const home = await site.ok('alice', 'home.load', {});
  expect([home.declareGroup, home.spaces.map(({ canDeclare }) => canDeclare)]).toEqual(['site-admins', [false, false]]);
  expect(await site.ok('alice', 'issue.incident', { issueId })).toMatchObject({ state: 'none', spaces: [] });
  expect(told(await declare('admin', 'By an administrator'))).toBe('ok');
  expect((await site.ok('admin', 'home.load', {})).declareGroup).toBeNull();
  expect((await site.ok('alice', 'incident.respond', { incidentId: open.incidentId, opId: randomUUID() })).firstResponse?.by.accountId).toBe('acc-alice');

  const { id } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  expect((await site.incidentWith(id)).incident.declaredBy).toBeNull();
  expect(told(await save('admin', { groups: { declare: null, settings: null } }))).toBe('ok');
  expect(told(await declare('bob', 'Everybody again'))).toBe('ok');
});

test('the settings are changed by their group too, but who may do what only by administrators', async () => {
  const MINE = ['settings.get', 'settings.changes', 'rules.choices', 'webhook.wait'] as const;
  const payload = { 'settings.get': {}, 'settings.changes': { before: null }, 'rules.choices': {}, 'webhook.wait': { since: null } };
  for (const verb of MINE) expect([verb, await site.outcome('bob', verb, payload[verb])]).toEqual([verb, 'forbidden']);
  expect((await site.ok('bob', 'home.load', {})).keepsSettings).toBe(false);
  expect(told(await save('admin', { groups: { declare: null, settings: 'responders' }, writes: { enabled: true, group: 'site-admins' } }))).toBe('ok');
  for (const verb of MINE) expect([verb, await site.outcome('bob', verb, payload[verb])]).toEqual([verb, 'ok']);
  for (const verb of MINE) for (const user of ['viewer', 'mallory']) expect([verb, await site.outcome(user, verb, payload[verb])]).toEqual([verb, 'forbidden']);
  expect([(await site.ok('bob', 'home.load', {})).keepsSettings, (await site.ok('admin', 'home.load', {})).keepsSettings]).toEqual([true, false]);
  expect((await site.ok('bob', 'settings.get', {})).mayGrant).toBe(false);

  expect(told(await save('bob', { fallback: 'ignore' }))).toBe('ok');
  expect((await site.ok('admin', 'settings.changes', { before: null })).changes[0]).toMatchObject({ by: { accountId: 'acc-bob' }, changed: [{ field: 'fallback' }] });
  expect(told(await save('bob', { fallback: 'candidate' }))).toBe('ok');
  expect(told(await save('bob', { groups: { declare: null, settings: 'confluence-users' } }))).toEqual(['error.grants-admin-only', 'groups.settings']);
  expect(told(await save('bob', { groups: { declare: 'responders', settings: 'responders' } }))).toEqual(['error.grants-admin-only', 'groups.declare']);
  expect(told(await save('bob', { writes: { enabled: true, group: 'responders' } }))).toEqual(['error.grants-admin-only', 'writes']);
  for (const [verb, more] of [['health.get', {}], ['health.poll', {}]] as const) expect(await site.outcome('bob', verb, more)).toBe('forbidden');

  expect(told(await save('admin', { groups: { declare: null, settings: null } }))).toBe('ok');
  for (const verb of MINE) expect([verb, await site.outcome('bob', verb, payload[verb])]).toEqual([verb, 'forbidden']);
});

test('administrators are never locked out: not by a group they are not in, nor by one Confluence does not tell of', async () => {
  expect(told(await save('admin', { groups: { declare: 'responders', settings: 'responders' } }))).toBe('ok');
  await site.faults([{ target: 'confluence', path: 'user/memberof', status: 404 }, { target: 'confluence', path: 'group/picker', status: 404 }]);
  expect(told(await declare('bob', 'Nobody knows his groups'))).toEqual(['error.declare-group', null]);
  expect(await site.outcome('bob', 'settings.get', {})).toBe('forbidden');
  expect(told(await declare('admin', 'Still'))).toBe('ok');
  expect(told(await save('admin', { fallback: 'candidate' }))).toBe('ok');
  expect(told(await save('admin', { groups: { declare: null, settings: null } }))).toBe('ok');
});

test('presses of the webhook card stand in the list of changes', async () => {
  const last = async () => (await site.ok('admin', 'settings.changes', { before: null })).changes[0];
  await site.ok('admin', 'webhook.setup', {});
  const made = await last();
  expect(made).toMatchObject({ by: { accountId: 'acc-admin' }, changed: [{ field: 'webhook', before: null }] });
  await site.ok('admin', 'webhook.setup', {});
  expect((await last())?.n).toBe(made?.n);
  const opId = randomUUID();
  for (let press = 0; press < 2; press += 1) await site.ok('admin', 'webhook.rotate', { opId });
  expect(await last()).toMatchObject({ n: (made?.n ?? 0) + 1, changed: [{ field: 'webhookSecret', before: null, after: null }] });
  await site.ok('admin', 'webhook.remove', {});
  expect(await last()).toMatchObject({ n: (made?.n ?? 0) + 2, changed: [{ field: 'webhook', before: made?.changed[0]?.after, after: null }] });
});
