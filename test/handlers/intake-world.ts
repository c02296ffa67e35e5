/**
 * The stand-in as the only witness: what it did, told by its own API, and what should therefore be recorded. Shares nothing
 * with the product.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestSite } from './harness';

export type Seen = 'WARNING' | 'CRITICAL' | 'OK';
interface MackerelAlert {
  readonly id: string;
  readonly hostId: string;
  readonly openedAt: number;
  readonly closedAt?: number;
}
interface MackerelLog {
  readonly status: string;
  readonly trigger: string;
  readonly createdAt: number;
}
/** One alert with its course, oldest first: `status@epoch ms`. */
export interface Course {
  readonly id: string;
  readonly service: string;
  readonly lines: readonly string[];
}

const api = async <T>(site: TestSite, path: string, init?: { method: string; body?: unknown }): Promise<T> => {
  const answer = await fetch(`${site.site.urls.mackerel}/api/v0/${path}`, {
    method: init?.method ?? 'GET',
    headers: { 'x-api-key': site.site.mackerel?.apiKey ?? '', 'content-type': 'application/json' },
    ...(init?.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};

export interface Subject {
  readonly service: string;
  readonly monitorId: string;
  readonly hostId: string;
}

/** So many different monitors on hosts of the service, none of them with anything to judge: alerts are what the test makes them. */
export async function subjects(site: TestSite, service: string, count: number): Promise<readonly Subject[]> {
  const { hosts } = await api<{ hosts: { id: string }[] }>(site, `hosts?service=${service}`);
  const made: Subject[] = [];
  for (let n = 0; n < count; n += 1) {
    const { id } = await api<{ id: string }>(site, 'monitors', { method: 'POST', body: { type: 'host', name: `${service} ${n}`, metric: `custom.chaos.${service}.${n}`, operator: '>', warning: 1, critical: 2, duration: 1 } });
    made.push({ service, monitorId: id, hostId: hosts[n % hosts.length]?.id ?? '' });
  }
  return made;
}

/** Takes the place of the app's channel and keeps what Mackerel sends. */
export async function eavesdrop(site: TestSite): Promise<{ take(): readonly string[]; stop(): Promise<void> }> {
  let bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      bodies.push(Buffer.concat(parts).toString('utf8'));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { channels } = await api<{ channels: { id: string }[] }>(site, 'channels');
  for (const { id } of channels) await api(site, `channels/${id}`, { method: 'DELETE' });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await api(site, 'channels', { method: 'POST', body: { type: 'webhook', name: 'ear', url, events: ['alert'], enabledGraphImage: false, addToDefaultNotificationGroup: true } });
  return {
    take() {
      const taken = bodies;
      bodies = [];
      return taken;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Every alert there ever was of these subjects, by what Mackerel's API says of it. */
export async function history(site: TestSite, all: readonly Subject[]): Promise<readonly Course[]> {
  const { hosts } = await api<{ hosts: { id: string; roles: Record<string, string[]> }[] }>(site, 'hosts');
  const monitors = new Map(all.map((subject) => [subject.monitorId, subject.service]));
  const services = new Map(hosts.map(({ id, roles }) => [id, Object.keys(roles)]));
  const found: Course[] = [];
  let nextId: string | undefined;
  do {
    const page: { alerts: (MackerelAlert & { monitorId: string })[]; nextId?: string } = await api(site, `alerts?withClosed=true&limit=100${nextId === undefined ? '' : `&nextId=${nextId}`}`);
    for (const { id, monitorId, hostId } of page.alerts) {
      const service = monitors.get(monitorId);
      if (service === undefined) continue;
      if (services.get(hostId)?.includes(service) !== true) throw new Error(`host ${hostId} is not of ${service}`);
      const { logs } = await api<{ logs: MackerelLog[] }>(site, `alerts/${id}/logs?limit=100`);
      const lines = [...logs].sort((a, b) => a.createdAt - b.createdAt).map((log) => `${log.status}@${log.createdAt * 1000}`);
      found.push({ id, service, lines });
    }
    nextId = page.nextId;
  } while (nextId !== undefined);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

export interface Expected {
  /** By service with an incident: its alerts and their courses. */
  readonly incidents: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly candidates: readonly string[];
}

/** The site's rules in words: CRITICAL on shop or this-computer declares, the service's other alerts join, everything else waits. */
export function expected(courses: readonly Course[]): Expected {
  const incidents: Record<string, Record<string, readonly string[]>> = {};
  const candidates: string[] = [];
  const declares = (service: string): boolean => (service === 'shop' || service === 'this-computer') && courses.some((course) => course.service === service && course.lines.some((line) => line.startsWith('CRITICAL@')));
  for (const { id, service, lines } of courses) {
    if (declares(service)) (incidents[service] ??= {})[id] = lines;
    else candidates.push(id);
  }
  return { incidents, candidates: candidates.sort() };
}

/** What the product shows, in the same words. Two incidents of one service, or two pages of one key, cannot be said in them and are thrown. */
export async function observed(site: TestSite, only: ReadonlySet<string>): Promise<Expected & { readonly unverified: number }> {
  const home = await site.ok('admin', 'home.load', {});
  const incidents: Record<string, Record<string, readonly string[]>> = {};
  let unverified = home.candidates.filter((row) => row.alert.unverified).length;
  const titles = [...(await site.pages('OPS')), ...(await site.pages('SRE'))].map((page) => page.title);
  for (const { id, key, service } of home.incidents) {
    const name = service ?? '';
    if (incidents[name] !== undefined) throw new Error(`two incidents of ${name}`);
    const pages = titles.filter((title) => title.includes(key)).length;
    if (pages !== 1) throw new Error(`${pages} pages of ${key}`);
    const board = await site.ok('admin', 'board.load', { incidentId: id });
    const { entries } = await site.ok('admin', 'board.entries', { incidentId: id, pass: '' });
    const rows: Record<string, string[]> = Object.fromEntries(board.alerts.map((alert) => [alert.id, []]));
    unverified += board.alerts.filter((alert) => alert.unverified).length + entries.filter((entry) => entry.unverified).length;
    for (const entry of [...entries].sort((a, b) => a.at - b.at)) if (entry.source === 'mackerel') rows[entry.alertId ?? '']?.push(`${entry.status}@${entry.at}`);
    incidents[name] = Object.fromEntries(Object.entries(rows).filter(([alertId]) => only.has(alertId)));
  }
  return { incidents, candidates: home.candidates.map((row) => row.alert.id).filter((id) => only.has(id)).sort(), unverified };
}

/** Deterministic numbers from a seed. */
export function dice(seed: number): { below(n: number): number; chance(p: number): boolean; shuffled<T>(items: readonly T[]): T[] } {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    below,
    chance: (p) => next() < p,
    shuffled(items) {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i -= 1) {
        const j = below(i + 1);
        [result[i], result[j]] = [result[j]!, result[i]!];
      }
      return result;
    },
  };
}
