/** The simulated hosts' agents: once per period they post, through the same door as everybody else. */
import type { HostPoint } from '../ingest';
import type { Host } from '../model';
import type { Parts } from '../parts';
import { createMachine, type Machine } from './machine';
import { effectOn, scenarioByName, type Scenario } from './scenarios';
import { scenarioSettings } from './scenario-settings';
import { PROFILES, ROUTES, SERVICE_SIGNALS, valueAt, type Profile } from './signals';

export const THIS_MACHINE = 'this-machine';
const CHECKED: readonly string[] = ['web-01', 'web-02'];

export function simulation(parts: Parts, machine: Machine | null = createMachine()) {
  const { world } = parts;
  const settings = scenarioSettings(parts);
  let last = world.now();
  let lastMinute = -1;
  let ticking: Promise<void> | null = null;

  type Active = { readonly scenario: Scenario; readonly step: number };
  const active = (): Active[] =>
    world.scenarios.running().flatMap(({ name, step }) => {
      const scenario = scenarioByName(name);
      return scenario ? [{ scenario, step }] : [];
    });
  const value = (now: number, running: readonly Active[], owner: string, signal: Parameters<typeof valueAt>[1]): number => {
    const healthy = valueAt(owner, signal, now);
    const changed = running.map(({ scenario, step }) => effectOn(scenario, step, owner, signal.name)).filter((each) => each !== null);
    if (changed.length === 0) return healthy;
    // Two scenarios at once: the worse counts. Values wobble by 2 %, so that a graph looks like one.
    return Math.round(Math.max(...changed) * (1 + 0.02 * Math.sin(now)) * 100) / 100;
  };

  /** Everything the simulated hosts post in one period; `real` are this computer's readings. */
  function post(real: readonly HostPoint[]): void {
    const now = world.now();
    const minute = Math.floor(now / 60);
    const isNewMinute = minute !== lastMinute;
    lastMinute = minute;
    const running = active();
    const silent = new Set(running.flatMap(({ scenario }) => scenario.silent ?? []));
    const posting = world.hosts.simulated().filter(({ host, profile }) => profile !== THIS_MACHINE && !silent.has(host.name));
    const points = posting.flatMap(({ host, profile }) =>
      (PROFILES[profile as Profile] ?? []).filter((signal) => isNewMinute || !signal.everyMinute).map((signal) => ({ hostId: host.id, name: signal.name, time: now, value: value(now, running, host.name, signal) })),
    );
    parts.ingest.hostMetrics([...points, ...real]);
    for (const [service, signals] of Object.entries(SERVICE_SIGNALS)) {
      if (world.services.get(service) === null) continue;
      parts.ingest.serviceMetrics(service, signals.map((signal) => ({ name: signal.name, time: now, value: value(now, running, service, signal) })));
    }
    if (world.services.get('shop') !== null) parts.ingest.labelledMetrics(ROUTES.map(({ owner, labels, signal }) => ({ name: signal.name, labels, time: now, value: value(now, running, owner, signal) })));
    const checked = posting.filter(({ host }) => CHECKED.includes(host.name));
    parts.ingest.checkReports(checked.map(({ host }) => ({ hostId: host.id, name: 'checkout-health', occurredAt: now, ...checkOf(host, running) })));
  }
  function checkOf(host: Host, running: readonly Active[]) {
    const found = host.name === 'web-01' ? running.find(({ scenario }) => scenario.check !== undefined) : undefined;
    return found?.scenario.check?.(found.step) ?? { status: 'OK' as const, message: `HTTP OK: 200 from http://${host.name}/health` };
  }

  async function readMachine(): Promise<HostPoint[]> {
    const host = world.hosts.simulated().find(({ profile }) => profile === THIS_MACHINE)?.host;
    if (machine === null || host === undefined) return [];
    const readings = await machine.read();
    const time = world.now();
    return readings.map((reading) => ({ hostId: host.id, time, ...reading }));
  }

  /** One period: everybody posts, scenarios go one step on, time is judged. */
  async function period(): Promise<void> {
    const real = await readMachine();
    world.atomically(() => {
      if (world.now() < last) {
        world.metrics.forgetAfter(world.now());
        world.judgements.forgetAll();
      }
      last = world.now();
      post(real);
      world.scenarios.advance();
      parts.judge.time();
    });
  }
  /** People who press a button see its first effect at once, not after up to one period. */
  const postNow = (): void => {
    post([]);
    world.scenarios.advance();
    parts.judge.time();
  };

  return {
    tick: (): Promise<void> => (ticking ??= period().finally(() => (ticking = null))),
    start: (name: string): void =>
      world.atomically(() => {
        world.scenarios.start(name, world.now());
        settings.apply(name);
        postNow();
      }),
    stop: (name: string): void =>
      world.atomically(() => {
        world.scenarios.stop(name);
        settings.undo(name);
        postNow();
      }),
    /** Ends every scenario and closes what was raised by hand, as a monitor that finds everything in order would. */
    recover: (): void =>
      world.atomically(() => {
        for (const { name } of world.scenarios.running()) settings.undo(name);
        world.scenarios.stopAll();
        postNow();
        for (const alert of world.alerts.open()) {
          if (alert.byHand) parts.life.close(alert, 'monitoring', { finding: { status: 'OK', value: null, message: alert.monitor.type === 'check' ? 'OK' : null } });
        }
      }),
  };
}
export type Simulation = ReturnType<typeof simulation>;
