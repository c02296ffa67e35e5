/** One call of Mackerel's API: key, time-outs, tries again, and every way it is known to answer errors. */
import { MackerelError, type Clock } from '../../ports';
import { retryAfterMs, withRetry } from '../retry';

export const MACKEREL_API = 'https://api.mackerelio.com';
/** Politeness towards a vendor that publishes no general limit, and shorter than a resolver's own time. */
const TRIES = 3;
const BUDGET_MS = 8_000;
const ONE_TRY_MS = 4_000;

/** What is needed of `fetch`; `@forge/api`'s and the global one fit. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; signal: AbortSignal; body?: string },
) => Promise<{ readonly status: number; readonly ok: boolean; readonly headers: { get(name: string): string | null }; text(): Promise<string> }>;

export type Query = readonly (readonly [string, string])[];

class Again extends Error {
  constructor(readonly failure: MackerelError) {
    super(failure.message);
  }
}

/** Mackerel answers errors as `{error: {message}}`, `{error: "…"}`, plain text or nothing. */
export function errorMessage(body: string): string {
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  const inside = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined);
  let found: string | null;
  try {
    const parsed: unknown = JSON.parse(body);
    const error = inside(parsed, 'error');
    found = text(inside(error, 'message')) ?? text(error) ?? text(inside(parsed, 'message')) ?? text(parsed);
  } catch {
    found = body.trimStart().startsWith('<') ? null : text(body.trim());
  }
  return (found ?? 'no message').slice(0, 200);
}

function failureOf(status: number, body: string, wait: number | null): MackerelError {
  const message = `${status}: ${errorMessage(body)}`;
  if (status === 401) return new MackerelError('key', message);
  if (status === 403) return new MackerelError('forbidden', message);
  if (status === 429) return new MackerelError('rate', message, wait);
  return status >= 500 ? new MackerelError('unreachable', message, wait) : new MackerelError('refused', message);
}

interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body: string | null;
  /** A lost answer may have had its effect, which must not come twice. */
  readonly once?: true;
}

/** `get` reads, `send` and `remove` write `path` (under `/api/v0`) and may do so twice; `make` asks once. null: 404. @throws MackerelError */
export function createHttp(options: { readonly apiKey: string; readonly fetch: Fetch; readonly clock: Pick<Clock, 'now'> }) {
  const once = async (url: string, sent: Sent, timeoutMs: number): Promise<unknown> => {
    let status: number;
    let body: string;
    let wait: number | null;
    try {
      const response = await options.fetch(url, {
        method: sent.method,
        headers: { 'X-Api-Key': options.apiKey, accept: 'application/json', ...(sent.body === null ? {} : { 'content-type': 'application/json' }) },
        ...(sent.body === null ? {} : { body: sent.body }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = response.status;
      wait = retryAfterMs(response.headers.get('retry-after'), options.clock.now());
      body = await response.text();
    } catch (error) {
      // The cause may quote the request; only its kind is told.
      throw new Again(new MackerelError('unreachable', error instanceof Error ? error.name : 'network error'));
    }
    if (status === 404) return null;
    if (status < 200 || status > 299) {
      const failure = failureOf(status, body, wait);
      throw failure.kind === 'rate' || failure.kind === 'unreachable' ? new Again(failure) : failure;
    }
    try {
      return JSON.parse(body) as unknown;
    } catch {
      throw new MackerelError('refused', `${status}: not JSON`);
    }
  };
  const patiently = async (url: string, sent: Sent): Promise<unknown> => {
    const plan = {
      tries: TRIES,
      budgetMs: BUDGET_MS,
      firstWaitMs: 300,
      again: (error: Error) => error instanceof Again && (sent.once !== true || error.failure.kind === 'rate'),
      asked: (error: Error) => (error instanceof Again ? error.failure.retryAfterMs : null),
    };
    try {
      return await withRetry(plan, () => performance.now(), (left) => once(url, sent, Math.max(1, Math.min(ONE_TRY_MS, left))));
    } catch (error) {
      if (error instanceof Again) throw error.failure;
      throw error;
    }
  };
  return {
    async get(path: string, query: Query = []): Promise<unknown> {
      const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
      return await patiently(`${MACKEREL_API}/api/v0${path}${search === '' ? '' : `?${search}`}`, { method: 'GET', body: null });
    },
    async send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<unknown> {
      return await patiently(`${MACKEREL_API}/api/v0${path}`, { method, body: JSON.stringify(body) });
    },
    async make(path: string, body: unknown): Promise<unknown> {
      return await patiently(`${MACKEREL_API}/api/v0${path}`, { method: 'POST', body: JSON.stringify(body), once: true });
    },
    async remove(path: string): Promise<unknown> {
      return await patiently(`${MACKEREL_API}/api/v0${path}`, { method: 'DELETE', body: null });
    },
  };
}
export type Http = ReturnType<typeof createHttp>;
