/** Downtimes of Mackerel: nobody is asked and nothing is declared while one runs; afterwards everything is as ever. */
import type { RuleTrial } from '../../src/contract';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { mackerelApi, removeChannels } from './inside';
import { callsOf } from './moments';

const MINUTE = 60_000;
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  // Mackerel raises nothing in a downtime: what the app sees new in one was raised before, and told late.
  await removeChannels(site);
}, 120_000);
afterAll(async () => await site.stop());

const swept = async (): Promise<void> => {
  await site.control('POST', 'run/sweep');
  await site.rest();
};
/** Of `minutes` from now on. */
async function plan(name: string, minutes: number, fields: object): Promise<{ readonly id: string; readonly until: number }> {
  const start = Math.floor(site.site.deps.clock.now() / 1000);
  const { id } = await mackerelApi<{ id: string }>(site, 'POST', 'downtimes', { name, start, duration: minutes, ...fields });
  return { id, until: (start + minutes * 60) * 1000 };
}
async function home(): Promise<{ readonly asked: readonly string[]; readonly quiet: readonly string[]; readonly open: number }> {
  const { candidates, inDowntime, incidents } = await site.ok('alice', 'home.load', {});
  return { asked: candidates.map(({ alert }) => alert.id), quiet: inDowntime.map(({ alert }) => alert.id), open: incidents.filter(({ status }) => status === 'investigating').length };
}
/** Longer than what was read of downtimes is taken for. */
const forgotten = (): Promise<void> => site.later(4 * MINUTE);
const trialOf = async (alertId: string): Promise<RuleTrial | undefined> => {
  const { rules, fallback, services } = await site.ok('admin', 'settings.get', {});
  return (await site.ok('admin', 'rules.test', { rules, fallback, services, of: { alertId } })).trials[0];
};

test('an alert in a downtime is kept with its reason; once it is over, the rules decide', async () => {
  const [web, db] = [await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500), await site.raise('blog response time', 'blog-01', 'WARNING', 900)];
  const { until } = await plan('<b>Web</b>\u202e tidy\u200b-up', 30, { roleScopes: ['shop: web'] });
  await swept();
  expect(await home()).toEqual({ asked: [db.id], quiet: [web.id], open: 0 });
  const { inDowntime } = await site.ok('alice', 'home.load', {});
  expect(inDowntime[0]?.why).toEqual({ messageKey: 'candidate.why.downtime', params: { name: '<b>Web</b> tidy-up', until } });
  expect(await trialOf(web.id)).toMatchObject({ outcome: { action: 'declare' }, downtime: { name: '<b>Web</b> tidy-up', until } });
  expect(await trialOf(db.id)).toMatchObject({ outcome: { action: 'candidate' }, downtime: null });
  await site.later(5 * MINUTE);
  await swept();
  expect(await home()).toEqual({ asked: [db.id], quiet: [web.id], open: 0 });
  await site.later(26 * MINUTE);
  await swept();
  expect(await home()).toEqual({ asked: [db.id], quiet: [], open: 1 });
  const board = await site.incidentWith(web.id);
  expect(board.incident.service).toBe('shop');
}, 90_000);

test('alerts of an incident go on in a downtime; a new one of its service does not join before the end', async () => {
  const board = await site.ok('alice', 'board.load', { incidentId: (await site.ok('alice', 'home.load', {})).incidents[0]?.id ?? '' });
  const [first] = board.alerts;
  const second = await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500);
  await plan('all of shop', 30, { serviceScopes: ['shop'] });
  await site.console('POST', `alerts/${first?.id ?? ''}/close`, {});
  await forgotten();
  await swept();
  const { alerts } = await site.ok('alice', 'board.load', { incidentId: board.incident.id });
  expect(alerts.map(({ id, open }) => [id, open])).toEqual([[first?.id, false]]);
  expect((await home()).quiet).toEqual([second.id]);
  await site.later(27 * MINUTE);
  await swept();
  expect((await site.ok('alice', 'board.load', { incidentId: board.incident.id })).alerts.map(({ id }) => id).sort()).toEqual([first?.id, second.id].sort());
  expect((await home()).quiet).toEqual([]);
  await site.recoverAll();
  await swept();
}, 90_000);

test('what ends in its downtime is never asked about', async () => {
  const before = await home();
  const { id } = await site.raise('blog response time', 'blog-01', 'WARNING', 900);
  await plan('blog', 30, { serviceScopes: ['blog'] });
  await forgotten();
  await swept();
  expect(await home()).toEqual({ ...before, quiet: [id] });
  await site.console('POST', `alerts/${id}/close`, {});
  await swept();
  expect(await home()).toEqual(before);
  await site.later(40 * MINUTE);
  await swept();
  expect(await home()).toEqual(before);
}, 90_000);

test('a person may declare it all the same', async () => {
  const { id } = await site.raise('blog response time', 'blog-01', 'CRITICAL', 1600);
  const { id: downtime } = await plan('blog again', 30, { serviceScopes: ['blog'] });
  await forgotten();
  await swept();
  expect((await home()).quiet).toEqual([id]);
  const candidateId = (await site.ok('alice', 'home.load', {})).inDowntime[0]?.id ?? '';
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: '3f0e9b1e-6a51-4d0c-9a8e-0c6b3b9c7a11', spaceKey: 'SRE', title: 'Blog is slow', severity: 'sev3', visibility: 'public', candidateId });
  expect((await site.ok('alice', 'board.load', { incidentId })).alerts.map((alert) => alert.id)).toEqual([id]);
  expect((await home()).quiet).toEqual([]);
  await mackerelApi(site, 'DELETE', `downtimes/${downtime}`);
  await site.recoverAll();
}, 90_000);

test('a downtime that ends early is over with the next look; one that cannot be read stops nothing and is told to administrators', async () => {
  await site.ok('alice', 'incident.status', { incidentId: (await site.ok('alice', 'home.load', {})).incidents.find(({ service }) => service === 'shop')?.id ?? '', status: 'closed', reason: 'over', opId: '3f0e9b1e-6a51-4d0c-9a8e-0c6b3b9c7a12' });
  // What comes back sooner goes on with it.
  await site.later(16 * MINUTE);
  const { id } = await site.raise('db connections', 'db-01', 'WARNING', 160);
  const { id: downtime } = await plan('cut short', 600, { roleScopes: ['shop:db'] });
  await forgotten();
  await swept();
  expect((await home()).quiet).toEqual([id]);
  expect((await site.ok('admin', 'health.get', {})).needs.map(({ key }) => key)).not.toContain('health.need.downtimes');

  // While nobody can tell, it is taken to go on; an alert never seen before is judged.
  await site.faults([{ target: 'mackerel', path: '/downtimes', status: 403 }]);
  const fresh = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  await plan('unread', 600, { roleScopes: ['shop:web'] });
  await forgotten();
  await swept();
  expect((await home()).quiet).toEqual([id]);
  expect((await site.incidentWith(fresh.id)).alerts.map((alert) => alert.id)).toEqual([fresh.id]);
  await site.later(2 * MINUTE);
  expect((await site.ok('admin', 'health.get', {})).needs.map(({ key }) => key)).toContain('health.need.downtimes');

  await site.faults([]);
  await mackerelApi(site, 'DELETE', `downtimes/${downtime}`);
  await forgotten();
  await swept();
  expect((await home()).quiet).toEqual([]);
  expect((await site.incidentWith(fresh.id)).alerts.map((alert) => alert.id).sort()).toEqual([fresh.id, id].sort());
}, 90_000);

test('downtimes that cannot be read are asked for once a look, not once an alert', async () => {
  for (const { id } of (await mackerelApi<{ downtimes: { id: string }[] }>(site, 'GET', 'downtimes')).downtimes) await mackerelApi(site, 'DELETE', `downtimes/${id}`);
  await site.recoverAll();
  await swept();
  await site.faults([{ target: 'mackerel', path: '/downtimes', status: 403 }]);
  await forgotten();
  const askedOf = async (): Promise<number> => (await Promise.all(['drain', 'sweep-five-minutes'].map((key) => callsOf(site, key)))).flat().filter(({ target, path }) => target === 'mackerel' && path.includes('/downtimes')).length;
  const before = await askedOf();
  for (let n = 0; n < 8; n += 1) await site.raiseStorm(n, 'WARNING');
  await swept();
  const asked = (await askedOf()) - before;
  // The sweep's look and the one that trails it.
  expect(asked).toBeGreaterThanOrEqual(1);
  expect(asked).toBeLessThanOrEqual(3);
  await site.faults([]);
  await site.recoverAll();
}, 90_000);
