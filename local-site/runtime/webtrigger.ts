/** Web trigger URLs, kept over restarts, and the calls that reach them. */
import { randomBytes } from 'node:crypto';
import type { Faults } from '../core/faults';
import { windowLimit, type Limits } from '../core/limits';
import type { Database_ } from '../types';
import { FunctionFailure, type Functions } from './functions';
import type { Manifest } from './manifest';

export interface TriggerRequest {
  readonly token: string;
  readonly method: string;
  readonly path: string;
  /** What follows the token, with its slash; '' when nothing does. */
  readonly userPath: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly queryParameters: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}
export interface TriggerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}
export interface WebTriggers {
  /** The URL of a web trigger module; made on first asking. null: no such module. */
  url(moduleKey: string, forceCreate: boolean): string | null;
  list(): readonly { readonly triggerKey: string; readonly url: string }[];
  remove(token: string): boolean;
  handle(request: TriggerRequest): Promise<TriggerAnswer>;
}
const plain = (status: number, body: string, headers: TriggerAnswer['headers'] = {}): TriggerAnswer => ({ status, headers: { 'content-type': ['text/plain'], ...headers }, body });

function toAnswer(result: unknown): TriggerAnswer | null {
  if (typeof result !== 'object' || result === null) return null;
  const { statusCode, headers, body } = result as { statusCode?: unknown; headers?: unknown; body?: unknown };
  if (typeof statusCode !== 'number' || (body !== undefined && typeof body !== 'string')) return null;
  const lists = Object.entries((headers ?? {}) as Record<string, unknown>);
  if (!lists.every((entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].every((value) => typeof value === 'string'))) return null;
  return { status: statusCode, headers: Object.fromEntries(lists), body: body ?? '' };
}

export function createWebTriggers(db: Database_, manifest: Manifest, functions: Functions, faults: Faults, limits: Limits, baseUrl: () => string): WebTriggers {
  db.exec('CREATE TABLE IF NOT EXISTS webtriggers (token TEXT PRIMARY KEY, module TEXT NOT NULL) WITHOUT ROWID');
  const rows = (): { token: string; module: string }[] => db.prepare('SELECT token, module FROM webtriggers').all([]) as { token: string; module: string }[];
  const modules = new Map(rows().map(({ token, module }) => [token, module]));
  const perMinute = windowLimit(60_000, limits.webtriggerPerMinute);
  const perSecond = windowLimit(1_000, limits.webtriggerPerSecond);
  const urlOf = (token: string): string => `${baseUrl()}/x/${token}`;

  async function invoke(moduleKey: string, functionKey: string, { token: _token, ...payload }: TriggerRequest): Promise<TriggerAnswer> {
    try {
      const result = await functions.invoke({ functionKey, payload, accountId: null, moduleKey, moduleType: 'webtrigger', limitMs: limits.webtriggerMs });
      return toAnswer(result) ?? plain(500, 'The function returned no valid web trigger response.');
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error;
      return error.name === 'FUNCTION_TIME_OUT' ? plain(504, 'The function timed out.') : plain(424, 'The function failed.');
    }
  }

  return {
    url(moduleKey, forceCreate) {
      if (!manifest.webtriggers.has(moduleKey)) return null;
      const known = [...modules].find(([, module]) => module === moduleKey)?.[0];
      if (known !== undefined && !forceCreate) return urlOf(known);
      const token = randomBytes(24).toString('base64url');
      db.prepare('INSERT INTO webtriggers (token, module) VALUES (?, ?)').run([token, moduleKey]);
      modules.set(token, moduleKey);
      return urlOf(token);
    },
    list: () => [...modules].map(([token, triggerKey]) => ({ triggerKey, url: urlOf(token) })),
    remove(token) {
      db.prepare('DELETE FROM webtriggers WHERE token = ?').run([token]);
      return modules.delete(token);
    },
    async handle(request) {
      const moduleKey = modules.get(request.token);
      const functionKey = moduleKey === undefined ? undefined : manifest.webtriggers.get(moduleKey);
      if (moduleKey === undefined || functionKey === undefined) return plain(404, 'No such web trigger.');
      if (!perSecond.take(1)) return plain(429, 'Too many requests.', { 'retry-after': ['1'], 'x-ratelimit-remaining': ['0'] });
      if (!perMinute.take(1)) return plain(429, 'Too many requests.', { 'retry-after': ['60'], 'x-ratelimit-remaining': ['0'] });
      if (request.body.length > limits.invocationPayload) return plain(413, 'The request is larger than an invocation may be.');
      const verdict = faults.strike('webtrigger', request.method, request.path);
      if (verdict.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, verdict.delayMs));
      if (verdict.status !== null) return plain(verdict.status, 'fault');
      if (verdict.duplicate) await invoke(moduleKey, functionKey, request);
      const answer = await invoke(moduleKey, functionKey, request);
      if (verdict.kill) functions.kill();
      // The function had its effect; the caller never hears of it.
      return verdict.drop ? plain(504, 'fault') : answer;
    },
  };
}
