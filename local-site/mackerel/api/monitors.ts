import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound, notModelled } from '../errors';
import { newId } from '../ids';
import type { Monitor } from '../model';
import type { Parts } from '../parts';
import { paging, param, parse } from './http';
import { monitorAnswer } from './monitor-answer';

const minutes = z.number().int().min(10);
const base = { name: z.string().min(1), memo: z.string().max(2048).default(''), notificationInterval: minutes.nullish().transform((n) => n ?? null), isMute: z.boolean().default(false) };
const scoped = { scopes: z.array(z.string()).default([]), excludeScopes: z.array(z.string()).default([]) };
const threshold = z.number().nullish().transform((n) => n ?? null);
const missing = z.number().int().multipleOf(10).min(10).max(7 * 24 * 60).nullish().transform((n) => n ?? null);
const thresholds = {
  duration: z.number().int().min(1).max(10),
  metric: z.string().min(1),
  operator: z.enum(['>', '<']),
  warning: threshold,
  critical: threshold,
  maxCheckAttempts: z.number().int().min(1).max(10).default(1),
};
const input = z.discriminatedUnion('type', [
  z.object({ type: z.literal('host'), ...base, ...scoped, ...thresholds }),
  z.object({ type: z.literal('connectivity'), ...base, ...scoped, alertStatusOnGone: z.enum(['CRITICAL', 'WARNING']).default('CRITICAL') }),
  z.object({ type: z.literal('service'), ...base, ...thresholds, service: z.string(), missingDurationWarning: missing, missingDurationCritical: missing }),
]);
const OTHER_TYPES: ReadonlySet<string> = new Set(['external', 'expression', 'anomalyDetection', 'query']);
const report = z.object({
  source: z.object({ type: z.literal('host'), hostId: z.string() }),
  name: z.string().min(1),
  status: z.enum(['OK', 'CRITICAL', 'WARNING', 'UNKNOWN']),
  message: z.string().max(1023),
  occurredAt: z.number().int(),
  notificationInterval: z.number().int().nullish(),
  maxCheckAttempts: z.number().int().min(1).nullish(),
});

function monitorInput(parts: Parts, body: unknown): Omit<Monitor, 'id'> {
  const type = typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '';
  if (OTHER_TYPES.has(type)) throw notModelled(`monitors of type ${type}`);
  const monitor = parse(input, body);
  if (monitor.type === 'service' && parts.world.services.get(monitor.service) === null) throw badRequest('The service does not exist.');
  return monitor;
}

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
    const next = monitorInput(parts, request.body);
    if (next.type !== before.type) throw badRequest('The type of a monitor cannot change.');
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
