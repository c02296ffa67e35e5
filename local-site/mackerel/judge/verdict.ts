/** The last step of every judgement, whatever was judged: attempts are counted; the alert opens, changes or closes. */
import type { About, AlertStatus, AnyMonitor, Limits } from '../model';
import type { World } from '../world';
import { inDowntime } from './downtime';
import type { Finding, Lifecycle } from './lifecycle';
import { subjectOf } from './subject';

/** Mackerel does not judge points older than this. */
export const TOO_OLD_S = 20 * 60;

/** Both thresholds crossed, or both the same: CRITICAL. */
export function statusOf(limits: Limits, value: number): AlertStatus {
  const beyond = (threshold: number | null): boolean => threshold !== null && (limits.operator === '>' ? value > threshold : value < threshold);
  if (beyond(limits.critical)) return 'CRITICAL';
  return beyond(limits.warning) ? 'WARNING' : 'OK';
}

/** `time` orders the findings of one subject; `attempts` is how many breaches in a row make an alert. */
export type Apply = (monitor: AnyMonitor, about: About, finding: Finding, time: number, attempts: number) => void;

export function verdict(world: World, life: Lifecycle): Apply {
  return (monitor, about, finding, time, attempts) => {
    if (inDowntime(world, monitor, about.hostId === null ? null : world.hosts.get(about.hostId))) return;
    const subject = subjectOf(monitor, about);
    const before = world.judgements.get(monitor.id, subject);
    if (before !== null && time < before.time) return; // out of order
    const breaches = finding.status === 'OK' ? 0 : (before?.breaches ?? 0) + 1;
    world.judgements.set(monitor.id, subject, { time, breaches });
    const open = world.alerts.openOf(monitor.id, subject);
    if (open?.byHand || open?.outdated) return;
    if (finding.status === 'OK') {
      if (open) life.close(open, 'monitoring', { finding });
      return;
    }
    if (open) {
      // A changed status for hosts that are gone reaches open alerts only with a reminder.
      if (monitor.type !== 'connectivity') life.change(open, finding);
    }
    // Mackerel itself opens alerts of muted monitors and only stays silent. Here muting is how people keep an exercise
    // quiet, so a muted monitor opens none; what is open already goes on without notifications.
    else if (!monitor.isMute && breaches >= attempts) life.open(monitor, about, finding);
  };
}
