import { keepLogs, sortLogs, type AlertSighting } from '../domain/alert';
import { metricPlan } from '../domain/metric';
import type { AlertLog, Settings } from '../domain/model';
import { plainLine } from '../domain/text';
import type { AlertSource, SourceAlert, SourceHost, SourceMonitor } from '../ports';

/** Reads of one drain, each thing once however many alerts need it. */
export class AlertReader {
  private readonly hosts = new Map<string, Promise<SourceHost | null>>();
  private readonly checks = new Map<string, Promise<SourceMonitor | null>>();
  private knowsAll = false;
  private monitorsOnce: Promise<ReadonlyMap<string, SourceMonitor>> | null = null;

  constructor(
    private readonly source: AlertSource,
    private readonly settings: Settings,
    private readonly now: number,
  ) {}

  /** All hosts there are, read elsewhere: none is read singly, and one not among them is retired. */
  knowAllHosts(hosts: readonly SourceHost[]): void {
    for (const host of hosts) this.hosts.set(host.id, Promise.resolve(host));
    this.knowsAll = true;
  }

  knowMonitors(monitors: ReadonlyMap<string, SourceMonitor>): void {
    this.monitorsOnce = Promise.resolve(monitors);
  }

  private host(id: string): Promise<SourceHost | null> {
    const known = this.hosts.get(id) ?? (this.knowsAll ? Promise.resolve(null) : this.source.host(id));
    this.hosts.set(id, known);
    return known;
  }

  private async monitor(alert: SourceAlert): Promise<SourceMonitor | null> {
    const id = alert.monitorId;
    if (id === null) return null;
    this.monitorsOnce ??= this.source.monitors();
    const listed = (await this.monitorsOnce).get(id);
    if (listed !== undefined) return listed;
    if (alert.type !== 'check') return null;
    const known = this.checks.get(id) ?? this.source.checkMonitor(id);
    this.checks.set(id, known);
    return known;
  }

  /** A mapped service wins over others the host also belongs to, so that the alert finds its space. */
  private serviceOf(host: SourceHost | null, monitor: SourceMonitor | null): string | null {
    const all = [...(monitor?.service == null ? [] : [monitor.service]), ...(host?.roles ?? []).map((role) => role.service)];
    return all.find((name) => this.settings.services.some((mapped) => mapped.name === name)) ?? all[0] ?? null;
  }

  /** Everything worth keeping of one alert: itself, its monitor, its host, its own log. */
  async sighting(alert: SourceAlert): Promise<AlertSighting> {
    const [glance, unsorted] = await Promise.all([this.glance(alert), this.source.alertLogs(alert.id)]);
    const logs = keepLogs(sortLogs(unsorted));
    // What the alert itself says holds over its log: lines of one second have no order.
    const since: AlertLog | undefined = logs.findLast((log) => log.status === alert.status) ?? logs.at(-1);
    return { ...glance, statusAt: alert.closedAt ?? since?.at ?? alert.openedAt, logsAt: this.now, logs };
  }

  /** As `sighting`, without the alert's log: enough to choose from a list. */
  async glance(alert: SourceAlert): Promise<AlertSighting> {
    const [monitor, host] = await Promise.all([this.monitor(alert), alert.hostId === null ? null : this.host(alert.hostId)]);
    const metric = monitor?.metric ?? null;
    return {
      id: alert.id,
      monitorId: alert.monitorId,
      monitorName: plainLine(monitor?.name ?? alert.type, 200),
      monitorType: alert.type,
      monitorMemo: monitor?.memo == null ? null : monitor.memo.slice(0, 1000),
      host: host === null ? (alert.hostId === null ? null : { id: alert.hostId, name: alert.hostId }) : { id: host.id, name: plainLine(host.name, 200) },
      service: this.serviceOf(host, monitor),
      roles: (host?.roles ?? []).map(({ service, role }) => `${service}:${role}`),
      metricName: metric,
      unit: metric === null ? null : metricPlan(metric).unit,
      operator: monitor?.operator ?? null,
      warning: monitor?.warning ?? null,
      critical: monitor?.critical ?? null,
      message: alert.message === null ? null : plainLine(alert.message, 500),
      openedAt: alert.openedAt,
      closedAt: alert.closedAt,
      reason: alert.reason === null ? null : plainLine(alert.reason, 500),
      status: alert.closedAt === null ? alert.status : 'OK',
      statusAt: alert.closedAt ?? alert.openedAt,
      value: alert.value,
      factsAt: this.now,
      logs: [],
    };
  }
}
