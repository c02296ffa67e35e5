import type { FastifyInstance } from 'fastify';
import { ApiError, notFound } from '../errors';
import type { Parts } from '../parts';
import { OPERATOR } from '../world';
import { param } from './http';

export function userRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  app.get('/users', () => ({ users: world.users.all() }));
  app.delete('/users/:id', (request) => {
    const user = world.users.get(param(request, 'id'));
    if (user === null) throw notFound('User');
    if (user.id === OPERATOR.id) throw new ApiError(403, "The organization's creator cannot be deleted.");
    world.users.remove(user.id);
    return user;
  });
}
