/** Earlier incidents that are like one: what their alerts are about is the same. Pure. */
import type { SimilarReason } from '../contract';
import { linkedAlerts } from './alert-record';
import { hostOf } from './hosts';
import type { AlertRecord, Incident, IncidentHead } from './record';
import { subjectOf } from './recurrence';

type Compared = Pick<Incident, 'head' | 'alerts' | 'hosts'>;
export interface Alike<T extends Compared> {
  readonly incident: T;
  /** What says most first. */
  readonly reasons: readonly SimilarReason[];
}

/** Whether the other may be told as an earlier one, by what its head says: practice, what was no incident and what went on elsewhere may not. */
export function isEarlier(other: IncidentHead, own: Pick<IncidentHead, 'id' | 'detectedAt'>): boolean {
  const counts = other.kind !== 'drill' && other.status !== 'cancelled' && other.status !== 'merged';
  return counts && other.id !== own.id && other.detectedAt < own.detectedAt && other.linkedAlerts > 0;
}

/** By id, and by name because a webhook tells no id. */
const monitorsOf = ({ monitorId, monitorType, monitorName }: AlertRecord): readonly string[] => [...(monitorId === null ? [] : [`id|${monitorId}`]), `name|${monitorType}|${monitorName}`];
/** Alerts and hosts write roles with and without a blank. */
const rolesOf = (of: Compared, { roles = [], host }: AlertRecord): readonly string[] =>
  [...roles, ...(host === null ? [] : (hostOf(of, host.id)?.roles ?? []))].map((role) => role.replace(/:\s*/, ': '));

interface Marks {
  readonly subjects: ReadonlySet<string>;
  readonly monitors: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
}
function marksOf(of: Compared): Marks {
  const alerts = linkedAlerts(of.alerts);
  return {
    subjects: new Set(alerts.map(subjectOf)),
    monitors: new Set(alerts.flatMap(monitorsOf)),
    hosts: new Set(alerts.flatMap(({ host }) => host?.id ?? [])),
    roles: new Set(alerts.flatMap((alert) => rolesOf(of, alert))),
  };
}

/** Each once; what a stronger reason says already is left out: an alert its monitor and host, a host its roles. */
function reasonsFor(own: Compared, alerts: readonly AlertRecord[], other: Marks): readonly SimilarReason[] {
  const same = alerts.filter((alert) => other.subjects.has(subjectOf(alert)));
  const told = { monitors: new Set(same.flatMap(monitorsOf)), hosts: new Set(same.flatMap(({ host }) => host?.id ?? [])) };
  const onHost = alerts.filter(({ host }) => host !== null && other.hosts.has(host.id));
  const toldRoles = new Set(onHost.flatMap((alert) => rolesOf(own, alert)));
  const monitors = alerts.filter((alert) => monitorsOf(alert).some((id) => other.monitors.has(id)) && !monitorsOf(alert).some((id) => told.monitors.has(id)));
  const hosts = onHost.flatMap(({ host }) => (host === null || told.hosts.has(host.id) ? [] : [host]));
  const roles = alerts.flatMap((alert) => rolesOf(own, alert)).filter((role) => other.roles.has(role) && !toldRoles.has(role));
  const all: readonly (readonly [id: string, reason: SimilarReason])[] = [
    ...same.map((alert) => [`alert|${subjectOf(alert)}`, { kind: 'alert', monitor: alert.monitorName, on: alert.host?.name ?? alert.service }] as const),
    ...monitors.map((alert) => [`monitor|${alert.monitorType}|${alert.monitorName}`, { kind: 'monitor', monitor: alert.monitorName }] as const),
    ...hosts.map(({ id, name }) => [`host|${id}`, { kind: 'host', host: name }] as const),
    ...roles.map((role) => [`role|${role}`, { kind: 'role', role }] as const),
  ];
  return [...new Map(all).values()];
}

/** More alerts in common count most, then a monitor, a host, a role. */
function strengthOf(reasons: readonly SimilarReason[]): number {
  const has = (kind: SimilarReason['kind']): number => (reasons.some((reason) => reason.kind === kind) ? 1 : 0);
  return reasons.filter(({ kind }) => kind === 'alert').length * 8 + has('monitor') * 4 + has('host') * 2 + has('role');
}

/** Those of the others that share something with it, the most alike first, the newest of equals. A service in common is not enough. */
export function similarTo<T extends Compared>(own: Compared, others: readonly T[]): readonly Alike<T>[] {
  const alerts = [...linkedAlerts(own.alerts)].sort((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1));
  return others
    .filter(({ head }) => isEarlier(head, own.head))
    .map((incident) => ({ incident, reasons: reasonsFor(own, alerts, marksOf(incident)) }))
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => strengthOf(b.reasons) - strengthOf(a.reasons) || b.incident.head.detectedAt - a.incident.head.detectedAt || (a.incident.head.id < b.incident.head.id ? -1 : 1));
}
