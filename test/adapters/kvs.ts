/** Forge storage for tests of the stores: the local site's model behind the real `@forge/kvs`, fresh before each test. */
import path from 'node:path';
import Database from 'libsql';
import { createClock } from '../../local-site/core/clock';
import { PLATFORM_LIMITS } from '../../local-site/core/limits';
import { createUsage } from '../../local-site/core/usage';
import { createKvs, type Kvs } from '../../local-site/runtime/kvs';
import { createKvsStore } from '../../local-site/runtime/kvs-store';
import { readManifest } from '../../local-site/runtime/manifest';
import type { IncidentStore } from '../../src/ports';

export interface TestStorage {
  /** Statuses to answer instead of the next calls whose path contains the text. */
  refusals: { path: string; status: number; afterEffect: boolean }[];
  calls: string[];
  /** Done by somebody else right before the next transaction. */
  meanwhile: (() => void) | null;
  /** Past the package: what another program would do. */
  request(path: string, body: object): { readonly status: number; readonly body: string };
}

/** The incidents as an instance reads them that was just started and remembers nothing. */
export function coldIncidents(): IncidentStore {
  let store: IncidentStore | null = null;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a registry of its own is what makes it cold
    const { createIncidentStore } = require('../../src/adapters/kvs/incidents') as typeof import('../../src/adapters/kvs/incidents');
    store = createIncidentStore();
  });
  if (store === null) throw new Error('the store was not made');
  return store;
}

/** Call at the top of a test file. */
export function testStorage(): TestStorage {
  const unmodelled: string[] = [];
  let kvs: Kvs;
  const self: TestStorage = { refusals: [], calls: [], meanwhile: null, request: (url, body) => kvs.request(`/api/v1/${url}`, JSON.stringify(body)) };
  beforeEach(() => {
    const manifest = readManifest(path.resolve(__dirname, '../..'));
    const clock = createClock();
    const store = createKvsStore(new Database(':memory:'), clock, manifest.entities);
    const limits = { ...PLATFORM_LIMITS, kvsReadUnitsPerMinute: 1e9, kvsWriteUnitsPerMinute: 1e9 };
    kvs = createKvs({ store, manifest, clock, usage: createUsage(), limits, unmodelled: (what) => unmodelled.push(what) });
    Object.assign(self, { refusals: [], calls: [], meanwhile: null });
    (globalThis as Record<string, unknown>)['__forge_fetch__'] = async (_meta: unknown, url: string, init: { body: string }) => {
      self.calls.push(url);
      if (url.includes('transaction')) {
        const { meanwhile } = self;
        self.meanwhile = null;
        meanwhile?.();
      }
      const index = self.refusals.findIndex((refusal) => url.includes(refusal.path));
      const [refusal] = index < 0 ? [] : self.refusals.splice(index, 1);
      if (refusal !== undefined && !refusal.afterEffect) return new Response('{"code":"X","message":"m"}', { status: refusal.status });
      const answer = kvs.request(url, init.body);
      return refusal === undefined ? new Response(answer.body, { status: answer.status }) : new Response('{"code":"X","message":"m"}', { status: refusal.status });
    };
  });
  afterAll(() => expect(unmodelled).toEqual([]));
  return self;
}
