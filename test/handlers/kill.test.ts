/** The functions' process dies right after each outside call of a declaration, one after the other: one page each time. */
import { randomUUID } from 'node:crypto';
import type { BoardView } from '../../src/contract';
import type { Fault } from '../../local-site/types';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

interface OutsideCall {
  readonly function: string;
  readonly target: Fault['target'];
  readonly method: string;
  readonly path: string;
}
/** Storage is asked most: every n-th of its calls is enough for one run, from a start that moves on with the day. */
const KVS_STRIDE = Number(process.env['KILL_KVS_STRIDE'] ?? 4);
/** More than any lease or pause: time is moved on instead of waited for. */
const LATER_MS = 60_000;

let site: TestSite;
let offsetMs = 0;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

async function later(): Promise<void> {
  offsetMs += LATER_MS;
  await site.control('PUT', 'clock', { offsetMs });
}

/** Lets leases end and the queue deliver again until nothing is left to do. */
async function comeToRest(): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    if (await site.site.idle(300)) return;
    await later();
  }
  await site.idle();
}

async function closeAll(board: BoardView): Promise<void> {
  for (const alert of board.alerts) if (alert.open) await site.console('POST', `alerts/${alert.id}/close`, {});
  await comeToRest();
  await site.ok('alice', 'incident.status', { incidentId: board.incident.id, status: 'closed', opId: randomUUID() });
  await comeToRest();
}

/** Every call the functions made for one alert, in order. */
async function cleanRun(): Promise<readonly OutsideCall[]> {
  const raise = async (): Promise<BoardView> => await site.incidentWith((await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500)).id);
  await closeAll(await raise()); // warm: secrets and keys are made once
  await site.control('POST', 'log/reset');
  const board = await raise();
  await comeToRest();
  const calls = await site.control<OutsideCall[]>('GET', 'outside');
  await closeAll(board);
  return calls.filter((call) => call.function === 'drain' || call.function === 'webhook');
}

/** The n-th call of the log as a fault rule: so many of the same kind pass first. */
function killAfter(calls: readonly OutsideCall[], index: number): Fault & { skip: number } {
  const call = calls[index];
  if (call === undefined) throw new Error('no such call');
  const same = (other: OutsideCall): boolean => other.target === call.target && other.method === call.method && other.path.includes(call.path);
  return { target: call.target, method: call.method, path: call.path, skip: calls.slice(0, index).filter(same).length, times: 1, kill: true };
}

async function struck(): Promise<number> {
  return (await site.control<{ struck: number }[]>('GET', 'faults')).reduce((sum, rule) => sum + rule.struck, 0);
}

test('a declaration survives the death of its process after every outside call', async () => {
  const calls = await cleanRun();
  expect(new Set(calls.map((call) => call.target))).toEqual(new Set(['kvs', 'confluence', 'mackerel', 'slack', 'realtime', 'queue']));
  let kvs = new Date().getUTCDate();
  let deaths = 0;
  for (const [index, call] of calls.entries()) {
    if (call.target === 'kvs' && (kvs += 1) % KVS_STRIDE !== 0) continue;
    // Ids in paths differ from run to run: the kind of call is what counts.
    const rule = killAfter(calls.map((row) => ({ ...row, path: row.path.replace(/\/[A-Za-z0-9]{11}(?=\/|$)/g, '/').split('?')[0]?.replace(/\d{4,}.*$/, '') ?? '' })), index);
    const before = (await site.pages('OPS')).length;
    await site.faults([rule]);
    const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
    await site.until(async () => ((await struck()) > 0 || (await site.site.idle(100)) ? true : null));
    deaths += await struck();
    await site.faults([]);
    await comeToRest();
    await site.control('POST', 'run/sweep').catch(() => undefined);
    await comeToRest();
    const what = `killed after call ${index}: ${call.function} ${call.target} ${call.method} ${call.path}`;
    const board = await site.incidentWith(alert.id).catch((error: unknown) => {
      throw new Error(`${what}: ${String(error)}`);
    });
    const page = await site.page('alice', board.incident.page?.id ?? '');
    const seen = { pages: (await site.pages('OPS')).length - before, alerts: board.alerts.map((row) => row.id), property: page.properties['mackerel_incident'], labels: page.labels };
    expect({ what, ...seen }).toEqual({ what, pages: 1, alerts: [alert.id], property: expect.objectContaining({ key: board.incident.key }), labels: ['mackerel-incident'] });
    await closeAll(board);
  }
  console.info(`${calls.length} calls in the log of a clean run; the process died ${deaths} times`);
  expect(deaths).toBeGreaterThan(20);
}, 600_000);
