/** Confluence's REST API as one actor: patience with its limits, and bodies parsed by schema. */
import api, { type APIResponse, type FetchOptions, type Route } from '@forge/api';
import type { z } from 'zod';
import { AppFailure } from '../../domain/failure';
import type { Actor } from '../../ports';
import { retryAfterMs, withRetry } from '../retry';

const TRIES = 3;
const BUDGET_MS = 8_000;

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  /** Parsed JSON; null when there is none. */
  readonly body: unknown;
}
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly json?: unknown;
}

class Again extends Error {
  constructor(
    readonly status: number,
    readonly wait: number | null,
  ) {
    super(`Confluence answered ${status}`);
  }
}

async function bodyOf(response: APIResponse): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/**
 * One call. A 429 is repeated, a 5xx only for GET and PUT: whether a POST took effect is for its caller to find out.
 * @throws AppFailure busy when Confluence stays unavailable
 */
export async function ask(actor: Actor, path: Route, options: Ask = {}): Promise<Answer> {
  const method = options.method ?? 'GET';
  const init: FetchOptions = {
    method,
    headers: { accept: 'application/json', ...(options.json === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
  };
  const plan = {
    tries: TRIES,
    budgetMs: BUDGET_MS,
    firstWaitMs: 300,
    again: (error: Error) => error instanceof Again && (error.status === 429 || method !== 'POST'),
    asked: (error: Error) => (error instanceof Again ? error.wait : null),
  };
  try {
    return await withRetry(plan, () => performance.now(), async () => {
      const caller = actor.as === 'user' ? api.asUser() : api.asApp();
      const response = await caller.requestConfluence(path, init);
      if (response.status === 429 || response.status >= 500) throw new Again(response.status, retryAfterMs(response.headers.get('retry-after'), Date.now()));
      return { status: response.status, ok: response.ok, body: await bodyOf(response) };
    });
  } catch (error) {
    if (error instanceof Again) throw new AppFailure('busy', 'error.busy', {}, null, error.wait ?? 2000);
    throw error;
  }
}

/** The body as the schema says; anything else is a bug or a change of the API and nothing to go on with. */
export function read<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  const parsed = schema.safeParse(answer.body);
  if (!answer.ok || !parsed.success) throw new AppFailure('internal');
  return parsed.data;
}
