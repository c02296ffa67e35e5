/** What a board reads from and writes to Mackerel: each thing once, by those who may, and never over a person's own words. */
import { randomUUID } from 'node:crypto';
import type { SettingsInput } from '../../src/contract';
import { deskOf, type Desk } from './desk';
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
let desk: Desk;
let alertId = '';
let host = { id: '', name: '' };
beforeAll(async () => {
  site = await startTestSite();
  alertId = (await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500)).id;
  desk = deskOf(site, (await site.incidentWith(alertId)).incident.id);
  await site.rest();
  host = (await desk.board()).hosts[0] ?? host;
}, 180_000);
afterAll(async () => await site.stop());

async function api<T>(method: string, route: string, body?: object): Promise<T> {
  const answer = await fetch(`${site.site.urls.mackerel}/api/v0/${route}`, {
    method, headers: { 'x-api-key': site.site.mackerel?.apiKey ?? '', 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status}`);
  return (await answer.json()) as T;
}
/** Writes the app has sent to Mackerel since the log was last emptied. */
async function writes(): Promise<readonly string[]> {
  const calls = await site.control<{ target: string; method: string; path: string }[]>('GET', 'outside');
  return calls.filter(({ target, method }) => target === 'mackerel' && method !== 'GET').map(({ method, path }) => `${method} ${path.replace(/^\/api\/v0/, '')}`);
}
const saved = async (more: Partial<SettingsInput>): Promise<void> => {
  const { services, rules, version } = await site.ok('admin', 'settings.get', {});
  await site.ok('admin', 'settings.save', { services, rules, version, ...more });
};
/** Another alert of the incident. */
async function another(monitor: string, on: string): Promise<string> {
  const { id } = await site.raise(monitor, on, 'CRITICAL', 1500);
  await site.until(async () => ((await desk.board()).alerts.some((alert) => alert.id === id) ? true : null));
  await site.rest();
  await site.control('POST', 'log/reset');
  return id;
}
const told = async (key: string) => (await desk.entries()).filter(({ messageKey }) => messageKey === key);

describe('closing an alert', () => {
  test('closes it in Mackerel with the reason, once however often the press comes', async () => {
    const id = await another('db connections', 'db-01');
    const press = { alertId: id, reason: 'pool\nraised', opId: randomUUID() };
    expect(await desk.press('alice', 'alert.close', press)).toMatchObject({ openAlerts: 1, linkedAlerts: 2 });
    await desk.press('alice', 'alert.close', press);
    expect(await writes()).toEqual([`POST /alerts/${id}/close`]);
    expect(await api('GET', `alerts/${id}`)).toMatchObject({ status: 'OK', reason: 'pool raised' });
    expect((await desk.board()).alerts.find((alert) => alert.id === id)).toMatchObject({ open: false, closedBy: 'manual' });
    await site.rest();
    expect(await told('entry.alert.closed-here')).toMatchObject([{ alertId: id, by: { accountId: 'acc-alice' }, params: { reason: 'pool raised', monitor: 'db connections', host: 'db-01' } }]);
  });

  test('one that recovered meanwhile is not closed again, and nobody is said to have closed it', async () => {
    const id = await another('queue delay', 'batch-01');
    await site.faults([{ target: 'webtrigger', drop: true }]); // the app does not hear of the recovery
    await site.raise('queue delay', 'batch-01', 'OK', 1);
    expect((await desk.board()).alerts.find((alert) => alert.id === id)?.open).toBe(true);
    await desk.press('bob', 'alert.close', { alertId: id, reason: 'enough' });
    await site.faults([]);
    expect(await writes()).toEqual([]);
    expect((await desk.board()).alerts.find((alert) => alert.id === id)).toMatchObject({ open: false, closedBy: null });
    expect((await told('entry.alert.closed-here')).filter((entry) => entry.alertId === id)).toEqual([]);
  });

  test('needs a reason, and an alert of this incident', async () => {
    const known = await api<{ alerts: { id: string }[] }>('GET', 'alerts');
    expect(known.alerts.map(({ id }) => id)).toContain(alertId);
    expect(await desk.refused('alice', 'alert.close', { alertId, reason: ' \u200b' })).toEqual({ code: 'bad-request', messageKey: 'error.bad-request', field: 'reason' });
    expect(await desk.refused('alice', 'alert.close', { alertId, reason: 'x'.repeat(501) })).toEqual({ code: 'bad-request', messageKey: 'error.too-long', field: 'reason' });
    const blog = await site.raise('blog response time', 'blog-01', 'WARNING', 900);
    for (const id of [blog.id, '2aaaaaaaaaa', '__proto__']) expect(await desk.refused('alice', 'alert.close', { alertId: id, reason: 'x' })).toEqual({ code: 'not-found', messageKey: 'error.not-found', field: null });
    expect(await api('GET', `alerts/${blog.id}`)).toMatchObject({ status: 'WARNING' });
  });
});

test('writing to Mackerel is for the named group while it is on, with a key that may write; each refusal says which', async () => {
  const close = { alertId, reason: 'x' };
  await site.rest(); // what the looks before are still told of changes the record too
  await site.control('POST', 'log/reset');
  await saved({ writes: { enabled: false, group: 'responders' } });
  expect(await desk.refused('alice', 'alert.close', close)).toEqual({ code: 'forbidden', messageKey: 'error.writes-off', field: null });
  await saved({ writes: { enabled: true, group: 'site-admins' } });
  expect(await desk.answer('alice', 'host.status', { hostId: host.id, status: 'standby' })).toMatchObject({ error: { code: 'forbidden', messageKey: 'error.writes-group', params: { group: 'site-admins' } } });
  expect((await desk.board('admin')).can).toEqual({ edit: true, mackerel: true });
  await saved({ writes: { enabled: true, group: 'responders' }, apiKey: site.site.mackerel?.readOnlyKey ?? '' });
  const readOnly = { code: 'mackerel-refused', messageKey: 'error.mackerel-read-only', field: null };
  expect(await desk.refused('alice', 'alert.close', close)).toEqual(readOnly);
  expect(await desk.refused('alice', 'alert.memo', { alertId })).toEqual(readOnly);
  expect(await desk.refused('alice', 'host.status', { hostId: host.id, status: 'standby' })).toEqual(readOnly);
  await saved({ apiKey: site.site.mackerel?.apiKey ?? '' });
  expect([await api('GET', `alerts/${alertId}`), await api('GET', `hosts/${host.id}`)]).toMatchObject([{ status: 'CRITICAL', memo: '' }, { host: { status: 'working' } }]);
  await site.faults([{ target: 'mackerel', method: 'POST', path: '/close', status: 503 }]);
  expect(await desk.refused('alice', 'alert.close', close)).toMatchObject({ code: 'mackerel-unreachable', messageKey: 'error.mackerel-unreachable' });
  await site.faults([]);
});

describe('the memo of an alert', () => {
  const memo = async (): Promise<string> => (await api<{ memo: string }>('GET', `alerts/${alertId}`)).memo;

  test('gets the page’s address, once; ours may be renewed when the page has moved', async () => {
    const { incident } = await desk.board();
    await site.control('POST', 'log/reset');
    const press = { alertId, opId: randomUUID() };
    await desk.press('alice', 'alert.memo', press);
    await desk.press('alice', 'alert.memo', press);
    await desk.press('bob', 'alert.memo', { alertId });
    expect(await writes()).toEqual([`PUT /alerts/${alertId}`]);
    expect(await memo()).toBe(`障害 ${incident.key}\n${incident.page?.url ?? ''}`);
    await api('PUT', `alerts/${alertId}`, { memo: `障害 ${incident.key}\nhttps://example.atlassian.net/wiki/where-it-was` });
    await desk.press('alice', 'alert.memo', { alertId });
    expect(await memo()).toBe(`障害 ${incident.key}\n${incident.page?.url ?? ''}`);
    expect((await told('entry.alert.memo')).map(({ by }) => by?.accountId)).toEqual(['acc-alice', 'acc-bob', 'acc-alice']);
  });

  test.each([
    ['a person’s words', 'call Bob first'],
    ['a person’s words below ours', '障害 KEY\nhttps://example.atlassian.net/wiki/x\ncall Bob first'],
    ['a person’s words beside ours', '障害 KEY\nsee https://example.atlassian.net/wiki/x'],
  ])('with %s in it stays as it is', async (_what, words) => {
    const text = words.replace('KEY', (await desk.board()).incident.key);
    await api('PUT', `alerts/${alertId}`, { memo: text });
    expect(await desk.refused('alice', 'alert.memo', { alertId })).toEqual({ code: 'conflict', messageKey: 'error.memo-taken', field: null });
    expect(await memo()).toBe(text);
  });

  test('of a private incident is never written', async () => {
    const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Quiet', severity: 'sev1', visibility: 'private', candidateId: null });
    const quiet = { incidentId, alertId };
    await api('PUT', `alerts/${alertId}`, { memo: '' });
    await site.ok('alice', 'alert.attach', { ...quiet, opId: randomUUID() });
    expect(await site.outcome('alice', 'alert.memo', { ...quiet, opId: randomUUID() })).toBe('forbidden');
    expect(await memo()).toBe('');
  });
});

describe('hosts and deploys', () => {
  /** Boards of several people ask at once after the last look has become old. */
  async function everybodyLooks(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await site.later(11_000);
      await Promise.all(['alice', 'bob', 'viewer', 'admin', 'alice', 'bob'].map((user) => site.ok(user, 'board.changes', { incidentId: desk.incidentId, since: 0, pass: '' })));
      await site.control('POST', 'run/sweep');
    }
    await site.rest();
  }

  test('a host’s status set from the board is set once, and no look takes it for news', async () => {
    await site.control('POST', 'log/reset');
    const press = { hostId: host.id, status: 'maintenance' as const, opId: randomUUID() };
    await desk.press('alice', 'host.status', press);
    await desk.press('alice', 'host.status', press);
    expect(await writes()).toEqual([`POST /hosts/${host.id}/status`]);
    expect((await desk.board()).hosts.find(({ id }) => id === host.id)?.status).toBe('maintenance');
    await everybodyLooks();
    expect(await told('entry.host.set')).toMatchObject([{ params: { host: 'web-01', from: 'working', to: 'maintenance' }, by: { accountId: 'acc-alice' } }]);
    expect((await told('entry.host.status')).filter(({ params }) => params['host'] === 'web-01')).toEqual([]);
    const blog = (await api<{ hosts: { id: string; name: string }[] }>('GET', 'hosts')).hosts.find(({ name }) => name === 'blog-01');
    for (const hostId of [blog?.id ?? '', '2aaaaaaaaaa', 'constructor']) expect(await desk.refused('alice', 'host.status', { hostId, status: 'working' })).toEqual({ code: 'not-found', messageKey: 'error.not-found', field: null });
  });

  test('a host’s status changed in Mackerel is one entry, whoever watches', async () => {
    await site.console('POST', `hosts/${host.id}/status`, { status: 'standby' });
    await everybodyLooks();
    await site.console('POST', `hosts/${host.id}/status`, { status: 'working' });
    await everybodyLooks();
    const changes = (await told('entry.host.status')).map(({ params }) => [params['host'], params['from'], params['to']]).reverse();
    expect(changes).toEqual([['web-01', 'maintenance', 'standby'], ['web-01', 'standby', 'working']]);
  });

  test('a deploy mark is one entry at its own time, whoever watches and however it is edited', async () => {
    const now = Math.floor(Date.now() / 1000) - 60;
    const mark = await api<{ id: string }>('POST', 'graph-annotations', { title: '<b>deploy #4712</b>\u202e', description: '', from: now, to: now + 30, service: 'shop' });
    await everybodyLooks();
    await api('PUT', `graph-annotations/${mark.id}`, { title: 'deploy #4712, renamed', description: '', from: now, to: now + 40, service: 'shop' });
    await everybodyLooks();
    const marks = (await desk.entries()).filter(({ id }) => id === `deploy:${mark.id}`);
    expect(marks).toMatchObject([{ source: 'deploy', at: now * 1000, params: { title: '<b>deploy #4712</b>' }, by: null }]);
    const { version } = (await desk.board()).incident;
    await everybodyLooks();
    expect((await desk.board()).incident.version).toBe(version);
  });
});

describe('graphs', () => {
  const graphs = async () => (await desk.board()).incident.graphs.map(({ host: on, service, metric }) => [on?.name ?? service, metric]);

  test('metrics of hosts and services are put on the board and taken off again, each told once', async () => {
    const opId = randomUUID();
    const added = await desk.press('alice', 'graph.add', { target: { hostId: host.id }, metric: 'loadavg5', opId });
    await desk.press('bob', 'graph.add', { target: { service: 'shop' }, metric: 'checkout.p95' });
    await desk.press('bob', 'graph.add', { target: { hostId: host.id }, metric: 'loadavg5' });
    expect(await graphs()).toEqual([['web-01', 'loadavg5'], ['shop', 'checkout.p95']]);
    const graph = await site.ok('viewer', 'board.graph', { incidentId: desk.incidentId, pass: '', target: { graphId: added.graphs[0]?.id ?? '' } });
    expect(graph).toMatchObject({ title: 'loadavg5 · web-01', openedAt: null });
    expect(graph.points.length).toBeGreaterThan(0);
    await desk.press('bob', 'graph.remove', { graphId: added.graphs[0]?.id ?? '' });
    await desk.press('alice', 'graph.add', { target: { hostId: host.id }, metric: 'loadavg5', opId });
    expect(await graphs()).toEqual([['shop', 'checkout.p95']]);
    expect((await desk.said()).filter((key) => key.startsWith('entry.graph'))).toEqual(['entry.graph.added', 'entry.graph.added', 'entry.graph.removed']);
  });

  test('what Mackerel does not know is refused, and the 13th has no room', async () => {
    expect(await desk.refused('alice', 'graph.add', { target: { hostId: host.id }, metric: 'no.such.metric' })).toEqual({ code: 'bad-request', messageKey: 'error.metric-unknown', field: 'metric' });
    expect(await desk.refused('alice', 'graph.add', { target: { hostId: '2aaaaaaaaaa' }, metric: 'loadavg5' })).toMatchObject({ code: 'not-found' });
    expect(await desk.refused('alice', 'graph.add', { target: { service: 'nothing' }, metric: 'x' })).toMatchObject({ code: 'not-found' });
    const { metrics } = await site.ok('alice', 'board.metrics', { incidentId: desk.incidentId, of: { hostId: host.id }, pass: '' });
    const many = metrics.filter((metric) => metric.startsWith('cpu.') || metric.startsWith('memory.') || metric.startsWith('loadavg') || metric.startsWith('custom.'));
    expect(many.length).toBeGreaterThan(12);
    for (const metric of many.slice(0, 11)) await desk.press('alice', 'graph.add', { target: { hostId: host.id }, metric });
    expect(await desk.refused('alice', 'graph.add', { target: { hostId: host.id }, metric: many[11] ?? '' })).toEqual({ code: 'bad-request', messageKey: 'error.graphs-full', field: 'metric' });
    // One that is there already has room.
    await desk.press('alice', 'graph.add', { target: { hostId: host.id }, metric: many[0] ?? '' });
  });
});
