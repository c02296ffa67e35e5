import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound } from '../errors';
import { newId } from '../ids';
import type { Monitor } from '../model';
import type { Parts } from '../parts';
import { paging, param, parse } from './http';
import { monitorAnswer } from './monitor-answer';
import { monitorInput } from './monitor-input';

const report = z.object({
  source: z.object({ type: z.literal('host'), hostId: z.string() }),
  name: z.string().min(1),
  status: z.enum(['OK', 'CRITICAL', 'WARNING', 'UNKNOWN']),
  message: z.string().max(1023),
  occurredAt: z.number().int(),
  notificationInterval: z.number().int().nullish(),
  maxCheckAttempts: z.number().int().min(1).nullish(),
});

export function monitorRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const monitorOf = (id: string): Monitor => {
    const monitor = world.monitors.get(id);
    if (monitor === null || monitor.type === 'check') throw notFound('Monitor');
    return monitor;
  };

  app.get('/monitors', () => ({ monitors: world.monitors.all().map(monitorAnswer) }));
  app.get('/monitors/:id', (request) => ({ monitor: monitorAnswer(monitorOf(param(request, 'id'))) }));
  app.post('/monitors', (request) => monitorAnswer(parts.monitors.create({ ...monitorInput(parts, request.body), id: newId() } as Monitor, null)));
  app.put('/monitors/:id', (request) => {
    const before = monitorOf(param(request, 'id'));
    const next = monitorInput(parts, request.body, before);
    return monitorAnswer(parts.monitors.update({ ...next, id: before.id } as Monitor, null));
  });
  app.delete('/monitors/:id', (request) => monitorAnswer(parts.monitors.remove(monitorOf(param(request, 'id')), null)));

  app.get('/monitoring/checks', (request) => {
    const { limit, nextId } = paging(request);
    // Here, unlike for alerts, `nextId` is the first one of the next page.
    const rest = world.monitors.checks().filter(({ id }) => nextId === null || id >= nextId);
    const after = rest[limit];
    return { checks: rest.slice(0, limit).map(({ id, name }) => ({ id, name })), ...(after ? { nextId: after.id } : {}) };
  });
  app.get('/monitoring/checks/:id', (request) => {
    const check = world.monitors.get(param(request, 'id'));
    if (check?.type !== 'check') throw notFound('Check Monitor');
    return { check: { id: check.id, name: check.name } };
  });
  app.post('/monitoring/checks/report', (request) => {
    const { reports } = parse(z.object({ reports: z.array(report).max(100) }), request.body);
    parts.ingest.checkReports(reports.map(({ source, ...rest }) => ({ ...rest, hostId: source.hostId })));
    return { success: true };
  });
}
