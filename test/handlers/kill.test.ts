/** The functions' process dies right after each outside call of a declaration, or of what goes on, one after the other: one page each time. */
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
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

/** Lets leases end and the queue deliver again until nothing is left to do. */
const comeToRest = (): Promise<void> => site.rest(LATER_MS);

async function close(board: BoardView): Promise<void> {
  for (const alert of board.alerts) if (alert.open) await site.console('POST', `alerts/${alert.id}/close`, {});
  await comeToRest();
  await site.ok('alice', 'incident.status', { incidentId: board.incident.id, status: 'closed', opId: randomUUID() });
  await comeToRest();
}
async function closeAll(board: BoardView): Promise<void> {
  await close(board);
  // What comes back sooner goes on with it.
  await site.later(16 * 60_000);
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

/** Ids in paths differ from run to run: the kind of call is what counts. */
const kindOf = (call: OutsideCall): OutsideCall => ({ ...call, path: call.path.replace(/\/[A-Za-z0-9]{11}(?=\/|$)/g, '/').split('?')[0]?.replace(/\d{4,}.*$/, '') ?? '' });

/** The n-th call of the log as a fault rule: so many of the same kind pass first. */
function killAfter(log: readonly OutsideCall[], index: number): Fault & { skip: number } {
  const calls = log.map(kindOf);
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
  let tries = 0;
  for (const [index, call] of calls.entries()) {
    if (call.target === 'kvs' && (kvs += 1) % KVS_STRIDE !== 0) continue;
    const rule = killAfter(calls, index);
    const before = (await site.pages('OPS')).length;
    await site.faults([rule]);
    tries += 1;
    const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
    await comeToRest();
    deaths += await struck();
    await site.faults([]);
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
  console.info(`${calls.length} calls in the log of a clean run; the process died ${deaths} times in ${tries} runs`);
  expect(deaths).toBeGreaterThan(tries * 0.6);
}, 600_000);

test('an incident that goes on does so once, whichever outside call its process dies after', async () => {
  const raise = async (): Promise<string> => (await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500)).id;
  const first = await site.incidentWith(await raise());
  const { id: incidentId } = first.incident;
  await close(first);
  await site.control('POST', 'log/reset');
  await close(await site.incidentWith(await raise()));
  const calls = (await site.control<OutsideCall[]>('GET', 'outside')).filter((call) => call.function === 'drain');
  // Those that change nothing leave nothing to be finished.
  const moments = calls.flatMap((call, index) => (call.target === 'kvs' && /\/(set|transaction|delete)$/.test(call.path) ? [index] : []));
  expect(moments.length).toBeGreaterThanOrEqual(8);
  const pages = (await site.pages('OPS')).length;
  let deaths = 0;
  for (const index of moments.filter((_index, n) => n % 2 === new Date().getUTCDate() % 2)) {
    await site.faults([killAfter(calls, index)]);
    const alertId = await raise();
    await comeToRest();
    deaths += await struck();
    await site.faults([]);
    await site.control('POST', 'run/sweep').catch(() => undefined);
    await comeToRest();
    const board = await site.incidentWith(alertId);
    const { entries } = await site.ok('alice', 'board.entries', { incidentId, pass: '' });
    const said = entries.filter((entry) => entry.messageKey === 'entry.reopened' && entry.alertId === alertId).length;
    expect([index, board.incident.id, board.incident.status, said, (await site.pages('OPS')).length]).toEqual([index, incidentId, 'investigating', 1, pages]);
    await close(board);
  }
  expect(deaths).toBeGreaterThan(moments.length / 4);
}, 300_000);
