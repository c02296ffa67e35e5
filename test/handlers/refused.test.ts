/** Confluence refuses an incident's page for good: people are asked in its place, once, until the cause is mended. */
import { randomUUID } from 'node:crypto';
import type { StuckView } from '../../src/contract';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { rekeySpace, storedRows } from './inside';
import { strikeAfter, type OutsideCall } from './moments';

const MINUTE = 60_000;
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

async function swept(times = 1): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    await site.later(5 * MINUTE);
    await site.control('POST', 'run/sweep');
    await site.rest();
  }
}
const refuse = (): Promise<void> => site.faults([{ target: 'confluence', method: 'POST', path: '/pages', status: 403 }]);
const dead = async (): Promise<readonly StuckView[]> => (await site.ok('admin', 'health.get', {})).stuck.filter(({ kind }) => kind === 'saga');
const records = (): number => Object.keys(storedRows(site)).filter((key) => key.startsWith('e:incident ')).length;
const asked = async () => (await site.ok('alice', 'home.load', {})).candidates.map(({ id, alert, why }) => ({ id, alertId: alert.id, why: why.messageKey, space: why.params['space'] }));
/** Of an alert, and of its service. */
const claims = (alertId: string): readonly string[] => Object.keys(storedRows(site)).filter((key) => key.startsWith('e:claim') && (key.includes(alertId) || key.includes('open:') && key.includes(':shop')));
const over = async (incidentId: string): Promise<void> => {
  await site.recoverAll();
  await site.ok('alice', 'incident.status', { incidentId, status: 'closed', reason: 'over', opId: randomUUID() });
  await site.later(20 * MINUTE);
  await site.rest();
};

test('it is tried once; then its alert waits for a person, and so do others of the space', async () => {
  await refuse();
  const { id: first } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await site.rest();
  expect(await asked()).toEqual([{ id: expect.any(String), alertId: first, why: 'candidate.why.refused', space: 'OPS' }]);
  const [row, ...more] = await dead();
  expect([row, more]).toEqual([expect.objectContaining({ state: 'dead', attempts: 1, reasonKey: 'error.page-refused.no-permission', can: { retry: true, discard: true } }), []]);
  expect((await site.ok('admin', 'health.get', {})).needs.map(({ key }) => key)).toContain('health.need.saga-dead');
  const { id: second } = await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500);
  await site.rest();
  await site.raise('checkout p95', 'web-01', 'WARNING', 600);
  await swept(3);
  expect([(await asked()).map(({ alertId, why }) => [alertId, why]), (await dead()).length, records()]).toEqual([[[second, 'candidate.why.refused'], [first, 'candidate.why.refused']], 1, 1]);
}, 90_000);

test('tried again in Health while the cause stands, it is refused once more and waits again; mended, it is declared with all that waited', async () => {
  const [before] = await dead();
  await site.ok('admin', 'health.retry', { opId: randomUUID(), kind: 'saga', id: before?.id ?? '' });
  await site.rest();
  await swept(2);
  const [after, ...more] = await dead();
  expect([after?.id === before?.id, more.length, records(), (await asked()).length]).toEqual([false, 0, 2, 2]);

  await site.faults([]);
  await swept(2);
  expect([(await dead()).length, records(), (await asked()).length]).toEqual([1, 2, 2]);
  const opId = randomUUID();
  await Promise.all([site.invoke('admin', 'health.retry', { opId, kind: 'saga', id: after?.id ?? '' }), site.invoke('admin', 'health.retry', { opId: randomUUID(), kind: 'saga', id: after?.id ?? '' })]);
  await site.ok('admin', 'health.retry', { opId, kind: 'saga', id: after?.id ?? '' });
  await site.rest();
  await swept();
  expect([await dead(), await asked(), records()]).toEqual([[], [], 3]);
  const [incident] = (await site.ok('alice', 'home.load', {})).incidents.filter(({ status }) => status === 'investigating');
  const board = await site.ok('alice', 'board.load', { incidentId: incident?.id ?? '' });
  expect([board.alerts.length, board.incident.declaredBy]).toEqual([2, null]);
  await over(board.incident.id);
}, 90_000);

test('a person declares it, and later alerts of the service join', async () => {
  await refuse();
  const { id: first } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await site.rest();
  await site.faults([]);
  const [candidate] = await asked();
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'By hand', severity: 'sev2', visibility: 'public', candidateId: candidate?.id ?? '' });
  const { id: second } = await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500);
  await site.rest();
  await swept();
  expect((await site.ok('alice', 'board.load', { incidentId })).alerts.map(({ id }) => id).sort()).toEqual([first, second].sort());
  expect([await asked(), claims(first).length]).toEqual([[], 2]);
  await over(incidentId);
}, 90_000);

test('given up, what waits is left to people, and the next alert is tried anew', async () => {
  const [row] = await dead();
  await refuse();
  const { id: waits } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await site.rest();
  expect((await asked()).map(({ alertId }) => alertId)).toEqual([waits]);
  const before = records();
  await site.faults([]);
  await site.ok('admin', 'health.discard', { opId: randomUUID(), kind: 'saga', id: row?.id ?? '' });
  await site.rest();
  await swept(2);
  expect([(await asked()).map(({ alertId, why }) => [alertId, why]), await dead(), records()]).toEqual([[[waits, 'candidate.why.refused']], [], before]);
  const { id: next } = await site.raise('db connections', 'db-01', 'CRITICAL', 250);
  const board = await site.incidentWith(next);
  await swept();
  // The one that waited belongs to the open incident of its service like any other.
  expect((await site.ok('alice', 'board.load', { incidentId: board.incident.id })).alerts.map(({ id }) => id).sort()).toEqual([waits, next].sort());
  await over(board.incident.id);
}, 90_000);

test('where the space itself is gone nothing is begun, and people are asked', async () => {
  const before = records();
  rekeySpace(site, 'OPS', 'NEWOPS');
  const { id } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await site.rest();
  await swept(2);
  const candidates = (await site.ok('admin', 'home.load', {})).candidates.map(({ alert, why }) => [alert.id, why]);
  expect([candidates, await dead(), records()]).toEqual([[[id, { messageKey: 'candidate.why.no-space', params: { space: 'OPS' } }]], [], before]);
  // Of a space that is gone only administrators can be asked.
  expect(await asked()).toEqual([]);
  const declare = { spaceKey: 'SRE', title: 'Elsewhere', severity: 'sev2' as const, visibility: 'public' as const, candidateId: (await site.ok('admin', 'home.load', {})).candidates[0]?.id ?? '' };
  expect(await site.outcome('alice', 'incident.declare', { ...declare, opId: randomUUID() })).toBe('not-found');
  const { incidentId } = await site.ok('admin', 'incident.declare', { ...declare, opId: randomUUID() });
  rekeySpace(site, 'NEWOPS', 'OPS');
  expect((await site.ok('alice', 'board.load', { incidentId })).alerts.map((alert) => alert.id)).toEqual([id]);
  await over(incidentId);
}, 90_000);

test('whichever write the process dies after, it ends with one question and one declaration to mend', async () => {
  const struck = async (): Promise<number> => (await site.control<{ struck: number }[]>('GET', 'faults'))[1]?.struck ?? 0;
  const raised = async (): Promise<string> => {
    const { id } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
    await site.rest(MINUTE);
    return id;
  };
  const cleared = async (): Promise<void> => {
    await site.faults([]);
    await site.recoverAll();
    for (const { id } of await asked()) await site.ok('alice', 'candidate.dismiss', { candidateId: id, opId: randomUUID() });
    for (const { id } of await dead()) await site.ok('admin', 'health.discard', { opId: randomUUID(), kind: 'saga', id });
    await site.later(20 * MINUTE);
    await site.rest();
  };
  await cleared();
  await refuse();
  await site.control('POST', 'log/reset');
  await raised();
  const calls = (await site.control<OutsideCall[]>('GET', 'outside')).filter((call) => call.function === 'drain');
  const moments = calls.flatMap((call, index) => (call.target === 'kvs' && /\/(set|transaction|delete)$/.test(call.path) ? [index] : []));
  expect(moments.length).toBeGreaterThanOrEqual(10);
  let deaths = 0;
  for (const index of moments.filter((_index, n) => n % 2 === new Date().getUTCDate() % 2)) {
    await cleared();
    const kill = strikeAfter(calls, index, { kill: true });
    await site.faults([{ target: 'confluence', method: 'POST', path: '/pages', status: 403 }, kill]);
    const id = await raised();
    await swept(2);
    deaths += await struck();
    expect([index, (await asked()).map(({ alertId, why }) => [alertId, why]), (await dead()).length, claims(id)]).toEqual([index, [[id, 'candidate.why.refused']], 1, []]);
  }
  expect(deaths).toBeGreaterThan(moments.length / 4);
  await cleared();
}, 300_000);
