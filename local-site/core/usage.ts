/** What the app used, as the vendor would bill and limit it. */
import type { ProductName } from '../types';

export interface UsageReport {
  readonly since: number;
  /** By function key. `ms` is the sum over its invocations. */
  readonly functions: Readonly<Record<string, { readonly invocations: number; readonly ms: number; readonly failed: number }>>;
  readonly rest: Readonly<Record<ProductName, { readonly calls: number; readonly points: number }>>;
  /** Units of 10 KB. */
  readonly kvs: { readonly readUnits: number; readonly writeUnits: number; readonly requests: number };
  readonly mackerel: { readonly requests: number };
  readonly queue: { readonly events: number };
  readonly realtime: { readonly operations: number };
}
export interface Usage {
  invocation(functionKey: string, ms: number, failed: boolean): void;
  rest(product: ProductName, points: number): void;
  kvs(readUnits: number, writeUnits: number): void;
  mackerel(): void;
  queue(events: number): void;
  realtime(): void;
  report(): UsageReport;
  reset(): void;
}

const empty = () => ({
  since: Date.now(),
  functions: {} as Record<string, { invocations: number; ms: number; failed: number }>,
  rest: { confluence: { calls: 0, points: 0 }, jira: { calls: 0, points: 0 } },
  kvs: { readUnits: 0, writeUnits: 0, requests: 0 },
  mackerel: { requests: 0 },
  queue: { events: 0 },
  realtime: { operations: 0 },
});

export function createUsage(): Usage {
  let now = empty();
  return {
    invocation(functionKey, ms, failed) {
      const row = (now.functions[functionKey] ??= { invocations: 0, ms: 0, failed: 0 });
      row.invocations += 1;
      row.ms += ms;
      if (failed) row.failed += 1;
    },
    rest(product, points) {
      now.rest[product].calls += 1;
      now.rest[product].points += points;
    },
    kvs(readUnits, writeUnits) {
      now.kvs.requests += 1;
      now.kvs.readUnits += readUnits;
      now.kvs.writeUnits += writeUnits;
    },
    mackerel: () => void (now.mackerel.requests += 1),
    queue: (events) => void (now.queue.events += events),
    realtime: () => void (now.realtime.operations += 1),
    report: () => structuredClone(now),
    reset: () => void (now = empty()),
  };
}
