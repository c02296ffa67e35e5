/** The console: a page at `/` and everything it does under `/__console/`. None of this exists at Mackerel. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { acceptJson, param, query, sendError } from '../api/http';
import { ApiError, badRequest, notFound } from '../errors';
import type { Parts } from '../parts';
import { scenarioByName } from '../simulate/scenarios';
import type { Simulation } from '../simulate/simulation';
import { alertActions, channelActions, hostActions, monitorActions } from './actions';
import { consoleDelivery, consoleState } from './state';
import { worldActions } from './world-actions';

const FILES = { '/': ['page.html', 'text/html'], '/__console/console.js': ['console.js', 'text/javascript'], '/__console/console.css': ['console.css', 'text/css'] } as const;

export async function registerConsole(server: FastifyInstance, parts: Parts, simulation: Simulation): Promise<void> {
  const { world } = parts;
  await server.register(async (app) => {
    acceptJson(app);
    app.setErrorHandler((error, _request, reply) => sendError(error, reply));
    // Pages of other sites in the same browser must not be able to press these buttons.
    app.addHook('onRequest', async (request) => {
      const { origin, host } = request.headers;
      if (request.method !== 'GET' && origin !== undefined && origin !== `http://${host}`) throw new ApiError(403, 'Only the console itself may do this from a browser.');
    });

    for (const [url, [file, type]] of Object.entries(FILES)) {
      app.get(url, (_request, reply: FastifyReply) =>
        reply
          .type(`${type}; charset=utf-8`)
          .header('content-security-policy', "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:")
          .header('cache-control', 'no-cache')
          .send(readFileSync(path.join(__dirname, file))),
      );
    }
    app.get('/__console/state', () => consoleState(parts));
    app.get('/__console/deliveries', (request) => {
      const limit = Number(query(request).one('limit') ?? 5000);
      if (!Number.isInteger(limit) || limit < 1) throw badRequest('limit must be a whole number from 1.');
      return { deliveries: world.deliveries.latest(limit).map((delivery) => consoleDelivery(parts, delivery)) };
    });

    for (const action of ['start', 'stop'] as const) {
      app.post(`/__console/scenarios/:name/${action}`, (request) => {
        const scenario = scenarioByName(param(request, 'name'));
        if (scenario === null) throw notFound('Scenario');
        simulation[action](scenario.name);
        return { scenario: scenario.name, running: action === 'start' };
      });
    }
    app.post('/__console/recover', () => {
      simulation.recover();
      return { openAlerts: world.alerts.open().length };
    });

    for (const actions of [alertActions, monitorActions, hostActions, channelActions, worldActions]) actions(app, parts);
  });
}
