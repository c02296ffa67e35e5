/** The functions' process dies right after each outside call of a declaration, one after the other: one page each time. */
import { randomUUID } from 'node:crypto';
import type { Fault } from '../../local-site/types';
import { startTestSite, type TestSite } from './harness';

type Target = Fault['target'];
/** Everything the drain and the saga can call. */
const TARGETS: readonly Target[] = ['kvs', 'confluence', 'mackerel', 'slack', 'realtime', 'queue'];
/** Enough for leases and retries to run out, far from anything a person would wait for. */
const LATER_MS = 60_000;
/** In storage only every n-th call, from a start that moves on with the day, so that a run stays short and all are hit in time. */
const KVS_STRIDE = 6;

let site: TestSite;
let offsetMs = 0;
beforeAll(async () => {
  site = await startTestSite();
}, 120_000);
afterAll(async () => await site.stop());

async function later(): Promise<void> {
  offsetMs += LATER_MS;
  await site.control('PUT', 'clock', { offsetMs });
}

async function struck(): Promise<number> {
  const rules = await site.control<{ struck: number }[]>('GET', 'faults');
  return rules.reduce((sum, rule) => sum + rule.struck, 0);
}

/** Makes the site whole again the way time would: leases end, the queue delivers again, the sweeper runs. */
async function recoverFromDeath(): Promise<void> {
  await site.faults([]);
  for (let round = 0; round < 3; round += 1) {
    await later();
    await site.idle();
    await site.control('POST', 'run/sweep').catch(() => undefined);
    await site.idle();
  }
}

async function pageCount(): Promise<number> {
  return (await site.pages('OPS')).length;
}

/** One incident from alert to closed; answers how many pages it made. */
async function oneIncident(): Promise<void> {
  const before = await pageCount();
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await site.idle();
  await recoverFromDeath();
  const board = await site.incidentWith(alert.id);
  expect(await pageCount()).toBe(before + 1);
  const home = await site.ok('alice', 'home.load', {});
  expect(home.incidents.filter((incident) => incident.status === 'investigating')).toHaveLength(1);
  const page = await site.page('alice', board.incident.page?.id ?? '');
  expect(page.properties['mackerel_incident']).toMatchObject({ key: board.incident.key });
  expect(page.labels).toContain('mackerel-incident');
  expect(board.alerts.map((row) => row.id)).toEqual([alert.id]);
  await site.recoverAll();
  await site.ok('alice', 'incident.status', { incidentId: board.incident.id, status: 'closed', opId: randomUUID() });
  await site.idle();
}

/** How often a clean run calls each target: a delay of nothing counts without harm. */
async function cleanRun(): Promise<ReadonlyMap<Target, number>> {
  const counts = new Map<Target, number>();
  await oneIncident(); // warm: secrets and caches are made once
  for (const target of TARGETS) {
    await site.faults([{ target, delayMs: 0 }]);
    const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
    const board = await site.incidentWith(alert.id);
    await site.idle();
    counts.set(target, await struck());
    await site.faults([]);
    await site.recoverAll();
    await site.ok('alice', 'incident.status', { incidentId: board.incident.id, status: 'closed', opId: randomUUID() });
    await site.idle();
  }
  return counts;
}

test('a declaration survives the death of its process after every outside call', async () => {
  const counts = await cleanRun();
  for (const target of TARGETS) expect([target, counts.get(target) ?? 0]).not.toEqual([target, 0]);
  let deaths = 0;
  console.info(JSON.stringify([...counts]));
  for (const target of TARGETS) {
    const stride = target === 'kvs' ? KVS_STRIDE : 1;
    const start = target === 'kvs' ? new Date().getUTCDate() % KVS_STRIDE : 0;
    // Reads by the test's own verbs are counted too, so the last few positions may not be reached.
    for (let skip = start; skip < Math.min(counts.get(target) ?? 0, 80); skip += stride) {
      process.stderr.write(`${target} ${skip}\n`);
      await site.faults([{ target, skip, times: 1, kill: true }]);
      const before = await pageCount();
      const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
      // Until the blow has fallen, or everything went through without reaching it; then time is moved on instead of waited for.
      await site.until(async () => ((await struck()) > 0 || (await site.site.idle(50)) ? true : null), 60_000);
      deaths += await struck();
      await recoverFromDeath();
      const board = await site.incidentWith(alert.id).catch((error: unknown) => {
        throw new Error(`killed after call ${skip} to ${target}: ${String(error)}`);
      });
      expect([target, skip, (await pageCount()) - before]).toEqual([target, skip, 1]);
      const page = await site.page('alice', board.incident.page?.id ?? '');
      expect([target, skip, page.properties['mackerel_incident']]).toEqual([target, skip, expect.objectContaining({ key: board.incident.key })]);
      expect(board.alerts.map((row) => row.id)).toEqual([alert.id]);
      await site.recoverAll();
      await site.ok('alice', 'incident.status', { incidentId: board.incident.id, status: 'closed', opId: randomUUID() });
      await site.idle();
    }
  }
  console.info(`killed ${deaths} times; calls of a clean run: ${JSON.stringify(Object.fromEntries(counts))}`);
  expect(deaths).toBeGreaterThan(20);
}, 600_000);
