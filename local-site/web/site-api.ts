/** `/__web/*`: what the page view asks for, as JSON and as the person in the cookie. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Session, WebFailure } from './api-types';
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import { Refused } from './confluence';
import * as editing from './editing';
import { projects } from './issues';
import * as lifecycle from './lifecycle';
import { ADMIN } from '../products/users';
import * as pages from './page-data';
import { cspReports } from './frames';
import { allResources, webModules } from './modules';
import { USER_COOKIE, viewer } from './session';
import * as templates from './templates';
import { textOf } from './texts';

const switchTo = z.object({ name: z.string().regex(/^[a-z]+$/) });
const scenario = z.object({ action: z.enum(['break', 'recover']) });
const title = z.string().trim().min(1).max(255);
const newPage = z.object({ spaceKey: z.string(), title, body: z.string() });
const edit = z.object({ title, body: z.string(), version: z.int().min(1), publish: z.boolean() });
const template = z.object({ name: title, description: z.string().max(255), body: z.string() });
const newTemplate = template.extend({ spaceKey: z.string() });
const target = z.object({ parentId: z.string() });
const copyTarget = target.extend({ title });
const what = z.object({ what: z.string().max(200) });

export function registerSiteApi(site: FastifyInstance, deps: SiteDeps): void {
  const who = (request: FastifyRequest): SiteUser | null => viewer(request, deps);
  type Id = { Params: { id: string } };

  site.get('/__web/session', (request) => session(deps, request));
  site.post('/__web/user', (request, reply) => {
    const { name } = switchTo.parse(request.body);
    return reply.header('set-cookie', `${USER_COOKIE}=${name}; Path=/; SameSite=Lax; Max-Age=31536000`).code(204).send();
  });
  site.post('/__web/scenario', (request, reply) => playScenario(deps, scenario.parse(request.body).action, reply));
  site.get('/__web/recent', (request) => pages.recentIncidents(deps, who(request)));
  site.get<{ Params: { key: string } }>('/__web/spaces/:key', (request) => pages.spacePages(deps, who(request), request.params.key));
  site.get<Id>('/__web/pages/:id', (request) => pages.view(deps, who(request), request.params.id));
  site.get<Id>('/__web/pages/:id/edit', (request) => editing.editable(deps, who(request), request.params.id));
  site.post('/__web/pages', (request) => editing.create(deps, who(request), newPage.parse(request.body)));
  site.put<Id>('/__web/pages/:id', async (request, reply) => {
    await editing.save(deps, who(request), request.params.id, edit.parse(request.body));
    return reply.code(204).send();
  });
  site.delete<Id>('/__web/pages/:id/draft', async (request, reply) => {
    await editing.discard(deps, who(request), request.params.id);
    return reply.code(204).send();
  });
  site.get('/__web/templates', (request) => templates.list(deps, who(request)));
  site.get<Id>('/__web/templates/:id', (request) => templates.view(deps, who(request), request.params.id));
  site.post('/__web/templates', (request) => {
    const { spaceKey, ...input } = newTemplate.parse(request.body);
    return templates.create(deps, who(request), spaceKey, input);
  });
  site.put<Id>('/__web/templates/:id', (request, reply) => {
    templates.change(deps, who(request), request.params.id, template.parse(request.body));
    return reply.code(204).send();
  });
  site.delete<Id>('/__web/templates/:id', (request, reply) => {
    templates.remove(deps, who(request), request.params.id);
    return reply.code(204).send();
  });
  site.get<{ Params: { key: string } }>('/__web/spaces/:key/trash', (request) => pages.spaceTrash(deps, who(request), request.params.key));
  site.post<Id>('/__web/pages/:id/copy', (request) => lifecycle.copy(deps, who(request), request.params.id, copyTarget.parse(request.body)));
  site.post<Id>('/__web/pages/:id/move', (request) => lifecycle.move(deps, who(request), request.params.id, target.parse(request.body)));
  site.post<Id>('/__web/pages/:id/restore', (request) => lifecycle.restore(deps, who(request), request.params.id));
  for (const [path, act] of [['/__web/pages/:id/trash', lifecycle.trash], ['/__web/pages/:id/purge', lifecycle.purge]] as const) {
    site.post<Id>(path, async (request, reply) => {
      await act(deps, who(request), request.params.id);
      return reply.code(204).send();
    });
  }
  site.post('/__web/unmodelled', (request, reply) => {
    const name = what.parse(request.body).what;
    deps.unmodelled(name);
    return fail(reply, 501, `not modelled: ${name}`);
  });
  site.get('/__web/csp-reports', () => cspReports);
}

/** Turns what a route threw into an answer people can read. */
export function failed(error: unknown, reply: FastifyReply): FastifyReply {
  if (error instanceof Refused) return fail(reply, error.status, error.message);
  if (error instanceof z.ZodError) return fail(reply, 400, z.prettifyError(error));
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  return fail(reply, status, error instanceof Error ? error.message : String(error));
}
export function fail(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ status, message } satisfies WebFailure);
}

function session(deps: SiteDeps, request: FastifyRequest): Session {
  const user = viewer(request, deps);
  const locale = user?.locale ?? 'en-US';
  return {
    user: user && { name: user.name, displayName: user.displayName, accountId: user.accountId },
    isAdmin: user?.accountId === ADMIN,
    lang: locale === 'ja-JP' ? 'ja' : 'en',
    timezone: user?.timezone ?? 'UTC',
    users: deps.products.users().map(({ name, displayName, accountId }) => ({ name, displayName, accountId })),
    spaces: pages.spaces(deps, user),
    projects: projects(deps, user),
    urls: { site: deps.urls.site, app: deps.urls.app, mackerel: deps.realMackerel ? 'https://mackerel.io/my/alerts' : deps.urls.mackerel },
    realMackerel: deps.realMackerel,
    resources: allResources(deps),
    app: {
      id: deps.manifest.appUuid,
      name: textOf(deps, locale, { i18n: 'app.name' }) ?? 'Incident Pages for Mackerel',
      environmentId: deps.installation.environmentId,
      environmentType: deps.installation.environmentType,
    },
    modules: webModules(deps, locale),
  };
}

async function playScenario(deps: SiteDeps, action: 'break' | 'recover', reply: FastifyReply): Promise<FastifyReply> {
  if (deps.realMackerel) return fail(reply, 409, 'The real Mackerel is connected for reading. Nothing is changed there.');
  const path = action === 'break' ? '/__console/scenarios/break-checkout/start' : '/__console/recover';
  const answer = await fetch(deps.urls.mackerel + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (!answer.ok) return fail(reply, 502, `Mackerel stand-in: ${answer.status} ${(await answer.text()).slice(0, 200)}`);
  return reply.code(204).send();
}
