/** `/__bridge/*`: what the host page does for a bridge command, always as the person in the cookie. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { InvokeRequest, ModulePlace, SiteDeps } from '../site-deps';
import { fail } from './site-api';
import { asCaller, viewer } from './session';

const record = z.record(z.string(), z.unknown());
const place = z.object({
  contentId: z.string().optional(),
  spaceKey: z.string().optional(),
  issueKey: z.string().optional(),
  localId: z.string().optional(),
  config: record.optional(),
  extra: record.optional(),
});
const contextBody = z.object({ moduleKey: z.string(), place, colorMode: z.enum(['light', 'dark']) });
const invokeBody = z.object({ moduleKey: z.string(), functionKey: z.string(), payload: z.unknown().optional(), context: place });
const fetchBody = z.object({
  product: z.string(),
  restPath: z.string(),
  fetchRequestInit: z.object({
    method: z.string().optional(),
    headers: z.array(z.tuple([z.string(), z.string()])).default([]),
    body: z.string().nullish(),
  }),
  isMultipartFormData: z.boolean().optional(),
});
const FAILED = 'There was an error invoking the function';
/** zod's optional keys may hold undefined, the site's may not. */
const exact = (value: z.infer<typeof place>): ModulePlace => JSON.parse(JSON.stringify(value)) as ModulePlace;

export function registerBridgeRoutes(site: FastifyInstance, deps: SiteDeps): void {
  site.post('/__bridge/context', async (request) => {
    const { moduleKey, place: where, colorMode } = contextBody.parse(request.body);
    const user = viewer(request, deps);
    const { cloudId, environmentId, environmentType } = deps.installation;
    const license = deps.license();
    return {
      ...(user ? { accountId: user.accountId } : {}),
      cloudId,
      environmentId,
      environmentType,
      ...(license === null ? {} : { license }),
      localId: where.localId ?? `ari:cloud:ecosystem::extension/${deps.manifest.appUuid}/${environmentId}/static/${moduleKey}`,
      locale: user?.locale ?? 'en-US',
      moduleKey,
      siteUrl: deps.urls.site,
      timezone: user?.timezone ?? 'UTC',
      theme: { colorMode, light: 'light', dark: 'dark', spacing: 'spacing', typography: 'typography', shape: 'shape' },
      surfaceColor: null,
      extension: await deps.extension(moduleKey, exact(where), user),
    };
  });

  site.post('/__bridge/invoke', async (request) => {
    const { moduleKey, functionKey, payload, context } = invokeBody.parse(request.body);
    const call: InvokeRequest = { moduleKey, functionKey, payload, user: viewer(request, deps), context: exact(context) };
    const answer = await deps.invoke(call);
    // What a browser gets to see of a function that failed.
    return answer.ok ? answer : { ok: false, error: { name: 'Error', message: `${FAILED}: ${answer.error.message}` } };
  });

  site.post('/__bridge/fetchProduct', async (request, reply): Promise<FastifyReply> => {
    const { product, restPath, fetchRequestInit: init, isMultipartFormData } = fetchBody.parse(request.body);
    const refused = isMultipartFormData ? 'fetchProduct with FormData' : product !== 'confluence' && product !== 'jira' ? `fetchProduct of ${product}` : null;
    if (refused) {
      deps.unmodelled(refused);
      return fail(reply, 501, `not modelled: ${refused}`);
    }
    const url = new URL(restPath, 'http://site.invalid');
    if (url.host !== 'site.invalid') return fail(reply, 400, `not a path of this product: ${restPath}`);
    const answer = await deps.products.call({
      product: product as 'confluence' | 'jira',
      as: asCaller(viewer(request, deps)),
      via: 'bridge',
      method: (init.method ?? 'GET').toUpperCase(),
      path: url.pathname + url.search,
      headers: Object.fromEntries(init.headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: init.body || null,
    });
    const { body, bytes, headers, status } = answer;
    return reply.send({ body: bytes === undefined ? body : Buffer.from(bytes).toString('base64'), headers, status, statusText: '', isAttachment: bytes !== undefined });
  });
}
