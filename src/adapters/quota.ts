/** What the products' answers say of REST points left. They are one pool of all customers of the app, so the last word counts. */
import type { Quota } from '../ports';

type Last = NonNullable<ReturnType<Quota['last']>>;
let last: Last | null = null;

const whole = (text: string | null | undefined): number | null => (text != null && /^\d{1,12}$/.test(text.trim()) ? Number(text) : null);

/** `X-RateLimit-Remaining` and `-Limit`, or the `RateLimit` field's `r`; null: the answer says nothing of it. */
export function quotaIn(headers: { get(name: string): string | null }, now: number): Last | null {
  const remaining = whole(headers.get('x-ratelimit-remaining')) ?? whole(/(?:^|;)\s*r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
  if (remaining === null) return null;
  const limit = whole(headers.get('x-ratelimit-limit')) ?? whole(/(?:^|;)\s*q=(\d+)/.exec(headers.get('ratelimit-policy') ?? '')?.[1]);
  return { remaining, limit, at: now };
}
export function noteQuota(headers: { get(name: string): string | null }, now: number): void {
  last = quotaIn(headers, now) ?? last;
}

export function createQuota(): Quota {
  return { last: () => last };
}
