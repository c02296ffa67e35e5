/** `/api/v0/*`, and nothing else of Mackerel's. What is not modelled answers 501 with its name. */
import type { FastifyInstance } from 'fastify';
import { notModelled } from '../errors';
import type { Parts } from '../parts';
import { alertGroupSettingRoutes } from './alert-group-settings';
import { alertRoutes } from './alerts';
import { annotationRoutes } from './annotations';
import { channelRoutes } from './channels';
import { downtimeRoutes } from './downtimes';
import { hostRoutes } from './hosts';
import { acceptJson, authorize, sendError } from './http';
import { metadataRoutes } from './metadata';
import { monitorRoutes } from './monitors';
import { notificationGroupRoutes } from './notification-groups';
import { serviceRoutes } from './services';
import { tsdbRoutes } from './tsdb';
import { userRoutes } from './users';

const ROUTES = [
  tsdbRoutes, hostRoutes, serviceRoutes, metadataRoutes, monitorRoutes, alertRoutes, annotationRoutes,
  channelRoutes, notificationGroupRoutes, downtimeRoutes, alertGroupSettingRoutes, userRoutes,
];

export async function registerApi(server: FastifyInstance, parts: Parts): Promise<void> {
  await server.register(
    async (app) => {
      acceptJson(app);
      app.setErrorHandler((error, _request, reply) => sendError(error, reply));
      app.addHook('onRequest', async (request) => authorize(request));
      for (const routes of ROUTES) routes(app, parts);
      app.setNotFoundHandler((request, reply) => {
        const [path = ''] = request.url.split('?');
        parts.unmodelled(`${request.method} ${path}`);
        return sendError(notModelled(`${request.method} ${path}`), reply);
      });
    },
    { prefix: '/api/v0' },
  );
}
