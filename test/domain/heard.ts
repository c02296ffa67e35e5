/** What can be heard of one alert: readings of Mackerel and words of webhooks. */
import fc from 'fast-check';
import type { AlertStatus } from '../../src/contract';
import type { AlertSighting } from '../../src/domain/alert';
import type { AlertLog, Hint } from '../../src/domain/model';
import { toldSighting } from '../../src/domain/told';

export const T0 = 1_764_000_000_000;

const hint = (changedAt: number, status: AlertStatus, receivedAt: number, value: number | null = 900): Hint => ({
  schema: 1, conn: 'c', alertId: 'a1', receivedAt, changedAt, open: status !== 'OK',
  told: {
    status, trigger: 'monitor', type: 'host', monitorName: 'checkout p95', memo: null, host: { id: 'h1', name: 'web-01', roles: ['shop:web'] }, service: null, metric: 'custom.p95',
    operator: '>', warning: 500, critical: 800, value, message: 'checkout p95 900 > 800', openedAt: T0,
  },
});
export const word = (...of: Parameters<typeof hint>): AlertSighting => toldSighting(hint(...of), ['shop']) ?? neverNull();
const neverNull = (): never => {
  throw new Error('a hint with words gave no sighting');
};
export const reading = (factsAt: number, status: AlertStatus, statusAt: number, logs: readonly AlertLog[] | null): AlertSighting => ({
  id: 'a1', monitorId: 'm1', monitorName: 'checkout p95', monitorType: 'host', monitorMemo: null, host: { id: 'h1', name: 'web-01' }, service: 'shop', roles: ['shop:web'], metricName: 'custom.p95', unit: null,
  operator: '>', warning: 500, critical: 800, message: null, openedAt: T0, closedAt: status === 'OK' ? statusAt : null, reason: null, status, statusAt, value: null, factsAt,
  ...(logs === null ? { logs: [] } : { logs, logsAt: factsAt }),
});
export const line = (id: string, status: AlertStatus, at: number): AlertLog => ({ id, status, trigger: 'monitoring', at, value: null });

/** A life: changes of state a second or more apart, of which webhooks tell and readings show a part. */
export const life = fc
  .record({
    steps: fc.array(fc.record({ after: fc.integer({ min: 1, max: 90 }), status: fc.constantFrom<AlertStatus>('WARNING', 'CRITICAL', 'UNKNOWN') }), { minLength: 1, maxLength: 5 }),
    closes: fc.option(fc.integer({ min: 1, max: 90 })),
    // A webhook takes between nothing and a day; Mackerel's clock may be a day off as well.
    delays: fc.array(fc.integer({ min: 0, max: 86_400 }), { minLength: 6, maxLength: 6 }),
    skew: fc.integer({ min: -86_400, max: 86_400 }),
    readings: fc.array(fc.record({ after: fc.nat(500), logs: fc.boolean() }), { maxLength: 4 }),
  })
  .map(({ steps, closes, delays, skew, readings }) => {
    const lines: AlertLog[] = [];
    let at = T0;
    let last: AlertStatus | null = null;
    for (const { after, status } of steps) {
      if (status === last) continue;
      lines.push(line(`l${lines.length}`, status, at));
      last = status;
      at += after * 1000;
    }
    if (closes !== null) lines.push(line(`l${lines.length}`, 'OK', at + closes * 1000));
    const ours = (mackerels: number): number => mackerels + skew * 1000;
    const words = lines.map((log, n) => word(log.at, log.status, ours(log.at) + (delays[n] ?? 0) * 1000, log.status === 'OK' ? null : 900));
    const read = readings.flatMap(({ after, logs }) => {
      const seen = lines.filter((log) => log.at <= T0 + after * 1000);
      const now = seen.at(-1);
      return now === undefined ? [] : [reading(ours(T0 + after * 1000), now.status, now.at, logs ? seen : null)];
    });
    const end = lines.at(-1) ?? line('l0', 'WARNING', T0);
    return { inputs: [...words, ...read], end, lines, wholeAt: ours(T0) + 10 * 86_400_000 };
  });

/** Any order of them, some more than once. */
export const orders = <T>(inputs: readonly T[]): fc.Arbitrary<readonly T[]> =>
  fc.tuple(fc.shuffledSubarray([...inputs], { minLength: inputs.length, maxLength: inputs.length }), fc.array(fc.nat(Math.max(0, inputs.length - 1)), { maxLength: 6 })).map(([order, again]) => [...order, ...again.flatMap((n) => inputs[n] ?? [])]);
