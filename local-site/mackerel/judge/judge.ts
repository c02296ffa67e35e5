/** Monitors judge what was posted, and time itself: gone hosts, missing service metrics, reminders. */
import type { AlertStatus, AnyMonitor, CheckMonitor, Host, HostMonitor, ServiceMonitor } from '../model';
import { serviceOwner, type Point } from '../store/metrics';
import type { World } from '../world';
import type { Finding, Lifecycle } from './lifecycle';
import { concerns, lastOfHost } from './percent';
import { covers, isJudged, subjectOf } from './subject';

/** Mackerel does not judge points older than this. */
const TOO_OLD_S = 20 * 60;
const mean = (points: readonly Point[]): number => points.reduce((sum, point) => sum + point.value, 0) / points.length;

/** Both thresholds crossed, or both the same: CRITICAL. */
export function statusOf(monitor: Pick<HostMonitor, 'operator' | 'warning' | 'critical'>, value: number): AlertStatus {
  const beyond = (threshold: number | null): boolean => threshold !== null && (monitor.operator === '>' ? value > threshold : value < threshold);
  if (beyond(monitor.critical)) return 'CRITICAL';
  return beyond(monitor.warning) ? 'WARNING' : 'OK';
}

export function judge(world: World, life: Lifecycle) {
  /** Counts breaches in a row; opens, changes or closes the alert. `time` orders findings of one subject. */
  function apply(monitor: AnyMonitor, hostId: string | null, finding: Finding, time: number, attempts: number): void {
    const subject = subjectOf(monitor, hostId);
    const before = world.judgements.get(monitor.id, subject);
    if (before !== null && time < before.time) return; // out of order
    const breaches = finding.status === 'OK' ? 0 : (before?.breaches ?? 0) + 1;
    world.judgements.set(monitor.id, subject, { time, breaches });
    const open = world.alerts.openOf(monitor.id, subject);
    if (open?.byHand) return;
    if (finding.status === 'OK') {
      if (open) life.close(open, 'monitoring', { finding });
      return;
    }
    if (open) life.change(open, finding);
    // Mackerel itself opens alerts of muted monitors and only stays silent. Here muting is how people keep an exercise
    // quiet, so a muted monitor opens none; what is open already goes on without notifications.
    else if (!monitor.isMute && breaches >= attempts) life.open(monitor, hostId, finding);
  }

  function judgePoints(monitor: HostMonitor | ServiceMonitor, hostId: string | null, points: readonly Point[]): void {
    const newest = points[0];
    if (newest === undefined || world.now() - newest.time > TOO_OLD_S) return;
    const value = mean(points);
    apply(monitor, hostId, { status: statusOf(monitor, value), value, message: null }, newest.time, monitor.maxCheckAttempts);
  }

  function judgeGone(now: number): void {
    const monitors = world.monitors.all().filter((monitor) => monitor.type === 'connectivity');
    if (monitors.length === 0) return;
    for (const host of world.hosts.all()) {
      if (host.heardAt === null || !isJudged(host)) continue;
      // While the stand-in was not running nobody could post.
      const silent = now - Math.max(host.heardAt, world.startedAt);
      for (const monitor of monitors) {
        if (!covers(monitor, host)) continue;
        const status = silent > world.goneAfterSeconds ? monitor.alertStatusOnGone : 'OK';
        apply(monitor, host.id, { status, value: null, message: null }, now, 1);
      }
    }
  }

  function judgeMissing(now: number): void {
    for (const monitor of world.monitors.all()) {
      if (monitor.type !== 'service') continue;
      const newest = world.metrics.last(serviceOwner(monitor.service), monitor.metric, 1)[0];
      if (newest === undefined) continue;
      const silent = (now - Math.max(newest.time, world.startedAt)) / 60;
      const over = (minutes: number | null): boolean => minutes !== null && silent > minutes;
      const status = over(monitor.missingDurationCritical) ? 'CRITICAL' : over(monitor.missingDurationWarning) ? 'WARNING' : null;
      if (status) apply(monitor, null, { status, value: null, message: null }, now, 1);
    }
  }

  return {
    /** `until`: the newest time of the posted batch; only that is judged. */
    hostMetrics(host: Host, posted: readonly string[], until: number): void {
      if (!isJudged(host)) return;
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'host' || !covers(monitor, host) || !posted.some((name) => concerns(monitor.metric, name))) continue;
        judgePoints(monitor, host.id, lastOfHost(world.metrics, host.id, monitor, until));
      }
    },
    serviceMetrics(service: string, posted: readonly string[], until: number): void {
      for (const monitor of world.monitors.all()) {
        if (monitor.type !== 'service' || monitor.service !== service || !posted.includes(monitor.metric)) continue;
        judgePoints(monitor, null, world.metrics.last(serviceOwner(service), monitor.metric, monitor.duration, until));
      }
    },
    check(monitor: CheckMonitor, host: Host, status: AlertStatus, message: string, occurredAt: number): void {
      if (isJudged(host)) apply(monitor, host.id, { status, value: null, message }, occurredAt, monitor.maxCheckAttempts);
    },
    /** What passes with time alone. Called once per period. */
    time(): void {
      const now = world.now();
      world.atomically(() => {
        judgeGone(now);
        judgeMissing(now);
        life.remind();
      });
    },
  };
}
export type Judge = ReturnType<typeof judge>;
