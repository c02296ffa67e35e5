import { adf, OPEN, OPS, SRE, testSite, type Caller, type TestSite } from './site';

const PAGES = '/wiki/api/v2/pages';
const CALLERS: readonly Caller[] = ['admin', 'alice', 'bob', 'viewer', 'mallory', 'anonymous', 'app'];
let site: TestSite;
beforeEach(() => {
  site = testSite();
});

/** Statuses of read and update for each caller. */
async function table(id: string): Promise<Record<string, [number, number]>> {
  const rows: [string, [number, number]][] = [];
  for (const caller of CALLERS) {
    const read = await site.as(caller, 'GET', `${PAGES}/${id}`);
    const number = read.status === 200 ? read.json.version.number + 1 : 2;
    const title = read.status === 200 ? read.json.title : 'x';
    const write = await site.as(caller, 'PUT', `${PAGES}/${id}`, { id, status: 'current', title, body: adf('x'), version: { number } });
    rows.push([caller, [read.status, write.status]]);
  }
  return Object.fromEntries(rows);
}

test('a public page of an incident space', async () => {
  expect(await table(await site.page('alice', 'A'))).toEqual({
    admin: [200, 200], alice: [200, 200], bob: [200, 200], viewer: [200, 404], mallory: [404, 404], anonymous: [401, 401], app: [200, 200],
  });
});
test('a public page of the open space', async () => {
  expect(await table(await site.page('mallory', 'A', { spaceId: OPEN }))).toEqual({
    admin: [200, 200], alice: [200, 200], bob: [200, 200], viewer: [200, 200], mallory: [200, 200], anonymous: [401, 401], app: [200, 200],
  });
});
test('a private page is its maker\'s alone: not the admin\'s, not the app\'s', async () => {
  expect(await table(await site.page('alice', 'A', { query: '?private=true' }))).toEqual({
    admin: [404, 404], alice: [200, 200], bob: [404, 404], viewer: [404, 404], mallory: [404, 404], anonymous: [401, 401], app: [404, 404],
  });
});
test('a restriction names who may read and who may edit', async () => {
  const id = await site.page('alice', 'A', { query: '?private=true' });
  const people = (...ids: string[]) => ({ user: ids.map((accountId) => ({ type: 'known', accountId })) });
  const put = await site.as('alice', 'PUT', `/wiki/rest/api/content/${id}/restriction`, [
    { operation: 'read', restrictions: people('acc-alice', 'acc-viewer', 'acc-bob', 'acc-mallory', 'acc-app') },
    { operation: 'update', restrictions: people('acc-alice', 'acc-app') },
  ]);
  expect(put.status).toBe(200);
  expect(await table(id)).toEqual({
    admin: [404, 404], alice: [200, 200], bob: [200, 404], viewer: [200, 404], mallory: [404, 404], anonymous: [401, 401], app: [200, 200],
  });
  const read = await site.as('bob', 'GET', `/wiki/rest/api/content/${id}/restriction/byOperation`);
  expect(read.json.update.restrictions.user.results.map((user: { accountId: string }) => user.accountId)).toEqual(['acc-alice', 'acc-app']);
});

test('people and groups are named one at a time, and not by who may not change the page', async () => {
  const id = await site.page('alice', 'A', { query: '?private=true' });
  const at = (operation: string, who: string): string => `/wiki/rest/api/content/${id}/restriction/byOperation/${operation}/${who}`;
  const [responders, nobody] = ['byGroupId/4b8e2f60-1f8d-4a0c-8f6e-7c2f9b5d1202', 'byGroupId/00000000-0000-4000-8000-000000000000'];
  const seen = async (user: 'bob' | 'viewer'): Promise<number> => (await site.as(user, 'GET', `${PAGES}/${id}`)).status;
  expect([await seen('bob'), await seen('viewer')]).toEqual([404, 404]);
  for (const operation of ['read', 'update']) expect((await site.as('alice', 'PUT', at(operation, responders))).status).toBe(200);
  expect((await site.as('alice', 'PUT', at('read', 'user?accountId=acc-viewer'))).status).toBe(200);
  expect([await seen('bob'), await seen('viewer')]).toEqual([200, 200]);
  const { json } = await site.as('alice', 'GET', `/wiki/rest/api/content/${id}/restriction?expand=restrictions.user,restrictions.group`);
  const named = (json.results as { operation: string; restrictions: { user: { results: { accountId: string }[] }; group: { results: { name: string }[] } } }[]).map(({ operation, restrictions: { user, group } }) => [operation, user.results.map(({ accountId }) => accountId), group.results.map(({ name }) => name)]);
  expect(named).toEqual([['read', ['acc-alice', 'acc-viewer'], ['responders']], ['update', ['acc-alice'], ['responders']]]);
  expect([(await site.as('viewer', 'PUT', at('read', 'user?accountId=acc-mallory'))).status, (await site.as('alice', 'PUT', at('read', nobody))).status, (await site.as('alice', 'PUT', at('read', 'user?accountId=acc-nobody'))).status]).toEqual([404, 404, 404]);
  await site.as('alice', 'DELETE', at('read', responders));
  await site.as('alice', 'DELETE', at('read', 'user?accountId=acc-viewer'));
  expect([await seen('bob'), await seen('viewer')]).toEqual([404, 404]);
});

test('a restriction without the app hides the page and its events from it', async () => {
  const id = await site.page('alice', 'A');
  site.events.length = 0;
  await site.as('alice', 'PUT', `/wiki/rest/api/content/${id}/restriction`, [{ operation: 'read', restrictions: { user: [{ type: 'known', accountId: 'acc-alice' }] } }]);
  await site.as('alice', 'PUT', `${PAGES}/${id}`, { id, status: 'current', title: 'A', body: adf('x'), version: { number: 2 } });
  await site.as('alice', 'DELETE', `${PAGES}/${id}`);
  expect(site.events).toEqual([]);
});

test('a page below a restricted one is as hidden as that one', async () => {
  const id = await site.page('alice', 'A', { query: '?private=true' });
  const below = await site.as('alice', 'POST', PAGES, { spaceId: OPS, title: 'B', parentId: id, body: adf('x') });
  expect((await site.as('bob', 'GET', `${PAGES}/${below.json.id}`)).status).toBe(404);
});

test('a hidden page is nowhere in lists, and answers as a page that never was', async () => {
  const id = await site.page('alice', 'A', { query: '?private=true' });
  const list = await site.as('bob', 'GET', `${PAGES}?id=${id}`);
  expect(list.json.results).toEqual([]);
  const [hidden, missing] = [await site.as('bob', 'GET', `${PAGES}/${id}`), await site.as('bob', 'GET', `${PAGES}/999999999`)];
  expect(hidden).toEqual(missing);
  expect(site.products.pageForView('acc-bob', id)).toBeNull();
  expect(site.products.pagesOf('acc-bob', 'OPS').map((page) => page.id)).toEqual(['98401']);
  expect(site.products.pageForView('acc-alice', id)).toMatchObject({ title: 'A', restricted: true, canEdit: true, space: { key: 'OPS' } });
});

test('spaces: who sees and who may create pages', async () => {
  const seen: Record<string, unknown> = {};
  for (const caller of CALLERS) {
    const { json, status } = await site.as(caller, 'GET', '/wiki/api/v2/spaces?keys=OPS,SRE,OPEN');
    if (status !== 200) {
      seen[caller] = status;
      continue;
    }
    const rows: string[] = [];
    for (const space of json.results as { id: string; key: string }[]) {
      const { json: allowed } = await site.as(caller, 'GET', `/wiki/api/v2/spaces/${space.id}/operations`);
      const creates = allowed.operations.some((each: { operation: string; targetType: string }) => each.operation === 'create' && each.targetType === 'page');
      rows.push(space.key + (creates ? '+' : ''));
    }
    seen[caller] = rows.join(' ');
  }
  expect(seen).toEqual({ admin: 'OPS+ SRE+ OPEN+', alice: 'OPS+ SRE+ OPEN+', bob: 'OPS+ SRE+ OPEN+', viewer: 'OPS SRE OPEN+', mallory: 'OPEN+', anonymous: 401, app: 'OPS+ SRE+ OPEN+' });
  expect((await site.as('mallory', 'GET', `/wiki/api/v2/spaces/${SRE}`)).status).toBe(404);
  expect((await site.as('viewer', 'POST', PAGES, { spaceId: OPS, title: 'A', body: adf('x') })).status).toBe(404);
});

test('the permission check answers for another person', async () => {
  const id = await site.page('alice', 'A');
  const check = async (accountId: string, operation: string) =>
    (await site.as('alice', 'POST', `/wiki/rest/api/content/${id}/permission/check`, { subject: { type: 'user', identifier: accountId }, operation })).json.hasPermission;
  expect([await check('acc-bob', 'update'), await check('acc-viewer', 'read'), await check('acc-viewer', 'update'), await check('acc-mallory', 'read')]).toEqual([true, true, false, false]);
});

test('the app\'s calls need the manifest\'s scopes, a person\'s own browser does not', async () => {
  const poor = testSite({ scopes: ['read:page:confluence'] });
  const page = { spaceId: OPS, title: 'A', body: adf('x') };
  expect((await poor.as('app', 'POST', PAGES, page)).status).toBe(403);
  expect((await poor.as('alice', 'POST', PAGES, page, 'bridge')).status).toBe(403);
  expect((await poor.as('alice', 'POST', PAGES, page, 'browser')).status).toBe(200);
  expect((await poor.as('app', 'GET', `${PAGES}?title=A`)).status).toBe(200);
  // A write of a property needs both of its scopes.
  expect((await poor.as('app', 'POST', `${PAGES}/98401/properties`, { key: 'k', value: 1 })).status).toBe(403);
});

test('points: a read costs one more per object, a write one; browsers cost nothing', async () => {
  const id = await site.page('app', 'A');
  await site.as('app', 'GET', `${PAGES}/${id}`);
  await site.as('app', 'POST', '/wiki/api/v2/users-bulk', { accountIds: ['acc-alice', 'acc-bob'] });
  await site.as('alice', 'GET', `${PAGES}/${id}`);
  await site.as('alice', 'GET', `${PAGES}/${id}`, undefined, 'bridge');
  expect(site.rows.map((row) => row.points)).toEqual([1, 2, 5, 0, 0]);
});
