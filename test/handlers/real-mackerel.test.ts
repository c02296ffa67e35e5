/** The site with a key of a Mackerel organization. Another stand-in takes the real service's place; the app's bundle does not know. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMackerel } from '../../local-site/mackerel/server';
import type { MackerelServer } from '../../local-site/types';
import { startTestSite, type TestSite } from './harness';

const FIVE_MINUTES_MS = 300_000;
const folder = mkdtempSync(path.join(tmpdir(), 'real-mackerel-'));
let organization: MackerelServer;
let site: TestSite;
beforeAll(async () => {
  organization = await startMackerel({ stateDir: folder, port: 0, clock: { now: () => Date.now() }, periodSeconds: 3600, fresh: true }, { thisMachine: false, historyMinutes: 60 });
  site = await startTestSite({ realMackerel: { apiKey: organization.readOnlyKey, url: organization.url } });
}, 120_000);
afterAll(async () => {
  await site.stop();
  await organization.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask<T>(route: string, body?: unknown): Promise<T> {
  const answer = await fetch(organization.url + route, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-api-key': organization.apiKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

test('the services of the organization wait for rules; the key is shown to nobody', async () => {
  const settings = await site.ok('admin', 'settings.get', {});
  expect(settings.services.map(({ name, spaceKey }) => [name, spaceKey])).toEqual([['blog', 'OPS'], ['shop', 'OPS']]);
  const any = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
  expect(settings.rules).toEqual([{ id: 'ask', name: '', when: any, then: { action: 'candidate', times: 1, minutes: 60 } }]);
  expect(settings.orgName).toBe('local');
  const status = await site.control('GET', 'status');
  expect(status).toMatchObject({ ready: true, mackerel: { url: organization.url, apiKey: null, real: true } });
  expect(JSON.stringify([status, settings])).not.toContain(organization.readOnlyKey);
});

test('the schedule finds an alert, its page is live, and no webhook was asked for or sent', async () => {
  await site.rest();
  expect(await site.ok('alice', 'home.load', {})).toMatchObject({ candidates: [], incidents: [] });
  const { monitors } = await ask<{ monitors: { id: string; name: string }[] }>('/api/v0/monitors');
  const alert = await ask<{ id: string; hostId: string }>('/__console/alerts', { monitorId: monitors.find(({ name }) => name === 'checkout p95')?.id, status: 'CRITICAL', value: 1500 });
  await site.control('PUT', 'clock', { offsetMs: FIVE_MINUTES_MS });
  const candidate = await site.until(async () => (await site.ok('alice', 'home.load', {})).candidates[0] ?? null);
  expect(candidate.alert).toMatchObject({ id: alert.id, service: 'shop', status: 'CRITICAL' });

  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Checkout is slow', severity: 'sev2', visibility: 'public', candidateId: candidate.id });
  const board = await site.ok('bob', 'board.load', { incidentId });
  expect(board.live.state).toBe('live');
  const graph = await site.ok('bob', 'board.graph', { incidentId, target: { alertId: alert.id }, pass: board.pass });
  const between = `from=${Math.floor(graph.from / 1000)}&to=${Math.floor(graph.to / 1000)}`;
  const { metrics } = await ask<{ metrics: { time: number; value: number }[] }>(`/api/v0/hosts/${alert.hostId}/metrics?name=custom.checkout.p95&${between}`);
  expect(metrics.length).toBeGreaterThan(20);
  expect(graph.points).toEqual(metrics.map(({ time, value }) => ({ at: time * 1000, value })));

  const channels = async (): Promise<string[]> => (await ask<{ channels: { name: string }[] }>('/api/v0/channels')).channels.map(({ name }) => name);
  const deliveries = async (): Promise<number> => (await ask<{ deliveries: unknown[] }>('/__console/deliveries')).deliveries.length;
  expect([await channels(), await deliveries()]).toEqual([[], 0]);
  // What was looked for is there to be found.
  await ask('/api/v0/channels', { type: 'webhook', name: 'by hand', url: 'http://localhost:9/x', events: ['alert'] });
  await ask('/__console/sample', {});
  expect([await channels(), await deliveries()]).toEqual([['by hand'], 1]);
}, 90_000);

test('there is nothing to break or to recover, and the start page is told', async () => {
  const session = (await (await fetch(`${site.site.url}/__web/session`)).json()) as unknown;
  expect(session).toMatchObject({ realMackerel: true, urls: { mackerel: 'https://mackerel.io/my/alerts' } });
  const answer = await fetch(`${site.site.url}/__web/scenario`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"action":"break"}' });
  expect([answer.status, await answer.json()]).toEqual([409, { status: 409, message: 'The real Mackerel is connected for reading. Nothing is changed there.' }]);
});

test.each([
  ['a key Mackerel refuses', () => ({ apiKey: 'no-such-key', url: organization.url }), /refused the key in MACKEREL_API_KEY: 401/],
  ['a Mackerel that cannot be reached', () => ({ apiKey: 'any', url: 'http://localhost:1' }), /^http:\/\/localhost:1 cannot be reached/],
])('%s ends the start with its reason', async (_what, realMackerel, message) => {
  await expect(startTestSite({ realMackerel: realMackerel() })).rejects.toThrow(message);
}, 90_000);
