/** The Mackerel stand-in: API, evaluation, webhooks, simulated hosts and a console, on one port. */
import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { MackerelOptions, MackerelServer } from '../types';
import { registerApi } from './api';
import { registerConsole } from './console/routes';
import { registerImages } from './images';
import { assemble } from './parts';
import { createMachine } from './simulate/machine';
import { DAY_MINUTES, seed } from './simulate/seed';
import { simulation } from './simulate/simulation';
import { SENDER_DEFAULTS, type SenderSettings } from './webhook/sender';
import { API_KEY, openWorld, READ_ONLY_KEY } from './world';

/** Settings beyond what the site needs; all have defaults. */
export interface MackerelTuning {
  /** `shop` (default): services, hosts, monitors, history. `empty`: an organisation with nothing in it. */
  readonly seed?: 'shop' | 'empty';
  /** Minutes of seeded history. Default one day. */
  readonly historyMinutes?: number;
  /** This computer as a host with its real load. Default true. */
  readonly thisMachine?: boolean;
  /** false: periods pass only through `tick()`. Default true. */
  readonly timer?: boolean;
  /** Seconds without a post after which a host counts as gone. */
  readonly goneAfterSeconds?: number;
  readonly webhook?: Partial<SenderSettings>;
  /** Told of each request the stand-in does not model, e.g. `GET /api/v0/dashboards`. */
  readonly onUnmodelled?: (what: string) => void;
}

/** Starts the stand-in; with an existing state it goes on where it stopped, unanswered webhooks included. */
export async function startMackerel(options: MackerelOptions, tuning: MackerelTuning = {}): Promise<MackerelServer> {
  const { stateDir, fresh, clock, periodSeconds } = options;
  const world = openWorld({ stateDir, fresh, clock, periodSeconds, goneAfterSeconds: tuning.goneAfterSeconds });
  const thisMachine = tuning.thisMachine ?? true;
  const parts = assemble(world, { ...SENDER_DEFAULTS, ...tuning.webhook }, tuning.onUnmodelled ?? (() => undefined));
  if (tuning.seed !== 'empty') seed(world, thisMachine, tuning.historyMinutes ?? DAY_MINUTES);
  const simulated = simulation(parts, thisMachine ? createMachine() : null);

  const server = Fastify({ logger: false, bodyLimit: 4 * 1024 * 1024, exposeHeadRoutes: false, forceCloseConnections: true, routerOptions: { maxParamLength: 500 } });
  await registerApi(server, parts);
  registerImages(server, world);
  await registerConsole(server, parts, simulated);
  await server.listen({ port: options.port, host: 'localhost' });
  const { port } = server.server.address() as AddressInfo;

  parts.sender.kick();
  let failed = false;
  const tick = async (): Promise<void> => {
    try {
      await simulated.tick();
      failed = false;
    } catch (error) {
      if (!failed) console.error('Mackerel stand-in: a period failed.', error);
      failed = true;
    }
  };
  if (tuning.timer !== false) void tick();
  const timer = tuning.timer === false ? null : setInterval(() => void tick(), periodSeconds * 1000);

  return {
    url: `http://localhost:${port}`,
    apiKey: API_KEY,
    readOnlyKey: READ_ONLY_KEY,
    tick: simulated.tick,
    async close() {
      if (timer) clearInterval(timer);
      await server.close();
      if (timer) await tick();
      await parts.sender.close();
      world.close();
    },
  };
}
