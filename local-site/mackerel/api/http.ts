/** What all API routes share: keys, bodies, query parameters, error answers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, badRequest } from '../errors';
import { API_KEY, READ_ONLY_KEY } from '../world';

const KEYS: ReadonlyMap<string, { readonly write: boolean }> = new Map([
  [API_KEY, { write: true }],
  [READ_ONLY_KEY, { write: false }],
]);

/** @throws ApiError 401 without a known key, 403 when a read-only key writes */
export function authorize(request: FastifyRequest): void {
  const header = request.headers['x-api-key'];
  const key = KEYS.get(typeof header === 'string' ? header : '');
  if (key === undefined) throw new ApiError(401, 'Authentication failed. Please try with valid Api Key.');
  if (!key.write && request.method !== 'GET' && request.method !== 'HEAD') throw new ApiError(403, 'This API key does not have write permission.');
}

/** Clients send DELETE and empty bodies as JSON, some without a content type: everything is read as JSON, nothing as `{}`. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, {});
    try {
      return done(null, JSON.parse(String(body)) as unknown);
    } catch {
      return done(badRequest('The request body is not JSON.'));
    }
  });
}

export function sendError(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof ApiError) return reply.code(error.status).send({ error: { message: error.message } });
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  const message = error instanceof Error ? error.message : 'unknown error';
  return reply.code(status).send({ error: { message } });
}

/** @throws ApiError 400 naming the field */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badRequest(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
}

/** Query parameters; a key may repeat, and an empty one counts as absent. */
export interface Query {
  one(name: string): string | null;
  all(name: string): string[];
  /** @throws ApiError 400 unless present and a whole number */
  seconds(name: string): number;
}
export function query(request: FastifyRequest): Query {
  const raw = request.query as Record<string, string | string[] | undefined>;
  const all = (name: string): string[] => [raw[name] ?? []].flat().filter((value) => value !== '');
  const one = (name: string): string | null => all(name)[0] ?? null;
  return {
    all,
    one,
    seconds(name) {
      const text = one(name);
      if (text === null || !/^-?\d+$/.test(text)) throw badRequest(`${name} must be a time in epoch seconds.`);
      return Number(text);
    },
  };
}

/** `limit` and `nextId` of lists that come in pages of at most 100. */
export function paging(request: FastifyRequest): { readonly limit: number; readonly nextId: string | null } {
  const q = query(request);
  const text = q.one('limit') ?? '100';
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badRequest('limit must be from 1 to 100.');
  return { limit, nextId: q.one('nextId') };
}
export const param = (request: FastifyRequest, name: string): string => (request.params as Record<string, string>)[name] ?? '';

/** A field that may be left out or null; both are null from here on. */
export const unset = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? null);
export const NAME = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{1,62}$/, 'must be 2 to 63 letters, digits, _ or -');
export const METRIC = z.string().regex(/^[a-zA-Z0-9._-]+$/, 'must consist of letters, digits, ., _ and -');
export const SECONDS = z.number().int();
