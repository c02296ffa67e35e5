/** Changes with consequences: what they close, whom they tell. `user` is the person in the console, null for the API. */
import type { Lifecycle } from './judge/lifecycle';
import type { AnomalyMonitor, AnyMonitor, Host, HostStatus, LogTrigger, Monitor, Person, Service } from './model';
import { roleOwner } from './store/metadata';
import { serviceOwner } from './store/metrics';
import type { Notify } from './webhook/notify';
import type { World } from './world';

export function hostChanges(world: World, life: Lifecycle, notify: Notify) {
  const closeAll = (which: (alert: { readonly hostId: string | null; readonly monitor: AnyMonitor }) => boolean, trigger: LogTrigger, user: Person | null): void => {
    for (const alert of world.alerts.open()) if (which(alert)) life.close(alert, trigger, { user });
  };
  const withoutRole = (host: Host, service: string, role: string | null): Host => {
    const { [service]: roles, ...others } = host.roles;
    const left = role === null ? [] : (roles ?? []).filter((name) => name !== role);
    return { ...host, roles: left.length > 0 ? { ...others, [service]: left } : others };
  };
  return {
    setStatus(host: Host, status: HostStatus, user: Person | null): void {
      if (host.status === status) return;
      world.atomically(() => notify.hostStatus(world.hosts.save({ ...host, status }), host.status, user));
    },
    retire(host: Host, user: Person | null): void {
      if (host.isRetired) return;
      world.atomically(() => {
        world.hosts.save({ ...host, isRetired: true, retiredAt: world.now() });
        closeAll((alert) => alert.hostId === host.id, 'hostRetire', user);
        // The event shows the host as it was.
        notify.hostRetire(host, user);
      });
    },
    /** Its monitors, metrics, annotations and roles go with a service. */
    removeService(service: Service, user: Person | null): Service {
      return world.atomically(() => {
        const watches = (monitor: AnyMonitor): boolean => 'service' in monitor && monitor.service === service.name;
        closeAll((alert) => watches(alert.monitor), 'serviceDelete', user);
        for (const monitor of world.monitors.all().filter(watches)) world.monitors.remove(monitor.id);
        for (const host of world.hosts.all()) if (service.name in host.roles) world.hosts.save(withoutRole(host, service.name, null));
        world.metrics.removeOwner(serviceOwner(service.name));
        world.annotations.removeService(service.name);
        for (const owner of [serviceOwner(service.name), ...service.roles.map(({ name }) => roleOwner(service.name, name))]) world.metadata.removeOwner(owner);
        for (const group of world.notificationGroups.all()) world.notificationGroups.save({ ...group, services: group.services.filter(({ name }) => name !== service.name) });
        world.services.remove(service.name);
        return service;
      });
    },
    removeRole(service: Service, role: string): void {
      world.atomically(() => {
        for (const host of world.hosts.all()) if (host.roles[service.name]?.includes(role)) world.hosts.save(withoutRole(host, service.name, role));
        world.metadata.removeOwner(roleOwner(service.name, role));
        world.services.save({ ...service, roles: service.roles.filter(({ name }) => name !== role) });
      });
    },
  };
}

/** What decides whether a finding is a breach. */
const LIMITS = [
  'operator', 'warning', 'critical', 'missingDurationWarning', 'missingDurationCritical', 'responseTimeWarning', 'responseTimeCritical',
  'certificationExpirationWarning', 'certificationExpirationCritical', 'warningSensitivity', 'criticalSensitivity',
] as const;
function limitsOf(monitor: Monitor): string {
  const fields: Readonly<Record<string, unknown>> = { ...monitor };
  return JSON.stringify(LIMITS.map((key) => fields[key] ?? null));
}

export function monitorChanges(world: World, life: Lifecycle, notify: Notify) {
  const closeAll = (monitor: Monitor, trigger: LogTrigger, user: Person | null): void => {
    for (const alert of world.alerts.openOfMonitor(monitor.id)) life.close(alert, trigger, { user });
  };
  /** What was learnt is forgotten, and alerts that came from it end. */
  const retrain = (monitor: AnomalyMonitor, user: Person | null): void => {
    closeAll(monitor, 'anomalyDetectionManuallyRetraining', user);
    world.baselines.forget(monitor.id);
  };
  return {
    create(monitor: Monitor, user: Person | null): Monitor {
      return world.atomically(() => {
        world.monitors.save(monitor);
        notify.monitor('monitorCreate', monitor, user);
        return monitor;
      });
    },
    /** Open alerts stay as they are when thresholds change; a person has to close them. */
    update(monitor: Monitor, user: Person | null): Monitor {
      return world.atomically(() => {
        const before = world.monitors.get(monitor.id);
        if (before?.type === 'external' && monitor.type === 'external' && before.service !== monitor.service) closeAll(before, 'externalMonitoringServiceChange', user);
        if (before?.type === 'anomalyDetection' && monitor.type === 'anomalyDetection' && before.trainingPeriodFrom !== monitor.trainingPeriodFrom) retrain(before, user);
        if (before !== null && before.type !== 'check' && limitsOf(before) !== limitsOf(monitor)) {
          for (const alert of world.alerts.openOfMonitor(monitor.id)) world.alerts.save({ ...alert, outdated: true });
        }
        world.monitors.save(monitor);
        notify.monitor('monitorUpdate', monitor, user);
        return monitor;
      });
    },
    retrain: (monitor: AnomalyMonitor, user: Person | null): void => world.atomically(() => retrain(monitor, user)),
    remove(monitor: Monitor, user: Person | null): Monitor {
      return world.atomically(() => {
        closeAll(monitor, 'monitorDelete', user);
        world.monitors.remove(monitor.id);
        for (const group of world.notificationGroups.all()) world.notificationGroups.save({ ...group, monitors: group.monitors.filter(({ id }) => id !== monitor.id) });
        notify.monitor('monitorDelete', monitor, user);
        return monitor;
      });
    },
  };
}
