/** Bodies of webhook notifications, key by key as Mackerel sends them. */
import { nameOf } from '../judge/query';
import type { Alert, AlertGroup, AlertGroupSetting, Host, HostStatus, Monitor, Person, Service } from '../model';
import { ORG, type World } from '../world';

export type WebhookTrigger =
  | 'monitor'
  | 'manual close'
  | 'delete monitor'
  | 'retire host'
  | 'delete service'
  | 'anomaly detection manually retraining'
  | 'attach external monitoring to a different service';

const HOME = `https://mackerel.io/orgs/${ORG.name}`;
const serviceUrl = (service: string): string => `${HOME}/services/${service}`;
const at = encodeURIComponent;

/** The API writes `shop:web`, notifications `shop: web`. */
function role(serviceName: string, roleName: string) {
  return {
    fullname: `${serviceName}: ${roleName}`,
    serviceName,
    serviceUrl: serviceUrl(at(serviceName)),
    roleName,
    roleUrl: `${serviceUrl(at(serviceName))}#role=${at(roleName)}`,
  };
}
export function hostPart(host: Host) {
  return {
    id: host.id,
    name: host.displayName || host.name,
    url: `${HOME}/hosts/${host.id}`,
    status: host.status,
    memo: host.memo,
    isRetired: host.isRetired,
    roles: Object.entries(host.roles).flatMap(([service, roles]) => roles.map((name) => role(service, name))),
  };
}
function servicePart(service: Service) {
  return { id: service.id, name: service.name, memo: service.memo, orgId: ORG.id, roles: service.roles.map(({ name }) => role(service.name, name)) };
}

/** At most two decimals, none that say nothing: 2.255 → 2.26, 6 → 6. */
const short = (value: number): string => String(Math.round(value * 100) / 100);

/** The sentence of the notification, e.g. `CPU % 6 > 5`, `MY_METRIC 1` when recovered, `unreachable`. */
function sentence(alert: Alert): string {
  const { monitor } = alert;
  switch (monitor.type) {
    case 'connectivity':
      return alert.closedAt === null ? 'unreachable' : '';
    case 'check':
    case 'external':
      return alert.message ?? '';
    case 'anomalyDetection':
      // The metric that is furthest from what was learnt.
      return `${monitor.name} ${alert.message ?? ''}`.trimEnd();
  }
  // Service monitors are called by their metric, the others by their name.
  const subject = monitor.type === 'service' ? monitor.metric : nameOf(alert);
  if (alert.value === null) return subject;
  const threshold = alert.status === 'CRITICAL' ? monitor.critical : alert.status === 'WARNING' ? monitor.warning : null;
  return threshold === null ? `${subject} ${short(alert.value)}` : `${subject} ${short(alert.value)} ${monitor.operator} ${short(threshold)}`;
}

/** Only monitors of metrics have these. The value is missing when no judgement closed the alert. */
function metricPart(alert: Alert, withValue: boolean): Record<string, unknown> {
  const { monitor } = alert;
  if (!('operator' in monitor)) return {};
  return {
    metricLabel: monitor.type === 'expression' ? monitor.expression : monitor.type === 'query' ? monitor.query : monitor.metric,
    ...(withValue && alert.value !== null ? { metricValue: alert.value } : {}),
    ...(monitor.critical === null ? {} : { criticalThreshold: monitor.critical }),
    ...(monitor.warning === null ? {} : { warningThreshold: monitor.warning }),
    monitorOperator: monitor.operator,
    duration: 'duration' in monitor ? monitor.duration : 1,
  };
}

/** `imageUrl`: the graph at its public address; null: the channel wants none, or there is none. */
export function alertPayload(world: Pick<World, 'hosts' | 'services'>, alert: Alert, trigger: WebhookTrigger, user: Person | null, imageUrl: string | null): Record<string, unknown> {
  const { monitor } = alert;
  const host = alert.hostId === null ? null : world.hosts.get(alert.hostId);
  const service = 'service' in monitor && monitor.service !== null ? world.services.get(monitor.service) : null;
  return {
    orgName: ORG.name,
    event: 'alert',
    alert: {
      id: alert.id,
      url: `${HOME}/alerts/${alert.id}`,
      openedAt: alert.openedAt,
      closedAt: alert.closedAt,
      createdAt: alert.createdAtMs,
      statusChangedAt: alert.statusChangedAt,
      status: alert.status.toLowerCase(),
      isOpen: alert.closedAt === null,
      trigger,
      monitorName: nameOf(alert),
      ...metricPart(alert, trigger === 'monitor'),
    },
    type: monitor.type,
    message: sentence(alert),
    memo: monitor.memo,
    user,
    ...(host ? { host: hostPart(host) } : {}),
    ...(service ? { service: servicePart(service) } : {}),
    // Mackerel documents name and labels of a query's series, but not the key they are under.
    ...(alert.series ? { metric: alert.series } : {}),
    imageUrl,
  };
}

/** Says that alerts of a setting are open, not which. */
export const alertGroupPayload = (group: AlertGroup, setting: AlertGroupSetting) => ({
  orgName: ORG.name,
  event: 'alertGroup',
  alertGroup: { id: group.id, url: `${HOME}/alert-groups/${group.id}`, status: group.status, createdAt: group.createdAt, closedAt: group.closedAt },
  alertGroupSetting: { id: setting.id, url: `${HOME}/alert-group-settings/${setting.id}`, name: setting.name, memo: setting.memo },
  imageUrl: null,
});
export const samplePayload = () => ({ event: 'sample', message: 'Sample Notification from Mackerel', imageUrl: null });
export const hostPayload = (event: 'hostRegister' | 'hostRetire', host: Host, user: Person | null) => ({ orgName: ORG.name, event, host: hostPart(host), user, imageUrl: null });
export const hostStatusPayload = (host: Host, fromStatus: HostStatus, user: Person | null) => ({
  orgName: ORG.name,
  event: 'hostStatus',
  host: hostPart(host),
  fromStatus,
  user,
  imageUrl: null,
});
export const monitorPayload = (event: 'monitorCreate' | 'monitorUpdate' | 'monitorDelete', monitor: Record<string, unknown> & { readonly type: Monitor['type'] }, user: Person | null) => ({
  orgName: ORG.name,
  event,
  monitor,
  user,
  imageUrl: null,
});
