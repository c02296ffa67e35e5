/** A thousand webhooks a minute for five minutes, with the platform's limits on; and what ten times as many alerts cost. */
import { PLATFORM_LIMITS } from '../local-site/core/limits';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from '../test/handlers/harness';
import { dice, eavesdrop, subjects, type Seen, type Subject } from '../test/handlers/intake-world';
import type { BenchApp } from './app';
import { quantile, type Figure } from './measure';

const A_MINUTE = 1_000;
const MINUTES = 5;
/** Alerts that go up and down in the storm, on three services. */
const SUBJECTS = 150;
const roll = dice(20_261_128);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function post(url: string, body: string): Promise<{ status: number; ms: number }> {
  const start = performance.now();
  const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  await answer.text();
  return { status: answer.status, ms: performance.now() - start };
}

/** The rules of the storm: whatever is CRITICAL begins the incident of its service. */
async function declareAll(site: TestSite, services: readonly { name: string; spaceKey: string; lang: 'ja' | 'en' }[]): Promise<void> {
  const { version } = await site.ok('admin', 'settings.get', {});
  const any = { monitor: null, type: null, service: null, role: null, host: null, name: null, time: null };
  await site.ok('admin', 'settings.save', { services, rules: [{ id: 'all', name: '', when: { ...any, statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } }], version });
  await site.settle();
}

/** The alert takes its next step in Mackerel; answers the webhook Mackerel sent for it. */
async function next(site: TestSite, ear: { take(): readonly string[] }, subject: Subject, states: Map<string, Seen>): Promise<string> {
  const now = states.get(subject.monitorId) ?? 'OK';
  const to: Seen = now === 'OK' ? 'CRITICAL' : now === 'WARNING' ? (roll.chance(0.5) ? 'OK' : 'CRITICAL') : roll.chance(0.5) ? 'WARNING' : 'OK';
  await site.console('POST', 'alerts', { monitorId: subject.monitorId, hostId: subject.hostId, status: to, value: 3 });
  states.set(subject.monitorId, to);
  return await site.until(() => Promise.resolve(ear.take()[0] ?? null));
}

interface Sent {
  readonly alertId: string;
  readonly status: string;
  readonly at: number;
}

interface WriteCall {
  readonly at: number;
  readonly target: string;
  readonly method: string;
  readonly path: string;
}

/** What the boards show, as `alert status@time`, each asked every two seconds by one viewer; incidents are looked for until all three are there. */
async function watch(site: TestSite, seen: Map<string, number>, stop: () => boolean): Promise<void> {
  let ids: readonly string[] = [];
  while (!stop()) {
    if (ids.length < 3) ids = (await site.ok('alice', 'home.load', {})).incidents.map(({ id }) => id);
    for (const id of ids) {
      const { entries } = await site.ok('alice', 'board.entries', { incidentId: id, pass: '' });
      const at = performance.now();
      for (const entry of entries) if (entry.source === 'mackerel') {
        const key = `${entry.alertId} ${entry.status}@${entry.at}`;
        if (!seen.has(key)) seen.set(key, at);
      }
    }
    await pause(2_000);
  }
}

export async function storm(app: BenchApp): Promise<readonly Figure[]> {
  const site = await startTestSite({ appDir: app.appDir, bundle: app.bundle });
  const ear = await eavesdrop(site);
  try {
    await declareAll(site, [{ name: 'shop', spaceKey: 'OPS', lang: 'ja' }, { name: 'blog', spaceKey: 'SRE', lang: 'en' }, { name: 'this-computer', spaceKey: 'SRE', lang: 'en' }]);
    const all = (await Promise.all(['shop', 'blog', 'this-computer'].map((service) => subjects(site, service, SUBJECTS / 3)))).flat();
    const states = new Map<string, Seen>();
    const url = await site.webhookUrl();
    const bareUrl = (await site.control<Record<string, string>>('GET', 'webtriggers'))['bare'] ?? '';
    const [ours, bare]: [number[], number[]] = [[], []];
    const sent = new Map<string, Sent>();
    let refused = 0;
    const seen = new Map<string, number>();
    const writes = new Map<string, WriteCall>();
    // The site keeps only the newest calls.
    const collect = async (): Promise<void> => {
      for (const call of await site.control<WriteCall[]>('GET', 'outside')) if (call.target === 'confluence' && call.method !== 'GET') writes.set(`${call.at} ${call.method} ${call.path}`, call);
    };
    let over = false;
    const watching = watch(site, seen, () => over);
    await site.control('POST', 'usage/reset');
    await site.control('POST', 'log/reset');
    const began = performance.now();
    for (let n = 0; n < A_MINUTE * MINUTES; n += 1) {
      const due = began + (n * 60_000) / A_MINUTE;
      if (due > performance.now()) await pause(due - performance.now());
      // One in three is news; the others are the same told again, as reminders and repeats are.
      const known = [...sent.values()];
      const body = n % 3 === 0 || known.length === 0 ? await next(site, ear, all[roll.below(all.length)] as Subject, states) : (bodies[roll.below(bodies.length)] ?? '');
      if (n % 3 === 0 || known.length === 0) bodies.push(body);
      // Whichever comes first after the pause pays for waking up: turn about.
      const first = await post(n % 2 === 0 ? url : bareUrl, body);
      const second = await post(n % 2 === 0 ? bareUrl : url, body);
      const [mine, yardstick] = n % 2 === 0 ? [first, second] : [second, first];
      ours.push(mine.ms);
      bare.push(yardstick.ms);
      if (mine.status !== 202) refused += 1;
      const { alert } = JSON.parse(body) as { alert: { id: string; status: string; statusChangedAt: number } };
      const key = `${alert.id} ${alert.status.toUpperCase()}@${alert.statusChangedAt * 1000}`;
      if (n % A_MINUTE === A_MINUTE - 1) await collect();
      if (!sent.has(key)) sent.set(key, { alertId: alert.id, status: alert.status, at: performance.now() });
    }
    const minutes = (performance.now() - began) / 60_000;
    const usage = await site.control<{ mackerel: { requests: number } }>('GET', 'usage');
    const { incidents } = await site.ok('alice', 'home.load', {});
    await pause(16_000);
    over = true;
    await watching;
    await collect();
    const lost = [...sent.keys()].filter((key) => !seen.has(key));
    const delays = [...sent].flatMap(([key, { at }]) => (seen.has(key) ? [(seen.get(key) ?? 0) - at] : []));
    const ofPage = (id: string): readonly WriteCall[] => [...writes.values()].filter((call) => call.path.includes(`/pages/${id}`) || call.path.includes(`/content/${id}`));
    const written = incidents.map(({ page }) => ofPage(page?.id ?? ''));
    const busiest = Math.max(...written.flatMap((calls) => calls.map(({ at }) => calls.filter((call) => call.at >= at && call.at < at + 60_000).length)));
    return [
      { name: 'storm: changes told that no board shows', value: lost.length, limit: 0, unit: '', note: `${sent.size} changes in ${ours.length} deliveries, ${refused} answered other than 202; ${lost.slice(0, 3).join(', ')}` },
      { name: 'storm: deliveries not accepted', value: refused, limit: 0, unit: '', note: `${(ours.length / minutes).toFixed(0)} a minute` },
      { name: 'storm: acknowledge p99 / bare web trigger p99', value: quantile(ours, 0.99) / quantile(bare, 0.99), limit: 1.5, unit: '×', note: `p99 ${quantile(ours, 0.99).toFixed(1)} and ${quantile(bare, 0.99).toFixed(1)} ms, medians ${quantile(ours, 0.5).toFixed(2)} and ${quantile(bare, 0.5).toFixed(2)}` },
      { name: 'storm: webhook to board, p95', value: quantile(delays, 0.95) / 1000, limit: 15, unit: 's', note: `median ${(quantile(delays, 0.5) / 1000).toFixed(1)} s of ${delays.length}` },
      { name: 'storm: page and property writes a minute, busiest incident', value: busiest, limit: 6, unit: '', note: `the busiest minute of ${incidents.length} incidents, their making included; ${written.map((calls) => calls.length).join(', ')} in all` },
      { name: 'storm: record versions a minute, busiest incident', value: Math.max(...incidents.map((incident) => incident.version)) / minutes, limit: 12, unit: '', note: incidents.map((incident) => incident.version).join(', ') },
      { name: 'storm: Mackerel reads a minute', value: usage.mackerel.requests / minutes, limit: 60, unit: '', note: `${usage.mackerel.requests} in all, boards watched all the time` },
    ];
  } finally {
    await ear.stop();
    await site.stop();
  }
}
const bodies: string[] = [];

/** Storage units, requests to Mackerel and function time until every one of `count` alerts has its place. */
async function costOf(app: BenchApp, count: number): Promise<{ readonly units: number; readonly ms: number; readonly reads: number }> {
  const site = await startTestSite({ appDir: app.appDir, bundle: app.bundle, limits: { ...WITHOUT_QUOTA.limits, webtriggerPerMinute: 1e9, webtriggerPerSecond: 1e9 } });
  try {
    const services = Array.from({ length: Math.ceil(count / 100) }, (_, n) => `load-${n}`);
    await declareAll(site, services.slice(0, 200).map((name) => ({ name, spaceKey: 'OPS', lang: 'ja' as const })));
    const url = await site.webhookUrl();
    await site.control('POST', 'usage/reset');
    // Told, not read: the reading is bounded by the minute and not by how much there is.
    await site.faults([{ target: 'mackerel', status: 503 }]);
    const began = performance.now();
    for (let n = 0; n < count; n += 1) {
      // As fast as the platform lets in.
      const due = began + (n * 1_000) / PLATFORM_LIMITS.webtriggerPerSecond;
      if (due > performance.now()) await pause(due - performance.now());
      const at = Math.floor((await now(site)) / 1000);
      // Ten services at a time, a hundred alerts each.
      const service = services[10 * Math.floor(n / 1_000) + (n % 10)] ?? '';
      const body = { orgName: 'local', event: 'alert', type: 'service', message: 'm 3 > 2', memo: '', imageUrl: null, user: null, service: { id: service, name: service, memo: '', orgId: 'o', roles: [] }, alert: { id: `load${n}`, url: '', openedAt: at, closedAt: null, createdAt: at * 1000, statusChangedAt: at, status: 'critical', isOpen: true, trigger: 'monitor', monitorName: `load ${n}`, metricLabel: 'm', metricValue: 3, criticalThreshold: 2, warningThreshold: 1, monitorOperator: '>', duration: 1 } };
      const { status } = await post(url, JSON.stringify(body));
      if (status !== 202) throw new Error(`delivery ${n}: ${status}`);
      // However fast the machine is, no more a minute than are let in.
      if (n % 500 === 499) await site.later(6_000);
    }
    await site.rest(30_000);
    const usage = await site.control<{ kvs: { readUnits: number; writeUnits: number }; mackerel: { requests: number }; functions: Record<string, { ms: number }> }>('GET', 'usage');
    const { incidents } = await site.ok('admin', 'home.load', {});
    const placed = incidents.reduce((sum, incident) => sum + incident.linkedAlerts, 0);
    if (incidents.length < 50 && placed !== count) throw new Error(`${placed} of ${count} alerts were placed`);
    return { units: usage.kvs.readUnits + usage.kvs.writeUnits, ms: Object.values(usage.functions).reduce((sum, row) => sum + row.ms, 0), reads: usage.mackerel.requests };
  } finally {
    await site.stop();
  }
}
const now = async (site: TestSite): Promise<number> => Promise.resolve(site.site.deps.clock.now());

export async function tenfold(app: BenchApp): Promise<readonly Figure[]> {
  const small = await costOf(app, 1_000);
  const large = await costOf(app, 10_000);
  return [
    { name: 'storage units for 10,000 alerts / for 1,000', value: large.units / small.units, limit: 11, unit: '×', note: `${large.units} and ${small.units}` },
    { name: 'function time for 10,000 alerts / for 1,000', value: large.ms / small.ms, limit: 11, unit: '×', note: `${(large.ms / 1000).toFixed(1)} and ${(small.ms / 1000).toFixed(1)} s` },
  ];
}
