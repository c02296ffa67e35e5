/** Earlier incidents like one: what its board is told of them, by whom they are seen, and what looking for them costs. */
import { randomUUID } from 'node:crypto';
import type { SimilarView } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { copyIncident } from './inside';
import { jiraOf } from './jira';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A new alert of this monitor and host, which waits for people; an earlier one of them is over by then. */
async function raised(monitor: string, host: string): Promise<string> {
  await site.raise(monitor, host, 'OK', 1).catch(() => undefined);
  await site.later(HOUR);
  const { id } = await site.raise(monitor, host, 'WARNING', 900);
  await site.rest();
  return id;
}
/** Of these alerts, which have ended with it unless it goes on. */
async function happened(desk: Desk, monitor: string, host: string, over = true, user = 'alice'): Promise<Desk> {
  await desk.press(user, 'alert.attach', { alertId: await raised(monitor, host) });
  if (over) await desk.press(user, 'incident.status', { status: 'closed', reason: 'over' });
  return desk;
}
async function privateDesk(title: string, user: string): Promise<Desk> {
  const { incidentId } = await site.ok(user, 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev2', visibility: 'private', candidateId: null });
  return deskOf(site, incidentId);
}
const similar = (user: string, { incidentId }: Desk): Promise<SimilarView> => site.ok(user, 'board.similar', { incidentId, pass: '' });
const titles = async (user: string, desk: Desk): Promise<readonly string[]> => (await similar(user, desk)).incidents.map(({ title }) => title);

test('an earlier one is told with why it is alike, what it came from, what was said last and what is still to be done', async () => {
  const before = await happened(await declareDesk(site, 'Queue <img src=x onerror=alert(1)>'), 'queue delay', 'batch-04', false);
  await before.press('alice', 'incident.cause', { cause: 'change' });
  await before.press('bob', 'incident.line', { line: 'situation', text: 'Workers restarted', base: 0 });
  const jira = jiraOf(site);
  const [open, dropped] = [await jira.create('alice', 'Bigger queue'), await jira.create('alice', 'Another queue')];
  for (const { key } of [open, dropped]) await before.press('alice', 'ticket.link', { issue: key, kind: null });
  const needless = (await before.board()).tickets.find(({ key }) => key === dropped.key)?.id ?? '';
  await before.press('alice', 'ticket.drop', { ticketId: needless, reason: 'needless' });
  await before.press('alice', 'incident.status', { status: 'resolved', reason: 'over' });
  const { base } = await site.ok('alice', 'review.load', { incidentId: before.incidentId });
  await site.ok('alice', 'review.save', { incidentId: before.incidentId, opId: randomUUID(), base, change: { factors: ['One worker\nfor all', 'b', 'c'].map((text, n) => ({ id: `f${n}`, kind: 'technical' as const, text, tags: [] })) } });
  const again = await happened(await declareDesk(site, 'Again'), 'queue delay', 'batch-04', false);

  const { incident, tickets } = await before.board();
  const told = await similar('viewer', again);
  expect(told).toEqual({
    incidents: [
      {
        id: before.incidentId, key: incident.key, title: 'Queue <img src=x onerror=alert(1)>', severity: 'sev3', status: 'resolved', isPrivate: false, detectedAt: incident.detectedAt,
        tookMs: (incident.resolvedAt ?? 0) - incident.detectedAt, url: incident.page?.url, reasons: [{ kind: 'alert', monitor: 'queue delay', on: 'batch-04' }], moreReasons: 0,
        cause: { deploy: null }, factors: ['One worker for all', 'b'], situation: 'Workers restarted',
        tickets: [{ id: tickets.find(({ key }) => key === open.key)?.id, issueId: open.id, key: open.key, url: null }], moreTickets: 0,
      },
    ],
    more: 0,
    now: expect.any(Number),
  });
  expect(told.incidents[0]?.tookMs).toBeGreaterThanOrEqual(0);
  // The earlier one is like none: neither itself nor what came after it.
  expect((await similar('alice', before)).incidents).toEqual([]);

  await again.press('alice', 'alert.detach', { alertId: (await again.board()).alerts[0]?.id ?? '' });
  expect((await similar('alice', again)).incidents).toEqual([]);
}, 120_000);

test('each sees those whose page they may see, at that moment; who may not see the incident learns nothing', async () => {
  const secret = await happened(await privateDesk('Kept to bob', 'bob'), 'db connections', 'db-01', true, 'bob');
  await happened(await declareDesk(site, 'Known to all'), 'db connections', 'db-01');
  const now = await happened(await declareDesk(site, 'Connections again'), 'db connections', 'db-01', false);
  expect([await titles('bob', now), await titles('alice', now), await titles('viewer', now), await titles('admin', now)]).toEqual([['Known to all', 'Kept to bob'], ['Known to all'], ['Known to all'], ['Known to all']]);
  expect((await similar('alice', now)).more).toBe(0);
  expect(JSON.stringify(await similar('viewer', now))).not.toContain(secret.incidentId);

  await secret.press('bob', 'audience.add', { who: { accountId: 'acc-alice' } });
  expect((await similar('alice', now)).incidents.map(({ title, isPrivate }) => [title, isPrivate])).toEqual([['Known to all', false], ['Kept to bob', true]]);
  await secret.press('bob', 'audience.remove', { who: { accountId: 'acc-alice' } });
  expect(await titles('alice', now)).toEqual(['Known to all']);

  const unknown = await site.bytes('mallory', 'board.similar', { incidentId: randomUUID(), pass: '' });
  expect(unknown).toContain('not-found');
  for (const { incidentId } of [now, secret]) expect(await site.bytes('mallory', 'board.similar', { incidentId, pass: '' })).toBe(unknown);
  expect(await site.bytes('alice', 'board.similar', { incidentId: secret.incidentId, pass: '' })).toBe(unknown);
  // A pass for one incident opens no other.
  const { pass } = await now.board('alice');
  expect(await site.bytes('alice', 'board.similar', { incidentId: secret.incidentId, pass })).toBe(unknown);
}, 120_000);

test('what was cancelled or merged is not told, nor of a merged one anything', async () => {
  const cancelled = await happened(await declareDesk(site, 'No incident'), 'blog response time', 'blog-01', false);
  const into = await happened(await declareDesk(site, 'Went on elsewhere'), 'blog response time', 'blog-01', false);
  const now = await happened(await declareDesk(site, 'Blog again'), 'blog response time', 'blog-01', false);
  expect(await titles('alice', now)).toEqual(['Went on elsewhere', 'No incident']);
  await cancelled.press('alice', 'incident.status', { status: 'cancelled', reason: 'a test' });
  expect(await titles('alice', now)).toEqual(['Went on elsewhere']);
  await now.press('alice', 'incident.merge', { from: [into.incidentId] });
  expect([await titles('alice', now), await titles('alice', into)]).toEqual([[], []]);
}, 120_000);

test('of very many it tells five and how many more, and reads no more than a hundred rows', async () => {
  const before = await happened(await declareDesk(site, 'Often'), 'checkout p95', 'web-02');
  copyIncident(site, before.incidentId, Array.from({ length: 70 }, () => randomUUID()));
  const now = await happened(await declareDesk(site, 'Often again'), 'checkout p95', 'web-02', false);
  const { pass } = await now.board();
  await site.rest();
  await site.later(MINUTE);
  const from = site.site.deps.clock.now();
  const { incidents, more } = await site.ok('alice', 'board.similar', { incidentId: now.incidentId, pass });
  expect([incidents.length, more]).toEqual([5, 25]);
  const calls = await site.control<{ at: number; target: string; path: string }[]>('GET', 'outside');
  const made = calls.flatMap(({ at, target, path }) => (at >= from && target === 'kvs' && /\/(get|query)$/.test(path) ? [path] : []));
  const queries = made.filter((path) => path.endsWith('query')).length;
  expect(queries).toBe(2);
  // 30 heads and their rows, five reviews, the incident itself and what checks the pass.
  expect(made.length).toBeGreaterThan(60);
  expect(made.length).toBeLessThanOrEqual(100);
}, 120_000);
