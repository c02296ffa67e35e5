/** Platform limits, on by default. Sizes in bytes, times in ms unless the name says otherwise. */
export interface Limits {
  readonly resolverMs: number;
  readonly webtriggerMs: number;
  /** Consumers, schedules and triggers whose function sets no timeoutSeconds. */
  readonly backgroundMs: number;
  readonly payloadIn: number;
  readonly payloadOut: number;
  readonly invocationPayload: number;
  readonly kvsReadUnitsPerMinute: number;
  readonly kvsWriteUnitsPerMinute: number;
  readonly queueEventsPerMinute: number;
  readonly realtimePerSecond: number;
  readonly realtimeTokenSeconds: number;
  readonly webtriggerPerMinute: number;
  readonly webtriggerPerSecond: number;
  /** First wait before the platform repeats a failed background invocation; doubles each time. */
  readonly retryMs: number;
  readonly retries: number;
  /** Background invocations at one time. */
  readonly concurrency: number;
}
export const PLATFORM_LIMITS: Limits = {
  resolverMs: 25_000,
  webtriggerMs: 55_000,
  backgroundMs: 55_000,
  payloadIn: 500 * 1024,
  payloadOut: 5 * 1024 * 1024,
  invocationPayload: 5 * 1024 * 1024,
  kvsReadUnitsPerMinute: 4_000,
  kvsWriteUnitsPerMinute: 4_000,
  queueEventsPerMinute: 500,
  realtimePerSecond: 50,
  realtimeTokenSeconds: 900,
  webtriggerPerMinute: 7_000,
  webtriggerPerSecond: 300,
  retryMs: 1_000,
  retries: 4,
  concurrency: 16,
};

/** Counts `amount` against `max` per window; false, and nothing counted, when it would go past. */
export function windowLimit(windowMs: number, max: number): { take(amount: number): boolean; readonly remaining: number } {
  let start = 0;
  let used = 0;
  return {
    take(amount) {
      // Wall time on purpose: moving the site's clock must not hand out a second quota.
      const now = Date.now();
      if (now - start >= windowMs) {
        start = now;
        used = 0;
      }
      if (used + amount > max) return false;
      used += amount;
      return true;
    },
    get remaining() {
      return Date.now() - start >= windowMs ? max : Math.max(0, max - used);
    },
  };
}
