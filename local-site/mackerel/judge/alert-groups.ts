/** Alert groups follow their alerts: opened with the first, closed with the last. A group is as bad as its worst open alert. */
import { newId } from '../ids';
import type { Alert, AlertGroup, AlertGroupSetting, AlertStatus } from '../model';
import type { Notify } from '../webhook/notify';
import type { World } from '../world';
import { placesOf, touches } from './subject';

/** Worst first. Where UNKNOWN stands is not published. */
const WORST: readonly AlertStatus[] = ['CRITICAL', 'UNKNOWN', 'WARNING'];

/** Services and roles add up; together with monitors both must fit. */
function concerns(world: World, setting: AlertGroupSetting, alert: Alert): boolean {
  const wanted = [...setting.serviceScopes, ...setting.roleScopes];
  const places = placesOf(alert.monitor, alert.hostId === null ? null : world.hosts.get(alert.hostId));
  const there = wanted.length === 0 || touches(places, wanted);
  return there && (setting.monitorScopes.length === 0 || setting.monitorScopes.includes(alert.monitorId));
}

export function alertGroups(world: World, notify: Notify) {
  const settingOf = (group: AlertGroup): AlertGroupSetting | null => world.alertGroupSettings.get(group.settingId);
  const tell = (group: AlertGroup): void => {
    const setting = settingOf(group);
    if (setting !== null) notify.alertGroup(group, setting);
  };
  const save = (group: AlertGroup): void => tell(world.alertGroups.save({ ...group, notifiedAt: world.now() }));

  return {
    /** Puts a new alert into the groups its settings ask for. Call before telling of the alert: members are not told singly everywhere. */
    join(alert: Alert): void {
      for (const setting of world.alertGroupSettings.all()) {
        if (!concerns(world, setting, alert)) continue;
        const known = world.alertGroups.openOf(setting.id);
        const group = known ?? { id: newId(), settingId: setting.id, status: alert.status, createdAt: world.now(), closedAt: null, notifiedAt: world.now() };
        world.alertGroups.join(group.id, alert.id);
        if (known === null) save(group);
      }
    },
    /** After an alert was opened, changed or closed. */
    follow(alert: Alert): void {
      for (const group of world.alertGroups.openWith(alert.id)) {
        const statuses = world.alertGroups.statuses(group.id);
        const status = WORST.find((each) => statuses.includes(each)) ?? 'OK';
        if (status !== group.status) save({ ...group, status, closedAt: status === 'OK' ? world.now() : null });
      }
    },
    remind(): void {
      for (const group of world.alertGroups.open()) {
        const every = settingOf(group)?.notificationInterval ?? null;
        if (every !== null && world.now() >= group.notifiedAt + every * 60) save(group);
      }
    },
    /** Its open group ends without a word when a setting is deleted. */
    removeSetting(setting: AlertGroupSetting): void {
      world.atomically(() => {
        const open = world.alertGroups.openOf(setting.id);
        if (open !== null) world.alertGroups.save({ ...open, status: 'OK', closedAt: world.now() });
        world.alertGroupSettings.remove(setting.id);
      });
    },
  };
}
export type AlertGroups = ReturnType<typeof alertGroups>;
