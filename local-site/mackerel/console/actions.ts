/** What the console's buttons do to alerts, monitors, hosts, services and channels. Each names the console's person as who did it. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { param, parse } from '../api/http';
import { monitorAnswer } from '../api/monitor-answer';
import { monitorInput } from '../api/monitor-input';
import { badRequest, notFound } from '../errors';
import type { AnyMonitor, Channel, Host, Monitor } from '../model';
import type { Parts } from '../parts';
import { OPERATOR } from '../world';
import { raise } from './by-hand';
import { consoleAlert } from './state';

const status = z.object({ status: z.enum(['working', 'standby', 'maintenance', 'poweroff']) });

export function alertActions(app: FastifyInstance, parts: Parts): void {
  app.post('/__console/alerts', (request) => consoleAlert(parts, raise(parts, request.body)));
  app.post('/__console/alerts/:id/close', (request) => {
    const alert = parts.world.alerts.get(param(request, 'id'));
    if (alert === null) throw notFound('Alert');
    if (alert.closedAt !== null) throw badRequest('The alert is closed already.');
    return consoleAlert(parts, parts.life.close(alert, 'manual', { reason: 'Closed in the console', user: OPERATOR }));
  });
}

export function monitorActions(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const anyMonitorOf = (request: FastifyRequest): AnyMonitor => {
    const monitor = world.monitors.get(param(request, 'id'));
    if (monitor === null) throw notFound('Monitor');
    return monitor;
  };
  const monitorOf = (request: FastifyRequest): Monitor => {
    const monitor = anyMonitorOf(request);
    if (monitor.type === 'check') throw badRequest('Check monitors are what hosts report.');
    return monitor;
  };

  /** Changes the fields that are named, e.g. thresholds. */
  app.post('/__console/monitors/:id', (request) => {
    const before = monitorOf(request);
    const changed = { ...monitorAnswer(before), ...(request.body as Record<string, unknown>) };
    return monitorAnswer(parts.monitors.update({ ...monitorInput(parts, changed, before), id: before.id } as Monitor, OPERATOR));
  });
  app.post('/__console/monitors/:id/delete', (request) => monitorAnswer(parts.monitors.remove(monitorOf(request), OPERATOR)));
  app.post('/__console/monitors/:id/mute', (request) => {
    const monitor = anyMonitorOf(request);
    const body = request.body as { readonly isMute?: unknown } | null;
    const isMute = typeof body?.isMute === 'boolean' ? body.isMute : !monitor.isMute;
    if (monitor.type === 'check') world.monitors.save({ ...monitor, isMute });
    else parts.monitors.update({ ...monitor, isMute }, OPERATOR);
    return { id: monitor.id, isMute };
  });
  app.post('/__console/monitors/:id/retrain', (request) => {
    const monitor = monitorOf(request);
    if (monitor.type !== 'anomalyDetection') throw badRequest('Only anomaly monitors learn.');
    parts.monitors.retrain(monitor, OPERATOR);
    return { id: monitor.id };
  });
}

export function hostActions(app: FastifyInstance, parts: Parts): void {
  const hostOf = (request: FastifyRequest): Host => {
    const host = parts.world.hosts.get(param(request, 'id'));
    if (host === null) throw notFound('Host');
    return host;
  };
  app.post('/__console/hosts/:id/status', (request) => {
    const host = hostOf(request);
    const next = parse(status, request.body).status;
    parts.hosts.setStatus(host, next, OPERATOR);
    return { id: host.id, status: next };
  });
  app.post('/__console/hosts/:id/retire', (request) => {
    const host = hostOf(request);
    parts.hosts.retire(host, OPERATOR);
    return { id: host.id };
  });
  app.post('/__console/services/:name/delete', (request) => {
    const service = parts.world.services.get(param(request, 'name'));
    if (service === null) throw notFound('Service');
    parts.hosts.removeService(service, OPERATOR);
    return { name: service.name };
  });
}

export function channelActions(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const channelOf = (request: FastifyRequest): Channel => {
    const channel = world.channels.get(param(request, 'id'));
    if (channel === null) throw notFound('Channel');
    return channel;
  };
  /** The "Test" button, for one channel or all. */
  app.post('/__console/sample', (request) => {
    const wanted = (request.body as { readonly channelId?: unknown } | null)?.channelId;
    const channels = world.channels.all().filter((channel) => wanted === undefined || channel.id === wanted);
    if (channels.length === 0) throw notFound('Channel');
    return { deliveries: world.atomically(() => channels.map((channel) => parts.notify.sample(channel))) };
  });
  /** As if the channel had failed too often; what waits is not sent. */
  app.post('/__console/channels/:id/suspend', (request) => {
    const channel = channelOf(request);
    const suspendedAt = channel.suspendedAt ?? world.now();
    world.atomically(() => {
      world.channels.save({ ...channel, suspendedAt });
      world.deliveries.dropAll(channel.id, Math.floor(world.clock.now()));
    });
    return { id: channel.id, suspendedAt };
  });
  /** Mackerel has a warning icon for this. */
  app.post('/__console/channels/:id/resume', (request) => {
    const channel = channelOf(request);
    world.channels.save({ ...channel, suspendedAt: null, failures: 0 });
    return { id: channel.id, suspendedAt: null };
  });
}
