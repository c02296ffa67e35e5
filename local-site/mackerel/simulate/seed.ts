/** A fresh stand-in: three services, their hosts, monitors, a day of history and deploy marks. */
import os from 'node:os';
import { newId } from '../ids';
import { hostOwner, labelsOwner, serviceOwner } from '../store/metrics';
import type { World } from '../world';
import { machineInterfaces, machineMeta } from './machine';
import { factsOf, SEED_HOSTS } from './seed-hosts';
import { seedCheck, seedMonitors } from './seed-monitors';
import { PROFILES, ROUTES, SERVICE_SIGNALS, valueAt, type Signal } from './signals';
import { THIS_MACHINE } from './simulation';

const MINUTE = 60;
export const DAY_MINUTES = 24 * 60;
const SERVICES = [
  { name: 'shop', memo: 'Web shop. Owner: team Shop', roles: [['web', 'Application servers'], ['db', 'Databases'], ['batch', 'Background jobs']] },
  { name: 'blog', memo: 'Company blog. Owner: team Media', roles: [['app', 'Application servers']] },
  { name: 'this-computer', memo: 'The computer this site runs on, with its real load', roles: [['host', '']] },
] as const;
const PEOPLE = [
  { screenName: 'alice', email: 'alice@example.com', authority: 'manager' },
  { screenName: 'bob@example.com', email: 'bob@example.com', authority: 'collaborator' },
] as const;
/** Minutes ago, per service. */
const DEPLOYS = [
  { service: 'shop', title: 'deploy #4711', description: 'checkout: new payment provider client', ago: 8, roles: ['web'] },
  { service: 'shop', title: 'deploy #4710', description: 'catalog: image sizes', ago: 215, roles: ['web'] },
  { service: 'shop', title: 'deploy #4709', description: 'jobs: retry mails', ago: 640, roles: ['batch'] },
  { service: 'blog', title: 'deploy #388', description: 'theme update', ago: 320, roles: ['app'] },
] as const;

function history(world: World, owner: string, name: string, signals: readonly Signal[], now: number, minutes: number): void {
  const newest = now - (now % MINUTE);
  for (const signal of signals) {
    const points = Array.from({ length: minutes }, (_, i) => {
      const time = newest - (minutes - 1 - i) * MINUTE;
      return { time, value: valueAt(name, signal, time) };
    });
    world.metrics.putMany(owner, signal.name, points);
  }
}

/** Fills an empty store; does nothing when it holds something. `thisMachine` adds this computer as a host, without a past. */
export function seed(world: World, thisMachine: boolean, historyMinutes: number): void {
  if (world.services.all().length > 0) return;
  const meta = thisMachine ? machineMeta() : {};
  world.atomically(() => {
    const now = world.now();
    for (const { name, memo, roles } of SERVICES) {
      if (name === 'this-computer' && !thisMachine) continue;
      world.services.save({ id: newId(), name, memo, roles: roles.map(([role, about]) => ({ name: role, memo: about })) });
    }
    for (const seeded of SEED_HOSTS) {
      const { name, service, role, profile } = seeded;
      const host = world.hosts.create({ ...factsOf(seeded, now), roles: { [service]: [role] } }, profile);
      history(world, hostOwner(host.id), name, PROFILES[profile], now, historyMinutes);
      world.hosts.heard(host.id, now);
    }
    if (thisMachine) world.hosts.create({ name: os.hostname(), memo: 'This computer', roles: { 'this-computer': ['host'] }, createdAt: now, meta, interfaces: machineInterfaces() }, THIS_MACHINE);
    for (const [service, signals] of Object.entries(SERVICE_SIGNALS)) history(world, serviceOwner(service), service, signals, now, historyMinutes);
    for (const { owner, labels, signal } of ROUTES) history(world, labelsOwner(labels), owner, [signal], now, historyMinutes);
    for (const person of PEOPLE) world.users.save({ ...person, id: newId(), isInRegistrationProcess: false, isMFAEnabled: false, authenticationMethods: ['google'], joinedAt: now - 90 * 24 * 3600 });
    for (const monitor of seedMonitors()) world.monitors.save(monitor);
    world.monitors.save(seedCheck());
    for (const { service, title, description, ago, roles } of DEPLOYS) {
      world.annotations.save({ id: newId(), service, title, description, from: now - ago * MINUTE, to: now - ago * MINUTE + 40, roles: [...roles] });
    }
  });
}
