import type { Site } from '../../local-site/site';
import { pageWithMacro, startProbeSite } from './site';

let site: Site;
beforeAll(async () => {
  site = await startProbeSite();
}, 60_000);
afterAll(() => site.stop());

interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}
async function ask(path: string, user: string, body?: unknown, method = body === undefined ? 'GET' : 'POST', headers: Record<string, string> = {}): Promise<Answer> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(site.url + path, { method, headers: { 'content-type': 'application/json', 'x-site-user': user, ...headers }, ...init });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
async function newPage(title: string): Promise<string> {
  const { json } = await ask('/__web/pages', 'alice', { spaceKey: 'OPS', title, body: pageWithMacro(site, { incidentId: 'i1' }) });
  return String(json['url']).split('/')[5] ?? '';
}
const source = async (): Promise<string> => {
  const { json } = await ask('/__web/session', 'bob');
  return (json['modules'] as { key: string; src: string }[]).find((module) => module.key === 'probe')?.src ?? '';
};

describe('frames', () => {
  test('a page of the app lies under a deep path, with the bridge before anything of its own', async () => {
    const src = await source();
    expect(new URL(src).pathname).toMatch(/^\/[0-9a-f]{24}\/[0-9a-f]{20}\/ui\/probe\.html$/);
    const html = await (await fetch(src)).text();
    expect(/<head>\s*<script src="([^"]+)"/.exec(html)?.[1]).toMatch(/\/__host\/bridge\.js$/);
    expect(html.indexOf('bridge.js')).toBeLessThan(html.indexOf('probe.js'));
  });

  test('it carries the production policy with the manifest’s addresses, reporting to this machine', async () => {
    const csp = (await fetch(await source())).headers.get('content-security-policy') ?? '';
    expect(csp).toContain('https://pictures.example.com');
    expect(csp).toMatch(/style-src[^;]*'unsafe-inline'/);
    expect(csp).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(/frame-ancestors [^;]+/.exec(csp)?.[0]).toContain(site.urls.site);
    expect(csp.match(/report-uri [^;]+/g)).toEqual([`report-uri ${site.urls.app}/__csp-report`]);
  });

  test.each(['/assets/probe.js', '/probe.js', '/ui/probe.html'])('the absolute path %s is not there', async (path) => {
    expect((await fetch(site.urls.app + path)).status).toBe(404);
  });

  test('texts lie beside the pages, as the bundler copies them', async () => {
    const info = (await (await fetch(new URL('./__LOCALES__/i18n-info.json', await source()))).json()) as unknown;
    expect(info).toEqual({ config: { locales: ['en-US', 'ja-JP'], fallback: { default: 'en-US' } } });
    expect(await (await fetch(new URL('./__LOCALES__/ja-JP.json', await source()))).json()).toMatchObject({ hello: 'こんにちは' });
  });
});

describe('bridge routes', () => {
  test('a verb runs as the person in the cookie, whatever the payload says', async () => {
    const { json } = await ask('/__bridge/invoke', 'bob', { moduleKey: 'probe', functionKey: 'echo', payload: { accountId: 'acc-admin' }, context: {} });
    expect(json).toMatchObject({ ok: true, result: { accountId: 'acc-bob', payload: { accountId: 'acc-admin' } } });
  });

  test('a function that fails is told as the platform tells it', async () => {
    const { json } = await ask('/__bridge/invoke', 'bob', { moduleKey: 'probe', functionKey: 'boom', context: {} });
    expect(json).toMatchObject({ ok: false, error: { message: expect.stringMatching(/^There was an error invoking the function/) as string } });
  });

  test('the context names person, place and macro parameters', async () => {
    const contentId = await newPage('Context');
    const { json } = await ask('/__bridge/context', 'alice', { moduleKey: 'probe', place: { contentId, spaceKey: 'OPS', config: { a: 1 } }, colorMode: 'dark' });
    expect(json).toMatchObject({
      accountId: 'acc-alice',
      locale: 'ja-JP',
      siteUrl: site.urls.site,
      theme: { colorMode: 'dark' },
      extension: { type: 'macro', content: { id: contentId }, space: { key: 'OPS' }, config: { a: 1 }, isEditing: false },
    });
  });

  test('the app’s own origin may not speak for the site’s user', async () => {
    const answer = await ask('/__bridge/invoke', 'admin', { moduleKey: 'probe', functionKey: 'echo', context: {} }, 'POST', { origin: site.urls.app });
    expect(answer.status).toBe(403);
  });

  test('a product call leaves for this product only', async () => {
    const call = (restPath: string, product = 'confluence') => ask('/__bridge/fetchProduct', 'alice', { product, restPath, fetchRequestInit: { headers: [] } });
    expect((await call('//evil.example/wiki')).status).toBe(400);
    expect((await call('/2.0/repositories', 'bitbucket')).status).toBe(501);
    expect((await call(`/wiki/api/v2/pages/${await newPage('Fetched')}`)).json).toMatchObject({ status: 200 });
  });

  test('a product call is the app\'s: it needs the manifest\'s scopes, while the person\'s own browser does not', async () => {
    const restPath = '/wiki/rest/api/user/current';
    const call = await ask('/__bridge/fetchProduct', 'alice', { product: 'confluence', restPath, fetchRequestInit: { headers: [] } });
    expect(call.json).toMatchObject({ status: 403, body: expect.stringContaining('read:confluence-user') as string });
    expect(await ask(restPath, 'alice')).toMatchObject({ status: 200, json: { accountId: 'acc-alice' } });
  });
});

describe('pages', () => {
  test('who may not see a page gets the same answer as for one that does not exist', async () => {
    const id = await newPage('Hidden from mallory');
    const [hidden, missing] = [await ask(`/__web/pages/${id}`, 'mallory'), await ask('/__web/pages/99999999', 'mallory')];
    expect(hidden.status).toBe(404);
    expect({ ...hidden.json, message: '' }).toEqual({ ...missing.json, message: '' });
  });

  test('a draft is shared, shown on the page, and published as the next version', async () => {
    const id = await newPage('Drafted');
    const edit = { title: 'Drafted', body: JSON.stringify({ type: 'doc', version: 1, content: [] }), version: 1, publish: false };
    expect((await ask(`/__web/pages/${id}`, 'alice', edit, 'PUT')).status).toBe(204);
    expect((await ask(`/__web/pages/${id}/edit`, 'bob')).json).toMatchObject({ isDraft: true, version: 1 });
    expect((await ask(`/__web/pages/${id}`, 'bob')).json).toMatchObject({ version: 1, draft: { by: expect.any(String) as string } });
    expect((await ask(`/__web/pages/${id}`, 'bob', { ...edit, publish: true }, 'PUT')).status).toBe(204);
    expect((await ask(`/__web/pages/${id}`, 'alice')).json).toMatchObject({ version: 2, draft: null });
  });

  test('a document Confluence would refuse is refused with its reason and nothing is stored', async () => {
    const id = await newPage('Kept');
    const body = JSON.stringify({ type: 'doc', version: 1, content: [{ type: 'panel', attrs: { panelType: 'danger' }, content: [] }] });
    const answer = await ask(`/__web/pages/${id}`, 'alice', { title: 'Kept', body, version: 1, publish: true }, 'PUT');
    expect(answer.status).toBe(400);
    expect(answer.json['message']).toBeTruthy();
    expect((await ask(`/__web/pages/${id}`, 'alice')).json).toMatchObject({ version: 1, draft: null });
  });
});

describe('the life of a page', () => {
  const act = (id: string, what: string, user: string, body: object = {}) => ask(`/__web/pages/${id}/${what}`, user, body);
  const idOf = (answer: Answer): string => String(answer.json['url']).split('/')[5] ?? '';
  async function heard(kind: string): Promise<unknown> {
    expect((await ask('/__site/idle', 'admin')).status).toBe(200);
    const { json } = await ask('/__bridge/invoke', 'admin', { moduleKey: 'probe', functionKey: 'heard', payload: { eventType: `avi:confluence:${kind}:page` }, context: {} });
    return (json['result'] as { event: unknown }).event;
  }
  const trash = async (user: string) => (await ask('/__web/spaces/OPS/trash', user)).json['pages'] as { id: string; canEdit: boolean; canPurge: boolean }[];

  test('is told to the app: copied, moved, trashed, restored, deleted', async () => {
    const id = await newPage('Told');
    const copy = idOf(await act(id, 'copy', 'bob', { title: 'Told again', parentId: '98401' }));
    expect(await heard('copied')).toMatchObject({ eventType: 'avi:confluence:copied:page', atlassianId: 'acc-bob', selfGenerated: false, originContentId: id, content: { id: copy, title: 'Told again', space: { key: 'OPS' } } });
    expect(await act(copy, 'move', 'bob', { parentId: '98402' })).toMatchObject({ status: 200, json: { url: expect.stringContaining('/SRE/') as string } });
    expect(await heard('moved')).toMatchObject({ content: { id: copy, space: { id: 65602, key: 'SRE' } }, prevContent: { id: copy, space: { id: 65601, key: 'OPS' } } });
    expect((await act(copy, 'trash', 'alice')).status).toBe(204);
    expect(await heard('trashed')).toMatchObject({ atlassianId: 'acc-alice', content: { id: copy, status: 'trashed' } });
    expect((await act(copy, 'restore', 'bob')).json).toMatchObject({ url: expect.stringContaining(copy) as string });
    expect(await heard('restored')).toMatchObject({ atlassianId: 'acc-bob', content: { id: copy, status: 'current' } });
    expect(await heard('deleted')).toBeNull();
    await act(copy, 'trash', 'alice');
    expect((await act(copy, 'purge', 'admin')).status).toBe(204);
    expect(await heard('deleted')).toMatchObject({ atlassianId: 'acc-admin', content: { id: copy } });
  });

  test('keeps body and properties over copy, trash and return', async () => {
    const id = await newPage('Carried');
    const property = { key: 'mackerel_incident', value: { status: 'resolved' } };
    await ask(`/wiki/api/v2/pages/${id}/properties`, 'alice', property);
    const copy = idOf(await act(id, 'copy', 'alice', { title: 'Carried copy', parentId: '98401' }));
    const macroOf = async (page: string) => JSON.stringify((await ask(`/__web/pages/${page}`, 'alice')).json['body']);
    expect(await macroOf(copy)).toBe(await macroOf(id));
    await act(copy, 'trash', 'alice');
    await act(copy, 'restore', 'alice');
    expect(await macroOf(copy)).toBe(await macroOf(id));
    expect((await ask(`/wiki/api/v2/pages/${copy}/properties`, 'alice')).json['results']).toMatchObject([property]);
    const found = await ask(`/wiki/rest/api/search?cql=${encodeURIComponent('mackerelIncidentStatus = "resolved" order by title')}`, 'bob');
    expect((found.json['results'] as { title: string }[]).map(({ title }) => title)).toEqual(['Carried', 'Carried copy']);
  });

  test('is each person\'s own right', async () => {
    const id = await newPage('Guarded');
    const refused = [await act(id, 'trash', 'viewer'), await act(id, 'move', 'viewer', { parentId: '98403' }), await act(id, 'copy', 'viewer', { title: 'Mine', parentId: '98401' }), await act(id, 'trash', 'mallory')];
    expect(refused.map(({ status }) => status)).toEqual([404, 403, 403, 404]);
    expect((await act('98401', 'trash', 'admin')).status).toBe(400);
    expect((await act(id, 'restore', 'alice')).status).toBe(400);
    await act(id, 'trash', 'alice');
    expect((await act(id, 'purge', 'alice')).status).toBe(404);
    const rightsOf = async (user: string) => (await trash(user)).find((page) => page.id === id);
    expect(await rightsOf('alice')).toMatchObject({ canEdit: true, canPurge: false });
    expect(await rightsOf('admin')).toMatchObject({ canEdit: true, canPurge: true });
    expect((await ask('/__web/spaces/OPS/trash', 'mallory')).status).toBe(404);
    expect((await ask(`/__web/pages/${id}`, 'alice')).json).toMatchObject({ trashed: true, canPurge: false, isHome: false });
  });

  test('a refusal carries Confluence\'s own words', async () => {
    const id = await newPage('Twice');
    expect((await act(id, 'copy', 'alice', { title: 'twice', parentId: '98401' })).json['message']).toMatch(/A page with this title already exists/);
  });
});

test('switches of the products are set with the others', async () => {
  const all = { indexLagMs: 0, keepExpiredMs: 0, searchLagMs: 0, jiraSearchLagMs: 0, jiraAbsent: false, publishMode: 'conflict', templatesLoseMacros: false };
  expect((await ask('/__site/switches', 'admin')).json).toEqual(all);
  expect((await ask('/__site/switches', 'admin', { publishMode: 'sometimes' }, 'PUT')).status).toBe(400);
  const changed = { searchLagMs: 5_000, jiraSearchLagMs: 6_000, jiraAbsent: true, publishMode: 'overwrite', templatesLoseMacros: true };
  expect((await ask('/__site/switches', 'admin', changed, 'PUT')).json).toEqual({ ...all, ...changed });

  const id = await newPage('Overwritten');
  const edit = { title: 'Overwritten', body: JSON.stringify({ type: 'doc', version: 1, content: [] }), version: 1 };
  await ask(`/__web/pages/${id}`, 'alice', { ...edit, publish: false }, 'PUT');
  const update = { id, status: 'current', title: 'Overwritten', body: { representation: 'atlas_doc_format', value: edit.body }, version: { number: 2 } };
  await site.deps.products.call({ product: 'confluence', as: { type: 'app' }, via: 'function', method: 'PUT', path: `/wiki/api/v2/pages/${id}`, headers: { 'content-type': 'application/json' }, body: JSON.stringify(update) });
  expect((await ask(`/__web/pages/${id}`, 'alice', { ...edit, publish: true }, 'PUT')).status).toBe(204);
  expect((await ask('/__site/switches', 'admin', { searchLagMs: 0, jiraSearchLagMs: 0, jiraAbsent: false, publishMode: 'conflict', templatesLoseMacros: false }, 'PUT')).json).toEqual(all);
});
