import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { notFound, notModelled } from '../errors';
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

/** A channel as the API answers it. */
export const channelAnswer = ({ failures: _failures, ...channel }: Channel) => channel;

export function channelRoutes(app: FastifyInstance, parts: Parts): void {
  const { world } = parts;
  app.get('/channels', () => ({ channels: world.channels.all().map(channelAnswer) }));
  app.post('/channels', (request) => {
    const body = request.body;
    const type = typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '';
    if (type !== 'webhook' && type !== '') throw notModelled(`channels of type ${type}`);
    const { name, url, enabledGraphImage, events } = parse(input, body);
    const channel: Channel = { id: newId(), name, type: 'webhook', url, enabledGraphImage: enabledGraphImage ?? false, events: events ?? ['alert'], suspendedAt: null, failures: 0 };
    return channelAnswer(world.channels.save(channel));
  });
  app.delete('/channels/:id', (request) => {
    const channel = world.channels.get(param(request, 'id'));
    if (channel === null) throw notFound('Channel');
    world.atomically(() => {
      world.deliveries.dropAll(channel.id, Math.floor(world.clock.now()));
      world.channels.remove(channel.id);
    });
    return channelAnswer(channel);
  });
}
