import { openBench, type Bench } from './harness';

let bench: Bench;
let url: string;
beforeAll(async () => {
  bench = await openBench();
  url = (await bench.call('hookUrl')).value as string;
});
afterAll(() => bench.stop());
afterEach(() => bench.control('DELETE', 'faults'));

test('a web trigger gets method, headers, query and path as arrays and text, and no user', async () => {
  const headers = { authorization: `Basic ${Buffer.from('m:s').toString('base64')}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/more/path?a=1&a=2&b=`, { method: 'POST', headers, body: '{"event":"sample"}' });
  expect([response.status, response.headers.get('x-seen')]).toEqual([202, 'yes']);
  const { request, context } = (await response.json()) as { request: Record<string, unknown>; context: Record<string, unknown> };
  expect(request).toMatchObject({ method: 'POST', body: '{"event":"sample"}', userPath: '/more/path', queryParameters: { a: ['1', '2'], b: [''] }, headers: { authorization: [headers.authorization] } });
  expect(context).not.toHaveProperty('principal');
  const asUser = await fetch(`${url}/as-user`, { method: 'POST' });
  expect(await asUser.json()).toMatchObject({ name: 'NEEDS_AUTHENTICATION_ERR' });
});

test('the status names the addresses and both of Mackerel\'s keys', async () => {
  const { site, app, mackerel } = bench.site.urls;
  expect((await bench.control('GET', 'status')).body).toMatchObject({ ready: true, site, app, mackerel: { url: mackerel, apiKey: 'key', readOnlyKey: 'read' } });
});

test('an unknown token, a broken answer and a failing function have their own status', async () => {
  const post = (to: string) => fetch(to, { method: 'POST', body: 'x' }).then(({ status }) => status);
  expect(await post(`${bench.site.url}/x/nobody`)).toBe(404);
  expect(await post(`${url}/broken`)).toBe(500);
  await bench.control('PUT', 'faults', [{ target: 'function', path: 'webhook' }]);
  expect(await post(url)).toBe(424);
});

test('a thousand calls over eight connections take seconds', async () => {
  const generous = await openBench({ limits: { webtriggerPerSecond: 100_000 } });
  const hook = (await generous.call('hookUrl')).value as string;
  const began = performance.now();
  let left = 1_000;
  const statuses = new Set<number>();
  const connection = async (): Promise<void> => {
    while (left-- > 0) {
      const response = await fetch(hook, { method: 'POST', body: '{}' });
      statuses.add(response.status);
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: 8 }, connection));
  expect([...statuses]).toEqual([202]);
  expect(performance.now() - began).toBeLessThan(30_000);
  await generous.stop();
}, 60_000);

test('three hundred calls a second, then 429', async () => {
  const strict = await openBench({ limits: { webtriggerPerSecond: 1 } });
  const hook = (await strict.call('hookUrl')).value as string;
  const statuses = await Promise.all([1, 2, 3].map(() => fetch(hook, { method: 'POST' }).then(({ status }) => status)));
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
  await strict.stop();
});
