/** The web side of the site: pages people look at, the bridge's host routes, and the app's frames. */
import type { FastifyInstance } from 'fastify';
import type { SiteDeps } from '../site-deps';
import { registerBridgeRoutes } from './bridge-routes';
import { registerJiraApi } from './jira-api';
import { registerPages } from './pages';
import { isForeign } from './session';
import { fail, failed, registerSiteApi } from './site-api';

export { registerFrames } from './frames';

/** Routes of the site's origin. Encapsulated: parsers and hooks here do not touch the product's REST routes. */
export async function registerWeb(site: FastifyInstance, deps: SiteDeps): Promise<void> {
  await site.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, JSON.parse(String(body)));
      } catch (error) {
        done(Object.assign(error as Error, { statusCode: 400 }));
      }
    });
    scope.addHook('onRequest', async (request, reply) => {
      if (request.method !== 'GET' && isForeign(request, deps.urls.site)) return fail(reply, 403, 'Only pages of this site may call this.');
      return undefined;
    });
    scope.setErrorHandler((error, _request, reply) => failed(error, reply));
    registerBridgeRoutes(scope, deps);
    registerSiteApi(scope, deps);
    registerJiraApi(scope, deps);
    await registerPages(scope, deps);
  });
}
