/** Which channels hear of what. Notification groups decide; a channel hears of one thing once, however many groups lead to it. */
import { placesOf } from '../judge/subject';
import type { Alert, AlertStatus, Channel, ChannelEvent, NotificationGroup } from '../model';
import type { World } from '../world';

type Routing = Pick<World, 'channels' | 'notificationGroups' | 'alertGroups' | 'alerts' | 'hosts'>;

/** Groups that list the monitor or one of the alert's services, and the default group unless one of them wants the monitor for itself. */
function startOf(world: Routing, alert: Alert): NotificationGroup[] {
  const groups = world.notificationGroups.all();
  const listed = (group: NotificationGroup) => group.monitors.find(({ id }) => id === alert.monitorId);
  const only = groups.filter((group) => listed(group)?.skipDefault === true);
  if (only.length > 0) return only;
  const services = new Set(placesOf(alert.monitor, alert.hostId === null ? null : world.hosts.get(alert.hostId)).map(({ service }) => service));
  return groups.filter((group) => group.type === 'group-default' || listed(group) !== undefined || group.services.some(({ name }) => services.has(name)));
}

/** Channels of these groups and of their children; a group that is too quiet for the news ends the way. */
function reach(world: Routing, start: readonly NotificationGroup[], passes: (group: NotificationGroup) => boolean, event: ChannelEvent): Channel[] {
  const seen = new Set<string>();
  const channels = new Set<string>();
  const visit = (group: NotificationGroup | null): void => {
    if (group === null || seen.has(group.id) || !passes(group)) return;
    seen.add(group.id);
    for (const id of group.childChannelIds) channels.add(id);
    for (const id of group.childNotificationGroupIds) visit(world.notificationGroups.get(id));
  };
  for (const group of start) visit(group);
  // A suspended channel misses what happens meanwhile.
  return world.channels.all().filter((channel) => channels.has(channel.id) && channel.suspendedAt === null && channel.events.includes(event));
}

const isGrave = (status: AlertStatus): boolean => status === 'CRITICAL' || status === 'UNKNOWN';

export function channelsForAlert(world: Routing, alert: Alert): Channel[] {
  const grave = isGrave(alert.status) || (alert.status === 'OK' && world.alerts.wasCritical(alert.id));
  const channels = reach(world, startOf(world, alert), (group) => group.notificationLevel === 'all' || grave, 'alert');
  // A channel that hears of alert groups does not hear of their members.
  return world.alertGroups.holds(alert.id) ? channels.filter(({ events }) => !events.includes('alertGroup')) : channels;
}
/** What is no alert of a monitor goes to the default group, whatever its level. */
export const channelsFor = (world: Routing, event: Exclude<ChannelEvent, 'alert'>): Channel[] =>
  reach(world, world.notificationGroups.all().filter(({ type }) => type === 'group-default'), () => true, event);
