import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import type { Annotation } from '../model';
import type { Parts } from '../parts';
import { param, parse, query, SECONDS } from './http';

const input = z
  .object({
    title: z.string().min(1).max(250),
    description: z.string().max(1024).nullish().transform((text) => text ?? ''),
    from: SECONDS,
    to: SECONDS,
    service: z.string(),
    roles: z.array(z.string()).nullish().transform((roles) => roles ?? null),
  })
  .refine(({ from, to }) => from <= to, { message: 'must not be before from', path: ['to'] });

const answer = ({ roles, ...annotation }: Annotation) => ({ ...annotation, ...(roles === null ? {} : { roles }) });

export function annotationRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const annotationOf = (id: string): Annotation => {
    const annotation = world.annotations.get(id);
    if (annotation === null) throw notFound('Graph Annotation');
    return annotation;
  };
  const read = (body: unknown): Omit<Annotation, 'id'> => {
    const annotation = parse(input, body);
    const service = world.services.get(annotation.service);
    if (service === null) throw notFound('Service');
    if (annotation.roles?.some((role) => !service.roles.some(({ name }) => name === role))) throw notFound('Role');
    return annotation;
  };

  app.get('/graph-annotations', (request) => {
    const q = query(request);
    const [service, from, to] = [q.one('service'), q.seconds('from'), q.seconds('to')];
    if (service === null) throw badRequest('service is required.');
    if (world.services.get(service) === null) throw notFound('Service');
    return { graphAnnotations: world.annotations.find(service, from, to).map(answer) };
  });
  app.post('/graph-annotations', (request) => answer(world.annotations.save({ id: newId(), ...read(request.body) })));
  app.put('/graph-annotations/:id', (request) => {
    const { id } = annotationOf(param(request, 'id'));
    return answer(world.annotations.save({ id, ...read(request.body) }));
  });
  app.delete('/graph-annotations/:id', (request) => {
    const annotation = annotationOf(param(request, 'id'));
    world.annotations.remove(annotation.id);
    return answer(annotation);
  });
}
