/** Puts notifications in the outbox, one delivery per channel that asked for the event; the sender takes them from there. */
import { newId } from '../ids';
import type { Alert, Channel, ChannelEvent, Host, HostStatus, Monitor, Person } from '../model';
import { monitorAnswer } from '../api/monitor-answer';
import type { World } from '../world';
import { alertPayload, hostPayload, hostStatusPayload, monitorPayload, samplePayload, type WebhookTrigger } from './payload';

/** `queued` is called once the change that made the notification is committed. */
export function notifier(world: Pick<World, 'hosts' | 'services' | 'channels' | 'deliveries' | 'clock'>, queued: () => void) {
  const post = (channel: Channel, event: string, lane: string, payload: unknown): string => {
    const id = newId();
    world.deliveries.add({ id, channel: channel.id, lane, event, payload: JSON.stringify(payload), created_ms: Math.floor(world.clock.now()) });
    setImmediate(queued);
    return id;
  };
  const toAll = (wanted: ChannelEvent, event: string, lane: string, payload: unknown): void => {
    // A suspended channel misses what happens meanwhile.
    for (const channel of world.channels.all()) if (channel.suspendedAt === null && channel.events.includes(wanted)) post(channel, event, lane, payload);
  };
  return {
    alert: (alert: Alert, trigger: WebhookTrigger, user: Person | null): void => toAll('alert', 'alert', alert.id, alertPayload(world, alert, trigger, user)),
    hostRegister: (host: Host): void => toAll('hostRegister', 'hostRegister', host.id, hostPayload('hostRegister', host, null)),
    hostRetire: (host: Host, user: Person | null): void => toAll('hostRetire', 'hostRetire', host.id, hostPayload('hostRetire', host, user)),
    hostStatus: (host: Host, from: HostStatus, user: Person | null): void => toAll('hostStatus', 'hostStatus', host.id, hostStatusPayload(host, from, user)),
    monitor: (event: 'monitorCreate' | 'monitorUpdate' | 'monitorDelete', monitor: Monitor, user: Person | null): void =>
      toAll('monitor', event, monitor.id, monitorPayload(event, monitorAnswer(monitor), user)),
    /** The "Test" button of a channel. */
    sample: (channel: Channel): string => post(channel, 'sample', newId(), samplePayload()),
  };
}
export type Notify = ReturnType<typeof notifier>;
