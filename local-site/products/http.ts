/** What a route gets and gives, and the helpers all routes share. */
import type { Rights } from './access';
import type { Pages, Store, Who } from './pages';
import { Refusal, Unmodelled } from './refusal';

export interface Call extends Store {
  readonly baseUrl: string;
  readonly rights: Rights;
  readonly who: Who;
  readonly pages: Pages;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the parts of a form by name. */
  readonly body: unknown;
}
export interface Reply {
  readonly status: number;
  /** undefined: no body. */
  readonly body?: unknown;
  /** In place of a body: what is sent as it is. */
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects in the answer, for REST points. */
  readonly objects?: number;
}
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As the vendor's description writes it, e.g. `/wiki/api/v2/pages/{id}`. */
  readonly path: string;
  /** Users and permissions cost twice the points of other objects. */
  readonly pointsPerObject?: 2;
  /** A POST that only reads. */
  readonly isRead?: true;
  readonly handle: (call: Call) => Reply;
}

type Json = Record<string, unknown>;
export const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
export const ok = (body: unknown, objects = 1): Reply => ({ status: 200, body, objects });

export function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Refusal(400, `${name} must be a string`);
  return value;
}
export function whole(value: unknown, name: string): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw new Refusal(400, `${name} must be an integer`);
  return number;
}
export const param = (call: Call, name: string): string => call.params[name] ?? '';
export const idParam = (call: Call, name: string): number => whole(param(call, name), name);
/** Absent: false. */
export const flag = (call: Call, name: string): boolean => call.query.get(name) === 'true';
/** Values of a repeated or comma-separated parameter. */
export const many = (call: Call, name: string): string[] => call.query.getAll(name).flatMap((value) => value.split(',')).filter((value) => value !== '');

/** Refuses parameters the vendor takes but this site would silently ignore. */
export function only(call: Call, ...known: string[]): void {
  for (const name of call.query.keys()) if (!known.includes(name)) throw new Unmodelled(`${call.path} with ?${name}`);
}
export function oneOf<T extends string>(value: string, allowed: readonly T[], name: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Unmodelled(`${name}=${value}`);
  return found;
}

/** One page of a list with the vendor's opaque cursor, `_links.next` and `Link` header. */
export function paged<T>(call: Call, items: readonly T[], show: (item: T) => unknown): Reply {
  const limit = call.query.has('limit') ? whole(call.query.get('limit'), 'limit') : 25;
  const offset = readCursor(call.query.get('cursor'));
  const results = items.slice(offset, offset + limit).map(show);
  const base = `${call.baseUrl}/wiki`;
  if (offset + limit >= items.length) return ok({ results, _links: { base } }, results.length);
  const query = new URLSearchParams(call.query);
  query.set('cursor', Buffer.from(JSON.stringify({ offset: offset + limit })).toString('base64url'));
  const next = `${call.path}?${query.toString()}`;
  return { status: 200, body: { results, _links: { next, base } }, objects: results.length, headers: { link: `<${next}>; rel="next", <${base}>; rel="base"` } };
}
function readCursor(cursor: string | null): number {
  if (cursor === null) return 0;
  try {
    return whole(object(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))['offset'], 'cursor');
  } catch {
    throw new Refusal(400, 'The cursor is not one this API gave');
  }
}

/** One page of a list by `start` and `limit`, with v1's link to the next one. `size` is how many `rows` there are. */
export function window<T>(call: Call, items: readonly T[], defaultLimit: number): { rows: T[]; start: number; limit: number; size: number; _links: Record<string, string> } {
  const start = whole(call.query.get('start') ?? 0, 'start');
  const limit = whole(call.query.get('limit') ?? defaultLimit, 'limit');
  const rows = items.slice(start, start + limit);
  const query = new URLSearchParams(call.query);
  query.set('start', String(start + limit));
  query.set('limit', String(limit));
  const next = start + limit < items.length && limit > 0 ? { next: `${call.path.replace(/^\/wiki/, '')}?${query.toString()}` } : {};
  return { rows, start, limit, size: rows.length, _links: { base: `${call.baseUrl}/wiki`, context: '/wiki', ...next } };
}

/** Order by `field` or `-field`. */
export function sorted<T>(items: readonly T[], sort: string | null, fields: Readonly<Record<string, (item: T) => string | number>>): T[] {
  if (sort === null) return [...items];
  const by = fields[sort.replace(/^-/, '')];
  if (!by) throw new Unmodelled(`sort=${sort}`);
  const direction = sort.startsWith('-') ? -1 : 1;
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...items].sort((a, b) => direction * compare(by(a), by(b)));
}
