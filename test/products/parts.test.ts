import { adf, OPS, testSite, type TestSite } from './site';

const PAGES = '/wiki/api/v2/pages';
let site: TestSite;
beforeEach(() => {
  site = testSite();
});

test('a property has one row per key and the next version wins', async () => {
  const id = await site.page('alice', 'A');
  const path = `${PAGES}/${id}/properties`;
  const made = await site.as('app', 'POST', path, { key: 'mackerel_incident', value: { status: 'investigating' } });
  expect(made.json).toMatchObject({ key: 'mackerel_incident', value: { status: 'investigating' }, version: { number: 1, authorId: 'acc-app' } });
  expect((await site.as('alice', 'POST', path, { key: 'mackerel_incident', value: 1 })).status).toBe(409);
  const one = `${path}/${made.json.id}`;
  const next = { key: 'mackerel_incident', value: { status: 'resolved' }, version: { number: 2 } };
  expect([(await site.as('app', 'PUT', one, next)).status, (await site.as('app', 'PUT', one, next)).status]).toEqual([200, 409]);
  expect((await site.as('viewer', 'GET', `${path}?key=mackerel_incident`)).json.results).toMatchObject([{ value: { status: 'resolved' }, version: { number: 2 } }]);
  expect((await site.as('viewer', 'GET', `${path}?key=other`)).json.results).toEqual([]);
  expect((await site.as('viewer', 'PUT', one, { ...next, version: { number: 3 } })).status).toBe(403);
  expect((await site.as('app', 'DELETE', one)).status).toBe(204);
  expect((await site.as('app', 'GET', one)).status).toBe(404);
});

test('a property value over 32 kB is refused', async () => {
  const id = await site.page('alice', 'A');
  expect((await site.as('app', 'POST', `${PAGES}/${id}/properties`, { key: 'big', value: 'x'.repeat(32_768) })).status).toBe(400);
});

test('labels are added once, in lower case, and removed by name', async () => {
  const id = await site.page('alice', 'A');
  const path = `/wiki/rest/api/content/${id}/label`;
  for (let i = 0; i < 2; i++) await site.as('app', 'POST', path, [{ prefix: 'global', name: 'Incident' }]);
  expect((await site.as('bob', 'GET', `${PAGES}/${id}/labels`)).json.results).toMatchObject([{ prefix: 'global', name: 'incident' }]);
  expect((await site.as('app', 'POST', path, [{ prefix: 'global', name: 'two words' }])).status).toBe(400);
  expect((await site.as('viewer', 'POST', path, [{ prefix: 'global', name: 'x' }])).status).toBe(403);
  expect((await site.as('app', 'DELETE', `${path}?name=incident`)).status).toBe(204);
  expect((await site.as('bob', 'GET', `${PAGES}/${id}/labels`)).json.results).toEqual([]);
});

test('one read brings operations, labels and properties when asked', async () => {
  const id = await site.page('alice', 'A');
  await site.as('app', 'POST', `/wiki/rest/api/content/${id}/label`, [{ prefix: 'global', name: 'incident' }]);
  await site.as('app', 'POST', `${PAGES}/${id}/properties`, { key: 'k', value: 1 });
  const read = async (who: 'bob' | 'viewer') => (await site.as(who, 'GET', `${PAGES}/${id}?include-operations=true&include-labels=true&include-properties=true&include-version=false`)).json;
  const bob = await read('bob');
  expect(bob.labels.results).toMatchObject([{ name: 'incident' }]);
  expect(bob.properties.results).toMatchObject([{ key: 'k', value: 1 }]);
  expect(bob.version).toBeUndefined();
  const may = (page: { operations: { results: { operation: string; targetType: string }[] } }) => page.operations.results.filter((each) => each.targetType === 'page').map((each) => each.operation);
  expect(may(bob)).toEqual(expect.arrayContaining(['read', 'update', 'delete']));
  expect(may(await read('viewer'))).toEqual(['read', 'export']);
});

test('people are looked up in bulk; only the admin administers the application', async () => {
  const { json } = await site.as('app', 'POST', '/wiki/api/v2/users-bulk', { accountIds: ['acc-alice', 'acc-nobody', 'acc-app'] });
  expect(json.results.map((user: { accountId: string; accountType: string }) => [user.accountId, user.accountType])).toEqual([
    ['acc-alice', 'atlassian'],
    ['acc-app', 'app'],
  ]);
  const administers = async (who: 'admin' | 'alice' | 'app') => {
    const current = await site.as(who, 'GET', '/wiki/rest/api/user/current?expand=operations', undefined, 'function');
    return current.json.operations.some((each: { operation: string; targetType: string }) => each.operation === 'administer' && each.targetType === 'application');
  };
  expect([await administers('admin'), await administers('alice'), await administers('app')]).toEqual([true, false, false]);
});

describe('search by CQL', () => {
  const find = async (who: 'alice' | 'bob' | 'mallory', cql: string) => {
    const answer = await site.as(who, 'GET', `/wiki/rest/api/search?cql=${encodeURIComponent(cql)}`);
    return answer.status === 200 ? answer.json.results.map((result: { title: string }) => result.title) : answer.status;
  };
  beforeEach(async () => {
    for (const [title, status] of [['Checkout down', 'resolved'], ['Checkout slow', 'investigating']] as const) {
      const id = await site.page('alice', title);
      await site.as('app', 'POST', `/wiki/rest/api/content/${id}/label`, [{ prefix: 'global', name: 'incident' }]);
      await site.as('app', 'POST', `${PAGES}/${id}/properties`, { key: 'mackerel_incident', value: { status, declaredAt: '2026-11-23T00:00:00Z' } });
    }
    await site.page('alice', 'Secret', { query: '?private=true' });
  });

  test.each<[string, string[] | number]>([
    ['label = incident ORDER BY title', ['Checkout down', 'Checkout slow']],
    ['label = "incident" and space = OPS order by created desc', ['Checkout slow', 'Checkout down']],
    ['space = "SRE"', ['SRE home']],
    ['type = page AND title ~ "checkout" AND mackerelIncidentStatus = "resolved"', ['Checkout down']],
    ['mackerelIncidentStatus in (resolved, investigating) order by title', ['Checkout down', 'Checkout slow']],
    ['mackerelIncidentDeclaredAt > "2026-11-22" and title = "Checkout slow"', ['Checkout slow']],
    ['mackerelIncidentDeclaredAt > "2026-11-24"', []],
    ['title = "Secret"', []],
    ['noSuchField = 1', 400],
    ['label =', 400],
    ['label = a or label = b', 501],
    ['creator = currentUser()', 501],
  ])('%s', async (cql, expected) => {
    expect(await find('bob', cql)).toEqual(expected);
  });

  test('shows nobody what they may not see', async () => {
    expect(await find('alice', 'title = "Secret"')).toEqual(['Secret']);
    expect(await find('mallory', 'label = incident')).toEqual([]);
  });
});

test('what was stored is there when the database is opened again', async () => {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const folder = mkdtempSync('/tmp/products-');
  const first = testSite({ file: `${folder}/site.db` });
  const id = await first.page('alice', 'A');
  const again = testSite({ file: `${folder}/site.db` });
  expect((await again.as('bob', 'GET', `${PAGES}/${id}`)).json).toMatchObject({ title: 'A' });
  expect((await again.as('bob', 'POST', PAGES, { spaceId: OPS, title: 'A', body: adf('x') })).status).toBe(400);
  rmSync(folder, { recursive: true });
});
