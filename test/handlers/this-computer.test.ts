/** The page about this computer: its graph against the operating system's own counters, read here apart from the site. */
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

test('the graph agrees with the counters within a tenth', async () => {
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
  const graph = await site.ok('bob', 'board.graph', { incidentId: incident.id, alertId: alert.id, pass });
  expect(graph.unit).toBe('percentage');
  const shown = graph.points.slice(-PERIODS).map(({ value }) => value);
  expect(shown).toHaveLength(PERIODS);
  // One core was busy all the time.
  expect(Math.min(...told)).toBeGreaterThan(100 / os.cpus().length - 10);
  const seen = shown.map((value, n) => ({ value, told: told[n] ?? 0, close: Math.abs(value - (told[n] ?? 0)) <= (told[n] ?? 0) * TOLERANCE }));
  expect(seen).toEqual(seen.map((period) => ({ ...period, close: true })));
}, 90_000);
