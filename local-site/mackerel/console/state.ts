/** What the console shows and scripts ask for. Times are epoch seconds as in the API, deliveries' in ms. */
import { alertAnswer } from '../api/alerts';
import { channelAnswer } from '../api/channels';
import { downtimeAnswer } from '../api/downtimes';
import { hostAnswer } from '../api/hosts';
import { monitorAnswer } from '../api/monitor-answer';
import { isActive } from '../judge/downtime';
import { UP } from '../judge/external';
import { nameOf } from '../judge/query';
import type { Alert, UrlState } from '../model';
import type { Parts } from '../parts';
import { SCENARIOS } from '../simulate/scenarios';
import { hostOwner } from '../store/metrics';
import type { Delivery } from '../store/channels';
import { API_KEY, READ_ONLY_KEY } from '../world';

/** A URL that can be shown: without its credentials. */
function shown(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href;
}

export const consoleAlert = (parts: Parts, alert: Alert) => ({
  ...alertAnswer(alert),
  monitorName: nameOf(alert),
  hostName: alert.hostId === null ? null : (parts.world.hosts.get(alert.hostId)?.name ?? null),
  byHand: alert.byHand,
  /** Thresholds changed since; only a person closes it. */
  outdated: alert.outdated,
});

/** Every URL an external monitor watches, with what it answers. */
function urlsOf({ world }: Parts): UrlState[] {
  const watched = world.monitors.all().flatMap((monitor) => (monitor.type === 'external' ? [monitor.url] : []));
  return [...new Set(watched)].map((url) => world.urls.get(url) ?? { id: url, ...UP });
}

const METRICS_SHOWN = ['custom.checkout.p95', 'custom.db.connections', 'custom.queue.delay', 'custom.blog.ttfb', 'loadavg1'] as const;

export function consoleState(parts: Parts) {
  const { world } = parts;
  const running = new Map(world.scenarios.running().map((each) => [each.name, each.started_at]));
  return {
    now: world.now(),
    org: parts.org.name,
    periodSeconds: world.periodSeconds,
    keys: [
      { key: API_KEY, may: 'read and write' },
      { key: READ_ONLY_KEY, may: 'read only' },
    ],
    hosts: world.hosts
      .all()
      .filter((host) => !host.isRetired)
      .map((host) => {
        const name = METRICS_SHOWN.find((metric) => world.metrics.exists(hostOwner(host.id), metric)) ?? null;
        const point = name === null ? null : (world.metrics.last(hostOwner(host.id), name, 1)[0] ?? null);
        return { ...hostAnswer(host), heardAt: host.heardAt, metric: name, latest: point };
      }),
    monitors: [...world.monitors.all().map(monitorAnswer), ...world.monitors.checks()],
    alerts: (world.alerts.list({ withClosed: true, before: null, limit: 50 })?.rows ?? []).map((alert) => consoleAlert(parts, alert)),
    openAlerts: world.alerts.open().length,
    scenarios: SCENARIOS.map(({ name, title, text }) => ({ name, title, text, runningSince: running.get(name) ?? null })),
    urls: urlsOf(parts),
    services: world.services.all().map(({ name }) => name),
    downtimes: world.downtimes.all().map((downtime) => ({ ...downtimeAnswer(downtime), active: isActive(downtime, world.now()) })),
    notificationGroups: world.notificationGroups.all(),
    alertGroupSettings: world.alertGroupSettings.all().map((setting) => ({ ...setting, open: world.alertGroups.openOf(setting.id) })),
    channels: world.channels.all().map((channel) => ({ ...channelAnswer(channel), url: shown(channel.url) })),
    pendingDeliveries: world.deliveries.pending(),
  };
}

export function consoleDelivery(parts: Parts, delivery: Delivery) {
  const channel = parts.world.channels.get(delivery.channel);
  return {
    id: delivery.id,
    event: delivery.event,
    channelId: delivery.channel,
    channelName: channel?.name ?? null,
    url: channel ? shown(channel.url) : null,
    state: delivery.state,
    attempts: delivery.attempts,
    status: delivery.status,
    error: delivery.error,
    createdAt: delivery.created_ms,
    doneAt: delivery.done_ms,
    payload: JSON.parse(delivery.payload) as unknown,
  };
}
