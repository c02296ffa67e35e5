import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound } from '../errors';
import { newId } from '../ids';
import type { NotificationGroup } from '../model';
import type { Parts } from '../parts';
import { param, parse } from './http';

const list = <S extends z.ZodType>(schema: S) => z.array(schema).nullish().transform((items) => items ?? []);
const input = z.object({
  name: z.string().min(1),
  notificationLevel: z.enum(['all', 'critical']),
  childNotificationGroupIds: list(z.string()),
  childChannelIds: list(z.string()),
  monitors: list(z.object({ id: z.string(), skipDefault: z.boolean() })),
  services: list(z.object({ name: z.string() })),
});

export function notificationGroupRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const groupOf = (id: string): NotificationGroup => {
    const group = world.notificationGroups.get(id);
    if (group === null) throw notFound('Notification Group');
    return group;
  };
  const read = (body: unknown): z.output<typeof input> => {
    const group = parse(input, body);
    const unknown = [
      ...group.childNotificationGroupIds.filter((id) => world.notificationGroups.get(id) === null),
      ...group.childChannelIds.filter((id) => world.channels.get(id) === null),
      ...group.monitors.filter(({ id }) => world.monitors.get(id) === null).map(({ id }) => id),
      ...group.services.filter(({ name }) => world.services.get(name) === null).map(({ name }) => name),
    ];
    if (unknown.length > 0) throw badRequest(`${unknown.join(', ')} does not exist.`);
    return group;
  };

  app.get('/notification-groups', () => ({ notificationGroups: world.notificationGroups.all() }));
  app.post('/notification-groups', (request) => world.notificationGroups.save({ ...read(request.body), id: newId(), type: 'group' }));
  app.put('/notification-groups/:id', (request) => {
    const { id, type, name } = groupOf(param(request, 'id'));
    const next = read(request.body);
    if (type === 'group-default' && next.name !== name) throw badRequest('The default notification group keeps its name.');
    return world.notificationGroups.save({ ...next, id, type });
  });
  app.delete('/notification-groups/:id', (request) => {
    const group = groupOf(param(request, 'id'));
    if (group.type === 'group-default') throw badRequest('The default notification group cannot be deleted.');
    world.atomically(() => {
      world.notificationGroups.remove(group.id);
      for (const other of world.notificationGroups.all()) {
        world.notificationGroups.save({ ...other, childNotificationGroupIds: other.childNotificationGroupIds.filter((id) => id !== group.id) });
      }
    });
    return group;
  });
}
