/** One way of trying again for every outside service: few tries, jitter, the server's own wait respected, a total bound. */
import { DelegateBackoff, handleWhen, retry } from 'cockatiel';

export interface RetryPlan {
  /** Calls in all, the first included. */
  readonly tries: number;
  /** ms from the first call after which no further call begins. */
  readonly budgetMs: number;
  /** First wait in ms; doubles, with jitter of ± half. */
  readonly firstWaitMs: number;
  readonly again: (error: Error) => boolean;
  /** ms the server asked us to wait; null when it said nothing. */
  readonly asked: (error: Error) => number | null;
}

/**
 * Runs `work` until it succeeds, fails for good, or the plan is used up; then its last error is thrown.
 * `work` gets the ms left of the budget, to bound its own time-out.
 */
export async function withRetry<T>(plan: RetryPlan, now: () => number, work: (leftMs: number) => Promise<T>): Promise<T> {
  const until = now() + plan.budgetMs;
  const left = (): number => Math.max(0, until - now());
  const policy = retry(
    handleWhen((error) => plan.again(error) && left() > (plan.asked(error) ?? 0)),
    {
      maxAttempts: plan.tries - 1,
      backoff: new DelegateBackoff(({ attempt, result }) => {
        const asked = 'error' in result ? (plan.asked(result.error) ?? 0) : 0;
        const own = plan.firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random());
        return Math.min(left(), Math.max(asked, own));
      }),
    },
  );
  return await policy.execute(() => work(left()));
}

/** `Retry-After` in ms: seconds or an HTTP date; null when absent or not understood. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
