/** Opening, changing and closing alerts: the record, its log, its groups and the notification, always together. */
import type { About, Alert, AlertStatus, AnyMonitor, LogTrigger, Person } from '../model';
import type { Notify } from '../webhook/notify';
import type { WebhookTrigger } from '../webhook/payload';
import type { World } from '../world';
import type { AlertGroups } from './alert-groups';
import { inDowntime } from './downtime';
import { isNotified, subjectOf } from './subject';

/** A finding about one monitor and subject. */
export interface Finding {
  readonly status: AlertStatus;
  readonly value: number | null;
  readonly message: string | null;
}
/** The log and the webhook name the same reason differently. */
const WEBHOOK_TRIGGER: Readonly<Record<LogTrigger, WebhookTrigger>> = {
  monitoring: 'monitor',
  manual: 'manual close',
  monitorDelete: 'delete monitor',
  hostRetire: 'retire host',
  serviceDelete: 'delete service',
  anomalyDetectionManuallyRetraining: 'anomaly detection manually retraining',
  externalMonitoringServiceChange: 'attach external monitoring to a different service',
};

export function lifecycle(world: World, notify: Notify, groups: AlertGroups) {
  const log = (alert: Alert, trigger: LogTrigger, at: number): void => {
    const { monitor } = alert;
    const detail = monitor.type === 'check' ? { type: 'check' as const, detail: { message: alert.message ?? '', memo: monitor.memo } } : null;
    world.alerts.addLog(alert.id, {
      status: alert.status,
      trigger,
      monitorId: trigger === 'monitorDelete' ? null : alert.monitorId,
      targetValue: trigger === 'monitoring' ? alert.value : null,
      statusDetail: detail,
      createdAt: at,
    });
  };
  const hostOf = (alert: Alert) => (alert.hostId === null ? null : world.hosts.get(alert.hostId));
  const monitorOf = (alert: Alert): AnyMonitor => world.monitors.get(alert.monitorId) ?? alert.monitor;
  /** Muted monitors and hosts on standby are not notified. */
  const isTold = (alert: Alert): boolean => !monitorOf(alert).isMute && isNotified(hostOf(alert));
  const tell = (alert: Alert, trigger: LogTrigger, user: Person | null): void => {
    if (isTold(alert)) notify.alert(alert, WEBHOOK_TRIGGER[trigger], user);
  };
  const record = (alert: Alert, trigger: LogTrigger, user: Person | null): Alert => {
    log(alert, trigger, alert.statusChangedAt);
    tell(alert, trigger, user);
    groups.follow(alert);
    return alert;
  };

  return {
    open(monitor: AnyMonitor, about: About, finding: Finding, byHand = false): Alert {
      return world.atomically(() => {
        const at = world.now();
        const draft = {
          ...finding,
          ...about,
          monitorId: monitor.id,
          monitor,
          reason: null,
          memo: '',
          openedAt: at,
          closedAt: null,
          createdAtMs: Math.floor(world.clock.now()),
          statusChangedAt: at,
          notifiedAt: at,
          byHand,
          outdated: false,
        };
        const alert = world.alerts.insert(draft, subjectOf(monitor, about));
        // What nobody is told of singly makes no group either.
        if (isTold(alert)) groups.join(alert);
        return record(alert, 'monitoring', null);
      });
    },
    /** Records another status of an open alert; the same status again changes nothing. */
    change(before: Alert, finding: Finding, byHand = before.byHand): Alert {
      if (before.status === finding.status) return byHand === before.byHand ? before : world.alerts.save({ ...before, byHand });
      return world.atomically(() => {
        const at = world.now();
        return record(world.alerts.save({ ...before, ...finding, monitor: monitorOf(before), byHand, statusChangedAt: at, notifiedAt: at }), 'monitoring', null);
      });
    },
    /** `value` and `message` of the recovery are known only when a judgement closes it. */
    close(before: Alert, trigger: LogTrigger, how: { readonly reason?: string; readonly user?: Person | null; readonly finding?: Finding } = {}): Alert {
      return world.atomically(() => {
        const at = world.now();
        const { value, message } = how.finding ?? before;
        const alert = world.alerts.save({ ...before, monitor: monitorOf(before), value, message, status: 'OK', reason: how.reason ?? '', closedAt: at, statusChangedAt: at });
        return record(alert, trigger, how.user ?? null);
      });
    },
    /** Tells again about open alerts whose monitor asks for reminders, and of their groups. */
    remind(): void {
      const now = world.now();
      for (const alert of world.alerts.open()) {
        const monitor = monitorOf(alert);
        if (monitor.notificationInterval === null || now < alert.notifiedAt + monitor.notificationInterval * 60) continue;
        if (inDowntime(world, monitor, hostOf(alert))) continue;
        world.atomically(() => {
          const again = { ...alert, notifiedAt: now };
          // The status for hosts that are gone may have been set anew; it is the reminder that brings it.
          if (monitor.type !== 'connectivity' || monitor.alertStatusOnGone === alert.status) return tell(world.alerts.save(again), 'monitoring', null);
          record(world.alerts.save({ ...again, monitor, status: monitor.alertStatusOnGone, statusChangedAt: now }), 'monitoring', null);
        });
      }
      groups.remind();
    },
  };
}
export type Lifecycle = ReturnType<typeof lifecycle>;
