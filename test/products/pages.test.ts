import { adf, doc, OPS, testSite, type TestSite } from './site';

const PAGES = '/wiki/api/v2/pages';
let site: TestSite;
beforeEach(() => {
  site = testSite();
});
const put = (id: string, number: number, more: object = {}) => ({ id, status: 'current', title: 'A', body: adf('next'), version: { number }, ...more });

test('a page is read back as it was written, with its author and version', async () => {
  const id = await site.page('alice', 'A');
  const { status, json } = await site.as('bob', 'GET', `${PAGES}/${id}?body-format=atlas_doc_format`);
  expect(status).toBe(200);
  expect(json).toMatchObject({ id, title: 'A', status: 'current', spaceId: OPS, parentId: '98401', authorId: 'acc-alice', version: { number: 1, authorId: 'acc-alice' } });
  expect(JSON.parse(json.body.atlas_doc_format.value)).toEqual(JSON.parse(doc('A')));
  expect(json._links).toMatchObject({ base: 'http://localhost:4100/wiki', webui: `/spaces/OPS/pages/${id}/A` });
});

test('a page the app makes for its user is that user\'s; one it makes itself is the app\'s', async () => {
  const forAlice = await site.page('alice', 'A', { via: 'function' });
  const own = await site.page('app', 'B');
  expect((await site.as('bob', 'GET', `${PAGES}/${forAlice}`)).json.authorId).toBe('acc-alice');
  expect((await site.as('bob', 'GET', `${PAGES}/${own}`)).json.authorId).toBe('acc-app');
});

test('an update needs the next version number: older and skipped ones are 409', async () => {
  const id = await site.page('alice', 'A');
  const answers = await Promise.all([1, 3, 2, 2].map(async (number) => (await site.as('alice', 'PUT', `${PAGES}/${id}`, put(id, number))).status));
  expect(answers).toEqual([409, 409, 200, 409]);
  const { json } = await site.as('alice', 'GET', `${PAGES}/${id}/versions`);
  expect(json.results.map((version: { number: number }) => version.number)).toEqual([2, 1]);
});

test('an older version can still be read', async () => {
  const id = await site.page('alice', 'A');
  await site.as('bob', 'PUT', `${PAGES}/${id}`, put(id, 2));
  const { json } = await site.as('alice', 'GET', `${PAGES}/${id}?version=1&body-format=atlas_doc_format`);
  expect(json).toMatchObject({ status: 'historical', version: { number: 1, authorId: 'acc-alice' } });
  expect(JSON.parse(json.body.atlas_doc_format.value)).toEqual(JSON.parse(doc('A')));
});

test('a title is taken once per space whatever its case, also by a page the writer cannot see', async () => {
  await site.page('alice', 'Outage', { query: '?private=true' });
  const body = { spaceId: OPS, status: 'current', title: 'outage', body: adf('x') };
  const clash = await site.as('bob', 'POST', PAGES, body);
  expect(clash.status).toBe(400);
  expect(clash.json.errors[0].title).toMatch(/A page with this title already exists/);
  expect((await site.as('bob', 'POST', PAGES, { ...body, spaceId: '65602' })).status).toBe(200);
});

test('a page in the trash frees its title; it cannot come back while another page has it', async () => {
  const id = await site.page('alice', 'A');
  expect((await site.as('alice', 'DELETE', `${PAGES}/${id}`)).status).toBe(204);
  const other = await site.page('alice', 'A');
  expect((await site.as('alice', 'PUT', `${PAGES}/${id}`, put(id, 2))).status).toBe(400);
  await site.as('alice', 'DELETE', `${PAGES}/${other}`);
  expect((await site.as('alice', 'PUT', `${PAGES}/${id}`, put(id, 2))).json).toMatchObject({ status: 'current', title: 'A' });
});

test('only a page in the trash can be purged, and only by an admin of the space', async () => {
  const id = await site.page('alice', 'A');
  expect((await site.as('admin', 'DELETE', `${PAGES}/${id}?purge=true`)).status).toBe(400);
  await site.as('alice', 'DELETE', `${PAGES}/${id}`);
  expect((await site.as('alice', 'DELETE', `${PAGES}/${id}?purge=true`)).status).toBe(404);
  expect((await site.as('admin', 'DELETE', `${PAGES}/${id}?purge=true`)).status).toBe(204);
  expect((await site.as('admin', 'GET', `${PAGES}/${id}`)).status).toBe(404);
});

test('an invalid document is refused with the deepest wrong path and nothing is stored', async () => {
  const value = JSON.stringify({ version: 1, type: 'doc', content: [{ type: 'panel', attrs: { panelType: 'danger' }, content: [{ type: 'paragraph' }] }] });
  const refused = await site.as('alice', 'POST', PAGES, { spaceId: OPS, title: 'A', body: { representation: 'atlas_doc_format', value } });
  expect(refused.status).toBe(400);
  expect(refused.json.errors[0].title).toContain('/content/0/attrs/panelType');
  expect(site.products.pagesOf('acc-alice', 'OPS').map((page) => page.title)).toEqual(['障害対応 ホーム']);
});

test('pages are listed by title and space, a cursor leads to the rest', async () => {
  for (const title of ['A', 'B', 'C']) await site.page('alice', title);
  const byTitle = await site.as('bob', 'GET', `${PAGES}?title=B&space-id=${OPS}`);
  expect(byTitle.json.results.map((page: { title: string }) => page.title)).toEqual(['B']);
  const first = await site.as('bob', 'GET', `${PAGES}?space-id=${OPS}&limit=2&sort=-title`);
  const second = await site.as('bob', 'GET', first.json._links.next);
  expect([...first.json.results, ...second.json.results].map((page: { title: string }) => page.title)).toEqual(['障害対応 ホーム', 'C', 'B', 'A']);
  expect(second.json._links.next).toBeUndefined();
  expect(first.headers['link']).toContain('rel="next"');
});

describe('the one shared draft', () => {
  const draft = (id: string, text: string) => put(id, 1, { status: 'draft', body: adf(text) });
  const body = async (query: string, id: string) => JSON.parse((await site.as('bob', 'GET', `${PAGES}/${id}?body-format=atlas_doc_format${query}`)).json.body.atlas_doc_format.value);

  test('is the same for everybody and leaves the published page alone', async () => {
    const id = await site.page('alice', 'A');
    await site.as('alice', 'PUT', `${PAGES}/${id}`, draft(id, 'mine'));
    await site.as('bob', 'PUT', `${PAGES}/${id}`, draft(id, 'ours'));
    expect(await body('&get-draft=true', id)).toEqual(JSON.parse(doc('ours')));
    expect(await body('', id)).toEqual(JSON.parse(doc('A')));
    expect((await site.as('alice', 'GET', `${PAGES}/${id}?get-draft=true`)).json).toMatchObject({ status: 'draft', version: { number: 1, authorId: 'acc-bob' } });
  });

  test('survives a write of the app; publishing it then conflicts, or overwrites where the site is set so', async () => {
    const id = await site.page('alice', 'A');
    await site.as('alice', 'PUT', `${PAGES}/${id}`, draft(id, 'typed'));
    expect((await site.as('app', 'PUT', `${PAGES}/${id}`, put(id, 2))).status).toBe(200);
    expect(await body('&get-draft=true', id)).toEqual(JSON.parse(doc('typed')));
    const publish = put(id, 2, { body: adf('typed') });
    expect((await site.as('alice', 'PUT', `${PAGES}/${id}`, publish)).status).toBe(409);
    site.products.switches.publishMode = 'overwrite';
    expect((await site.as('alice', 'PUT', `${PAGES}/${id}`, publish)).json.version.number).toBe(3);
    expect((await site.as('alice', 'GET', `${PAGES}/${id}?get-draft=true`)).json.status).toBe('current');
  });

  test('is replaced by a write of the app where the site is set so', async () => {
    const id = await site.page('alice', 'A');
    site.products.switches.publishMode = 'replace-draft';
    await site.as('alice', 'PUT', `${PAGES}/${id}`, draft(id, 'typed'));
    await site.as('app', 'PUT', `${PAGES}/${id}`, put(id, 2, { title: 'B' }));
    expect(await body('&get-draft=true', id)).toEqual(JSON.parse(doc('next')));
    expect((await site.as('alice', 'PUT', `${PAGES}/${id}`, put(id, 3))).status).toBe(200);
  });

  test('of a page never published is its author\'s alone until the first version', async () => {
    const made = await site.as('alice', 'POST', PAGES, { spaceId: OPS, status: 'draft', title: 'New' });
    const id = made.json.id as string;
    expect((await site.as('bob', 'GET', `${PAGES}/${id}?get-draft=true`)).status).toBe(404);
    expect((await site.as('alice', 'GET', `${PAGES}/${id}`)).status).toBe(404);
    expect(site.events).toEqual([]);
    expect((await site.as('alice', 'PUT', `${PAGES}/${id}`, put(id, 1, { title: 'New' }))).json).toMatchObject({ status: 'current', version: { number: 1 } });
    expect(site.events.map((event) => event.eventType)).toEqual(['avi:confluence:created:page']);
    expect((await site.as('bob', 'GET', `${PAGES}/${id}`)).status).toBe(200);
  });

  test('can be discarded', async () => {
    const id = await site.page('alice', 'A');
    expect((await site.as('alice', 'DELETE', `${PAGES}/${id}?draft=true`)).status).toBe(404);
    await site.as('alice', 'PUT', `${PAGES}/${id}`, draft(id, 'typed'));
    expect((await site.as('alice', 'DELETE', `${PAGES}/${id}?draft=true`)).status).toBe(204);
    expect((await site.as('alice', 'GET', `${PAGES}/${id}?get-draft=true`)).json.status).toBe('current');
  });
});
