import { openBench, until, type Bench } from './harness';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ limits: { retryMs: 20 } });
});
afterAll(() => bench.stop());
afterEach(() => bench.control('DELETE', 'faults'));
const push = (...bodies: Record<string, unknown>[]) => bench.call('push', { events: bodies.map((body) => ({ body })) });
const idle = async (): Promise<void> => expect((await bench.control('GET', 'idle?timeoutMs=9000')).status).toBe(200);
const runs = async (key: string): Promise<unknown[]> => ((await bench.call('get', { key })).value as { runs: unknown[] } | null)?.runs ?? [];

test('an event runs once; one that asks for it runs again with what it said', async () => {
  await push({ key: 'once' }, { key: 'retried', failures: 1 });
  await idle();
  expect(await runs('once')).toEqual([null]);
  expect(await runs('retried')).toEqual([null, { retryCount: 1, retryReason: 'FUNCTION_RETRY_REQUEST', retryData: { run: 0 } }]);
});

test('an event that always throws is tried five times, then counted as failed', async () => {
  const { value } = (await push({ key: 'hopeless', failures: 99, how: 'throw' })) as { value: { jobId: string } };
  await idle();
  expect(await runs('hopeless')).toHaveLength(5);
  expect(await bench.call('stats', { jobId: value.jobId })).toEqual({ value: { success: 0, inProgress: 0, failed: 1 } });
  expect((await bench.control('GET', 'status')).body).toMatchObject({ queue: { pending: 0, failed: 1 } });
});

test('an event whose process is killed runs again', async () => {
  await bench.control('PUT', 'faults', [{ target: 'kvs', path: '/set', times: 1, kill: true }]);
  await push({ key: 'killed' });
  await idle();
  expect(await runs('killed')).toEqual([null, { retryCount: 1, retryReason: 'FUNCTION_PLATFORM_UNKNOWN_ERROR', retryData: null }]);
});

test('a concurrency key of one lets events run one after the other', async () => {
  const events = Array.from({ length: 12 }, () => ({ body: { key: 'serial' }, concurrency: { key: 'c', limit: 1 } }));
  await bench.call('push', { events });
  await idle();
  // Read and write of one key without a guard: any overlap would lose a run.
  expect(await runs('serial')).toHaveLength(12);
});

test('a push may be refused, lost or doubled on request', async () => {
  await bench.control('PUT', 'faults', [{ target: 'queue', path: 'publish', status: 429, times: 1 }]);
  expect(await push({ key: 'refused' })).toMatchObject({ error: { message: 'Too many requests.' } });
  await bench.control('PUT', 'faults', [{ target: 'queue', drop: true, times: 1 }]);
  await push({ key: 'lost' });
  await bench.control('PUT', 'faults', [{ target: 'queue', duplicate: true, times: 1 }]);
  await bench.call('push', { events: [{ body: { key: 'doubled' }, concurrency: { key: 'd', limit: 1 } }] });
  await idle();
  expect([await runs('refused'), await runs('lost'), await runs('doubled')]).toEqual([[], [], [null, null]]);
});

test('a delayed event waits for its time, across a restart of the site', async () => {
  const first = await openBench();
  await first.call('push', { events: [{ body: { key: 'later' }, delayInSeconds: 600 }] });
  const second = await first.restart();
  expect((await second.control('GET', 'idle?timeoutMs=100')).status).toBe(504);
  expect(await second.call('get', { key: 'later' })).toEqual({ value: null });
  await second.control('PUT', 'clock', { offsetMs: 601_000 });
  await until(() => second.call('get', { key: 'later' }), ({ value }) => value !== null);
  await second.stop();
});

test('five hundred events a minute, then 429', async () => {
  const strict = await openBench({ limits: { queueEventsPerMinute: 2 } });
  expect(await strict.call('push', { events: [{ body: { key: 'a' } }, { body: { key: 'b' } }] })).toMatchObject({ value: { jobId: expect.any(String) } });
  expect(await strict.call('push', { events: [{ body: { key: 'c' } }] })).toMatchObject({ error: { message: 'Too many requests.' } });
  await strict.stop();
});

test('a product event reaches the trigger that names it, unless a fault loses it', async () => {
  await bench.control('PUT', 'faults', [{ target: 'events', drop: true, times: 1 }]);
  bench.raise('avi:confluence:trashed:page', { atlassianId: 'lost' });
  bench.raise('avi:confluence:trashed:page', { atlassianId: 'acc-alice', content: { id: '12' } });
  bench.raise('avi:confluence:viewed:page', { content: { id: '13' } });
  await idle();
  expect(await bench.call('get', { key: 'event:avi:confluence:trashed:page' })).toMatchObject({ value: { atlassianId: 'acc-alice', content: { id: '12' }, eventType: 'avi:confluence:trashed:page' } });
});

test('a trigger\'s filter keeps away what the app caused and issues without the property', async () => {
  bench.raise('avi:jira:updated:issue', { selfGenerated: true, issue: { key: 'OPS-1' } }, { note: 1 });
  bench.raise('avi:jira:updated:issue', { selfGenerated: false, issue: { key: 'OPS-2' } }, { other: 1 });
  bench.raise('avi:jira:deleted:issue', { selfGenerated: true, issue: { key: 'OPS-3' } });
  await idle();
  expect([await bench.call('get', { key: 'event:avi:jira:updated:issue' }), await bench.call('get', { key: 'event:avi:jira:deleted:issue' })]).toEqual([{ value: null }, { value: null }]);
  bench.raise('avi:jira:updated:issue', { selfGenerated: false, issue: { key: 'OPS-4' } }, { note: 1 });
  // An event's own filter has no expression here.
  bench.raise('avi:jira:deleted:issue', { selfGenerated: false, issue: { key: 'OPS-5' } });
  await idle();
  expect(await bench.call('get', { key: 'event:avi:jira:updated:issue' })).toMatchObject({ value: { issue: { key: 'OPS-4' } } });
  expect(await bench.call('get', { key: 'event:avi:jira:deleted:issue' })).toMatchObject({ value: { issue: { key: 'OPS-5' } } });
});

test('a product event may come late, or twice', async () => {
  const heard = async (): Promise<number> => ((await bench.control('GET', 'usage')).body as { functions: { events?: { invocations: number } } }).functions.events?.invocations ?? 0;
  await bench.control('POST', 'usage/reset');
  await bench.control('PUT', 'faults', [{ target: 'events', path: 'trashed', duplicate: true, times: 1 }]);
  bench.raise('avi:confluence:trashed:page', { content: { id: '14' } });
  await idle();
  expect(await heard()).toBe(2);
  await bench.control('PUT', 'faults', [{ target: 'events', delayMs: 600_000, times: 1 }]);
  bench.raise('avi:confluence:trashed:page', { content: { id: 'late' } });
  bench.raise('avi:confluence:trashed:page', { content: { id: 'overtakes' } });
  await until(heard, (count) => count === 3);
  expect(await bench.call('get', { key: 'event:avi:confluence:trashed:page' })).toMatchObject({ value: { content: { id: 'overtakes' } } });
  await bench.control('PUT', 'clock', { offsetMs: 601_000 });
  await until(heard, (count) => count === 4);
  expect(await bench.call('get', { key: 'event:avi:confluence:trashed:page' })).toMatchObject({ value: { content: { id: 'late' } } });
  await bench.control('PUT', 'clock', { offsetMs: 0 });
});

test('a schedule runs on demand and when its time has come', async () => {
  expect((await bench.control('POST', 'run/nope')).status).toBe(404);
  expect((await bench.control('POST', 'run/sweep')).body).toEqual({ ran: 'sweep' });
  expect(await bench.call('get', { key: 'swept' })).toMatchObject({ value: { payload: { context: { moduleKey: 'sweep' } } } });
  await bench.call('remove', { key: 'swept' });
  await bench.control('PUT', 'clock', { offsetMs: 3_700_000 });
  await until(() => bench.call('get', { key: 'swept' }), ({ value }) => value !== null);
  await bench.control('PUT', 'clock', { offsetMs: 0 });
});
