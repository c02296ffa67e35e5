/** Who is looking: the header for scripts, the cookie for browsers, else alice. */
import type { FastifyRequest } from 'fastify';
import type { SiteDeps } from '../site-deps';
import type { ProductCall, SiteUser } from '../types';

export const USER_COOKIE = 'site-user';
const COOKIE = /(?:^|;\s*)site-user=([a-z]+)/;
const DEFAULT_USER = 'alice';

/** null: an anonymous visitor. */
export function viewer(request: FastifyRequest, deps: Pick<SiteDeps, 'user'>): SiteUser | null {
  const header = request.headers['x-site-user'];
  const name = typeof header === 'string' ? header : COOKIE.exec(request.headers.cookie ?? '')?.[1];
  return deps.user(name ?? DEFAULT_USER);
}

export function asCaller(user: SiteUser | null): ProductCall['as'] {
  return user ? { type: 'user', accountId: user.accountId } : { type: 'anonymous' };
}

/** The app's frames share the host name and so the cookie; only the site's own pages may speak for its user. */
export function isForeign(request: FastifyRequest, site: string): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origin !== site;
}
