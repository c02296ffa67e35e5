/** What freezing may ask of Mackerel, beside the looks at alerts. */
import type { Cells, Ports } from '../../src/ports';
import { takeReads } from '../../src/usecases/evidence-reads';
import { T0 } from './reported';

const MINUTE = 60_000;
let now = T0;
let rows: Map<string, { readonly ver: number; readonly value: unknown }>;
beforeEach(() => {
  now = T0;
  rows = new Map();
});
const cells: Cells = {
  get: async <T>(key: string) => (rows.get(key) as { readonly ver: number; readonly value: T } | undefined) ?? null,
  put: async (key, _kind, value, ver) => {
    if ((rows.get(key)?.ver ?? null) !== ver) return false;
    rows.set(key, { ver: (ver ?? 0) + 1, value });
    return true;
  },
  remove: async (key) => void rows.delete(key),
};
const ports = { cells, clock: { now: () => now } } as Ports;
const take = (most: number): Promise<number> => takeReads(ports, 'c', most);
/** The looks so far: so many hints lately, so many requests in a minute that began then. */
const looked = (part: { readonly lately?: number; readonly reads?: number }): void => void rows.set('turn:c', { ver: 1, value: { until: 0, beganAt: T0, minuteAt: T0, reads: 0, completeTo: null, owed: false, ...part } });

test('thirty requests a minute, and again in the next', async () => {
  expect([await take(22), await take(22), await take(1)]).toEqual([22, 8, 0]);
  now += MINUTE;
  expect(await take(60)).toBe(30);
});

test('nothing while hints come in numbers, until that has calmed down', async () => {
  looked({ lately: 40 });
  expect(await take(5)).toBe(0);
  now += 30_000;
  expect(await take(5)).toBe(5);
});

test('nothing in a minute in which the looks use much, all in the next', async () => {
  looked({ reads: 21 });
  expect(await take(5)).toBe(0);
  looked({ reads: 20 });
  expect(await take(5)).toBe(5);
  looked({ reads: 50 });
  now += MINUTE;
  expect(await take(5)).toBe(5);
});

test('whoever is overtaken takes nothing', async () => {
  const late: Cells = { ...cells, put: async () => false };
  expect(await takeReads({ ...ports, cells: late }, 'c', 5)).toBe(0);
});
