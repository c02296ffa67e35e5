/** The whole local site in this process, with the app's real functions in their own, for tests that drive verbs and webhooks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AppApi, BoardView, Result } from '../../src/contract';
import { createSite, type Site, type SiteOptions } from '../../local-site/site';
import type { Fault } from '../../local-site/types';
import { vendorSpecs } from '../vendor-specs';

type Value<V extends keyof AppApi> = ReturnType<AppApi[V]> extends Result<infer T> ? T : never;
export interface RaisedAlert {
  readonly id: string;
  readonly status: string;
}
export interface PageRow {
  readonly id: string;
  readonly title: string;
  readonly adf: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
}
export interface TestSite {
  readonly site: Site;
  readonly stateDir: string;
  /** The answer exactly as the browser would get it. */
  invoke<V extends keyof AppApi>(user: string, verb: V, payload: Parameters<AppApi[V]>[0]): Promise<ReturnType<AppApi[V]>>;
  invokeRaw(user: string, verb: string, payload: unknown): Promise<unknown>;
  /** `ok`, the app's error code, or the name of the platform's refusal. */
  outcome(user: string, verb: string, payload: unknown): Promise<string>;
  /** The answer's bytes. */
  bytes(user: string, verb: string, payload: unknown): Promise<string>;
  /** The value of an answer that must be ok. */
  ok<V extends keyof AppApi>(user: string, verb: V, payload: Parameters<AppApi[V]>[0]): Promise<Value<V>>;
  control<T>(method: string, route: string, body?: unknown): Promise<T>;
  console<T>(method: string, route: string, body?: unknown): Promise<T>;
  /** Opens or changes an alert by hand; monitors and hosts by name. */
  raise(monitor: string, host: string, status: string, value: number): Promise<RaisedAlert>;
  /** The n-th of many different alerts of shop. */
  raiseStorm(n: number, status: string): Promise<RaisedAlert>;
  recoverAll(): Promise<void>;
  /** The board of the incident an alert belongs to, as alice; waits for it. */
  incidentWith(alertId: string): Promise<BoardView>;
  page(user: string, pageId: string): Promise<PageRow>;
  pages(spaceKey: string, user?: string): Promise<readonly { readonly id: string; readonly title: string }[]>;
  slack(): Promise<readonly string[]>;
  usage(): Promise<{ kvs: { readUnits: number; writeUnits: number } }>;
  faults(rules: readonly (Fault & { skip?: number })[]): Promise<void>;
  webhookUrl(): Promise<string>;
  /** Moves the site's clock on. */
  later(ms: number): Promise<void>;
  /** Until nothing runs or waits. The clock is moved on to when the next thing is due, at most by `stepMs` a time. */
  rest(stepMs?: number): Promise<void>;
  /** Until nothing runs or is due now. */
  settle(): Promise<void>;
  /** What the functions did last, for the message of a failed test. */
  lately(): Promise<string>;
  /** Asks again until something comes back; fails after `ms`, saying so. */
  until<T>(ask: () => Promise<T | null>, ms?: number): Promise<T>;
  stop(): Promise<void>;
}

async function json<T>(url: string, method: string, headers: Record<string, string>, body?: unknown): Promise<T> {
  const init = body === undefined ? { method, headers } : { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text === '' ? 'null' : text) as T;
}

const MUCH = 1e9;
/** For tests that do in seconds what people do in hours, and look at something else than quota. */
export const WITHOUT_QUOTA: Partial<SiteOptions> = { limits: { kvsReadUnitsPerMinute: MUCH, kvsWriteUnitsPerMinute: MUCH, realtimePerSecond: MUCH, queueEventsPerMinute: MUCH } };

/** Built once for all files (test/jest-build.js); `APP_BUNDLE` is the bundle that Forge deploys. */
function ready(): Pick<SiteOptions, 'bundle' | 'script'> {
  const { APP_BUNDLE, APP_BUILT } = process.env;
  const built = (name: string): string | null => (APP_BUILT === undefined ? null : path.join(APP_BUILT, name));
  return { bundle: APP_BUNDLE ?? built('index.cjs'), script: built('child.cjs') };
}

const HISTORY_MINUTES = 180;
/** `periodSeconds` is an hour: nothing posts metrics by itself, alerts are what the test makes them. */
export async function startTestSite(options: Partial<SiteOptions> = {}): Promise<TestSite> {
  const stateDir = options.stateDir ?? mkdtempSync(path.join(tmpdir(), 'incident-pages-'));
  const site = await createSite({
    port: 0, appPort: 0, mackerelPort: 0, ...ready(), specsDir: vendorSpecs(), periodSeconds: 3600, historyMinutes: HISTORY_MINUTES, ...options, stateDir,
  }).catch((error: unknown) => {
    if (options.stateDir === undefined) rmSync(stateDir, { recursive: true, force: true });
    throw error;
  });
  return wrap(site, stateDir);
}

/** Longer than the pauses between looks, shorter than any lease: whoever is at work stays so. */
const SOON_MS = 4_000;

function wrap(site: Site, stateDir: string): TestSite {
  const key = { 'x-api-key': site.mackerel?.apiKey ?? '' };
  const mackerel = <T>(route: string): Promise<T> => json<T>(`${site.urls.mackerel}/api/v0/${route}`, 'GET', key);
  const call = (user: string, verb: string, payload: unknown): Promise<{ result?: unknown; error?: { name: string } }> =>
    json(`${site.url}/__site/invoke`, 'POST', { 'x-site-user': user }, { moduleKey: 'incidents', functionKey: verb, payload });

  const settled = async (): Promise<number | null> => {
    const due = await site.settled(60_000);
    if (due === 'busy') throw new Error(`the site is still busy after 60 s\n${await self.lately()}`);
    return due;
  };

  const self: TestSite = {
    site,
    stateDir,
    async outcome(user, verb, payload) {
      const { result, error } = await call(user, verb, payload);
      if (error !== undefined) return error.name;
      const answer = result as Result<unknown>;
      return answer.ok ? 'ok' : answer.error.code;
    },
    async bytes(user, verb, payload) {
      const { result, error } = await call(user, verb, payload);
      if (error !== undefined) throw new Error(`${verb}: ${JSON.stringify(error)}`);
      return JSON.stringify(result);
    },
    invokeRaw: async (user, verb, payload) => JSON.parse(await self.bytes(user, verb, payload)) as unknown,
    async invoke(user, verb, payload) {
      return (await self.invokeRaw(user, verb, payload)) as never;
    },
    async ok(user, verb, payload) {
      const answer = (await self.invokeRaw(user, verb, payload)) as Result<never>;
      if (!answer.ok) throw new Error(`${verb} as ${user}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    control: (method, route, body) => json(`${site.url}/__site/${route}`, method, {}, body),
    console: (method, route, body) => json(`${site.urls.mackerel}/__console/${route}`, method, {}, body),
    async raise(monitor, host, status, value) {
      const [{ monitors }, { hosts }] = await Promise.all([
        mackerel<{ monitors: { id: string; name: string }[] }>('monitors'),
        mackerel<{ hosts: { id: string; name: string }[] }>('hosts'),
      ]);
      const monitorId = monitors.find((row) => row.name === monitor)?.id;
      const hostId = hosts.find((row) => row.name === host)?.id;
      if (monitorId === undefined || hostId === undefined) throw new Error(`no monitor ${monitor} or host ${host}`);
      return await self.console<RaisedAlert>('POST', 'alerts', { monitorId, hostId, status, value });
    },
    async raiseStorm(n, status) {
      const [{ monitors }, { hosts }] = await Promise.all([
        mackerel<{ monitors: { id: string; type: string }[] }>('monitors'),
        mackerel<{ hosts: { id: string }[] }>('hosts?service=shop'),
      ]);
      const pairs = hosts.flatMap((host) => monitors.filter((row) => row.type === 'host').map((row) => ({ monitorId: row.id, hostId: host.id })));
      const pair = pairs[n];
      if (pair === undefined) throw new Error(`only ${pairs.length} alerts can be made`);
      return await self.console<RaisedAlert>('POST', 'alerts', { ...pair, status, value: 10_000 });
    },
    async recoverAll() {
      const { alerts } = await mackerel<{ alerts: { id: string }[] }>('alerts');
      for (const alert of alerts) await self.console('POST', `alerts/${alert.id}/close`, {});
      await self.rest();
    },
    incidentWith: (alertId) =>
      self.until(async () => {
        await self.rest();
        const home = await self.ok('alice', 'home.load', {});
        for (const incident of home.incidents) {
          const board = await self.ok('alice', 'board.load', { incidentId: incident.id });
          if (board.alerts.some((alert) => alert.id === alertId)) return board;
        }
        return null;
      }),
    async page(user, pageId) {
      const as = { 'x-site-user': user };
      const page = await json<{ id: string; title: string; body: { atlas_doc_format: { value: string } } }>(`${site.url}/wiki/api/v2/pages/${pageId}?body-format=atlas_doc_format`, 'GET', as);
      const properties = await json<{ results: { key: string; value: unknown }[] }>(`${site.url}/wiki/api/v2/pages/${pageId}/properties`, 'GET', as);
      const labels = await json<{ results: { name: string }[] }>(`${site.url}/wiki/api/v2/pages/${pageId}/labels`, 'GET', as);
      return {
        id: page.id,
        title: page.title,
        adf: JSON.parse(page.body.atlas_doc_format.value) as unknown,
        properties: Object.fromEntries(properties.results.map((row) => [row.key, row.value])),
        labels: labels.results.map((row) => row.name),
      };
    },
    async pages(spaceKey, user = 'admin') {
      const space = site.deps.products.spaces().find((row) => row.key === spaceKey);
      const all: { id: string; title: string }[] = [];
      for (let next: string | undefined = `/wiki/api/v2/pages?space-id=${space?.id ?? ''}&limit=250`; next !== undefined; ) {
        const { results, _links }: { results: { id: string; title: string }[]; _links: { next?: string } } = await json(`${site.url}${next}`, 'GET', { 'x-site-user': user });
        all.push(...results);
        next = _links.next;
      }
      return all;
    },
    slack: async () => (await self.control<unknown[]>('GET', 'slack')).map((row) => JSON.stringify(row)),
    usage: () => self.control('GET', 'usage'),
    faults: async (rules) => void (await self.control('PUT', 'faults', rules)),
    webhookUrl: async () => (await self.control<Record<string, string>>('GET', 'webtriggers'))['mackerel-webhook'] ?? '',
    async lately() {
      const [status, calls, lines] = await Promise.all([
        self.control<{ queue: unknown }>('GET', 'status'),
        self.control<{ at: number; function: string; target: string; method: string; path: string; status: number }[]>('GET', 'outside'),
        self.control<{ text: string }[]>('GET', 'app-log'),
      ]);
      const last = calls.slice(-30).map((call) => `${call.at} ${call.function} ${call.target} ${call.method} ${call.path} ${call.status}`);
      return [JSON.stringify(status.queue), ...last, ...lines.slice(-10).map((line) => line.text)].join('\n');
    },
    async later(ms) {
      await self.control('PUT', 'clock', { offsetMs: site.deps.clock.now() - Date.now() + ms });
    },
    async rest(stepMs = SOON_MS) {
      for (let round = 0; round < 60; round += 1) {
        const due = await settled();
        if (due === null) return;
        await self.later(Math.min(Math.max(due - site.deps.clock.now(), 0) + 1, stepMs));
      }
      throw new Error(`the site does not come to rest\n${await self.lately()}`);
    },
    settle: async () => void (await settled()),
    async until(ask, ms = 30_000) {
      const end = Date.now() + ms;
      for (;;) {
        const value = await ask();
        if (value !== null) return value;
        if (Date.now() > end) throw new Error(`not reached within ${ms} ms\n${await self.lately()}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      await site.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
  return self;
}
