import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import type { Downtime } from '../model';
import type { Parts } from '../parts';
import { param, parse, SECONDS, unset } from './http';
import { checkScopes } from './monitor-input';

const list = z.array(z.string()).nullish().transform((items) => items ?? []);
const weekdays = z.array(z.enum(['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'])).nullish().transform((items) => items ?? []);
const recurrence = z
  .object({ type: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'yearly']), interval: z.number().int().min(1), weekdays, until: unset(SECONDS) })
  .refine((each) => each.type === 'weekly' || each.weekdays.length === 0, { message: 'only for weekly', path: ['weekdays'] });
const input = z.object({
  name: z.string().min(1).max(255),
  memo: z.string().max(2048).nullish().transform((memo) => memo ?? ''),
  start: SECONDS,
  duration: z.number().int().min(1),
  recurrence: unset(recurrence),
  serviceScopes: list,
  serviceExcludeScopes: list,
  roleScopes: list,
  roleExcludeScopes: list,
  monitorScopes: list,
  monitorExcludeScopes: list,
});

/** A downtime as the API answers it: what is unset is left out. */
export function downtimeAnswer({ scenario: _scenario, recurrence: repeats, ...downtime }: Downtime): Record<string, unknown> {
  const given = Object.entries(downtime).filter(([, value]) => !(Array.isArray(value) && value.length === 0) && value !== '');
  if (repeats === null) return Object.fromEntries(given);
  const { type, interval, weekdays: days, until } = repeats;
  return { ...Object.fromEntries(given), recurrence: { type, interval, ...(days.length === 0 ? {} : { weekdays: days }), ...(until === null ? {} : { until }) } };
}

export function downtimeRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const downtimeOf = (id: string): Downtime => {
    const downtime = world.downtimes.get(id);
    if (downtime === null) throw notFound('Downtime');
    return downtime;
  };
  const read = (body: unknown): Omit<Downtime, 'id' | 'scenario'> => {
    const downtime = parse(input, body);
    checkScopes(parts, [...downtime.serviceScopes, ...downtime.serviceExcludeScopes, ...downtime.roleScopes, ...downtime.roleExcludeScopes]);
    const unknown = [...downtime.monitorScopes, ...downtime.monitorExcludeScopes].find((id) => world.monitors.get(id) === null);
    if (unknown !== undefined) throw badRequest(`${unknown} does not exist.`);
    return downtime;
  };

  app.get('/downtimes', () => ({ downtimes: world.downtimes.all().map(downtimeAnswer) }));
  app.post('/downtimes', (request) => downtimeAnswer(world.downtimes.save({ ...read(request.body), id: newId(), scenario: null })));
  app.put('/downtimes/:id', (request) => {
    const { id, scenario } = downtimeOf(param(request, 'id'));
    return downtimeAnswer(world.downtimes.save({ ...read(request.body), id, scenario }));
  });
  app.delete('/downtimes/:id', (request) => {
    const downtime = downtimeOf(param(request, 'id'));
    world.downtimes.remove(downtime.id);
    return downtimeAnswer(downtime);
  });
}
