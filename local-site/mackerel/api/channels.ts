import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { badRequest, notFound, notModelled } from '../errors';
import { newId } from '../ids';
import type { Channel } from '../model';
import type { Parts } from '../parts';
import { param, parse } from './http';

const EVENTS = ['alert', 'alertGroup', 'hostStatus', 'hostRegister', 'hostRetire', 'monitor'] as const;
const input = z.object({
  name: z.string().min(1),
  type: z.string(),
  url: z.url({ protocol: /^https?$/ }),
  enabledGraphImage: z.boolean().nullish(),
  events: z.array(z.enum(EVENTS)).nullish(),
  addToDefaultNotificationGroup: z.boolean().nullish(),
});

const settings = ({ name, url, enabledGraphImage, events }: Omit<z.output<typeof input>, 'addToDefaultNotificationGroup'>): Pick<Channel, 'name' | 'url' | 'enabledGraphImage' | 'events'> => ({
  name, url, enabledGraphImage: enabledGraphImage ?? false, events: events ?? ['alert'],
});

/** A channel as the API answers it. */
export const channelAnswer = ({ failures: _failures, ...channel }: Channel) => channel;

export function channelRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  const channelOf = (id: string): Channel => {
    const channel = world.channels.get(id);
    if (channel === null) throw notFound('Channel');
    return channel;
  };
  app.get('/channels', () => ({ channels: world.channels.all().map(channelAnswer) }));
  app.post('/channels', (request) => {
    const body = request.body;
    const type = typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '';
    if (type !== 'webhook' && type !== '') throw notModelled(`channels of type ${type}`);
    const { addToDefaultNotificationGroup, ...fields } = parse(input, body);
    return world.atomically(() => {
      const channel = world.channels.save({ ...settings(fields), id: newId(), type: 'webhook', suspendedAt: null, failures: 0 });
      if (addToDefaultNotificationGroup !== false) {
        for (const group of world.notificationGroups.all()) if (group.type === 'group-default') world.notificationGroups.save({ ...group, childChannelIds: [...group.childChannelIds, channel.id] });
      }
      return channelAnswer(channel);
    });
  });
  app.put('/channels/:id', (request) => {
    const before = channelOf(param(request, 'id'));
    const fields = parse(input, request.body);
    if (fields.type !== before.type) throw badRequest('The type of a channel cannot change.');
    return channelAnswer(world.channels.save({ ...before, ...settings(fields) }));
  });
  app.delete('/channels/:id', (request) => {
    const channel = channelOf(param(request, 'id'));
    world.atomically(() => {
      for (const group of world.notificationGroups.all()) world.notificationGroups.save({ ...group, childChannelIds: group.childChannelIds.filter((id) => id !== channel.id) });
      world.deliveries.dropAll(channel.id, Math.floor(world.clock.now()));
      world.channels.remove(channel.id);
    });
    return channelAnswer(channel);
  });
}
