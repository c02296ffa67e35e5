/** What comes and goes: it goes on with its incident, is asked about once, or only after a while; what stays is shown. */
import { randomUUID } from 'node:crypto';
import type { RuleView } from '../../src/contract';
import { ANY } from '../../src/domain/rules';
import { declareDesk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { removeChannels } from './inside';

const MINUTE = 60_000;
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

const waiting = async (): Promise<readonly string[]> => (await site.ok('alice', 'home.load', {})).candidates.map((row) => row.alert.id);
const whyOf = async (alertId: string): Promise<string | undefined> => (await site.ok('alice', 'home.load', {})).candidates.find((row) => row.alert.id === alertId)?.why.messageKey;
const opened = async (monitor: string, host: string, status: string, value: number): Promise<string> => {
  const { id } = await site.raise(monitor, host, status, value);
  await site.rest();
  return id;
};
const recovered = async (monitor: string, host: string): Promise<void> => {
  await site.raise(monitor, host, 'OK', 1);
  await site.rest();
};
const swept = async (): Promise<void> => {
  await site.control('POST', 'run/sweep');
  await site.rest();
};

const declare = { id: 'critical', name: '', when: { ...ANY, service: 'shop', statuses: ['CRITICAL'] }, then: { action: 'declare', severity: 'sev2', kind: 'incident', spaceKey: null } } as const;
async function withRules(rules: readonly RuleView[]): Promise<void> {
  const { services, version } = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services, version, rules });
}
const status = (incidentId: string, to: 'resolved' | 'closed' | 'cancelled'): Promise<unknown> => site.ok('alice', 'incident.status', { incidentId, status: to, reason: 'over', opId: randomUUID() });
const pages = async (): Promise<number> => (await site.pages('OPS')).length;
const boardOf = (incidentId: string) => site.ok('alice', 'board.load', { incidentId });
const again = async (incidentId: string) => (await site.ok('alice', 'board.entries', { incidentId, pass: '' })).entries.filter((entry) => entry.messageKey === 'entry.reopened');

describe('the same alert soon after the end of its incident', () => {
  let incidentId = '';
  test('closed three minutes ago, the incident is under investigation again, with one entry and one notice, and no second page', async () => {
    await withRules([declare]);
    const first = await opened('checkout p95', 'web-01', 'CRITICAL', 1500);
    incidentId = (await site.incidentWith(first)).incident.id;
    await recovered('checkout p95', 'web-01');
    await status(incidentId, 'closed');
    await site.rest();
    const before = await pages();
    expect((await boardOf(incidentId)).incident.status).toBe('closed');
    await site.later(3 * MINUTE);

    const second = await opened('checkout p95', 'web-01', 'CRITICAL', 1600);
    const board = await boardOf(incidentId);
    expect([board.incident.status, board.incident.closedAt, board.incident.openAlerts, await pages()]).toEqual(['investigating', null, 1, before]);
    expect(board.alerts.find((alert) => alert.id === second)).toMatchObject({ open: true, why: { messageKey: 'alert.why.flap' } });
    expect(board.flaps).toEqual([[second, first]]);
    expect((await again(incidentId)).map(({ alertId, params, by }) => ({ alertId, params, by }))).toEqual([{ alertId: second, params: { from: 'closed', monitor: 'checkout p95', host: 'web-01' }, by: null }]);
    expect((await site.slack()).filter((text) => text.includes('再発'))).toHaveLength(1);
    expect((await site.page('alice', board.incident.page?.id ?? '')).properties['mackerel_byline']).toMatchObject({ title: 'SEV2 · 調査中' });
    // Others of the service join it as ever.
    const beside = await opened('checkout p95', 'web-02', 'CRITICAL', 1500);
    expect((await boardOf(incidentId)).alerts.map(({ id }) => id)).toContain(beside);
    await recovered('checkout p95', 'web-02');
    await recovered('checkout p95', 'web-01');
  }, 90_000);

  test('resolved, it is under investigation again too; ended while the alert fires, it stays so', async () => {
    await status(incidentId, 'resolved');
    await site.later(2 * MINUTE);
    const third = await opened('checkout p95', 'web-01', 'CRITICAL', 1500);
    expect((await boardOf(incidentId)).incident.status).toBe('investigating');
    expect((await again(incidentId)).map(({ params }) => params['from'])).toEqual(['resolved', 'closed']);
    await status(incidentId, 'closed');
    await site.later(MINUTE);
    await site.raise('checkout p95', 'web-01', 'WARNING', 600);
    await site.rest();
    await swept();
    const board = await boardOf(incidentId);
    expect([board.incident.status, board.alerts.find(({ id }) => id === third)?.status]).toEqual(['closed', 'WARNING']);
    await recovered('checkout p95', 'web-01');
  }, 90_000);

  test('on another host, or long after the end, it is a thing of its own', async () => {
    const before = await pages();
    const elsewhere = await opened('db connections', 'db-01', 'CRITICAL', 250);
    const other = (await site.incidentWith(elsewhere)).incident.id;
    expect([other === incidentId, await pages()]).toEqual([false, before + 1]);
    await recovered('db connections', 'db-01');
    await status(other, 'closed');
    await site.later(16 * MINUTE);
    const late = await opened('db connections', 'db-01', 'CRITICAL', 250);
    const own = (await site.incidentWith(late)).incident.id;
    expect([own === other, await pages()]).toEqual([false, before + 2]);
    expect(await again(other)).toEqual([]);
    // One that was taken back is not taken up again.
    await recovered('db connections', 'db-01');
    await status(own, 'cancelled');
    const last = await opened('db connections', 'db-01', 'CRITICAL', 250);
    const fresh = (await site.incidentWith(last)).incident.id;
    expect([fresh === own, (await boardOf(own)).incident.status, await pages()]).toEqual([false, 'cancelled', before + 3]);
    await recovered('db connections', 'db-01');
    await status(fresh, 'closed');
  }, 90_000);

  test('missed while no webhook came, it is found by the next look and goes on all the same', async () => {
    await site.later(20 * MINUTE);
    const first = await opened('checkout p95', 'web-02', 'CRITICAL', 1500);
    const { incident } = await site.incidentWith(first);
    await recovered('checkout p95', 'web-02');
    await status(incident.id, 'closed');
    await removeChannels(site);
    await site.later(4 * MINUTE);
    const { id: second } = await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500);
    await site.later(14 * MINUTE);
    expect((await boardOf(incident.id)).incident.status).toBe('closed');
    await swept();
    const board = await boardOf(incident.id);
    expect([board.incident.status, board.alerts.map(({ id }) => id).sort()]).toEqual(['investigating', [first, second].sort()]);
    await site.recoverAll();
    await status(incident.id, 'closed');
    await site.ok('admin', 'webhook.setup', {});
  }, 90_000);

  test('after a merge the survivor goes on', async () => {
    await site.later(20 * MINUTE);
    const first = await opened('checkout p95', 'web-01', 'CRITICAL', 1500);
    const merged = (await site.incidentWith(first)).incident.id;
    const survivor = await declareDesk(site, 'Both are slow');
    await survivor.press('alice', 'incident.merge', { from: [merged] });
    await recovered('checkout p95', 'web-01');
    await status(survivor.incidentId, 'closed');
    const before = await pages();
    const second = await opened('checkout p95', 'web-01', 'CRITICAL', 1500);
    const board = await boardOf(survivor.incidentId);
    expect([board.incident.status, board.alerts.map(({ id }) => id).sort(), await pages()]).toEqual(['investigating', [first, second].sort(), before]);
    expect((await boardOf(merged)).incident.status).toBe('merged');
    await recovered('checkout p95', 'web-01');
    await status(survivor.incidentId, 'closed');
    await withRules([]);
  }, 90_000);
});

test('what was dismissed is not asked again while it flaps, and is once it stays', async () => {
  const first = await opened('blog response time', 'blog-01', 'WARNING', 900);
  expect(await waiting()).toEqual([first]);
  await site.ok('alice', 'candidate.dismiss', { candidateId: (await site.ok('alice', 'home.load', {})).candidates[0]?.id ?? '', opId: randomUUID() });
  await recovered('blog response time', 'blog-01');
  const second = await opened('blog response time', 'blog-01', 'WARNING', 900);
  expect(await waiting()).toEqual([]);
  await site.later(31 * MINUTE);
  await swept();
  expect([await waiting(), await whyOf(second)]).toEqual([[second], 'candidate.why.long']);
  await recovered('blog response time', 'blog-01');
}, 90_000);

test('a rule may ask only after so many times; each alert counts once, however often it is told', async () => {
  await site.later(120 * MINUTE);
  const { services, version } = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services, version, rules: [{ id: 'often', name: '', when: { ...ANY, service: 'blog' }, then: { action: 'candidate', times: 3, minutes: 60 } }] });
  await site.rest();
  const before = await waiting();
  for (let n = 1; n < 3; n += 1) {
    await opened('blog response time', 'blog-01', 'WARNING', 900);
    await swept();
    expect(await waiting()).toEqual(before);
    await recovered('blog response time', 'blog-01');
  }
  const third = await opened('blog response time', 'blog-01', 'WARNING', 900);
  expect(await waiting()).toEqual([third, ...before]);
  expect((await site.ok('alice', 'home.load', {})).candidates[0]?.why).toEqual({ messageKey: 'candidate.why.times', params: { n: 3, minutes: 60 } });
}, 90_000);
