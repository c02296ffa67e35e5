/** What graphs show, against where it comes from: the operating system's own counters, read here apart from the site, and posted metrics. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { startTestSite, type TestSite } from './harness';

const PERIODS = 4;
const PERIOD_MS = 1_500;
const TOLERANCE = 0.1;

let site: TestSite;
beforeAll(async () => {
  // Below a minute, so that points are answered as posted; periods pass here only when the test says so.
  site = await startTestSite({ periodSeconds: 50 });
}, 120_000);
afterAll(async () => await site.stop());

interface Counters {
  readonly busy: number;
  readonly all: number;
}
/** Time of all cores since the start, in ticks. Linux counts waiting, interrupts and stolen time that Node does not tell. */
function counters(): Counters {
  if (os.platform() === 'linux') {
    const [user = 0, nice = 0, system = 0, idle = 0, ...others] = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/\s+/).slice(1, 9).map(Number) ?? [];
    const busy = others.reduce((sum, ticks) => sum + ticks, user + nice + system);
    return { busy, all: busy + idle };
  }
  const times = os.cpus().map((cpu) => cpu.times);
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
  return { busy, all: busy + times.reduce((sum, { idle }) => sum + idle, 0) };
}
const share = (from: Counters, to: Counters): number => ((to.busy - from.busy) / (to.all - from.all)) * 100;

/** Keeps one core busy for `ms`. */
async function burn(ms: number): Promise<void> {
  const worker = new Worker('const { workerData } = require("node:worker_threads"); const end = Date.now() + workerData; while (Date.now() < end);', { eval: true, workerData: ms });
  await new Promise((resolve, reject) => worker.once('exit', resolve).once('error', reject));
}

test('the graph of the page about this computer agrees with its counters within a tenth', async () => {
  const tick = async (): Promise<Counters> => {
    const read = counters();
    await site.site.mackerel?.tick();
    return read;
  };
  const told: number[] = [];
  await tick(); // one the start began may still be at it
  let last = await tick();
  for (let n = 0; n < PERIODS; n += 1) {
    await burn(PERIOD_MS);
    const next = await tick();
    told.push(share(last, next));
    last = next;
  }
  const alert = await site.raise('CPU of this computer', os.hostname(), 'CRITICAL', 95);
  const { incident, pass } = await site.incidentWith(alert.id);
  expect(incident).toMatchObject({ service: 'this-computer', severity: 'sev4', title: expect.stringContaining(os.hostname()) });
  expect(incident.page).not.toBeNull();
  const graph = await site.ok('bob', 'board.graph', { incidentId: incident.id, target: { alertId: alert.id }, pass });
  expect(graph.unit).toBe('percentage');
  const shown = graph.points.slice(-PERIODS).map(({ value }) => value);
  expect(shown).toHaveLength(PERIODS);
  // One core was busy all the time.
  expect(Math.min(...told)).toBeGreaterThan(100 / os.cpus().length - 10);
  const seen = shown.map((value, n) => ({ value, told: told[n] ?? 0, close: Math.abs(value - (told[n] ?? 0)) <= (told[n] ?? 0) * TOLERANCE }));
  expect(seen).toEqual(seen.map((period) => ({ ...period, close: true })));
}, 90_000);

test('a monitor of disk% has a graph and a value now: of the fullest file system, however many there are', async () => {
  const headers = { 'x-api-key': site.site.mackerel?.apiKey ?? '', 'content-type': 'application/json' };
  const mackerel = async <T>(route: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${site.site.urls.mackerel}/api/v0/${route}`, { headers, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) });
    expect(answer.status).toBe(200);
    return (await answer.json()) as T;
  };
  const { hosts } = await mackerel<{ hosts: { id: string }[] }>('hosts?name=db-01');
  const hostId = hosts[0]?.id ?? '';
  await mackerel('monitors', { type: 'host', name: 'disk', metric: 'disk%', operator: '>', warning: 80, critical: 90, duration: 1, scopes: ['shop:db'] });
  const second = Math.floor(Date.now() / 1000);
  const post = (time: number, data: number) => {
    const used = [...Array.from({ length: 9 }, (_, n) => [`disk${n}`, 10 + n] as const), ['data', data] as const];
    return mackerel('tsdb', used.flatMap(([name, value]) => [{ hostId, name: `filesystem.${name}.size`, time, value: 200 }, { hostId, name: `filesystem.${name}.used`, time, value: value * 2 }]));
  };
  await post(second - 120, 70);
  await post(second - 60, 85.5);
  await post(second, 93.5);
  const { alerts } = await mackerel<{ alerts: { id: string; hostId?: string }[] }>('alerts');
  const alertId = alerts.find((alert) => alert.hostId === hostId)?.id ?? '';
  const board = await site.until(async () => {
    const view = await site.incidentWith(alertId);
    return view.alerts.some(({ id, now }) => id === alertId && now !== null) ? view : null;
  });
  expect(board.alerts.find(({ id }) => id === alertId)).toMatchObject({ status: 'CRITICAL', monitorName: 'disk', unit: 'percentage', now: { value: 93.5, at: second * 1000 } });
  const graph = await site.ok('bob', 'board.graph', { incidentId: board.incident.id, target: { alertId }, pass: board.pass });
  // Its own file system has a history at full minutes; these three moments are the fuller one's.
  const posted = [{ at: (second - 120) * 1000, value: 70 }, { at: (second - 60) * 1000, value: 85.5 }, { at: second * 1000, value: 93.5 }];
  expect(graph.points.filter(({ at }) => posted.some((point) => point.at === at))).toEqual(posted);
  expect(graph.points.at(-1)).toEqual(posted.at(-1));
  expect(graph).toMatchObject({ unit: 'percentage', warning: 80, critical: 90 });
}, 90_000);
