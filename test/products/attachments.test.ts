import { testSite, type Caller, type TestSite } from './site';

const SCOPES = ['write:confluence-file', 'read:attachment:confluence', 'read:page:confluence', 'write:page:confluence', 'write:confluence-content'];
let site: TestSite;
let page: string;
beforeEach(async () => {
  site = testSite({ scopes: SCOPES });
  page = await site.page('alice', 'A');
});

async function attach(caller: Caller, method: 'POST' | 'PUT', name: string, data: string, headers: Record<string, string> = { 'X-Atlassian-Token': 'nocheck' }): Promise<{ status: number; json: unknown }> {
  const form = new FormData();
  form.append('file', new File([data], name, { type: 'application/json' }));
  form.append('minorEdit', 'true');
  const encoded = new Response(form);
  const type = encoded.headers.get('content-type') ?? '';
  const as = caller === 'app' ? ({ type: 'app' } as const) : ({ type: 'user', accountId: `acc-${caller}` } as const);
  const answer = await site.products.call({ product: 'confluence', as, via: caller === 'app' ? 'function' : 'browser', method, path: `/wiki/rest/api/content/${page}/child/attachment`, headers: { ...headers, 'content-type': type }, body: await encoded.text() });
  return { status: answer.status, json: JSON.parse(answer.body) as unknown };
}
const download = async (caller: Caller, path: string): Promise<{ status: number; body: string; headers: Readonly<Record<string, string>> }> =>
  await site.products.call({ product: 'confluence', as: { type: 'user', accountId: `acc-${caller}` }, via: 'browser', method: 'GET', path, headers: {}, body: null });

test('a file is attached, listed and read back byte for byte', async () => {
  const data = '{"値":"<img onerror=alert(1)>\r\n"}';
  expect(await attach('app', 'POST', 'a.json', data)).toMatchObject({ status: 200, json: { results: [{ title: 'a.json', version: { number: 1 }, extensions: { mediaType: 'application/json' } }], size: 1 } });
  const { json } = await site.as('bob', 'GET', `/wiki/api/v2/pages/${page}/attachments?filename=a.json`);
  expect(json.results).toMatchObject([{ title: 'a.json', pageId: page, fileSize: Buffer.byteLength(data), version: { number: 1, authorId: 'acc-app' } }]);
  const [{ id, downloadLink }] = json.results;
  const led = await site.as('bob', 'GET', `/wiki/rest/api/content/${page}/child/attachment/${id}/download`);
  expect([led.status, led.headers['location']]).toEqual([302, `http://localhost:4100/wiki${downloadLink}`]);
  const got = await download('bob', `/wiki${downloadLink}`);
  expect([got.status, got.body]).toEqual([200, data]);
  expect(got.headers['content-disposition']).toBe("attachment; filename*=UTF-8''a.json");
});

test('bytes that are no text come back as they were', async () => {
  const bytes = Uint8Array.from({ length: 512 }, (_, n) => n % 256);
  const form = new FormData();
  form.append('file', new File([bytes], 'a.png', { type: 'image/png' }));
  form.append('minorEdit', 'true');
  const encoded = new Response(form);
  const headers = { 'X-Atlassian-Token': 'nocheck', 'content-type': encoded.headers.get('content-type') ?? '' };
  const made = await site.products.call({ product: 'confluence', as: { type: 'app' }, via: 'function', method: 'PUT', path: `/wiki/rest/api/content/${page}/child/attachment`, headers, body: null, bytes: new Uint8Array(await encoded.arrayBuffer()) });
  expect(JSON.parse(made.body)).toMatchObject({ results: [{ title: 'a.png', extensions: { mediaType: 'image/png', fileSize: 512 } }] });
  const got = await site.products.call({ product: 'confluence', as: { type: 'user', accountId: 'acc-bob' }, via: 'browser', method: 'GET', path: `/wiki/download/attachments/${page}/a.png`, headers: {}, body: null });
  expect([got.status, got.headers['content-type'], Buffer.from(got.bytes ?? [])]).toEqual([200, 'image/png', Buffer.from(bytes)]);
});

test('a file of the same name is refused by POST and becomes a version by PUT; the older one stays', async () => {
  await attach('app', 'PUT', 'a.json', 'one');
  expect((await attach('bob', 'POST', 'a.json', 'two')).status).toBe(400);
  expect(await attach('bob', 'PUT', 'a.json', 'two')).toMatchObject({ status: 200, json: { results: [{ version: { number: 2 } }] } });
  const { json } = await site.as('alice', 'GET', `/wiki/api/v2/pages/${page}/attachments`);
  expect(json.results).toMatchObject([{ title: 'a.json', version: { number: 2, authorId: 'acc-bob' } }]);
  const base = `/wiki/download/attachments/${page}/a.json`;
  expect([(await download('alice', `${base}?version=1`)).body, (await download('alice', base)).body]).toEqual(['one', 'two']);
  expect((await site.as('alice', 'GET', `/wiki/api/v2/attachments/${json.results[0].id}`)).json).toMatchObject({ title: 'a.json', version: { number: 2 } });
});

test('who may not edit cannot attach, and who may not see the page sees no file', async () => {
  expect((await attach('bob', 'POST', 'a.json', 'x', {})).status).toBe(403);
  expect((await attach('viewer', 'POST', 'a.json', 'x')).status).toBe(403);
  expect((await attach('bob', 'POST', 'a.json', 'x')).status).toBe(200);
  const { json } = await site.as('alice', 'GET', `/wiki/api/v2/pages/${page}/attachments`);
  const { id } = json.results[0];
  expect((await site.as('viewer', 'GET', `/wiki/api/v2/attachments/${id}`)).status).toBe(200);
  const paths = [`/wiki/api/v2/attachments/${id}`, `/wiki/api/v2/pages/${page}/attachments`, `/wiki/rest/api/content/${page}/child/attachment/${id}/download`];
  expect(await Promise.all(paths.map(async (path) => (await site.as('mallory', 'GET', path)).status))).toEqual([404, 404, 404]);
  expect((await download('mallory', `/wiki/download/attachments/${page}/a.json`)).status).toBe(404);
});

test('the app needs a scope to attach and one to read', async () => {
  site = testSite({ scopes: ['read:page:confluence'] });
  page = await site.page('alice', 'A');
  expect((await attach('app', 'PUT', 'a.json', 'x')).status).toBe(403);
  expect((await site.as('app', 'GET', `/wiki/api/v2/pages/${page}/attachments`)).status).toBe(403);
});
