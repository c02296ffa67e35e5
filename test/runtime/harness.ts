/** A site of its own for a test: fixture app, simple products, a recording Mackerel. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stop as stopBuilder } from 'esbuild';
import type { SiteParts } from '../../local-site/parts';
import { createSite, type Site, type SiteOptions } from '../../local-site/site';
import type { ProductCall, ProductsOptions, SiteUser } from '../../local-site/types';

const ALICE: SiteUser = { name: 'alice', accountId: 'acc-alice', displayName: 'Alice', locale: 'ja-JP', timezone: 'Asia/Tokyo' };
export interface Answer {
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly code?: string; readonly status?: number };
}
export interface Bench {
  readonly site: Site;
  readonly stateDir: string;
  /** What reached the products and Mackerel, in order. */
  readonly productCalls: ProductCall[];
  readonly mackerelCalls: { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] }[];
  raise(eventType: string, body: Record<string, unknown>, issueProperties?: Record<string, unknown>): void;
  /** Calls a verb of the fixture as alice. Throws when the platform, not the app, refused. */
  call(verb: string, payload?: Record<string, unknown>): Promise<Answer>;
  control(method: string, route: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  /** Stops and starts again on the same state. */
  restart(): Promise<Bench>;
  stop(): Promise<void>;
}
export async function openBench(options: Partial<SiteOptions> = {}, stateDir = mkdtempSync(path.join(tmpdir(), 'site-'))): Promise<Bench> {
  const productCalls: ProductCall[] = [];
  const mackerelCalls: Bench['mackerelCalls'] = [];
  let raise: ProductsOptions['onEvent'] = () => undefined;
  const products = (made: ProductsOptions) => {
    raise = made.onEvent;
    return {
      call: async (call: ProductCall) => {
        productCalls.push(call);
        made.onCall({ at: made.clock.now(), product: call.product, as: call.as.type, via: call.via, method: call.method, path: call.path, status: 200, validated: null, problem: null, points: 1 });
        return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ as: call.as, spaceId: '7' }) };
      },
      users: () => [ALICE],
      userByName: (name: string) => (name === 'alice' ? ALICE : null),
      spaces: () => [{ id: '7', key: 'OPS' }],
      switches: { searchLagMs: 0, jiraSearchLagMs: 0, jiraAbsent: false, publishMode: 'conflict' },
    };
  };
  const parts: SiteParts = {
    createProducts: products as unknown as SiteParts['createProducts'],
    startMackerel: async ({ port }) => {
      const server = createServer((request, response) => {
        mackerelCalls.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
        response.setHeader('content-type', 'application/json').end('{"name":"org"}');
      });
      await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
      const close = () => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve())));
      return { url: `http://localhost:${port}`, apiKey: 'key', readOnlyKey: 'read', tick: () => Promise.resolve(), close };
    },
    registerWeb: () => undefined,
    registerFrames: () => undefined,
  };
  const appDir = path.join(__dirname, 'fixture');
  const site = await createSite({ stateDir, port: 0, appPort: 0, mackerelPort: 0, unconfigured: true, appDir, ...options }, parts);
  return {
    site,
    stateDir,
    productCalls,
    mackerelCalls,
    raise: (eventType, body, issueProperties) => raise({ eventType, body, ...(issueProperties === undefined ? {} : { issueProperties }) }),
    async call(verb, payload = {}) {
      const answer = await site.invoke({ moduleKey: 'board', functionKey: verb, payload, user: ALICE });
      if (!answer.ok) throw Object.assign(new Error(answer.error.message), { name: answer.error.name });
      return answer.result as Answer;
    },
    async control(method, route, body) {
      const headers = { 'content-type': 'application/json', 'x-site-user': 'alice' };
      const response = await fetch(`${site.url}/__site/${route}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, body: await response.json() };
    },
    async restart() {
      await site.stop();
      return openBench(options, stateDir);
    },
    async stop() {
      await site.stop();
      await stopBuilder();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
/** Asks again until the answer passes; fails with the last one after ten seconds. */
export async function until<T>(ask: () => Promise<T> | T, passes: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const value = await ask();
    if (passes(value)) return value;
    if (Date.now() > end) throw new Error(`not reached: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
