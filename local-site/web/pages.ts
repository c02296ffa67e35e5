/** The single page application that draws every page of the site, and its files. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SiteDeps } from '../site-deps';

const DIST = path.join(__dirname, '../view/dist');

/** The renderer must reach nothing but this site; frames may show the app's origin only. */
function pageCsp(deps: SiteDeps): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    // Not every browser counts the socket to the same host as 'self'.
    `connect-src 'self' ${deps.urls.site.replace(/^http/, 'ws')}`,
    `frame-src ${deps.urls.app}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
}

export async function registerPages(site: FastifyInstance, deps: SiteDeps): Promise<void> {
  const csp = pageCsp(deps);
  const page = (reply: FastifyReply): FastifyReply => {
    const file = path.join(DIST, 'index.html');
    if (!existsSync(file)) return reply.code(503).type('text/plain').send('The page view is not built yet: run `npm run build` in local-site/view.\n');
    return reply.type('text/html; charset=utf-8').header('content-security-policy', csp).header('cache-control', 'no-cache').send(readFileSync(file));
  };
  for (const route of ['/', '/wiki', '/wiki/', '/wiki/home', '/wiki/spaces', '/wiki/spaces/*', '/wiki/apps/*', '/browse/*', '/jira/projects/*']) {
    site.get(route, (_request, reply) => page(reply));
  }
  await site.register(fastifyStatic, { root: DIST, prefix: '/__view/', index: false, decorateReply: false, immutable: true, maxAge: '365d' });
}
