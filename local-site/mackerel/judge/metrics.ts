/** Host and service metrics as they are posted, checks as they are reported, and hosts and metrics that fall silent. */
import type { About, AlertStatus, CheckMonitor, Host, HostMonitor, ServiceMonitor } from '../model';
import { serviceOwner, type Point } from '../store/metrics';
import type { World } from '../world';
import { concerns, lastOfHost } from './percent';
import { ABOUT_NOTHING, covers, isJudged, onHost } from './subject';
import { statusOf, TOO_OLD_S, type Apply } from './verdict';

export const mean = (points: readonly { readonly value: number }[]): number => points.reduce((sum, point) => sum + point.value, 0) / points.length;

export function metricJudge(world: World, apply: Apply) {
  function judgePoints(monitor: HostMonitor | ServiceMonitor, about: About, points: readonly Point[]): void {
    const newest = points[0];
    if (newest === undefined || world.now() - newest.time > TOO_OLD_S) return;
    const value = mean(points);
    apply(monitor, about, { status: statusOf(monitor, value), value, message: null }, newest.time, monitor.maxCheckAttempts);
  }

  return {
    /** `until`: the newest time of the posted batch; only that is judged. */
    hostMetrics(host: Host, posted: readonly string[], until: number): void {
      if (!isJudged(host)) return;
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'host' || !covers(monitor, host) || !posted.some((name) => concerns(monitor.metric, name))) continue;
        judgePoints(monitor, onHost(host.id), lastOfHost(world.metrics, host.id, monitor, until));
      }
    },
    serviceMetrics(service: string, posted: readonly string[], until: number): void {
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'service' || monitor.service !== service || !posted.includes(monitor.metric)) continue;
        judgePoints(monitor, ABOUT_NOTHING, world.metrics.last(serviceOwner(service), monitor.metric, monitor.duration, until));
      }
    },
    check(monitor: CheckMonitor, host: Host, status: AlertStatus, message: string, occurredAt: number): void {
      if (isJudged(host)) apply(monitor, onHost(host.id), { status, value: null, message }, occurredAt, monitor.maxCheckAttempts);
    },
    gone(now: number): void {
      const monitors = world.monitors.all().filter((monitor) => monitor.type === 'connectivity');
      if (monitors.length === 0) return;
      for (const host of world.hosts.all()) {
        if (host.heardAt === null || !isJudged(host)) continue;
        // While the stand-in was not running nobody could post.
        const silent = now - Math.max(host.heardAt, world.startedAt);
        for (const monitor of monitors) {
          if (!covers(monitor, host)) continue;
          const status = silent > world.goneAfterSeconds ? monitor.alertStatusOnGone : 'OK';
          apply(monitor, onHost(host.id), { status, value: null, message: null }, now, 1);
        }
      }
    },
    missing(now: number): void {
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'service') continue;
        const newest = world.metrics.last(serviceOwner(monitor.service), monitor.metric, 1)[0];
        if (newest === undefined) continue;
        const silent = (now - Math.max(newest.time, world.startedAt)) / 60;
        const over = (minutes: number | null): boolean => minutes !== null && silent > minutes;
        const status = over(monitor.missingDurationCritical) ? 'CRITICAL' : over(monitor.missingDurationWarning) ? 'WARNING' : null;
        if (status) apply(monitor, ABOUT_NOTHING, { status, value: null, message: null }, now, 1);
      }
    },
  };
}
