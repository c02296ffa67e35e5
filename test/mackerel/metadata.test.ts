import { StandIn, START } from './stand-in';

let mackerel: StandIn;
let host: string;
beforeEach(async () => {
  mackerel = new StandIn({});
  await mackerel.start();
  host = await mackerel.host('web-01', ['shop:web']);
});
afterEach(() => mackerel.end());

const paths = { host: () => `/hosts/${host}`, service: () => '/services/shop', role: () => '/services/shop/roles/web' };
const KINDS = ['host', 'service', 'role'] as const;
const list = async (path: string) => (await mackerel.api('GET', `${path}/metadata`)).metadata;

test.each(KINDS)('any JSON is kept for a %s, with the time of its last change', async (kind) => {
  const path = paths[kind]();
  for (const [n, value] of [{ page: 12, 'ja': '障害' }, [1, null], 'text', 0, false, null].entries()) {
    mackerel.pass(1);
    expect(await mackerel.api('PUT', `${path}/metadata/run-book_${n % 2}`, JSON.stringify(value))).toEqual({ success: true });
    const answer = await fetch(`${mackerel.server.url}/api/v0${path}/metadata/run-book_${n % 2}`, { headers: { 'x-api-key': mackerel.server.readOnlyKey } });
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('last-modified')]).toEqual([200, expect.stringMatching(/^application\/json/), `Mon, 14 Sep 2026 01:00:0${n + 1} GMT`]);
    expect(await answer.json()).toEqual(value);
  }
  expect(await list(path)).toEqual([{ namespace: 'run-book_0' }, { namespace: 'run-book_1' }]);
  expect(await mackerel.api('DELETE', `${path}/metadata/run-book_0`)).toEqual({ success: true });
  expect(await list(path)).toEqual([{ namespace: 'run-book_1' }]);
  for (const method of ['GET', 'DELETE']) expect((await mackerel.http(method, `/api/v0${path}/metadata/run-book_0`)).status).toBe(404);
});

test.each([['host', 50], ['service', 50], ['role', 10]] as const)('a %s has at most %i namespaces; known ones can still change', async (kind, most) => {
  const path = paths[kind]();
  for (let n = 0; n < most; n += 1) await mackerel.api('PUT', `${path}/metadata/n${n}`, { n });
  expect((await mackerel.http('PUT', `/api/v0${path}/metadata/more`, {})).status).toBe(400);
  expect((await mackerel.http('PUT', `/api/v0${path}/metadata/n0`, { n: 'new' })).status).toBe(200);
});

test.each([
  ['mackerel', {}, 400],
  ['mackerel-agent', {}, 400],
  ['with.dot', {}, 400],
  ['large', 'x'.repeat(100 * 1024 - 2), 200],
  ['larger', 'x'.repeat(100 * 1024 - 1), 413],
])('namespace %s', async (namespace, value, status) => {
  expect((await mackerel.http('PUT', `/api/v0/services/shop/metadata/${namespace}`, JSON.stringify(value))).status).toBe(status);
});

test('unknown hosts, services and roles have none', async () => {
  for (const path of ['/hosts/nobody', '/services/nobody', '/services/shop/roles/nobody', '/services/nobody/roles/web']) {
    for (const [method, suffix] of [['GET', ''], ['GET', '/x'], ['PUT', '/x'], ['DELETE', '/x']] as const) expect((await mackerel.http(method, `/api/v0${path}/metadata${suffix}`, method === 'GET' ? undefined : {})).status).toBe(404);
  }
});

test('of a retired host it can be read for a week and not be changed', async () => {
  await mackerel.api('PUT', `/hosts/${host}/metadata/x`, { a: 1 });
  await mackerel.api('POST', `/hosts/${host}/retire`, {});
  const statuses = async () => [(await mackerel.http('GET', `/api/v0/hosts/${host}/metadata/x`)).status, (await mackerel.http('GET', `/api/v0/hosts/${host}/metadata`)).status, (await mackerel.http('PUT', `/api/v0/hosts/${host}/metadata/x`, {})).status, (await mackerel.http('DELETE', `/api/v0/hosts/${host}/metadata/x`)).status];
  expect(await statuses()).toEqual([200, 200, 400, 400]);
  mackerel.pass(7 * 86_400 + 1);
  expect(await statuses()).toEqual([400, 400, 400, 400]);
});

test('it goes with its role and its service', async () => {
  for (const path of ['/services/shop', '/services/shop/roles/web']) await mackerel.api('PUT', `${path}/metadata/x`, {});
  await mackerel.api('DELETE', '/services/shop/roles/web');
  await mackerel.api('POST', '/services/shop/roles', { name: 'web', memo: '' });
  expect([await list('/services/shop'), await list('/services/shop/roles/web')]).toEqual([[{ namespace: 'x' }], []]);
  await mackerel.api('DELETE', '/services/shop');
  await mackerel.api('POST', '/services', { name: 'shop', memo: '' });
  expect(await list('/services/shop')).toEqual([]);
});

test('users are listed and removed, the one who made the organization is not', async () => {
  const owner = { id: '3usrLocal01', screenName: 'console', email: 'console@example.com', authority: 'owner', isInRegistrationProcess: false, isMFAEnabled: true, authenticationMethods: ['password'], joinedAt: START };
  expect(await mackerel.api('GET', '/users')).toEqual({ users: [owner] });
  expect((await mackerel.http('DELETE', '/api/v0/users/3usrLocal01')).status).toBe(403);
  expect((await mackerel.http('DELETE', '/api/v0/users/nobody')).status).toBe(404);
});
