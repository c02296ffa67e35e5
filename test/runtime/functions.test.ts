import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBench, until, type Bench } from './harness';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.stop());
afterEach(() => bench.control('DELETE', 'faults'));

test('a resolver gets the platform’s request and an identity nobody can claim', async () => {
  const answer = await bench.control('POST', 'invoke', { moduleKey: 'board', functionKey: 'context', payload: { accountId: 'acc-admin' }, context: { contentId: '12' } });
  expect(answer.body).toEqual({
    result: {
      value: expect.objectContaining({
        accountId: 'acc-alice',
        cloudId: 'local-site-cloud',
        moduleKey: 'board',
        installContext: 'ari:cloud:confluence::site/local-site-cloud',
        extension: expect.objectContaining({ type: 'macro', content: { id: '12', type: 'page', subtype: null }, space: { id: '7', key: 'OPS' } }),
      }),
    },
  });
});

test('an unknown verb, an unknown module and an anonymous visitor are refused', async () => {
  const invoke = (body: unknown, user = 'alice') =>
    fetch(`${bench.site.url}/__site/invoke`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-site-user': user }, body: JSON.stringify(body) }).then((r) => r.json());
  await expect(invoke({ moduleKey: 'board', functionKey: 'nope', payload: {} })).resolves.toEqual({ error: { name: 'Error', message: "Resolver has no definition for 'nope'." } });
  await expect(invoke({ moduleKey: 'nope', functionKey: 'get', payload: {} })).resolves.toMatchObject({ error: { name: 'MODULE_NOT_FOUND' } });
  await expect(invoke({ moduleKey: 'board', functionKey: 'context', payload: {} }, 'anonymous')).resolves.toMatchObject({ error: { name: 'UNLICENSED' } });
});

test('functions are told of a license that is set, and of none otherwise, also after a restart', async () => {
  const own = await openBench();
  const told = async (at: Bench): Promise<unknown[]> => {
    const [resolver, app] = [await at.call('context'), await at.call('app')] as { value: Record<string, unknown> }[];
    const hook = await fetch((await at.call('hookUrl')).value as string, { method: 'POST', body: '{}' }).then((answer) => answer.json() as Promise<{ context: Record<string, unknown> }>);
    return [resolver?.value['license'], app?.value['license'], hook.context['license']];
  };
  expect(await told(own)).toEqual([undefined, undefined, undefined]);
  expect(await own.control('PUT', 'license', { active: false })).toEqual({ status: 200, body: { active: false } });
  const again = await own.restart();
  expect(await told(again)).toEqual([{ active: false }, { active: false }, { active: false }]);
  await again.control('PUT', 'license', { active: null });
  expect([(await told(again))[0], (await again.control('PUT', 'license', { on: 1 })).status]).toEqual([undefined, 400]);
  await again.stop();
});

test('reports of stored accounts answer those that were closed; what the vendor does not take is refused', async () => {
  const text = '2026-11-24T00:00:00.000Z';
  const ids = Array.from({ length: 95 }, (_, n) => `acc-${n}`);
  expect(await bench.call('report', { ids, text })).toEqual({ value: [] });
  await bench.control('PUT', 'accounts', { closed: ['acc-3', 'acc-94', 'acc-other'] });
  expect(await bench.call('report', { ids, text })).toEqual({ value: ['acc-3', 'acc-94'].map((accountId) => ({ accountId, status: 'closed' })) });
  expect(await bench.call('report', { ids: ['acc-1'], text: 'yesterday' })).toMatchObject({ error: { status: 400 } });
});

test('getAppContext names the app, the environment and the time left', async () => {
  const { value } = (await bench.call('app')) as { value: Record<string, unknown> };
  expect(value).toMatchObject({ environmentType: 'DEVELOPMENT', moduleKey: 'board', appAri: 'ari:cloud:ecosystem::app/11111111-2222-3333-4444-555555555555' });
  expect(value['left']).toBeGreaterThan(20_000);
});

test('asUser is the caller, asApp the app, and nobody else can be impersonated', async () => {
  expect(await bench.call('page', { id: '12' })).toMatchObject({ value: { body: { as: { type: 'user', accountId: 'acc-alice' } } } });
  expect(await bench.call('page', { id: '12', as: 'app' })).toMatchObject({ value: { body: { as: { type: 'app' } } } });
  expect(await bench.call('page', { id: '12', accountId: 'acc-admin' })).toMatchObject({ error: { name: 'NEEDS_AUTHENTICATION_ERR' } });
  expect(bench.productCalls.filter(({ via }) => via === 'function')).toHaveLength(2);
});

test('fetch reaches declared hosts only, through the global function too', async () => {
  expect(await bench.call('reach', { url: 'https://api.mackerelio.com/api/v0/org?x=1', init: { headers: { 'X-Api-Key': 'k' } } })).toEqual({ value: { status: 200, body: '{"name":"org"}' } });
  expect(bench.mackerelCalls).toEqual([expect.objectContaining({ method: 'GET', url: '/api/v0/org?x=1', headers: expect.objectContaining({ 'x-api-key': 'k' }) })]);
  for (const global of [true, false]) {
    expect(await bench.call('reach', { url: 'https://example.com/x', global })).toMatchObject({ error: { name: 'REQUEST_EGRESS_ALLOWLIST_ERR', status: 403 } });
  }
  await bench.call('reach', { url: 'https://hooks.slack.com/services/a', init: { method: 'POST', body: '{"text":"hi"}' } });
  expect((await bench.control('GET', 'slack')).body).toMatchObject([{ url: 'https://hooks.slack.com/services/a', body: { text: 'hi' } }]);
});

test('with the real Mackerel connected only reading leaves the site', async () => {
  const asked: string[] = [];
  const mackerel = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json').end('{"channels":[]}');
  });
  await new Promise<void>((resolve) => mackerel.listen(0, 'localhost', resolve));
  const reading = await openBench({ realMackerel: { apiKey: 'k', url: `http://localhost:${(mackerel.address() as AddressInfo).port}` } });
  const reach = (method: string, to: string) => reading.call('reach', { url: `https://api.mackerelio.com/api/v0${to}`, init: { method, ...(method === 'GET' ? {} : { body: '{}' }) } });
  expect(await reach('GET', '/channels')).toEqual({ value: { status: 200, body: '{"channels":[]}' } });
  for (const [method, to] of [['POST', '/channels'], ['PUT', '/alerts/a1'], ['DELETE', '/channels/c1'], ['post', '/alerts/a1/close']] as const) {
    const message = `This local site only reads the real Mackerel. ${method.toUpperCase()} /api/v0${to} was not sent: alerts are polled, no webhook channel is registered and nothing is changed there.`;
    expect(await reach(method, to)).toEqual({ value: { status: 403, body: JSON.stringify({ error: { message } }) } });
  }
  expect(asked).toEqual(['GET /api/v0/channels']);
  expect([reading.site.mackerel, reading.mackerelCalls]).toEqual([null, []]);
  await reading.stop();
  mackerel.closeAllConnections();
  await new Promise((resolve) => mackerel.close(resolve));
});

test('a bare fault fails the function, and only as often as asked', async () => {
  await bench.control('PUT', 'faults', [{ target: 'function', path: 'resolver/now', times: 1 }]);
  await expect(bench.call('now')).rejects.toMatchObject({ name: 'FUNCTION_FAILED' });
  await expect(bench.call('now')).resolves.toMatchObject({ value: { isDate: true } });
});

test('killed after a write took effect, the call fails, the write stays and the next call works', async () => {
  await bench.control('PUT', 'faults', [{ target: 'kvs', path: '/set', times: 1, kill: true }]);
  await expect(bench.call('set', { key: 'killed', value: 1 })).rejects.toMatchObject({ name: 'FUNCTION_CRASHED' });
  expect(await bench.call('get', { key: 'killed' })).toEqual({ value: 1 });
});

test('a process that ends by itself takes every call in flight with it', async () => {
  const calls = await Promise.allSettled([bench.call('exit'), bench.call('exit'), bench.call('exit')]);
  expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await bench.call('get', { key: 'killed' })).toEqual({ value: 1 });
});

test('payloads past the platform’s limits are refused', async () => {
  await expect(bench.call('get', { key: 'x'.repeat(600 * 1024) })).rejects.toMatchObject({ name: 'PAYLOAD_TOO_LARGE' });
  await expect(bench.call('big', { bytes: 6 * 1024 * 1024 })).rejects.toMatchObject({ name: 'PAYLOAD_TOO_LARGE' });
});

test('functions live in the site’s time', async () => {
  await bench.control('PUT', 'clock', { offsetMs: 3_600_000 });
  const { value } = (await bench.call('now')) as { value: { now: number; date: number } };
  await bench.control('PUT', 'clock', { offsetMs: 0 });
  expect(value.now - Date.now()).toBeGreaterThan(3_590_000);
  expect(Math.abs(value.date - value.now)).toBeLessThan(1_000);
});

test('adfExport is told the page and the kind of export', async () => {
  const answer = await bench.control('POST', 'export', { moduleKey: 'board', exportType: 'pdf', context: { contentId: '12' } });
  expect(JSON.stringify(answer.body)).toContain('pdf of 12');
});

test('usage counts calls, and unmodelled questions are listed', async () => {
  await bench.control('POST', 'usage/reset');
  await bench.call('set', { key: 'usage', value: 'x'.repeat(15 * 1024) });
  await bench.call('page', { id: '1', as: 'app' });
  expect((await bench.control('GET', 'usage')).body).toMatchObject({
    functions: { resolver: { invocations: 2, failed: 0 } },
    kvs: { writeUnits: 2, readUnits: 0 },
    rest: { confluence: { calls: 1, points: 1 }, jira: { calls: 0 } },
  });
  expect((await bench.control('GET', 'unmodelled')).body).toEqual([]);
});

test('a busy loop is ended at the time limit', async () => {
  const strict = await openBench({ limits: { resolverMs: 300 } });
  await strict.call('now').catch(() => undefined);
  await expect(strict.call('spin')).rejects.toMatchObject({ name: 'FUNCTION_TIME_OUT' });
  await until(() => strict.call('now').catch(() => null), (answer) => answer !== null);
  await strict.stop();
});
