import fc from 'fast-check';
import { openBench, type Answer, type Bench } from './harness';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ limits: { kvsReadUnitsPerMinute: 100_000, kvsWriteUnitsPerMinute: 100_000 } });
});
afterAll(() => bench.stop());
const note = (key: string, value: object, options?: object): Promise<Answer> => bench.call('note', { key, value, ...(options === undefined ? {} : { options }) });
const keysOf = (answer: Answer): string[] => (answer.value as { results: { key: string }[] }).results.map(({ key }) => key);

test('what is set is got; a missing key is undefined, deleting it no error', async () => {
  const value = { text: '障害', nested: [1, { a: null }], yes: true };
  await bench.call('set', { key: 'a:1', value });
  expect(await bench.call('get', { key: 'a:1' })).toEqual({ value });
  await bench.call('remove', { key: 'a:1' });
  expect(await bench.call('get', { key: 'a:1' })).toEqual({ value: null });
  expect(await bench.call('remove', { key: 'a:1' })).toEqual({ value: null });
});

test('secrets are not among the plain keys', async () => {
  expect(await bench.call('secret', { text: 's3' })).toEqual({ value: { secret: 's3' } });
  expect(keysOf(await bench.call('list', { prefix: 'secret' }))).toEqual([]);
});

test('the first of two writers with FAIL_IF_EXISTS wins, the second gets 409', async () => {
  const claims = await Promise.all(['x', 'y', 'z'].map((by) => bench.call('set', { key: 'claim', value: by, options: { keyPolicy: 'FAIL_IF_EXISTS' } })));
  expect(claims.filter(({ error }) => error === undefined)).toHaveLength(1);
  expect(claims.filter(({ error }) => error?.status === 409)).toHaveLength(2);
  const entity = [await note('claim', { ver: 1 }, { keyPolicy: 'FAIL_IF_EXISTS' }), await note('claim', { ver: 2 }, { keyPolicy: 'FAIL_IF_EXISTS' })];
  expect(entity.map(({ error }) => error?.status)).toEqual([undefined, 409]);
  expect(await bench.call('readNote', { key: 'claim' })).toEqual({ value: { ver: 1 } });
});

test('a transaction writes everything or, when a condition fails, nothing', async () => {
  expect(await bench.call('swap', { key: 'n', ver: null, value: { ver: 1 }, also: 'also:1' })).toEqual({ value: null });
  expect(await bench.call('swap', { key: 'n', ver: 1, value: { ver: 2 }, also: 'also:2' })).toEqual({ value: null });
  expect(await bench.call('swap', { key: 'n', ver: 1, value: { ver: 9 }, also: 'also:3' })).toMatchObject({ error: { status: 409, code: 'CONDITIONAL_CHECK_FAILED' } });
  expect(await bench.call('swap', { key: 'n', ver: null, value: { ver: 9 }, also: 'also:4' })).toMatchObject({ error: { status: 409 } });
  expect(await bench.call('readNote', { key: 'n' })).toEqual({ value: { ver: 2 } });
  expect(keysOf(await bench.call('list', { prefix: 'also:' }))).toEqual(['also:1', 'also:2']);
});

test('twenty writers of one record by version: every accepted write is seen by the next', async () => {
  await note('counter', { ver: 0 });
  const add = async (): Promise<void> => {
    for (;;) {
      const { ver } = (await bench.call('readNote', { key: 'counter' })).value as { ver: number };
      if ((await bench.call('swap', { key: 'counter', ver, value: { ver: ver + 1 }, also: 'counted' })).error === undefined) return;
    }
  };
  await Promise.all(Array.from({ length: 20 }, add));
  expect(await bench.call('readNote', { key: 'counter' })).toEqual({ value: { ver: 20 } });
});

test('an index answers by partition, range, filter and order, page by page', async () => {
  for (let at = 1; at <= 7; at += 1) await note(`i${at}`, { topic: 'red', at: at * 1e12, ver: at });
  await note('other', { topic: 'blue', at: 1, ver: 1 });
  await note('unindexed', { topic: 'red', ver: 1 });
  expect(keysOf(await bench.call('notes', { topic: 'red' }))).toEqual(['i1', 'i2', 'i3', 'i4', 'i5', 'i6', 'i7']);
  expect(keysOf(await bench.call('notes', { topic: 'red', newest: true, limit: 2 }))).toEqual(['i7', 'i6']);
  expect(keysOf(await bench.call('notes', { topic: 'red', from: 2e12, to: 4e12 }))).toEqual(['i2', 'i3', 'i4']);
  expect(keysOf(await bench.call('notes', { topic: 'red', ver: 5 }))).toEqual(['i6', 'i7']);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await bench.call('notes', { topic: 'red', limit: 3, newest: true, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...keysOf(page));
    cursor = (page.value as { nextCursor?: string }).nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(['i7', 'i6', 'i5', 'i4', 'i3', 'i2', 'i1']);
  await note('i7', { topic: 'blue', at: 2, ver: 7 });
  expect(keysOf(await bench.call('notes', { topic: 'blue' }))).toEqual(['other', 'i7']);
});

test('an index may lag behind; get does not', async () => {
  await bench.control('PUT', 'switches', { indexLagMs: 60_000 });
  await note('late', { topic: 'lag', at: 1, ver: 1 });
  expect(keysOf(await bench.call('notes', { topic: 'lag' }))).toEqual([]);
  expect(await bench.call('readNote', { key: 'late' })).toMatchObject({ value: { ver: 1 } });
  await bench.control('PUT', 'switches', { indexLagMs: 0 });
});

test('of ten thousand rows a page of the index holds the newest', async () => {
  const { db } = bulk();
  db();
  const page = await bench.call('notes', { topic: 'bulk', newest: true, limit: 100 });
  expect(keysOf(page)[0]).toBe('bulk:9999');
});
/** Writes the rows under the API: ten thousand calls would only measure the test. */
function bulk(): { db: () => void } {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a second connection to the site's file
  const Database = require('libsql') as typeof import('libsql');
  return {
    db() {
      const file = new Database(`${bench.stateDir}/site.db`, { timeout: 5000 });
      const row = file.prepare("INSERT INTO kvs (space, key, value, created, updated) VALUES ('e:note', ?, ?, 0, 0)");
      const index = file.prepare("INSERT INTO kvs_indexed (idx, part, range, key) VALUES ('note/by-topic', '[\"bulk\"]', ?, ?)");
      file.transaction(() => {
        for (let at = 0; at < 10_000; at += 1) {
          row.run([`bulk:${at}`, JSON.stringify({ topic: 'bulk', at, ver: 1 })]);
          index.run([at, `bulk:${at}`]);
        }
      })();
      file.close();
    },
  };
}

test('expired keys go, or stay readable as long as the switch says', async () => {
  await bench.call('set', { key: 'brief', value: 1, options: { ttl: { value: 1, unit: 'MINUTES' } } });
  expect(await bench.call('get', { key: 'brief' })).toEqual({ value: 1 });
  await bench.control('PUT', 'clock', { offsetMs: 3_600_000 });
  expect(await bench.call('get', { key: 'brief' })).toEqual({ value: null });
  await bench.control('PUT', 'switches', { keepExpiredMs: 48 * 3_600_000 });
  expect(await bench.call('get', { key: 'brief' })).toEqual({ value: 1 });
  await bench.control('PUT', 'switches', { keepExpiredMs: 0 });
  await bench.control('PUT', 'clock', { offsetMs: 0 });
});

test.each([
  ['a key with a slash', { key: 'a/b', value: 1 }, 'INVALID_KEY'],
  ['an empty key', { key: '', value: 1 }, 'EMPTY_KEY'],
  ['a key of 501 characters', { key: 'k'.repeat(501), value: 1 }, 'KEY_TOO_LONG'],
  ['a value past 240 KiB', { key: 'k', value: 'x'.repeat(240 * 1024) }, 'MAX_SIZE'],
  ['a value nested 40 deep', { key: 'k', value: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) }, 'MAX_DEPTH'],
  ['no value', { key: 'k', value: null }, 'INVALID_VALUE'],
])('%s is refused', async (_what, payload, code) => {
  expect(await bench.call('set', payload)).toMatchObject({ error: { status: 400, code } });
});

test('an attribute must have its declared type; epoch ms is no 32-bit integer', async () => {
  expect(await note('typed', { ver: '1' })).toMatchObject({ error: { status: 400, code: 'INVALID_ATTRIBUTE' } });
  expect(await note('typed', { ver: Date.now() })).toMatchObject({ error: { status: 400, code: 'INVALID_ATTRIBUTE' } });
  expect(await note('typed', { at: Date.now(), ver: 1, extra: {} })).toEqual({ value: null });
});

test('a batch reports success and failure one by one', async () => {
  const answer = await bench.call('many', { items: [{ key: 'b1', value: 1 }, { key: 'b/2', value: 2 }, { key: 'b3', value: { ver: 1 }, entityName: 'note' }] });
  expect(answer.value).toMatchObject({ successfulKeys: [{ key: 'b1' }, { key: 'b3', entityName: 'note' }], failedKeys: [{ key: 'b/2', error: { code: 'INVALID_KEY' } }] });
});

test('any JSON value comes back as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 4 }).filter((text) => text !== 'null'), async (text) => {
      await bench.call('set', { key: 'any', value: JSON.parse(text) });
      expect(JSON.stringify(await bench.call('get', { key: 'any' }))).toBe(JSON.stringify({ value: JSON.parse(text) }));
    }),
    { numRuns: 30 },
  );
});

test('past the units of a minute, storage answers 429', async () => {
  const poor = await openBench({ limits: { kvsWriteUnitsPerMinute: 3 } });
  const sizes = await Promise.all([1, 2, 3].map((n) => poor.call('set', { key: `k${n}`, value: 'x'.repeat(15 * 1024) })));
  expect(sizes.map(({ error }) => error?.status)).toEqual([undefined, 429, 429]);
  await poor.stop();
});

test('rows and web trigger addresses survive a restart', async () => {
  const first = await openBench();
  await first.call('set', { key: 'kept', value: 1 });
  const { value: url } = await first.call('hookUrl');
  const second = await first.restart();
  expect(await second.call('get', { key: 'kept' })).toEqual({ value: 1 });
  expect(new URL((await second.call('hookUrl')).value as string).pathname).toBe(new URL(url as string).pathname);
  await second.stop();
});
