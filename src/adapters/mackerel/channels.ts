/** Notification channels: read of every type, written of type webhook only. */
import * as z from 'zod';
import { MackerelError, type ChannelAdmin, type SourceChannel, type WebhookChannel } from '../../ports';
import type { Http } from './http';
import { parse } from './raw';

const rawChannel = z.object({
  id: z.string(),
  name: z.string().nullish(),
  type: z.string().catch('unknown'),
  url: z.string().nullish().catch(null),
  events: z.array(z.string()).nullish().catch(null),
  enabledGraphImage: z.boolean().nullish().catch(null),
  suspendedAt: z.number().nullish().catch(null),
});
const rawChannels = z.object({ channels: z.array(rawChannel) });

function fromRaw({ id, name, type, url, events, enabledGraphImage, suspendedAt }: z.output<typeof rawChannel>): SourceChannel {
  return { id, name: name ?? '', type, url: url ?? null, events: events ?? [], graphImage: enabledGraphImage === true, suspendedAt: suspendedAt == null ? null : suspendedAt * 1000 };
}
const toRaw = ({ name, url, events }: WebhookChannel): object => ({ type: 'webhook', name, url, enabledGraphImage: true, events });

export function channelAdmin({ get, make, send, remove }: Http): ChannelAdmin {
  const path = (id: string): string => `/channels/${encodeURIComponent(id)}`;
  return {
    async channels() {
      const body = await get('/channels');
      if (body === null) throw new MackerelError('refused', '404: /channels');
      return parse(rawChannels, body).channels.map(fromRaw);
    },
    async createChannel(channel) {
      const body = await make('/channels', { ...toRaw(channel), addToDefaultNotificationGroup: true });
      if (body === null) throw new MackerelError('refused', '404: /channels');
      return fromRaw(parse(rawChannel, body));
    },
    async updateChannel(id, channel) {
      const body = await send('PUT', path(id), toRaw(channel));
      return body === null ? null : fromRaw(parse(rawChannel, body));
    },
    async deleteChannel(id) {
      return (await remove(path(id))) === null ? null : 'deleted';
    },
  };
}
