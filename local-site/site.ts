/** Assembles the local site: products, functions, storage, queue, web triggers, realtime, and their HTTP servers. */
import path from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { configure, configureForReal, MACKEREL_API } from './configure';
import { registerControl } from './control';
import { createClock } from './core/clock';
import { createFaults } from './core/faults';
import { PLATFORM_LIMITS, type Limits } from './core/limits';
import { createLog } from './core/log';
import { openStore, siteCells } from './core/store';
import { createUsage } from './core/usage';
import { registerHttp } from './http';
import type { SiteParts } from './parts';
import { buildApp } from './runtime/build';
import { busyPort, reserve, type ReservedPort } from './ports';
import { registerRealtime } from './realtime-socket';
import { readManifest } from './runtime/manifest';
import { createPlatform } from './runtime/platform';
import type { InvokeAnswer, InvokeRequest, SiteDeps, SiteUrls } from './site-deps';
import type { MackerelServer } from './types';

export interface SiteOptions {
  /** Folder of the databases and built files. */
  readonly stateDir: string;
  /** 0: any free port. */
  readonly port: number;
  readonly appPort: number;
  readonly mackerelPort: number;
  /** Remove what an earlier run left. */
  readonly fresh?: boolean;
  /** Leave the app as after a first install: no key, no services, no channel. */
  readonly unconfigured?: boolean;
  /** A ready bundle (`.cjs`), or another entry (`.ts`), instead of the app's. */
  readonly bundle?: string | null;
  /** A ready script of the function process (`.cjs`). */
  readonly script?: string | null;
  /** Folder of the vendors' API descriptions; calls are checked against them. */
  readonly specsDir?: string | null;
  readonly limits?: Partial<Limits>;
  /** Folder with manifest.yml; default: this project. */
  readonly appDir?: string;
  /** How much of a past the stand-in's hosts begin with, minutes; default a day. */
  readonly historyMinutes?: number;
  /** Seconds between evaluations of monitors; default 5. */
  readonly periodSeconds?: number;
  /** Read the real Mackerel with this key instead of running the stand-in. `url` is for tests. */
  readonly realMackerel?: { readonly apiKey: string; readonly url?: string } | null;
  readonly onProgress?: (step: string) => void;
}
export interface Site {
  readonly url: string;
  readonly urls: SiteUrls;
  readonly deps: SiteDeps;
  /** The stand-in; null while the real service is read. */
  readonly mackerel: MackerelServer | null;
  invoke(request: InvokeRequest): Promise<InvokeAnswer>;
  /** Resolves when nothing is pending; false after `timeoutMs`. */
  idle(timeoutMs: number): Promise<boolean>;
  /** Resolves when nothing runs or is due: with when the next that waits is due, epoch ms by the site's clock, or null. `busy` after `timeoutMs`. */
  settled(timeoutMs: number): Promise<number | null | 'busy'>;
  stop(): Promise<void>;
}

async function listen(app: FastifyInstance, { port, release }: ReservedPort, variable: string): Promise<void> {
  await release();
  await app.listen({ port, host: 'localhost' }).catch(busyPort(port, variable));
}

/** Starts everything; what it opened is closed again when a part fails to start. */
export async function createSite(options: SiteOptions, given?: SiteParts): Promise<Site> {
  const parts = given ?? (await import('./parts')).defaultParts;
  const { stateDir, fresh = false, realMackerel: real = null, onProgress = () => undefined } = options;
  const appDir = options.appDir ?? path.join(__dirname, '..');
  const manifest = readManifest(appDir);
  const closing: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };

  const reserved = async (wanted: number, variable: string): Promise<ReservedPort> => {
    const port = await reserve(wanted).catch(busyPort(wanted, variable));
    closing.push(() => port.release());
    return port;
  };

  try {
    const ports = { site: await reserved(options.port, 'PORT'), app: await reserved(options.appPort, 'APP_PORT'), mackerel: real ? null : await reserved(options.mackerelPort, 'MACKEREL_PORT') };
    const at = ({ port }: ReservedPort): string => `http://localhost:${port}`;
    const urls: SiteUrls = { site: at(ports.site), app: at(ports.app), mackerel: ports.mackerel ? at(ports.mackerel) : (real?.url ?? MACKEREL_API) };
    const site = Fastify({ bodyLimit: 8 * 1024 * 1024, forceCloseConnections: true, exposeHeadRoutes: false });
    const frames = Fastify({ forceCloseConnections: true });
    const db = openStore(stateDir, 'site.db', fresh);
    closing.push(() => void db.close());
    const cells = siteCells(db);
    const clock = createClock();
    const faults = createFaults();
    const usage = createUsage();
    const log = createLog();
    const limits: Limits = { ...PLATFORM_LIMITS, ...options.limits };

    onProgress('bundling the app’s functions');
    const built = await buildApp(appDir, stateDir, manifest, { bundle: options.bundle ?? null, script: options.script ?? null });
    const platform = createPlatform({ db, cells, clock, faults, usage, log, limits, manifest, built, urls, realMackerel: real !== null, specsDir: options.specsDir ?? null, createProducts: parts.createProducts });
    closing.push(() => platform.stop());

    const standIn = async (held: ReservedPort): Promise<MackerelServer | null> => {
      onProgress('starting the Mackerel stand-in');
      await held.release();
      const mackerelOptions = { stateDir, port: held.port, clock, periodSeconds: options.periodSeconds ?? 5, fresh };
      return parts.startMackerel(mackerelOptions, { ...(options.historyMinutes === undefined ? {} : { historyMinutes: options.historyMinutes }), onUnmodelled: (what) => log.unmodelled(`mackerel ${what}`) }).catch(busyPort(mackerelOptions.port, 'MACKEREL_PORT'));
    };
    const mackerel = ports.mackerel ? await standIn(ports.mackerel) : null;
    if (mackerel) closing.push(() => mackerel.close());

    const deps: SiteDeps = { ...platform.deps, appDir };
    /** Twice in a row: what one part hands to the next is for a moment with neither. */
    const when = async (quiet: () => boolean, timeoutMs: number): Promise<boolean> => {
      const until = Date.now() + timeoutMs;
      for (let seen = 0; seen < 2; ) {
        seen = quiet() ? seen + 1 : 0;
        if (Date.now() > until) return false;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return true;
    };
    const busy = (): boolean => {
      const { running, due } = platform.work();
      return running || (due !== null && due <= clock.now());
    };
    const idle = (timeoutMs: number): Promise<boolean> => when(() => !busy() && platform.work().due === null, timeoutMs);
    const settled: Site['settled'] = async (timeoutMs) => ((await when(() => !busy(), timeoutMs)) ? platform.work().due : 'busy');
    let ready = false;
    await registerHttp(site, { siteUrl: urls.site, products: deps.products, webtriggers: platform.webtriggers });
    registerRealtime(site, { siteUrl: urls.site, products: deps.products, realtime: platform.realtime });
    await registerControl(site, { deps, platform, faults, usage, log, clock, mackerel, idle, ready: () => ready });
    await parts.registerWeb(site, deps);
    await parts.registerFrames(frames, deps);
    closing.push(() => site.close(), () => frames.close());
    await listen(site, ports.site, 'PORT');
    await listen(frames, ports.app, 'APP_PORT');
    platform.start();

    if (options.unconfigured !== true && (real || mackerel)) {
      onProgress('configuring the app as its admin');
      if (real) await configureForReal(deps, cells, { url: urls.mackerel, apiKey: real.apiKey });
      else if (mackerel) await configure(deps, cells, mackerel);
    }
    ready = true;
    return { url: urls.site, urls, deps, mackerel, invoke: deps.invoke, idle, settled, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
