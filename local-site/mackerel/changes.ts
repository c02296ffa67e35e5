/** Changes with consequences: what they close, whom they tell. `user` is the person in the console, null for the API. */
import type { Lifecycle } from './judge/lifecycle';
import type { AnyMonitor, Host, HostStatus, LogTrigger, Monitor, Person, Service } from './model';
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
        const retired = world.hosts.save({ ...host, isRetired: true, retiredAt: world.now() });
        closeAll((alert) => alert.hostId === host.id, 'hostRetire', user);
        notify.hostRetire(retired, user);
      });
    },
    /** Its monitors, metrics, annotations and roles go with a service. */
    removeService(service: Service): Service {
      return world.atomically(() => {
        const watches = (monitor: AnyMonitor): boolean => monitor.type === 'service' && monitor.service === service.name;
        closeAll((alert) => watches(alert.monitor), 'serviceDelete', null);
        for (const monitor of world.monitors.all().filter(watches)) world.monitors.remove(monitor.id);
        for (const host of world.hosts.all()) if (service.name in host.roles) world.hosts.save(withoutRole(host, service.name, null));
        world.metrics.removeOwner(serviceOwner(service.name));
        world.annotations.removeService(service.name);
        world.services.remove(service.name);
        return service;
      });
    },
    removeRole(service: Service, role: string): void {
      world.atomically(() => {
        for (const host of world.hosts.all()) if (host.roles[service.name]?.includes(role)) world.hosts.save(withoutRole(host, service.name, role));
        world.services.save({ ...service, roles: service.roles.filter(({ name }) => name !== role) });
      });
    },
  };
}

export function monitorChanges(world: World, life: Lifecycle, notify: Notify) {
  return {
    create(monitor: Monitor, user: Person | null): Monitor {
      return world.atomically(() => {
        world.monitors.save(monitor);
        notify.monitor('monitorCreate', monitor, user);
        return monitor;
      });
    },
    /** Alerts keep the thresholds' verdict they have; the next judgement uses the new ones. */
    update(monitor: Monitor, user: Person | null): Monitor {
      return world.atomically(() => {
        world.monitors.save(monitor);
        notify.monitor('monitorUpdate', monitor, user);
        return monitor;
      });
    },
    remove(monitor: Monitor, user: Person | null): Monitor {
      return world.atomically(() => {
        for (const alert of world.alerts.open()) if (alert.monitorId === monitor.id) life.close(alert, 'monitorDelete', { user });
        world.monitors.remove(monitor.id);
        notify.monitor('monitorDelete', monitor, user);
        return monitor;
      });
    },
  };
}
