import { openBench, until, type Bench } from './harness';

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

/** Reads a realtime stream as an EventSource would. */
async function listen(query: Record<string, string>): Promise<{ events: string[]; close(): void }> {
  const abort = new AbortController();
  const response = await fetch(`${bench.site.url}/__bridge/realtime?${new URLSearchParams(query)}`, { signal: abort.signal });
  const events: string[] = [];
  void (async () => {
    let text = '';
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(chunk).toString();
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      events.push(...parts.filter((part) => !part.startsWith(':')));
    }
  })().catch(() => undefined);
  return { events, close: () => abort.abort() };
}
const sign = async (payload: Record<string, unknown>): Promise<{ token: string; expiresAt: number }> => (await bench.call('sign', payload)).value as { token: string; expiresAt: number };

test('a global channel reaches who holds a token of the same claims, and nobody else', async () => {
  const claims = { incident: 'i1' };
  const { token, expiresAt } = await sign({ channel: 'inc', claims, permissions: ['subscribe'] });
  expect(expiresAt).toBeGreaterThan(Date.now() / 1000 + 60);
  const other = await sign({ channel: 'inc', claims: { incident: 'i2' }, permissions: ['subscribe'] });
  const [mine, others, none] = await Promise.all([
    listen({ channel: 'inc', isGlobal: 'true', token }),
    listen({ channel: 'inc', isGlobal: 'true', token: other.token }),
    listen({ channel: 'inc', isGlobal: 'true' }),
  ]);
  const publisher = await sign({ channel: 'inc', claims, permissions: ['publish'] });
  expect(await bench.call('publish', { channel: 'inc', n: 7, token: publisher.token })).toMatchObject({ value: { eventId: expect.any(String) } });
  await until(() => mine.events, (events) => events.length > 0);
  expect(mine.events[0]).toContain('{\\"n\\":7}');
  expect([others.events, none.events]).toEqual([[], []]);
  for (const stream of [mine, others, none]) stream.close();
});

test('a token for reading cannot publish; a forged or expired one is refused', async () => {
  const { token } = await sign({ channel: 'c', claims: {}, permissions: ['subscribe'] });
  expect(await bench.call('publish', { channel: 'c', n: 1, token })).toMatchObject({ value: { eventId: null, errors: [{ message: expect.stringContaining('MISSING_PERMISSION') }] } });
  const [head, body] = token.split('.');
  const forged = await listen({ channel: 'c', isGlobal: 'true', token: `${head}.${body}.AAAA` });
  await until(() => forged.events, (events) => events.some((event) => event.includes('INVALID_TOKEN')));
  const live = await listen({ channel: 'c', isGlobal: 'true', token });
  await bench.control('PUT', 'clock', { offsetMs: 3_600_000 });
  await until(() => live.events, (events) => events.some((event) => event.includes('TOKEN_EXPIRED')));
  await bench.control('PUT', 'clock', { offsetMs: 0 });
});

test('nobody listening gives a null event id; past fifty operations a second there are errors', async () => {
  expect(await bench.call('publish', { channel: 'empty', n: 1 })).toMatchObject({ value: { eventId: null } });
  const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => bench.call('publish', { channel: 'empty', n })));
  expect(JSON.stringify(answers)).toContain('RATE_LIMIT_EXCEEDED');
});
