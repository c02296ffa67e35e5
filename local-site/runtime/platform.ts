/** Everything the app's functions live in, wired together. */
import { randomUUID } from 'node:crypto';
import type { MovableClock } from '../core/clock';
import type { Faults } from '../core/faults';
import type { Limits } from '../core/limits';
import type { SiteLog } from '../core/log';
import type { SiteCells } from '../core/store';
import type { Usage } from '../core/usage';
import type { Installation, InvokeAnswer, License, InvokeRequest, ModulePlace, SiteDeps, SiteUrls } from '../site-deps';
import type { Database_, ProductEvent, ProductsOptions, SiteUser } from '../types';
import { createBackground, type Background, type Outcome } from './background';
import type { Built } from './build';
import { buildExtension, resolverContext } from './context';
import { createEgress } from './egress';
import { passes } from './event-filter';
import { createForgeFetch } from './forge-fetch';
import { FunctionFailure, createFunctions, type Functions } from './functions';
import { createKvs } from './kvs';
import { createKvsStore, type StoreSwitches } from './kvs-store';
import type { Manifest } from './manifest';
import { createQueueApi } from './queue';
import { createRealtime, type Realtime } from './realtime';
import { createSchedules, type Schedules } from './schedule';
import { createStargate } from './stargate';
import { createWebTriggers, type WebTriggers } from './webtrigger';

export interface PlatformOptions {
  readonly db: Database_;
  readonly cells: SiteCells;
  readonly clock: MovableClock;
  readonly faults: Faults;
  readonly usage: Usage;
  readonly log: SiteLog;
  readonly limits: Limits;
  readonly manifest: Manifest;
  readonly built: Built;
  readonly urls: SiteUrls;
  readonly realMackerel: boolean;
  readonly specsDir: string | null;
  readonly createProducts: (options: ProductsOptions) => SiteDeps['products'];
}
export interface Platform {
  readonly deps: Omit<SiteDeps, 'appDir'>;
  readonly functions: Functions;
  readonly webtriggers: WebTriggers;
  readonly schedules: Schedules;
  readonly realtime: Realtime;
  readonly switches: StoreSwitches;
  /** Accounts that reports of stored accounts answer as closed. */
  closedAccounts(): readonly string[];
  closeAccounts(accountIds: readonly string[]): void;
  /** What the app is told of its license from now on; null: nothing. Kept over restarts. */
  setLicense(license: License | null): void;
  /** Runs what the app wants to do before it is removed; nothing is removed. False: it wants nothing. Throws what a function threw. */
  uninstall(): Promise<boolean>;
  queue(): { readonly pending: number; readonly failed: number };
  /** Whether anything runs, and when (epoch ms by the site's clock) the next that waits is due; null: nothing waits. */
  work(): ReturnType<Background['work']>;
  start(): void;
  stop(): Promise<void>;
}

const ENVIRONMENT_ID = '7d1c2f6e-95a4-4a41-8f0e-2b6f0f6f9c02';
function installationOf(cells: SiteCells, manifest: Manifest): Installation {
  const cloudId = 'local-site-cloud';
  return {
    cloudId,
    appId: manifest.appUuid,
    appVersion: '1.0.0',
    environmentId: ENVIRONMENT_ID,
    environmentType: 'DEVELOPMENT',
    installationId: cells.once('installation-id', randomUUID),
    contextAri: `ari:cloud:confluence::site/${cloudId}`,
  };
}
/** A returned InvocationError asks for a retry; anything else that came back is done. */
function outcomeOf(result: unknown): Outcome {
  if (typeof result !== 'object' || result === null || (result as { _retry?: unknown })._retry !== true) return { again: false };
  const { retryOptions = {} } = result as { retryOptions?: { retryAfter?: number; retryReason?: string; retryData?: unknown } };
  const seconds = Math.min(900, Math.max(1, retryOptions.retryAfter ?? 1));
  return { again: true, afterMs: seconds * 1000, reason: retryOptions.retryReason ?? 'FUNCTION_RETRY_REQUEST', data: retryOptions.retryData ?? null };
}

export function createPlatform(options: PlatformOptions): Platform {
  const { db, cells, clock, faults, usage, log, limits, manifest, built, urls, realMackerel } = options;
  const installation = installationOf(cells, manifest);
  const products = options.createProducts({
    db,
    clock,
    baseUrl: urls.site,
    scopes: manifest.scopes,
    specsDir: options.specsDir,
    contentProperties: manifest.contentProperties,
    issueProperties: manifest.issueProperties,
    onCall(row) {
      log.call(row);
      if (row.via === 'function') usage.rest(row.product, row.points);
    },
    onUnmodelled: log.unmodelled,
    onEvent,
  });
  const store = createKvsStore(db, clock, manifest.entities);
  const kvs = createKvs({ store, manifest, clock, usage, limits, unmodelled: log.unmodelled });
  const realtime = createRealtime(cells, clock, usage, limits);
  const egress = createEgress(manifest.egress, { url: urls.mackerel, real: realMackerel }, clock, log.slack);
  const license = (): License | null => cells.get<License>('license');
  const functions: Functions = createFunctions({
    built, manifest, installation, license, limits, clock, faults, usage, log,
    onAsk: (invocation, ask) => dispatch(invocation, ask),
  });
  const background = createBackground(db, clock, limits, async ({ kind, functionKey, name, payload, depth, retry }) => {
    const seconds = manifest.functions.get(functionKey)?.timeoutSeconds;
    try {
      const body = JSON.parse(payload) as Record<string, unknown>;
      if (retry !== null) body['retryContext'] = retry;
      const moduleType = kind === 'queue' ? 'consumer' : 'trigger';
      return outcomeOf(await functions.invoke({ functionKey, payload: body, accountId: null, moduleKey: name, moduleType, limitMs: seconds == null ? limits.backgroundMs : seconds * 1000, depth }));
    } catch (error) {
      const reason = error instanceof FunctionFailure && error.name === 'FUNCTION_TIME_OUT' ? error.name : 'FUNCTION_PLATFORM_UNKNOWN_ERROR';
      return { again: true, afterMs: null, reason, data: null };
    }
  });
  const webtriggers = createWebTriggers(db, manifest, functions, faults, limits, () => urls.site);
  const schedules = createSchedules(manifest, functions, cells, clock, faults, limits, installation);
  const closedAccounts = (): readonly string[] => cells.get<string[]>('closed-accounts') ?? [];
  const stargate = createStargate(createQueueApi(background, manifest, usage, limits), webtriggers, closedAccounts, log.unmodelled);
  const dispatch = createForgeFetch({ products, kvs, realtime, stargate, egress, faults, usage, log, clock, kill: () => functions.kill() });

  function onEvent(event: ProductEvent): void {
    const { eventType, body } = event;
    for (const { function: functionKey, filter } of manifest.triggers.get(eventType) ?? []) {
      if (!passes(filter, event)) continue;
      const verdict = faults.strike('events', 'EVENT', eventType);
      if (verdict.drop || verdict.status !== null) continue;
      const eventId = randomUUID();
      const payload = JSON.stringify({ ...body, eventType });
      const delivery = { kind: 'event', functionKey, name: eventType, jobId: eventId, eventId, payload, delayMs: verdict.delayMs, concurrency: null, depth: 0 } as const;
      for (let copy = verdict.duplicate ? 2 : 1; copy > 0; copy -= 1) background.add(delivery);
    }
  }
  const moduleOf = (key: string) => {
    const module = manifest.modules.get(key);
    if (module === undefined) throw new FunctionFailure('MODULE_NOT_FOUND', `manifest.yml has no module ${key}.`);
    return module;
  };
  const extension = async (moduleKey: string, place: ModulePlace, user: SiteUser | null) => buildExtension(moduleOf(moduleKey), place, products, user);

  async function resolver({ moduleKey, functionKey, payload, user, context = {} }: InvokeRequest): Promise<unknown> {
    const module = moduleOf(moduleKey);
    if (module.resolver === null) throw new FunctionFailure('NO_RESOLVER', `Module ${moduleKey} has no resolver.`);
    if (user === null) throw new FunctionFailure('UNLICENSED', `Module ${moduleKey} does not run for anonymous visitors.`);
    if (payload !== undefined && JSON.stringify(payload).length > limits.payloadIn) throw new FunctionFailure('PAYLOAD_TOO_LARGE', `A payload is at most ${limits.payloadIn} bytes.`);
    return functions.invoke({
      functionKey: module.resolver,
      payload: { call: { functionKey, payload }, context: resolverContext(module, installation, context, await extension(moduleKey, context, user), user) },
      accountId: user.accountId,
      moduleKey,
      moduleType: module.type,
      limitMs: limits.resolverMs,
      detail: functionKey,
    });
  }
  async function exportMacro(moduleKey: string, place: ModulePlace, exportType: string, user: SiteUser | null): Promise<unknown> {
    const module = moduleOf(moduleKey);
    if (module.adfExport === null) return null;
    const context = resolverContext(module, installation, place, await extension(moduleKey, place, user), user);
    const config = place.config ?? {};
    const payload = { exportType, context: { ...context, config }, extensionPayload: { config } };
    return functions.invoke({ functionKey: module.adfExport, payload, accountId: user?.accountId ?? null, moduleKey, moduleType: module.type, limitMs: limits.resolverMs });
  }

  return {
    deps: {
      urls, realMackerel, installation, license, manifest, clock, products, realtime, extension, exportMacro,
      user: (name) => products.userByName(name),
      unmodelled: log.unmodelled,
      async invoke(request): Promise<InvokeAnswer> {
        try {
          return { ok: true, result: await resolver(request) };
        } catch (error) {
          const { name, message } = error instanceof Error ? error : new Error(String(error));
          return { ok: false, error: { name, message } };
        }
      },
    },
    functions, webtriggers, schedules, realtime,
    switches: store.switches,
    closedAccounts,
    closeAccounts: (ids) => cells.set('closed-accounts', ids),
    setLicense: (next) => cells.set('license', next),
    async uninstall() {
      for (const [moduleKey, functionKey] of manifest.uninstalls) {
        const payload = { context: { cloudId: installation.cloudId, moduleKey } };
        await functions.invoke({ functionKey, payload, accountId: null, moduleKey, moduleType: 'preUninstall', limitMs: limits.backgroundMs });
      }
      return manifest.uninstalls.size > 0;
    },
    queue: () => background.counts('queue'),
    work() {
      const { running, due } = background.work();
      return { running: running || functions.inFlight > 0, due };
    },
    start() {
      background.start();
      schedules.start();
    },
    async stop() {
      schedules.stop();
      background.stop();
      realtime.stop();
      await functions.stop();
    },
  };
}
