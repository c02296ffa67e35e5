/** The one way metrics and check reports come in: from the API, and from the hosts the stand-in simulates. */
import type { Judge } from './judge/judge';
import { newId } from './ids';
import type { AlertStatus, CheckMonitor } from './model';
import { notFound } from './errors';
import { hostOwner, labelsOwner, serviceOwner, type Point } from './store/metrics';
import type { World } from './world';

const DAY_S = 24 * 3600;
const REPORT_TOO_OLD_S = 6 * 3600;

export interface HostPoint extends Point {
  readonly hostId: string;
  readonly name: string;
}
export interface ServicePoint extends Point {
  readonly name: string;
}
export interface LabelledPoint extends ServicePoint {
  readonly labels: Readonly<Record<string, string>>;
}
export interface CheckReport {
  readonly hostId: string;
  readonly name: string;
  readonly status: AlertStatus;
  readonly message: string;
  readonly occurredAt: number;
  readonly notificationInterval?: number | null | undefined;
  readonly maxCheckAttempts?: number | null | undefined;
}

/** Names posted at the newest time of the batch. */
function newest(points: readonly ServicePoint[]): { readonly time: number; readonly names: readonly string[] } | null {
  if (points.length === 0) return null;
  const time = points.reduce((latest, point) => Math.max(latest, point.time), 0);
  return { time, names: points.filter((point) => point.time === time).map((point) => point.name) };
}
function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

export function ingest(world: World, judge: Judge) {
  const fresh = (point: Point): boolean => point.time >= world.now() - DAY_S;
  return {
    /** Points older than a day are dropped without a word, as Mackerel does. @throws ApiError 404 for an unknown host */
    hostMetrics(points: readonly HostPoint[]): void {
      world.atomically(() => {
        for (const [hostId, all] of groupBy(points, (point) => point.hostId)) {
          const host = world.hosts.get(hostId);
          if (host === null || host.isRetired) throw notFound('Host');
          const kept = all.filter(fresh);
          for (const point of kept) world.metrics.put(hostOwner(hostId), point.name, point);
          world.hosts.heard(hostId, world.now());
          const last = newest(kept);
          if (last) judge.hostMetrics(host, last.names, last.time);
        }
      });
    },
    serviceMetrics(service: string, points: readonly ServicePoint[]): void {
      world.atomically(() => {
        if (world.services.get(service) === null) throw notFound('Service');
        const kept = points.filter(fresh);
        for (const point of kept) world.metrics.put(serviceOwner(service), point.name, point);
        const last = newest(kept);
        if (last) judge.serviceMetrics(service, last.names, last.time);
      });
    },
    /** Query monitors look at these by themselves, once a minute. */
    labelledMetrics(points: readonly LabelledPoint[]): void {
      world.atomically(() => {
        for (const point of points.filter(fresh)) world.metrics.put(labelsOwner(point.labels), point.name, point);
      });
    },
    checkReports(reports: readonly CheckReport[]): void {
      world.atomically(() => {
        for (const report of reports) {
          const host = world.hosts.get(report.hostId);
          if (host === null || host.isRetired) throw notFound('Host');
          if (report.occurredAt < world.now() - REPORT_TOO_OLD_S) continue;
          const known = world.monitors.checkByName(report.name);
          const monitor: CheckMonitor = {
            ...(known ?? { id: newId(), type: 'check', name: report.name, memo: '', isMute: false }),
            notificationInterval: report.notificationInterval ?? known?.notificationInterval ?? null,
            maxCheckAttempts: report.maxCheckAttempts ?? known?.maxCheckAttempts ?? 1,
          };
          world.monitors.save(monitor);
          judge.check(monitor, host, report.status, report.message, report.occurredAt);
        }
      });
    },
  };
}
export type Ingest = ReturnType<typeof ingest>;
