/** REST of Confluence and Jira as one actor: patience with their limits, and bodies parsed by schema. */
import api, { type FetchOptions, type Route } from '@forge/api';
import type { z } from 'zod';
import { AppFailure } from '../domain/failure';
import type { Actor } from '../ports';
import { noteQuota } from './quota';
import { retryAfterMs, withRetry } from './retry';

const TRIES = 3;
const BUDGET_MS = 8_000;

export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  /** Parsed JSON; null when there is none. */
  readonly body: unknown;
  /** As it came. */
  readonly bytes: Uint8Array;
}
export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly json?: unknown;
  /** In place of JSON: a body that is encoded already, with its headers. */
  readonly encoded?: { readonly body: string | ArrayBuffer; readonly headers: Readonly<Record<string, string>> };
  /** A POST that only reads is repeated like a GET. */
  readonly reads?: true;
}

/** The product stayed unavailable. A 429 had no effect; of any other status, or none at all (null), a write may have had one. */
export class Unavailable extends AppFailure {
  constructor(
    readonly status: number | null,
    readonly wait: number | null,
  ) {
    super('busy', 'error.busy', {}, null, wait ?? 2000);
  }
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

type Product = 'requestConfluence' | 'requestJira';

/**
 * One call. A 429 is repeated, a 5xx only where repeating is safe: whether a POST took effect is for its caller to find out.
 * @throws Unavailable
 */
export async function askProduct(product: Product, actor: Actor, path: Route, options: Ask): Promise<Answer> {
  const method = options.method ?? 'GET';
  const repeats = method !== 'POST' || options.reads === true;
  const init: FetchOptions = {
    method,
    headers: { accept: 'application/json', ...(options.json === undefined ? {} : { 'content-type': 'application/json' }), ...options.encoded?.headers },
    ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
    ...(options.encoded === undefined ? {} : { body: options.encoded.body }),
  };
  const plan = {
    tries: TRIES,
    budgetMs: BUDGET_MS,
    firstWaitMs: 300,
    again: (error: Error) => error instanceof Unavailable && (error.status === 429 || repeats),
    asked: (error: Error) => (error instanceof Unavailable ? error.wait : null),
  };
  return await withRetry(plan, () => performance.now(), async () => {
    const caller = actor.as === 'user' ? api.asUser() : api.asApp();
    const response = await caller[product](path, init);
    noteQuota(response.headers, Date.now());
    if (response.status === 429 || response.status >= 500) throw new Unavailable(response.status, retryAfterMs(response.headers.get('retry-after'), Date.now()));
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, ok: response.ok, body: bodyOf(new TextDecoder().decode(bytes)), bytes };
  });
}

/** The body as the schema says; anything else is a bug or a change of the API and nothing to go on with. */
export function read<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
  const parsed = schema.safeParse(answer.body);
  if (!answer.ok || !parsed.success) throw new AppFailure('internal');
  return parsed.data;
}
