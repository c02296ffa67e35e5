import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCOPES } from '../../local-site/products/scopes';
import { SEED_SPACES, paragraph } from '../../local-site/products/schema';
import { adfProblem } from '../../local-site/products/adf';
import { vendorSpecs } from '../vendor-specs';
import { adf, OPS, testSite } from './site';

const PAGES = '/wiki/api/v2/pages';
const specs = vendorSpecs();
if (specs === null) console.warn('Not checked: the vendors\' API descriptions are not here. `npm run specs` downloads them.');

test('an operation the vendor has and this site has not answers 501 with its name and is listed', async () => {
  const site = testSite();
  const answer = await site.as('alice', 'GET', '/wiki/api/v2/blogposts');
  expect(answer.status).toBe(501);
  expect(site.unmodelled).toEqual([specs === null ? 'GET /wiki/api/v2/blogposts' : 'getBlogPosts GET /wiki/api/v2/blogposts']);
  expect((await site.as('alice', 'POST', '/rest/api/3/issueLink', {})).status).toBe(501);
  expect((await site.as('alice', 'GET', `${PAGES}/98401?body-format=storage`)).status).toBe(501);
  expect(site.unmodelled).toHaveLength(3);
});

test('a Jira project is there for its members', async () => {
  const site = testSite({ scopes: ['read:jira-work'] });
  expect((await site.as('app', 'GET', '/rest/api/3/project/OPS')).json).toMatchObject({ id: '10000', key: 'OPS' });
  expect((await site.as('mallory', 'GET', '/rest/api/3/project/SEC')).status).toBe(404);
  expect((await site.as('alice', 'GET', '/rest/api/3/myself')).json).toMatchObject({ accountId: 'acc-alice', locale: 'ja_JP' });
  expect((await site.as('alice', 'GET', '/rest/api/3/serverInfo')).json).toMatchObject({ deploymentType: 'Cloud' });
  if (specs !== null) expect(site.rows.map((row) => row.problem)).toEqual([null, null, null, null]);
});

test('without descriptions every call says that it was not checked', async () => {
  const site = testSite({ specsDir: null });
  await site.page('alice', 'A');
  expect((await site.as('alice', 'POST', PAGES, { title: 'no space' })).status).toBe(400);
  expect(site.rows.map((row) => row.validated)).toEqual([null, null]);
});

test('the seeded homepages are valid documents', () => {
  expect(SEED_SPACES.map((space) => adfProblem(paragraph(space.text)))).toEqual([null, null, null]);
});

if (specs !== null) describe('with the vendors\' descriptions', () => {
  test('every kind of answer is as the vendor describes it', async () => {
    const site = testSite();
    const id = await site.page('alice', 'A');
    await site.as('app', 'PUT', `${PAGES}/${id}`, { id, status: 'current', title: 'A', body: { atlas_doc_format: adf('x') }, version: { number: 2, message: 'm' } });
    await site.as('app', 'POST', `${PAGES}/${id}/properties`, { key: 'k', value: { a: [1, null] } });
    await site.as('app', 'POST', `/wiki/rest/api/content/${id}/label`, { prefix: 'global', name: 'incident' });
    await site.as('app', 'PUT', `/wiki/rest/api/content/${id}/restriction`, { results: [{ operation: 'read', restrictions: { user: { results: [{ type: 'known', accountId: 'acc-app' }] } } }] });
    for (const path of ['', '?body-format=atlas_doc_format&include-operations=true&include-labels=true&include-properties=true&include-versions=true&include-direct-children=true', '/labels', '/properties', '/operations', '/versions', '/ancestors', '/direct-children']) {
      await site.as('app', 'GET', `${PAGES}/${id}${path}`, undefined, 'browser');
    }
    const others = [
      `${PAGES}?limit=1`, `${PAGES}/98401`, '/wiki/api/v2/spaces?keys=OPS,SRE&limit=100', `/wiki/api/v2/spaces/${OPS}?include-operations=true`, `/wiki/api/v2/spaces/${OPS}/operations`, `/wiki/api/v2/spaces/${OPS}/pages?depth=root`,
      `/wiki/rest/api/content/${id}/restriction`, `/wiki/rest/api/content/${id}/restriction/byOperation`, '/wiki/rest/api/user/current?expand=operations', '/wiki/rest/api/user?accountId=acc-alice',
      '/wiki/rest/api/search?cql=type%20%3D%20page&expand=content.space,content.version', '/wiki/rest/api/search/user?cql=type%3Duser&limit=2&expand=operations', '/wiki/rest/api/user/memberof?accountId=acc-admin',
      '/wiki/rest/api/group?limit=1', '/wiki/rest/api/group/picker?query=s', '/wiki/rest/api/group/by-id?id=4b8e2f60-1f8d-4a0c-8f6e-7c2f9b5d1202',
    ];
    for (const path of others) expect({ path, status: (await site.as('app', 'GET', path, undefined, 'browser')).status }).toEqual({ path, status: 200 });
    await site.as('app', 'POST', '/wiki/api/v2/users-bulk', { accountIds: ['acc-alice'] });
    await site.as('app', 'POST', `/wiki/rest/api/content/${id}/permission/check`, { subject: { type: 'user', identifier: 'acc-app' }, operation: 'read' }, 'browser');
    await site.as('app', 'DELETE', `/wiki/rest/api/content/${id}/restriction`);
    const copied = await site.as('alice', 'POST', `/wiki/rest/api/content/${id}/copy`, { destination: { type: 'space', value: 'SRE' }, copyProperties: true });
    await site.as('alice', 'PUT', `/wiki/rest/api/content/${copied.json.id}/move/append/98401`);
    await site.as('alice', 'GET', `/wiki/api/v2/spaces/${OPS}/pages?status=trashed&sort=-modified-date&limit=250`);
    expect(site.rows.filter((row) => row.validated !== true).map((row) => [row.method, row.path, row.problem])).toEqual([]);
    expect(site.rows).toHaveLength(35);
  });

  test.each<[string, string, unknown]>([
    ['POST', PAGES, { spaceId: OPS, title: 'A', body: { representation: 'adf', value: '' } }],
    ['GET', `${PAGES}?limit=9999`, undefined],
    ['GET', `${PAGES}?no-such=1`, undefined],
    ['GET', `${PAGES}/abc`, undefined],
    ['POST', `${PAGES}/98401/properties`, { key: 7, value: 1 }],
    ['POST', '/wiki/api/v2/users-bulk', { accountIds: [] }],
  ])('a request that is not as described is refused and logged: %s %s', async (method, path, body) => {
    const site = testSite();
    expect((await site.as('alice', method, path, body)).status).toBe(400);
    expect(site.rows).toMatchObject([{ validated: false, status: 400 }]);
  });

  test('a path the vendor does not have is 404', async () => {
    const site = testSite();
    expect((await site.as('alice', 'GET', '/wiki/api/v2/incidents')).status).toBe(404);
    expect(site.unmodelled).toEqual([]);
  });

  test('the scope table is the vendors\' own', () => {
    const vendor: Record<string, string[]> = {};
    for (const [file, prefix] of [['confluence-v2.json', '/wiki/api/v2'], ['confluence-v1.json', ''], ['jira-v3.json', '']] as const) {
      const { paths } = JSON.parse(readFileSync(join(specs, file), 'utf8')) as { paths: Record<string, Record<string, { 'x-atlassian-oauth2-scopes'?: { scopes: string[] }[] }>> };
      for (const [path, operations] of Object.entries(paths)) {
        for (const [method, operation] of Object.entries(operations)) {
          const sets = operation['x-atlassian-oauth2-scopes'] ?? [];
          vendor[`${method.toUpperCase()} ${prefix}${path}`] = sets.filter((set) => set.scopes.length > 0).map((set) => [...set.scopes].sort().join(' '));
        }
      }
    }
    const ours = Object.fromEntries(Object.entries(SCOPES).map(([endpoint, sets]) => [endpoint, sets.map((set) => [...set].sort().join(' '))]));
    expect(ours).toEqual(Object.fromEntries(Object.keys(SCOPES).map((endpoint) => [endpoint, vendor[endpoint]])));
  });
});
