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
