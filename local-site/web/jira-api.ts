/** `/__web/projects` and `/__web/issues`: what the page view asks of Jira. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SiteDeps } from '../site-deps';
import type { SiteUser } from '../types';
import type { IssueChange } from '../products/issues-for-web';
import * as issues from './issues';
import { viewer } from './session';

const summary = z.string().trim().min(1).max(255);
const newIssue = z.object({ typeId: z.string(), summary });
const edit = z.strictObject({
  summary: summary.optional(),
  dueDate: z.iso.date().nullish(),
  assigneeId: z.string().nullish(),
  labels: z.array(z.string().regex(/^\S+$/).max(255)).optional(),
});
const transition = z.object({ id: z.string() });
const target = z.object({ projectKey: z.string() });
const panel = z.object({ shown: z.boolean() });

type Key = { Params: { key: string } };

export function registerJiraApi(site: FastifyInstance, deps: SiteDeps): void {
  const who = (request: FastifyRequest): SiteUser | null => viewer(request, deps);
  const nothing = (reply: FastifyReply): FastifyReply => reply.code(204).send();

  site.get<Key>('/__web/projects/:key/issues', (request) => issues.list(deps, who(request), request.params.key));
  site.post<Key>('/__web/projects/:key/issues', (request) => issues.create(deps, who(request), request.params.key, newIssue.parse(request.body)));
  site.get<Key>('/__web/issues/:key', (request) => issues.view(deps, who(request), request.params.key));
  site.patch<Key>('/__web/issues/:key', (request, reply) => {
    // zod's optional keys may hold undefined, the product's may not.
    const change = JSON.parse(JSON.stringify(edit.parse(request.body))) as IssueChange;
    issues.change(deps, who(request), request.params.key, change);
    return nothing(reply);
  });
  site.post<Key>('/__web/issues/:key/transition', (request, reply) => {
    issues.transition(deps, who(request), request.params.key, transition.parse(request.body).id);
    return nothing(reply);
  });
  site.post<Key>('/__web/issues/:key/move', (request) => issues.move(deps, who(request), request.params.key, target.parse(request.body).projectKey));
  site.post<Key>('/__web/issues/:key/panel', (request, reply) => {
    issues.showPanel(deps, who(request), request.params.key, panel.parse(request.body).shown);
    return nothing(reply);
  });
  site.delete<Key>('/__web/issues/:key', (request, reply) => {
    issues.remove(deps, who(request), request.params.key);
    return nothing(reply);
  });
  site.delete<{ Params: { key: string; id: string } }>('/__web/issues/:key/links/:id', (request, reply) => {
    issues.removeLink(deps, who(request), request.params.key, request.params.id);
    return nothing(reply);
  });
}
