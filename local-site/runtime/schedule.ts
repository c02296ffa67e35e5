/** Scheduled triggers: by timer, and on demand. A run that fails is lost until the next one, as on the platform. */
import type { MovableClock } from '../core/clock';
import type { Faults } from '../core/faults';
import type { Limits } from '../core/limits';
import type { SiteCells } from '../core/store';
import type { Installation } from '../site-deps';
import type { Functions } from './functions';
import type { Manifest, ScheduledTrigger } from './manifest';

const EVERY_MS: Record<ScheduledTrigger['interval'], number> = { fiveMinute: 300_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
export interface Schedules {
  /** Runs it now. Throws what the function threw; false: no such trigger. */
  run(key: string): Promise<boolean>;
  start(): void;
  stop(): void;
}

export function createSchedules(manifest: Manifest, functions: Functions, cells: SiteCells, clock: MovableClock, faults: Faults, limits: Limits, installation: Installation): Schedules {
  let timer: NodeJS.Timeout | null = null;
  const lastKey = (key: string): string => `schedule-last:${key}`;

  async function fire(trigger: ScheduledTrigger): Promise<void> {
    const verdict = faults.strike('schedule', 'RUN', trigger.key);
    if (verdict.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, verdict.delayMs));
    if (verdict.drop) return;
    if (verdict.status !== null) throw new Error(`The run of ${trigger.key} failed with ${verdict.status} (fault).`);
    const seconds = manifest.functions.get(trigger.function)?.timeoutSeconds;
    const call = {
      functionKey: trigger.function,
      payload: { context: { cloudId: installation.cloudId, moduleKey: trigger.key }, contextToken: 'local' },
      accountId: null,
      moduleKey: trigger.key,
      moduleType: 'scheduledTrigger',
      limitMs: seconds == null ? limits.backgroundMs : seconds * 1000,
    };
    if (verdict.duplicate) await functions.invoke(call);
    await functions.invoke(call);
    if (verdict.kill) functions.kill();
  }
  function arm(): void {
    if (timer) clearTimeout(timer);
    const waits = [...manifest.schedules.values()].map(({ key, interval }) => (cells.get<number>(lastKey(key)) ?? clock.now()) + EVERY_MS[interval] - clock.now());
    if (waits.length > 0) timer = setTimeout(tick, Math.min(Math.max(0, Math.min(...waits)), 2 ** 31 - 1)).unref();
  }
  function tick(): void {
    for (const trigger of manifest.schedules.values()) {
      const last = cells.get<number>(lastKey(trigger.key)) ?? clock.now();
      if (clock.now() - last < EVERY_MS[trigger.interval]) continue;
      cells.set(lastKey(trigger.key), clock.now());
      fire(trigger).catch(() => undefined); // logged by the function process; the platform tells nobody either
    }
    arm();
  }
  clock.onChange(() => timer && arm());
  return {
    async run(key) {
      const trigger = manifest.schedules.get(key);
      if (trigger === undefined) return false;
      await fire(trigger);
      return true;
    },
    start() {
      for (const { key } of manifest.schedules.values()) {
        const last = cells.get<number>(lastKey(key));
        // A clock moved ahead in an earlier life must not silence the schedule.
        if (last === null || last > clock.now()) cells.set(lastKey(key), clock.now());
      }
      arm();
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}
