import fc from 'fast-check';
import { CHUNK_BYTES, chunkOf, fnv1a, joinChunks, layoutFor, MAX_CHUNKS, splitRows, touchedChunks } from '../../src/adapters/kvs/chunks';
import { safeKey } from '../../src/adapters/kvs/storage';
import type { Entry } from '../../src/domain/model';

const entry = (id: string, text = ''): Entry => ({ id, at: 0, source: 'app', messageKey: null, params: {}, text, by: null, alertId: null, recordedAt: 0, set: null, revisions: [], v: 1 });
const rows = (count: number, text = '') => ({ entries: Object.fromEntries(Array.from({ length: count }, (_, n) => [`e${n}`, entry(`e${n}`, text)])), alerts: {}, pins: {}, hosts: {}, tickets: {} });
const powers = fc.constantFrom(1, 2, 4, 8, 16);

test('FNV-1a as published', () => {
  expect([fnv1a(''), fnv1a('a'), fnv1a('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

test('doubling moves a row to itself or to one new chunk', () => {
  fc.assert(fc.property(fc.string(), powers, (id, chunks) => [chunkOf(id, chunks), chunkOf(id, chunks) + chunks].includes(chunkOf(id, chunks * 2))));
});

test('rows split and joined are the same rows', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string().filter((id) => id !== '__proto__')), powers, (ids, chunks) => {
      const all = { entries: Object.fromEntries(ids.map((id) => [id, entry(id)])), alerts: {}, pins: {}, hosts: {}, tickets: {} };
      const parts = splitRows(all, chunks);
      expect(parts).toHaveLength(chunks);
      expect(joinChunks(parts)).toEqual(all);
    }),
  );
});

test('only chunks with a changed, new or removed row are touched', () => {
  const before = rows(40);
  const after = { entries: { ...before.entries, e3: entry('e3', 'new words'), e99: entry('e99'), e5: { ...before.entries['e5']! } }, alerts: {}, pins: { p1: { id: 'p1', states: [], v: 2 } }, hosts: {}, tickets: {} };
  delete (after.entries as Record<string, Entry>)['e7'];
  const expected = new Set(['e3', 'e99', 'e7', 'p1'].map((id) => chunkOf(id, 16)));
  expect(touchedChunks(before, after, 16)).toEqual(expected);
  expect([...layoutFor(before, after, 16).writes.keys()].sort()).toEqual([...expected].sort());
  expect(layoutFor(before, before, 16).writes.size).toBe(0);
});

test('a chunk that grows too large doubles the chunks until all fit, and all are written', () => {
  const before = rows(1);
  const after = rows(900, 'x'.repeat(200));
  const layout = layoutFor(before, after, 1);
  expect(layout.chunks).toBe(8);
  expect([...layout.writes.keys()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  for (const chunk of layout.writes.values()) expect(JSON.stringify(chunk).length).toBeLessThanOrEqual(CHUNK_BYTES);
  expect(joinChunks([...layout.writes.values()]).entries).toEqual(after.entries);
});

test('chunks never exceed what one transaction can write', () => {
  const layout = layoutFor(rows(1), rows(6000, 'x'.repeat(200)), 1);
  expect([layout.chunks, layout.writes.size]).toEqual([MAX_CHUNKS, MAX_CHUNKS]);
});

test('keys of any words fit Forge and stay apart', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const key = safeKey(`hint:c:${a}`);
      expect(key).toMatch(/^[a-zA-Z0-9:._-]{1,500}$/);
      expect(key === safeKey(`hint:c:${b}`)).toBe(a === b);
    }),
  );
  expect(safeKey('alert:org:2wpLU5fBXbG')).toBe('alert:org:2wpLU5fBXbG');
});
