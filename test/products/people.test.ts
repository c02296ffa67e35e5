import { adf, testSite, type Caller, type TestSite } from './site';

const PAGES = '/wiki/api/v2/pages';
let site: TestSite;
beforeEach(() => {
  site = testSite({ scopes: ['read:content-details:confluence', 'read:confluence-user', 'read:confluence-groups', 'write:page:confluence', 'read:page:confluence'] });
});
const get = (who: Caller, path: string, query: Record<string, string>, via?: 'function' | 'bridge') => site.as(who, 'GET', `/wiki/rest/api/${path}?${new URLSearchParams(query)}`, undefined, via);

describe('search for people', () => {
  const find = async (cql: string): Promise<unknown> => {
    const { status, json } = await get('viewer', 'search/user', { cql });
    return status === 200 ? json.results.map((each: { user: { accountId: string } }) => each.user.accountId) : status;
  };
  test.each<[string, string[] | number]>([
    ['user.fullname ~ "bo"', ['acc-bob']],
    ['user.fullname~"MILLER b"', ['acc-bob']],
    ['user.fullname ~ "佐和"', ['acc-alice']],
    ['user.fullname ~ "a*"', ['acc-admin']],
    ['user.fullname ~ "iller"', []],
    ['user.fullname ~ "incident"', ['acc-app']],
    ['type = user', ['acc-admin', 'acc-alice', 'acc-bob', 'acc-viewer', 'acc-mallory', 'acc-app']],
    ['user in ("acc-bob", "acc-viewer") and user != "acc-bob"', ['acc-viewer']],
    ['user.accountid = "acc-alice"', ['acc-alice']],
    ['title ~ "x"', 400],
    ['user.fullname ~ ', 400],
    ['user.fullname = "Bob Miller"', 501],
    ['user.userkey = "x"', 501],
  ])('%s', async (cql, expected) => {
    expect(await find(cql)).toEqual(expected);
  });

  test('comes in pages, with the people in v1\'s shape', async () => {
    const first = await get('alice', 'search/user', { cql: 'type=user', limit: '4' });
    expect(first.json).toMatchObject({ start: 0, limit: 4, size: 4, totalSize: 6, cqlQuery: 'type=user' });
    const second = await site.as('alice', 'GET', `/wiki${first.json._links.next as string}`);
    expect(second.json.results.map((each: { title: string }) => each.title)).toEqual(['Mallory Outside', 'Incident Pages for Mackerel']);
    expect(second.json.results[1]).toMatchObject({ entityType: 'user', user: { type: 'known', accountId: 'acc-app', accountType: 'app', publicName: 'Incident Pages for Mackerel' } });
    expect(second.json._links.next).toBeUndefined();
  });

  test('needs its own scope, also through the bridge; there are no guests', async () => {
    const poor = testSite({ scopes: ['read:confluence-user', 'search:confluence'] });
    const ask = (via: 'function' | 'bridge' | 'browser') => poor.as('alice', 'GET', '/wiki/rest/api/search/user?cql=type%3Duser', undefined, via);
    expect([(await ask('function')).status, (await ask('bridge')).status, (await ask('browser')).status]).toEqual([403, 403, 200]);
    expect((await get('alice', 'search/user', { cql: 'type=user' }, 'bridge')).status).toBe(200);
    expect((await get('alice', 'search/user', { cql: 'type=user', sitePermissionTypeFilter: 'externalCollaborator' })).json.results).toEqual([]);
  });
});

describe('groups', () => {
  const of = async (accountId: string) => {
    const { status, json } = await get('viewer', 'user/memberof', { accountId }, 'function');
    return status === 200 ? json.results.map((group: { name: string }) => group.name) : status;
  };
  test('of a person', async () => {
    expect([await of('acc-admin'), await of('acc-alice'), await of('acc-bob'), await of('acc-viewer'), await of('acc-mallory'), await of('acc-app'), await of('acc-nobody')]).toEqual([
      ['confluence-users', 'responders', 'site-admins'],
      ['confluence-users', 'responders'],
      ['confluence-users', 'responders'],
      ['confluence-users'],
      ['confluence-users'],
      [],
      404,
    ]);
  });

  test('come in pages, are found by a part of the name, and are read by id', async () => {
    const rest = await get('alice', 'user/memberof', { accountId: 'acc-admin', start: '1', limit: '1' });
    expect(rest.json).toMatchObject({ start: 1, limit: 1, size: 1, results: [{ type: 'group', name: 'responders' }], _links: { next: '/rest/api/user/memberof?accountId=acc-admin&start=2&limit=1' } });
    const [found] = (await get('alice', 'group/picker', { query: 'RESP' })).json.results as [{ id: string; name: string }];
    expect((await get('alice', 'group/by-id', { id: found.id })).json).toMatchObject({ id: found.id, name: 'responders' });
    expect((await get('alice', 'group/by-id', { id: 'x' })).status).toBe(404);
    expect((await get('alice', 'group', {})).json.results).toHaveLength(3);
    expect((await get('anonymous', 'group', {})).status).toBe(403);
  });
});

test('search may lag behind: until then a page is found as it was, by those who may see it now', async () => {
  const find = async (who: Caller, cql: string): Promise<string[]> => (await get(who, 'search', { cql })).json.results.map((each: { title: string }) => each.title);
  const id = await site.page('alice', 'Old title');
  site.products.switches.searchLagMs = 60_000;
  await site.as('alice', 'PUT', `${PAGES}/${id}`, { id, status: 'current', title: 'New title', body: adf('x'), version: { number: 2 } });
  const young = await site.page('alice', 'Young');
  expect([await find('bob', 'title ~ "title"'), await find('bob', 'title = "Young"')]).toEqual([['Old title'], []]);
  site.pass(60_000);
  expect([await find('bob', 'title ~ "title"'), await find('bob', 'title = "Young"')]).toEqual([['New title'], ['Young']]);

  await site.as('alice', 'DELETE', `${PAGES}/${young}`);
  await site.as('alice', 'PUT', `/wiki/rest/api/content/${id}/restriction`, [{ operation: 'read', restrictions: { user: [{ type: 'known', accountId: 'acc-alice' }] } }]);
  expect([await find('bob', 'title = "Young"'), await find('bob', 'title ~ "title"'), await find('alice', 'title ~ "title"')]).toEqual([['Young'], [], ['New title']]);
  site.products.switches.searchLagMs = 0;
  expect(await find('bob', 'title = "Young"')).toEqual([]);
});
