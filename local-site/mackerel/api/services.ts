import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import { RESPONSE_TIMES } from '../judge/external';
import type { Service } from '../model';
import type { Parts } from '../parts';
import { grainOf, serviceOwner } from '../store/metrics';
import { METRIC, NAME, param, parse, query, SECONDS } from './http';

const named = z.object({ name: NAME, memo: z.string().nullish() });
const points = z.array(z.object({ name: METRIC, time: SECONDS, value: z.number() }));
const answer = (service: Service) => ({ name: service.name, memo: service.memo, roles: service.roles.map(({ name }) => name) });

export function serviceRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const serviceOf = (name: string): Service => {
    const service = world.services.get(name);
    if (service === null) throw notFound('Service');
    return service;
  };

  app.get('/services', () => ({ services: world.services.all().map(answer) }));
  app.post('/services', (request) => {
    const { name, memo } = parse(named, request.body);
    if (world.services.get(name) !== null) throw badRequest('The service exists already.');
    return answer(world.services.save({ id: newId(), name, memo: memo ?? '', roles: [] }));
  });
  app.delete('/services/:service', (request) => answer(parts.hosts.removeService(serviceOf(param(request, 'service')), null)));

  app.get('/services/:service/roles', (request) => ({ roles: serviceOf(param(request, 'service')).roles }));
  app.post('/services/:service/roles', (request) => {
    const service = serviceOf(param(request, 'service'));
    const { name, memo } = parse(named, request.body);
    if (service.roles.some((role) => role.name === name)) throw badRequest('The role exists already.');
    const role = { name, memo: memo ?? '' };
    world.services.save({ ...service, roles: [...service.roles, role] });
    return role;
  });
  app.delete('/services/:service/roles/:role', (request) => {
    const service = serviceOf(param(request, 'service'));
    const role = service.roles.find(({ name }) => name === param(request, 'role'));
    if (role === undefined) throw notFound('Role');
    parts.hosts.removeRole(service, role.name);
    return role;
  });

  app.get('/services/:service/metric-names', (request) => ({
    names: world.metrics.names(serviceOwner(serviceOf(param(request, 'service')).name)).filter((name) => !name.startsWith(RESPONSE_TIMES)),
  }));
  app.get('/services/:service/metrics', (request) => {
    const owner = serviceOwner(serviceOf(param(request, 'service')).name);
    const q = query(request);
    const [from, to, name] = [q.seconds('from'), q.seconds('to'), q.one('name')];
    if (name === null) throw badRequest('name is required.');
    const metrics = world.metrics.range(owner, name, from, to, grainOf(to - from, world.periodSeconds));
    if (metrics === null) throw notFound('Metric');
    return { metrics };
  });
  app.post('/services/:service/tsdb', (request) => {
    parts.ingest.serviceMetrics(serviceOf(param(request, 'service')).name, parse(points, request.body));
    return { success: true };
  });
}
