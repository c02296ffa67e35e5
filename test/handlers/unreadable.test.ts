/** A stored incident that cannot be read: it says so, stays as it is, and stops nothing else. */
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { rewriteDoc, storedDoc } from './inside';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

const needs = async () => (await site.ok('admin', 'health.get', {})).needs.filter(({ key }) => key.startsWith('health.need.records'));
const listed = async (): Promise<readonly string[]> => (await site.ok('alice', 'home.load', {})).incidents.map(({ id }) => id);
const boardOf = (incidentId: string) => site.invoke('alice', 'board.load', { incidentId });

test('damaged or newer: the board says where, lists and intake go on without it, health tells, and mended it is back', async () => {
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const board = await site.incidentWith(alert.id);
  const { id } = board.incident;
  await site.rest();
  expect(await listed()).toContain(id);
  expect(await needs()).toEqual([]);

  rewriteDoc(site, `incident:${id}`, (doc) => void (doc['severity'] = 'sk-not-a-severity'));
  expect(await boardOf(id)).toEqual({ ok: false, error: { code: 'internal', messageKey: 'error.record-damaged', params: { where: 'severity' }, field: null, retryAfterMs: null } });
  expect(await listed()).not.toContain(id);
  expect(await needs()).toEqual([{ key: 'health.need.records-damaged', params: { n: 1, where: 'severity' } }]);

  // Its own alert goes on in Mackerel, and another service has one of its own.
  await site.console('POST', `alerts/${alert.id}/close`, {});
  const other = await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  await site.settle();
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect((await site.ok('alice', 'home.load', {})).candidates.map((row) => row.alert.id)).toEqual([other.id]);
  expect((await site.control<{ queue: object }>('GET', 'status')).queue).toMatchObject({ pending: 0, failed: 0 });
  expect(storedDoc<{ severity: string }>(site, `incident:${id}`)?.severity).toBe('sk-not-a-severity');

  rewriteDoc(site, `incident:${id}`, (doc) => void Object.assign(doc, { severity: 'sev2', schema: 3 }));
  expect(await boardOf(id)).toMatchObject({ ok: false, error: { messageKey: 'error.record-newer', params: { theirs: 3, ours: 2 } } });
  expect(await needs()).toEqual([{ key: 'health.need.records-newer', params: { n: 1 } }]);

  rewriteDoc(site, `incident:${id}`, (doc) => void (doc['schema'] = 2));
  expect(await needs()).toEqual([]);
  await site.later(5 * 60_000);
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect((await site.incidentWith(alert.id)).alerts.map(({ id: alertId, open }) => [alertId, open])).toEqual([[alert.id, false]]);
}, 90_000);
