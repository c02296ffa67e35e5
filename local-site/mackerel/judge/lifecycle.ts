/** Opening, changing and closing alerts: the record, its log and the notification, always together. */
import type { Alert, AlertStatus, AnyMonitor, LogTrigger, Person } from '../model';
import type { Notify } from '../webhook/notify';
import type { WebhookTrigger } from '../webhook/payload';
import type { World } from '../world';
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
};

export function lifecycle(world: World, notify: Notify) {
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
  /** Muted monitors and hosts on standby are not notified. */
  const tell = (alert: Alert, trigger: LogTrigger, user: Person | null): void => {
    const host = alert.hostId === null ? null : world.hosts.get(alert.hostId);
    const isMute = (world.monitors.get(alert.monitorId) ?? alert.monitor).isMute;
    if (!isMute && isNotified(host)) notify.alert(alert, WEBHOOK_TRIGGER[trigger], user);
  };

  return {
    open(monitor: AnyMonitor, hostId: string | null, finding: Finding, byHand = false): Alert {
      return world.atomically(() => {
        const at = world.now();
        const draft = {
          ...finding,
          monitorId: monitor.id,
          monitor,
          hostId,
          reason: null,
          memo: '',
          openedAt: at,
          closedAt: null,
          createdAtMs: Math.floor(world.clock.now()),
          statusChangedAt: at,
          notifiedAt: at,
          byHand,
        };
        const alert = world.alerts.insert(draft, subjectOf(monitor, hostId));
        log(alert, 'monitoring', at);
        tell(alert, 'monitoring', null);
        return alert;
      });
    },
    /** Records another status of an open alert; the same status again changes nothing. */
    change(before: Alert, finding: Finding, byHand = before.byHand): Alert {
      if (before.status === finding.status) return byHand === before.byHand ? before : world.alerts.save({ ...before, byHand });
      return world.atomically(() => {
        const at = world.now();
        const monitor = world.monitors.get(before.monitorId) ?? before.monitor;
        const alert = world.alerts.save({ ...before, ...finding, monitor, byHand, statusChangedAt: at, notifiedAt: at });
        log(alert, 'monitoring', at);
        tell(alert, 'monitoring', null);
        return alert;
      });
    },
    /** `value` and `message` of the recovery are known only when a judgement closes it. */
    close(before: Alert, trigger: LogTrigger, how: { readonly reason?: string; readonly user?: Person | null; readonly finding?: Finding } = {}): Alert {
      return world.atomically(() => {
        const at = world.now();
        const monitor = world.monitors.get(before.monitorId) ?? before.monitor;
        const { value, message } = how.finding ?? before;
        const alert = world.alerts.save({ ...before, monitor, value, message, status: 'OK', reason: how.reason ?? '', closedAt: at, statusChangedAt: at });
        log(alert, trigger, at);
        tell(alert, trigger, how.user ?? null);
        return alert;
      });
    },
    /** Tells again about open alerts whose monitor asks for reminders. */
    remind(): void {
      const now = world.now();
      for (const alert of world.alerts.open()) {
        const every = (world.monitors.get(alert.monitorId) ?? alert.monitor).notificationInterval;
        if (every === null || now < alert.notifiedAt + every * 60) continue;
        world.atomically(() => tell(world.alerts.save({ ...alert, notifiedAt: now }), 'monitoring', null));
      }
    },
  };
}
export type Lifecycle = ReturnType<typeof lifecycle>;
