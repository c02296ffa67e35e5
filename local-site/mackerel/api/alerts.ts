import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, badRequest, notFound } from '../errors';
import type { Alert, AlertLog } from '../model';
import type { Parts } from '../parts';
import { paging, param, parse, query } from './http';

const MEMO_BYTES = 80 * 1024;

/** An alert as the API answers it: which keys exist depends on the monitor's type. */
export function alertAnswer(alert: Alert): Record<string, unknown> {
  const { type } = alert.monitor;
  return {
    id: alert.id,
    status: alert.status,
    monitorId: alert.monitorId,
    type,
    ...(alert.hostId === null ? {} : { hostId: alert.hostId }),
    ...(alert.value === null ? {} : { value: alert.value }),
    ...(type === 'check' || type === 'external' ? { message: alert.message ?? '' } : {}),
    ...(alert.series === null ? {} : { series: alert.series }),
    ...(alert.closedAt === null ? {} : { reason: alert.reason ?? '', closedAt: alert.closedAt }),
    openedAt: alert.openedAt,
    memo: alert.memo,
  };
}
const logAnswer = ({ seq: _seq, ...log }: AlertLog) => log;

export function alertRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const alertOf = (id: string): Alert => {
    const alert = world.alerts.get(id);
    if (alert === null) throw notFound('Alert');
    return alert;
  };

  app.get('/alerts', (request) => {
    const { limit, nextId } = paging(request);
    const found = world.alerts.list({ withClosed: query(request).one('withClosed') === 'true', before: nextId, limit });
    if (found === null) throw badRequest('nextId is unknown.');
    return { alerts: found.rows.map(alertAnswer), ...(found.nextId === null ? {} : { nextId: found.nextId }) };
  });
  app.get('/alerts/:id', (request) => alertAnswer(alertOf(param(request, 'id'))));
  app.put('/alerts/:id', (request) => {
    const alert = alertOf(param(request, 'id'));
    // Official clients leave an empty memo out of the body.
    const { memo } = parse(z.object({ memo: z.string().default('') }), request.body);
    if (Buffer.byteLength(memo, 'utf8') > MEMO_BYTES) throw new ApiError(413, 'memo is too large.');
    world.alerts.save({ ...alert, memo });
    return { id: alert.id, memo };
  });
  app.post('/alerts/:id/close', (request) => {
    const alert = alertOf(param(request, 'id'));
    const { reason } = parse(z.object({ reason: z.string() }), request.body);
    return alertAnswer(alert.closedAt === null ? parts.life.close(alert, 'manual', { reason }) : alert);
  });
  app.get('/alerts/:id/logs', (request) => {
    const { limit, nextId } = paging(request);
    const found = world.alerts.logs(alertOf(param(request, 'id')).id, nextId, limit);
    if (found === null) throw badRequest('nextId is unknown.');
    return { logs: found.rows.map(logAnswer), ...(found.nextId === null ? {} : { nextId: found.nextId }) };
  });
}
