/**
 * Anomaly monitors. Mackerel's model is its own; here a host is unusual when one of its system metrics is further from its
 * mean than so many standard deviations. Learnt once from a day of points, and again only on demand.
 */
import type { AnomalyMonitor, Host, Sensitivity } from '../model';
import type { Baseline } from '../store/baselines';
import { hostOwner } from '../store/metrics';
import type { World } from '../world';
import { covers, isJudged, onHost } from './subject';
import { TOO_OLD_S, type Apply } from './verdict';

const WATCHED = /^(loadavg5|cpu\.(user|system|iowait)\.percentage|memory\.used|interface\..+\.delta|disk\..+\.delta)$/;
const LIMIT: Readonly<Record<Sensitivity, number>> = { sensitive: 4, normal: 6, insensitive: 8 };
const NEEDED_S = 23 * 3600;
/** A metric that hardly moves is not unusual for moving a little. */
const LEAST_SHARE = 0.05;

export function anomalyJudge(world: World, apply: Apply) {
  function learn(monitor: AnomalyMonitor, host: Host): Baseline[] {
    const owner = hostOwner(host.id);
    for (const name of world.metrics.names(owner).filter((each) => WATCHED.test(each))) {
      const spread = world.metrics.spread(owner, name, monitor.trainingPeriodFrom ?? 0, world.now() - NEEDED_S);
      if (spread !== null) world.baselines.learn(monitor.id, host.id, { name, mean: spread.mean, deviation: Math.max(spread.deviation, Math.abs(spread.mean) * LEAST_SHARE) });
    }
    return world.baselines.of(monitor.id, host.id);
  }
  function judgeHost(monitor: AnomalyMonitor, host: Host): void {
    const known = world.baselines.of(monitor.id, host.id);
    const deviations = (known.length > 0 ? known : learn(monitor, host)).flatMap(({ name, mean, deviation }) => {
      const point = world.metrics.last(hostOwner(host.id), name, 1)[0];
      return point === undefined || deviation === 0 || world.now() - point.time > TOO_OLD_S ? [] : [{ name, time: point.time, far: Math.abs(point.value - mean) / deviation }];
    });
    const worst = [...deviations].sort((a, b) => b.far - a.far)[0];
    const newest = Math.max(...deviations.map(({ time }) => time));
    const last = world.judgements.get(monitor.id, hostOwner(host.id))?.time ?? 0;
    // Attempts count points, however often they are looked at.
    if (worst === undefined || newest <= last) return;
    const beyond = (sensitivity: Sensitivity | null): boolean => sensitivity !== null && worst.far > LIMIT[sensitivity];
    const status = beyond(monitor.criticalSensitivity) ? 'CRITICAL' : beyond(monitor.warningSensitivity) ? 'WARNING' : 'OK';
    apply(monitor, onHost(host.id), { status, value: null, message: worst.name }, newest, monitor.maxCheckAttempts);
  }
  return {
    all(): void {
      const hosts = world.hosts.all().filter(isJudged);
      for (const monitor of world.monitors.all()) {
        if (monitor.type === 'anomalyDetection') for (const host of hosts) if (covers(monitor, host)) judgeHost(monitor, host);
      }
    },
  };
}
