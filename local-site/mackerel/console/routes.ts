/** The console: a page at `/` and everything it does under `/__console/`. None of this exists at Mackerel. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { acceptJson, param, query, sendError } from '../api/http';
import { ApiError, badRequest, notFound } from '../errors';
import type { HostStatus, Person } from '../model';
import type { Parts } from '../parts';
import { scenarioByName } from '../simulate/scenarios';
import type { Simulation } from '../simulate/simulation';
import { raise } from './by-hand';
import { consoleAlert, consoleDelivery, consoleState } from './state';

/** Who acts in the console. */
const OPERATOR: Person = { id: '3usrLocal01', screenName: 'console' };
const HOST_STATUSES: readonly string[] = ['working', 'standby', 'maintenance', 'poweroff'];
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

    app.post('/__console/alerts', (request) => consoleAlert(parts, raise(parts, request.body)));
    app.post('/__console/alerts/:id/close', (request) => {
      const alert = world.alerts.get(param(request, 'id'));
      if (alert === null) throw notFound('Alert');
      if (alert.closedAt !== null) throw badRequest('The alert is closed already.');
      return consoleAlert(parts, parts.life.close(alert, 'manual', { reason: 'Closed in the console', user: OPERATOR }));
    });

    app.post('/__console/monitors/:id/mute', (request) => {
      const monitor = world.monitors.get(param(request, 'id'));
      if (monitor === null) throw notFound('Monitor');
      const body = request.body as { readonly isMute?: unknown } | null;
      const isMute = typeof body?.isMute === 'boolean' ? body.isMute : !monitor.isMute;
      if (monitor.type === 'check') world.monitors.save({ ...monitor, isMute });
      else parts.monitors.update({ ...monitor, isMute }, OPERATOR);
      return { id: monitor.id, isMute };
    });
    app.post('/__console/hosts/:id/status', (request) => {
      const host = world.hosts.get(param(request, 'id'));
      const status = (request.body as { readonly status?: unknown } | null)?.status;
      if (host === null) throw notFound('Host');
      if (typeof status !== 'string' || !HOST_STATUSES.includes(status)) throw badRequest('status is unknown.');
      parts.hosts.setStatus(host, status as HostStatus, OPERATOR);
      return { id: host.id, status };
    });

    /** The "Test" button, for one channel or all. */
    app.post('/__console/sample', (request) => {
      const wanted = (request.body as { readonly channelId?: unknown } | null)?.channelId;
      const channels = world.channels.all().filter((channel) => wanted === undefined || channel.id === wanted);
      if (channels.length === 0) throw notFound('Channel');
      return { deliveries: world.atomically(() => channels.map((channel) => parts.notify.sample(channel))) };
    });
    /** Mackerel has a warning icon for this. */
    app.post('/__console/channels/:id/resume', (request) => {
      const channel = world.channels.get(param(request, 'id'));
      if (channel === null) throw notFound('Channel');
      world.channels.save({ ...channel, suspendedAt: null, failures: 0 });
      return { id: channel.id, suspendedAt: null };
    });
  });
}
