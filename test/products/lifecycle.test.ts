import { adf, doc, OPEN, OPS, SRE, testSite, type Caller, type TestSite } from './site';

const PAGES = '/wiki/api/v2/pages';
const HOME = { OPS: '98401', SRE: '98402', OPEN: '98403' } as const;
let site: TestSite;
beforeEach(() => {
  site = testSite();
});

const copy = (who: Caller, id: string, title: string, destination: object, more: object = {}) =>
  site.as(who, 'POST', `/wiki/rest/api/content/${id}/copy`, { destination, pageTitle: title, ...more });
const below = (value: string) => ({ type: 'parent_page', value });
const move = async (who: Caller, id: string, target: string) => (await site.as(who, 'PUT', `/wiki/rest/api/content/${id}/move/append/${target}`)).status;
const read = async (id: string, query = '') => (await site.as('alice', 'GET', `${PAGES}/${id}${query}`)).json;
const restore = (who: Caller, id: string, version: number) => site.as(who, 'PUT', `${PAGES}/${id}`, { id, status: 'current', title: 'A', body: adf('x'), version: { number: version } });
const child = async (title: string, parentId: string) => (await site.as('alice', 'POST', PAGES, { spaceId: OPS, title, parentId, body: adf(title) })).json.id as string;

describe('a copy', () => {
  async function original(): Promise<string> {
    const id = await site.page('alice', 'A');
    await site.as('app', 'POST', `${PAGES}/${id}/properties`, { key: 'mackerel_incident', value: { status: 'resolved' } });
    await site.as('app', 'POST', `/wiki/rest/api/content/${id}/label`, [{ prefix: 'global', name: 'incident' }]);
    await site.as('alice', 'PUT', `${PAGES}/${id}`, { id, status: 'draft', title: 'A', body: adf('not published'), version: { number: 1 } });
    return id;
  }
  test('has the published body, and properties and labels only when asked for', async () => {
    const id = await original();
    const full = await copy('bob', id, 'With', below(HOME.OPS), { copyProperties: true, copyLabels: true });
    const bare = await copy('bob', id, 'Without', below(HOME.OPS));
    expect(full.json).toMatchObject({ type: 'page', title: 'With', space: { key: 'OPS' }, version: { number: 1 }, history: { createdBy: { accountId: 'acc-bob' } } });
    const everything = '?body-format=atlas_doc_format&include-labels=true&include-properties=true';
    const [rich, plain] = [await read(full.json.id, everything), await read(bare.json.id, everything)];
    expect(JSON.parse(rich.body.atlas_doc_format.value)).toEqual(JSON.parse(doc('A')));
    expect(rich.properties.results).toMatchObject([{ key: 'mackerel_incident', value: { status: 'resolved' }, version: { number: 1, authorId: 'acc-bob' } }]);
    expect(rich.labels.results).toMatchObject([{ name: 'incident' }]);
    expect([plain.properties.results, plain.labels.results]).toEqual([[], []]);
  });

  test.each<[Caller, 'OPS' | 'OPEN', number]>([
    ['bob', 'OPS', 200],
    ['viewer', 'OPS', 403],
    ['viewer', 'OPEN', 200],
    ['mallory', 'OPEN', 404],
  ])('%s copies from OPS to %s: %i', async (who, key, status) => {
    const id = await original();
    expect((await copy(who, id, 'Copy', below(HOME[key]))).status).toBe(status);
    expect((await copy(who, id, 'Copy again', { type: 'space', value: key })).status).toBe(status);
  });

  test('needs a title of its own and a place that is there', async () => {
    const id = await original();
    const statuses = [];
    for (const [title, destination] of [['a', below(HOME.OPS)], ['B', below('999999')], ['B', { type: 'space', value: 'NONE' }], ['B', { type: 'existing_page', value: id }]] as const) {
      statuses.push((await copy('alice', id, title, destination)).status);
    }
    expect(statuses).toEqual([400, 404, 404, 501]);
    await site.as('alice', 'DELETE', `${PAGES}/${id}`);
    expect((await copy('alice', id, 'B', below(HOME.OPS))).status).toBe(404);
  });
});

describe('a move', () => {
  test('takes what lies below to the other space; a page in the trash stays and comes back below its homepage', async () => {
    const id = await site.page('alice', 'A');
    const [kept, trashed] = [await child('Kept', id), await child('Trashed', id)];
    const grandchild = await child('Grandchild', kept);
    await site.as('alice', 'DELETE', `${PAGES}/${trashed}`);
    expect(await move('bob', id, HOME.SRE)).toBe(200);
    expect(await read(id)).toMatchObject({ spaceId: SRE, parentId: HOME.SRE });
    expect(await read(kept)).toMatchObject({ spaceId: SRE, parentId: id });
    expect(await read(grandchild)).toMatchObject({ spaceId: SRE, parentId: kept });
    await restore('alice', trashed, 2);
    expect(await read(trashed)).toMatchObject({ spaceId: OPS, parentId: HOME.OPS, status: 'current' });
  });

  test.each<[Caller, number]>([
    ['alice', 200],
    ['viewer', 403],
    ['mallory', 404],
    ['anonymous', 403],
  ])('by %s answers %i', async (who, status) => {
    expect(await move(who, await site.page('alice', 'A'), HOME.OPEN)).toBe(status);
  });

  test('into a space where the mover may not create pages is refused', async () => {
    const id = await site.page('viewer', 'A', { spaceId: OPEN });
    expect(await move('viewer', id, HOME.OPS)).toBe(403);
    expect(await read(id)).toMatchObject({ spaceId: OPEN });
  });

  test('is all or nothing: a title taken there leaves every page here', async () => {
    const id = await site.page('alice', 'A');
    const under = await child('Taken', id);
    await site.page('alice', 'taken', { spaceId: SRE, query: '?private=true' });
    expect(await move('bob', id, HOME.SRE)).toBe(400);
    expect([(await read(id)).spaceId, (await read(under)).spaceId]).toEqual([OPS, OPS]);
    expect(site.events.map((event) => event.eventType)).toEqual(['avi:confluence:created:page', 'avi:confluence:created:page']);
  });

  test('below itself, and of a homepage to another space, is refused', async () => {
    const id = await site.page('alice', 'A');
    const under = await child('B', id);
    expect([await move('alice', id, under), await move('alice', id, id), await move('admin', HOME.OPS, HOME.SRE)]).toEqual([400, 400, 400]);
  });

  test('over v2 stays within the space', async () => {
    const id = await site.page('alice', 'A');
    const to = (parentId: string) => site.as('alice', 'PUT', `${PAGES}/${id}`, { id, status: 'current', title: 'A', parentId, body: adf('x'), version: { number: 2 } });
    expect([(await to(HOME.SRE)).status, (await to(HOME.OPS)).status]).toEqual([400, 200]);
  });
});

test('events tell what happened, by whom, and whether through the app', async () => {
  const id = await site.page('app', 'A');
  await site.as('alice', 'PUT', `${PAGES}/${id}`, { id, status: 'current', title: 'A', body: adf('next'), version: { number: 2 } });
  const made = (await copy('bob', id, 'A again', below(HOME.OPS))).json.id as string;
  await move('bob', made, id);
  await move('app', made, HOME.SRE);
  await site.as('alice', 'DELETE', `${PAGES}/${id}`);
  await restore('alice', id, 3);
  await site.as('bob', 'DELETE', `${PAGES}/${made}`);
  await site.as('admin', 'DELETE', `${PAGES}/${made}?purge=true`);
  const told = site.events.map(({ eventType, body }) => [eventType.split(':')[2], (body['content'] as { id: string }).id, body['atlassianId'], body['selfGenerated']]);
  expect(told).toEqual([
    ['created', id, 'acc-app', true],
    ['updated', id, 'acc-alice', false],
    ['copied', made, 'acc-bob', false],
    ['moved', made, 'acc-bob', false],
    ['moved', made, 'acc-app', true],
    ['trashed', id, 'acc-alice', false],
    ['restored', id, 'acc-alice', false],
    ['trashed', made, 'acc-bob', false],
    ['deleted', made, 'acc-admin', false],
  ]);
  const [created, , copied, , moved] = site.events.map(({ body }) => body);
  expect(copied?.['originContentId']).toBe(id);
  expect(moved).toMatchObject({ content: { space: { id: 65602, key: 'SRE' } }, prevContent: { id: made, title: 'A again', space: { id: 65601, key: 'OPS' } } });
  expect(created?.['content']).toMatchObject({ type: 'page', status: 'current', title: 'A', space: { id: 65601, key: 'OPS' }, version: { number: 1 } });
});

test('the app hears nothing of a copy or a move of a page it is not let in to', async () => {
  const id = await site.page('alice', 'A', { query: '?private=true' });
  await move('alice', id, HOME.SRE);
  expect(site.events).toEqual([]);
  expect((await copy('alice', id, 'Public', below(HOME.OPS))).status).toBe(200);
  expect(site.events).toMatchObject([{ eventType: 'avi:confluence:copied:page', body: { originContentId: id } }]);
});
