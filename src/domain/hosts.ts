/** Hosts of an incident's alerts: what the app sees of them, and what people set from the board. Pure. */
import { alreadyDone, entryOf, observed, pressed, type Press } from './change';
import type { Entry, HostRecord, HostSeen, Incident } from './record';
import { plainLine } from './text';

/** The first ones seen stay: a list that follows every alert would change with each look. */
export const HOSTS_KEPT = 20;
const STATES_KEPT = 100;
const HOST_NAME_MAX = 200;
const ROLES_KEPT = 10;

function lastSeen({ id, states }: HostRecord): readonly HostSeen[] {
  const last = states.at(-1);
  return last === undefined ? [] : [{ id, name: last.name, status: last.status, roles: last.roles }];
}

/** In the order they were first seen. */
export function hostsOf(incident: Pick<Incident, 'hosts'>): readonly HostSeen[] {
  const since = (host: HostRecord): number => host.states[0]?.recordedAt ?? 0;
  return Object.values(incident.hosts).sort((a, b) => since(a) - since(b) || (a.id < b.id ? -1 : 1)).flatMap(lastSeen);
}
export function hostOf(incident: Pick<Incident, 'hosts'>, id: string): HostSeen | null {
  const known = Object.hasOwn(incident.hosts, id) ? incident.hosts[id] : undefined;
  return known === undefined ? null : (lastSeen(known)[0] ?? null);
}

function withState(known: HostRecord | undefined, host: HostSeen, recordedAt: number, v: number): HostRecord {
  const { id, name, status, roles } = host;
  return { id, states: [...(known?.states ?? []), { recordedAt, name, status, roles }].slice(-STATES_KEPT), v };
}

const same = (a: HostSeen, b: HostSeen): boolean => a.name === b.name && a.status === b.status && a.roles.join() === b.roles.join();

/**
 * A host whose status differs from what was known leaves an entry; a host seen first does not. `readAt`: when the look
 * began; of a host that changed after that it tells nothing.
 */
export function seeHosts(incident: Incident, looked: readonly HostSeen[], readAt: number, now: number): Incident {
  return observed(incident, now, (v, recordedAt) => {
    const hosts: Record<string, HostRecord> = {};
    const entries: Record<string, Entry> = {};
    let room = HOSTS_KEPT - Object.keys(incident.hosts).length;
    for (const raw of looked) {
      const host: HostSeen = { ...raw, name: plainLine(raw.name, HOST_NAME_MAX), roles: raw.roles.slice(0, ROLES_KEPT) };
      const known = Object.hasOwn(incident.hosts, host.id) ? incident.hosts[host.id] : undefined;
      const before = hostOf(incident, host.id);
      if (before === null ? room <= 0 : same(before, host) || (known?.states.at(-1)?.recordedAt ?? 0) > readAt) continue;
      hosts[host.id] = withState(known, host, recordedAt, v);
      if (before === null) room -= 1;
      else if (before.status !== host.status) {
        const id = `host:${host.id}:${v}`;
        entries[id] = entryOf(id, { messageKey: 'entry.host.status', params: { host: host.name, from: before.status, to: host.status } }, null, recordedAt, v, null);
      }
    }
    return Object.keys(hosts).length === 0 ? null : { hosts, entries };
  });
}

/** A host status somebody set in Mackerel from the board; the same incident when it is none of this incident's hosts. */
export function setHostStatus(incident: Incident, id: string, status: HostSeen['status'], press: Press): Incident {
  const before = hostOf(incident, id);
  if (alreadyDone(incident, press.opId) || before === null || before.status === status) return incident;
  return pressed(incident, press, (v, recordedAt) => ({
    hosts: { [id]: withState(incident.hosts[id], { ...before, status }, recordedAt, v) },
    said: { messageKey: 'entry.host.set', params: { host: before.name, from: before.status, to: status } },
  }));
}
