/** Puts notifications in the outbox, one delivery per channel that is to hear of it; the sender takes them from there. */
import { newId } from '../ids';
import type { Alert, AlertGroup, AlertGroupSetting, Channel, Host, HostStatus, Monitor, Person } from '../model';
import { monitorAnswer } from '../api/monitor-answer';
import type { World } from '../world';
import { graphImage } from './graph-image';
import { alertGroupPayload, alertPayload, hostPayload, hostStatusPayload, monitorPayload, samplePayload, type WebhookTrigger } from './payload';
import { channelsFor, channelsForAlert } from './route';

/** `queued` is called once the change that made the notification is committed. */
export function notifier(world: World, queued: () => void) {
  const post = (channel: Channel, event: string, lane: string, payload: unknown): string => {
    const id = newId();
    world.deliveries.add({ id, channel: channel.id, lane, event, payload: JSON.stringify(payload), created_ms: Math.floor(world.clock.now()) });
    setImmediate(queued);
    return id;
  };
  const toAll = (channels: readonly Channel[], event: string, lane: string, payload: unknown): void => {
    for (const channel of channels) post(channel, event, lane, payload);
  };
  /** Channels that want the graph get one and the same. */
  const tellOf = (alert: Alert, trigger: WebhookTrigger, user: Person | null): void => {
    const channels = channelsForAlert(world, alert);
    const imageUrl = channels.some(({ enabledGraphImage }) => enabledGraphImage) ? graphImage(world, alert) : null;
    for (const channel of channels) post(channel, 'alert', alert.id, alertPayload(world, alert, trigger, user, channel.enabledGraphImage ? imageUrl : null));
  };
  return {
    alert: tellOf,
    alertGroup: (group: AlertGroup, setting: AlertGroupSetting): void => toAll(channelsFor(world, 'alertGroup'), 'alertGroup', group.id, alertGroupPayload(group, setting)),
    hostRegister: (host: Host): void => toAll(channelsFor(world, 'hostRegister'), 'hostRegister', host.id, hostPayload('hostRegister', host, null)),
    hostRetire: (host: Host, user: Person | null): void => toAll(channelsFor(world, 'hostRetire'), 'hostRetire', host.id, hostPayload('hostRetire', host, user)),
    hostStatus: (host: Host, from: HostStatus, user: Person | null): void => toAll(channelsFor(world, 'hostStatus'), 'hostStatus', host.id, hostStatusPayload(host, from, user)),
    monitor: (event: 'monitorCreate' | 'monitorUpdate' | 'monitorDelete', monitor: Monitor, user: Person | null): void =>
      toAll(channelsFor(world, 'monitor'), event, monitor.id, monitorPayload(event, monitorAnswer(monitor), user)),
    /** The "Test" button of a channel. */
    sample: (channel: Channel): string => post(channel, 'sample', newId(), samplePayload()),
  };
}
export type Notify = ReturnType<typeof notifier>;
