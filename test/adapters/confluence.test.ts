/** Access, pages, marks and restrictions over the real `@forge/api`, against the local site's Confluence. */
import { AsyncLocalStorage } from 'node:async_hooks';
import path from 'node:path';
import Database from 'libsql';
import { createAccess } from '../../src/adapters/confluence/access';
import { createPageWriter } from '../../src/adapters/confluence/pages';
import { SCHEME } from '../../src/domain/scheme';
import { createTexts } from '../../src/adapters/texts';
import { systemRandom } from '../../src/adapters/system';
import { declared } from '../../src/domain/incident';
import type { DeclareIntent, IncidentHead } from '../../src/domain/model';
import type { Actor, PageFacts } from '../../src/ports';
import { createProducts } from '../../local-site/products';
import { readManifest } from '../../local-site/runtime/manifest';
import type { CallLogRow, ProductCall } from '../../local-site/types';
import { vendorSpecs } from '../vendor-specs';

const who = new AsyncLocalStorage<string>();
const as = <T>(name: string, work: () => Promise<T>): Promise<T> => who.run(`acc-${name}`, work);
const log: CallLogRow[] = [];
const unmodelled: string[] = [];
/** Statuses to answer instead of the next calls of this method and path. */
let refusals: { method: string; path: string; status: number; afterEffect: boolean }[] = [];
let products: ReturnType<typeof createProducts>;

beforeEach(() => {
  refusals = [];
  const manifest = readManifest(path.resolve(__dirname, '../..'));
  products = createProducts({
    db: new Database(':memory:'), clock: { now: () => Date.now() }, baseUrl: 'http://localhost:4100', scopes: manifest.scopes, specsDir: vendorSpecs(), contentProperties: manifest.contentProperties, issueProperties: manifest.issueProperties,
    onCall: (row) => log.push(row), onUnmodelled: (what) => unmodelled.push(what), onEvent: () => undefined,
  });
  const runtime = {
    appContext: { appId: 'app-uuid', appVersion: '1', environmentId: 'env-uuid', environmentType: 'PRODUCTION', invocationId: 'call-1', installationId: 'inst', functionKey: 'f', moduleType: 'm', moduleKey: 'm' },
    lambdaContext: { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 },
  };
  Object.assign(globalThis, {
    __forge_runtime__: runtime,
    __forge_fetch__: async (meta: { provider: string }, url: string, init: { method?: string; headers?: Record<string, string>; body?: string }) => {
      const method = init.method ?? 'GET';
      const index = refusals.findIndex((one) => one.method === method && url.includes(one.path));
      const [refusal] = index < 0 ? [] : refusals.splice(index, 1);
      const call = (): Promise<{ status: number; body: string }> => products.call({
        product: 'confluence', as: meta.provider === 'app' ? { type: 'app' } : { type: 'user', accountId: who.getStore() ?? 'nobody' },
        via: 'function', method, path: url, headers: init.headers ?? {}, body: init.body ?? null,
      } satisfies ProductCall);
      if (refusal !== undefined) {
        if (refusal.afterEffect) await call();
        return new Response('', { status: refusal.status });
      }
      const answer = await call();
      return new Response(answer.body === '' ? null : answer.body, { status: answer.status });
    },
  });
});
afterAll(() => {
  expect(unmodelled).toEqual([]);
  expect(log.filter((row) => row.problem !== null).map((row) => `${row.method} ${row.path}: ${row.problem}`)).toEqual([]);
});

const access = createAccess();
const pages = createPageWriter({ texts: createTexts(), id: systemRandom.id, site: async () => ({ org: 'acme', scheme: SCHEME }) });
const USER: Actor = { as: 'user' };
const APP: Actor = { as: 'app' };
const facts = (more: Partial<PageFacts> = {}): PageFacts => ({
  incidentId: 'i-1', nonce: 'nonce-1', key: '2026-001', title: 'Checkout is slow', lang: 'ja', visibility: 'public', detectedAt: 1_700_000_000_000, declaredAt: 1_700_000_001_000, service: null, commander: null, template: 'incident', severity: 'sev1', alerts: {}, ...more,
});
async function ops(): Promise<{ id: string; key: string; parentId: string | null }> {
  const space = await pages.spaceByKey('OPS', APP);
  if (space === null) throw new Error('no space OPS');
  return { ...space, parentId: null };
}
async function create(input: PageFacts, actor: Actor, attempt = 0) {
  return await pages.create(await ops(), pages.title(input, attempt), input, actor.as === 'user' ? [who.getStore() ?? ''] : [], actor);
}
async function createdPage(input: PageFacts, actor: Actor): Promise<{ id: string; url: string }> {
  const answer = await create(input, actor);
  if (answer.outcome !== 'created') throw new Error(JSON.stringify(answer));
  return answer.page;
}

describe('access', () => {
  test.each([
    ['admin', true, true],
    ['alice', true, true],
    ['viewer', true, false],
    ['mallory', false, false],
  ])('%s sees a page: %s, may change it: %s', async (name, sees, changes) => {
    const page = await createdPage(facts(), APP);
    const found = await as(name, () => access.page(page.id));
    expect([found !== null, found?.canUpdate ?? false]).toEqual([sees, changes]);
    expect([...(await as(name, () => access.visiblePages([page.id, '999999999', 'no-id'])))]).toEqual(sees ? [page.id] : []);
  });

  test('a page that does not exist, and ids that are none', async () => {
    expect(await as('alice', () => access.page('999999999'))).toBeNull();
    expect(await as('alice', () => access.page('1?status=draft'))).toBeNull();
    expect((await as('alice', () => access.visiblePages([]))).size).toBe(0);
  });

  test.each([
    ['alice', [['OPS', true], ['SRE', true]]],
    ['viewer', [['OPS', false], ['SRE', false]]],
    ['mallory', []],
  ])('spaces of %s', async (name, expected) => {
    const spaces = await as(name, () => access.spaces(['OPS', 'SRE', 'NOPE', 'a,b']));
    expect(spaces.map((space) => [space.key, space.canCreate]).sort()).toEqual(expected);
  });

  test('only admins are', async () => {
    expect([await as('admin', () => access.isAdmin()), await as('alice', () => access.isAdmin()), await as('mallory', () => access.isAdmin())]).toEqual([true, false, false]);
  });
});

describe('pages', () => {
  test('made by the app, found again by title, nonce and author', async () => {
    const page = await createdPage(facts(), APP);
    expect(page.url).toMatch(new RegExp(`^http://localhost:4100/wiki/spaces/OPS/pages/${page.id}/`));
    expect(await create(facts(), APP)).toEqual({ outcome: 'title-taken', ours: page });
  });

  test('a stranger\'s page of that title, even with our nonce, is not ours; the next title is free', async () => {
    await as('bob', () => createdPage(facts(), USER));
    expect(await create(facts(), APP)).toEqual({ outcome: 'title-taken', ours: null });
    expect((await create(facts(), APP, 1)).outcome).toBe('created');
  });

  test('a lost answer: the second attempt finds the page of the first', async () => {
    refusals = [{ method: 'POST', path: '/pages?', status: 502, afterEffect: true }];
    await expect(create(facts(), APP)).rejects.toMatchObject({ code: 'busy' });
    const again = await create(facts(), APP);
    expect(again.outcome === 'title-taken' && again.ours !== null).toBe(true);
  });

  test('refusals say which', async () => {
    expect(await as('viewer', () => create(facts(), USER))).toMatchObject({ outcome: 'refused', reason: 'no-permission' });
    const gone = await pages.create({ id: '424242', key: 'GONE', parentId: null }, 't', facts(), [], APP);
    expect(gone).toMatchObject({ outcome: 'refused', reason: 'no-space' });
  });

  test('titles carry the key, fit, and differ by attempt', () => {
    expect(pages.title(facts(), 0)).toBe('障害 2026-001: Checkout is slow');
    expect(pages.title(facts({ lang: 'en' }), 2)).toBe('Incident 2026-001: Checkout is slow (3)');
    expect(pages.title(facts({ title: 'あ'.repeat(999), key: 'k'.repeat(300) }), 1).length).toBeLessThanOrEqual(255);
  });
});

test('a page is looked at where it is; in the trash it is still there, deleted and hidden look the same', async () => {
  const page = await as('alice', () => createdPage(facts(), USER));
  const secret = await as('alice', () => createdPage(facts({ visibility: 'private', key: 'abcdefgh' }), USER));
  const remove = (query: string) => products.call({ product: 'confluence', as: { type: 'user', accountId: 'acc-admin' }, via: 'browser', method: 'DELETE', path: `/wiki/api/v2/pages/${page.id}${query}`, headers: {}, body: null });
  expect(await pages.look(page.id, APP)).toEqual({ state: 'current', url: page.url, spaceId: (await ops()).id });
  expect(await as('bob', () => pages.look(page.id, USER))).toEqual({ state: 'current', url: page.url, spaceId: (await ops()).id });
  expect([await pages.look(secret.id, APP), await pages.look('424242', APP)]).toEqual([null, null]);
  await remove('');
  expect(await pages.look(page.id, APP)).toEqual({ state: 'trashed', url: page.url, spaceId: (await ops()).id });
  await remove('?purge=true');
  expect(await pages.look(page.id, APP)).toBeNull();
  refusals = [1, 2, 3].map(() => ({ method: 'GET', path: `/pages/${page.id}`, status: 503, afterEffect: false }));
  await expect(pages.look(page.id, APP)).rejects.toMatchObject({ code: 'busy' });
});

describe('private pages', () => {
  test('are seen by their declarer and, once restricted, by the app, and by nobody else', async () => {
    const secret = facts({ visibility: 'private', key: 'abcdefgh' });
    const page = await as('alice', () => createdPage(secret, USER));
    expect(await as('bob', () => access.page(page.id))).toBeNull();
    for (const _again of [1, 2]) await as('alice', () => pages.restrict(page.id, ['acc-alice'], USER));
    expect(await pages.create(await ops(), pages.title(secret, 0), secret, ['acc-alice'], APP)).toEqual({ outcome: 'title-taken', ours: page });
    expect(await as('bob', () => access.page(page.id))).toBeNull();
    expect((await as('alice', () => access.page(page.id)))?.canUpdate).toBe(true);
  });

  test('are refused where restrictions cannot be set', async () => {
    const page = await as('alice', () => createdPage(facts({ visibility: 'private' }), USER));
    refusals = [{ method: 'PUT', path: 'restriction', status: 403, afterEffect: false }];
    await expect(as('alice', () => pages.restrict(page.id, ['acc-alice'], USER))).rejects.toMatchObject({ code: 'page-refused' });
  });
});

describe('marks', () => {
  const headOf = (page: { id: string; url: string }, more: Partial<IncidentHead> = {}): IncidentHead => {
    const intent: DeclareIntent = { ...facts(), conn: 'acme', kind: 'incident', severity: 'sev1', service: 'shop', space: { id: '1', key: 'OPS' }, declaredBy: null, candidateId: null, alerts: [] };
    return { ...declared(intent, '2026-001').head, page: { ...page, state: 'current' }, ...more };
  };
  async function stored(pageId: string): Promise<{ properties: Record<string, { value: unknown; version: number }>; labels: string[] }> {
    const call = { product: 'confluence', as: { type: 'app' }, via: 'browser', method: 'GET', path: `/wiki/api/v2/pages/${pageId}?include-properties=true&include-labels=true`, headers: {}, body: null } as const;
    const body = JSON.parse((await products.call(call)).body) as { properties: { results: { key: string; value: unknown; version: { number: number } }[] }; labels: { results: { name: string }[] } };
    return { properties: Object.fromEntries(body.properties.results.map((one) => [one.key, { value: one.value, version: one.version.number }])), labels: body.labels.results.map((one) => one.name) };
  }

  test('are made, stay when nothing changed, and follow a change', async () => {
    const page = await createdPage(facts(), APP);
    await pages.mark(headOf(page), APP);
    await pages.mark(headOf(page), APP);
    expect(await stored(page.id)).toEqual({
      properties: {
        mackerel_incident: { value: { key: '2026-001', status: 'investigating', severity: 'sev1', declaredAt: '2023-11-14T22:13:21.000Z' }, version: 1 },
        mackerel_byline: { value: { title: 'SEV1 · 調査中', tooltip: '障害 2026-001: Checkout is slow' }, version: 1 },
      },
      labels: ['mackerel-incident'],
    });
    await pages.mark(headOf(page, { status: 'resolved' }), APP);
    expect((await stored(page.id)).properties['mackerel_byline']).toEqual({ value: { title: 'SEV1 · 復旧', tooltip: '障害 2026-001: Checkout is slow' }, version: 2 });
  });

  test('survive a version that came first', async () => {
    const page = await createdPage(facts(), APP);
    await pages.mark(headOf(page), APP);
    refusals = [{ method: 'PUT', path: 'properties', status: 409, afterEffect: false }];
    await pages.mark(headOf(page, { status: 'identified' }), APP);
    expect((await stored(page.id)).properties['mackerel_incident']?.value).toMatchObject({ status: 'identified' });
  });

  test('a private incident gets no label', async () => {
    const page = await as('alice', () => createdPage(facts({ visibility: 'private' }), USER));
    await as('alice', () => pages.restrict(page.id, ['acc-alice'], USER));
    await as('alice', () => pages.mark(headOf(page, { visibility: 'private' }), USER));
    expect((await stored(page.id)).labels).toEqual([]);
  });
});
