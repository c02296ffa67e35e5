/** The person's own REST calls, as Confluence's editor makes them. */
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import { asCaller } from './session';

/** Confluence refused; `status` and its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export type Json = Readonly<Record<string, unknown>>;
export const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
export const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** The answer's JSON; throws Refused for anything but 2xx. */
export async function rest(deps: SiteDeps, user: SiteUser | null, method: string, path: string, body?: Json): Promise<Json> {
  const answer = await deps.products.call({
    product: 'confluence',
    as: asCaller(user),
    via: 'browser',
    method,
    path,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const json = answer.body === '' ? {} : object(JSON.parse(answer.body));
  if (answer.status >= 300) throw new Refused(answer.status, reason(json) ?? `${method} ${path} answered ${answer.status}`);
  return json;
}

function reason(json: Json): string | null {
  const first = object(Array.isArray(json['errors']) ? json['errors'][0] : null);
  const words = [first['title'], first['detail'], json['message']].map(text).filter((part) => part !== '');
  return words.length > 0 ? words.join(': ') : null;
}
