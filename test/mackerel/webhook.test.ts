import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually, Receiver, START, StandIn } from './stand-in';

let mackerel: StandIn;
let hooks: Receiver;
let web: string;
let channel: string;
const settings = { attempts: 3, firstWaitMs: 5, longestWaitMs: 10, suspendAfter: 2, timeoutMs: 500 };

beforeEach(async () => {
  hooks = new Receiver();
  await hooks.start();
  mackerel = new StandIn({ webhook: settings });
  await mackerel.start();
  web = await mackerel.host('web-01');
  const url = `http://mackerel:p%40ss@127.0.0.1:${hooks.port}/hook?x=1`;
  channel = (await mackerel.api('POST', '/channels', { type: 'webhook', name: 'pages', url, events: ['alert', 'hostStatus', 'hostRetire', 'monitor'] })).id;
});
afterEach(async () => {
  await mackerel.end();
  await hooks.end();
});
const alerts = (): unknown[] => hooks.bodies.filter(({ event }) => event === 'alert');
const deliveries = async () => (await mackerel.http('GET', '/__console/deliveries')).body.deliveries;
const suspendedAt = async () => (await mackerel.api('GET', '/channels')).channels[0].suspendedAt;
/** Key names at every depth, a list's taken from its first item. */
const keys = (value: unknown): unknown =>
  Array.isArray(value) ? [keys(value[0])] : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, keys(inner)])) : null;

const hostPart = () => ({
  id: web,
  name: 'web-01',
  url: `https://mackerel.io/orgs/local/hosts/${web}`,
  status: 'working',
  memo: '',
  isRetired: false,
  roles: [{ fullname: 'shop: web', serviceName: 'shop', serviceUrl: 'https://mackerel.io/orgs/local/services/shop', roleName: 'web', roleUrl: 'https://mackerel.io/orgs/local/services/shop#role=web' }],
});

test('credentials in the URL travel in the header', async () => {
  await mackerel.monitor();
  await hooks.wait(1);
  const { headers, path: asked } = hooks.received[0]!;
  expect(asked).toBe('/hook?x=1');
  expect(headers['content-type']).toBe('application/json');
  expect(headers.authorization).toBe('Basic bWFja2VyZWw6cEBzcw=='); // mackerel:p@ss
});

test.each([
  ['delete monitor', 'monitorDelete', (id: string) => mackerel.api('DELETE', `/monitors/${id}`)],
  ['retire host', 'hostRetire', () => mackerel.api('POST', `/hosts/${web}/retire`, {})],
])('%s closes the alert and says so', async (trigger, logTrigger, act) => {
  const monitorId = await mackerel.monitor();
  await mackerel.post(web, 900);
  const [{ id }] = await mackerel.open();
  await act(monitorId);
  const bodies = await hooks.wait(4);
  expect(bodies.map(({ event }) => event).sort()).toEqual(['alert', 'alert', logTrigger, 'monitorCreate'].sort());
  expect(bodies.find(({ alert }) => alert?.isOpen === false)?.alert.trigger).toBe(trigger);
  expect((await mackerel.api('GET', `/alerts/${id}/logs?limit=1`)).logs[0]).toMatchObject({ trigger: logTrigger, monitorId: logTrigger === 'monitorDelete' ? null : monitorId });
});

test('muted monitors and standby hosts are not told, reminders are', async () => {
  const id = await mackerel.monitor({ notificationInterval: 10 });
  await mackerel.post(web, 900);
  await mackerel.server.tick();
  mackerel.pass(600);
  await mackerel.server.tick();
  const bodies = await hooks.wait(3);
  expect(bodies[2]).toEqual(bodies[1]);
  await mackerel.http('POST', `/__console/monitors/${id}/mute`, { isMute: true });
  mackerel.pass(600);
  await mackerel.server.tick();
  await mackerel.post(web, 100);
  await mackerel.http('POST', `/__console/monitors/${id}/mute`, { isMute: false });
  await mackerel.api('POST', `/hosts/${web}/status`, { status: 'standby' });
  mackerel.pass(60);
  await mackerel.post(web, 900);
  expect(await mackerel.open()).toHaveLength(1);
  expect((await deliveries()).map(({ event }: { event: string }) => event).reverse()).toEqual(['monitorCreate', 'alert', 'alert', 'monitorUpdate', 'monitorUpdate', 'hostStatus']);
  expect((await hooks.wait(6))[5]).toEqual({ orgName: 'local', event: 'hostStatus', fromStatus: 'working', host: { ...hostPart(), status: 'standby' }, user: null, imageUrl: null });
});

test('an unanswered delivery is tried again, and the next of its alert waits for it', async () => {
  await mackerel.monitor();
  await hooks.wait(1);
  hooks.answers.push(500, 503);
  await mackerel.post(web, 600);
  mackerel.pass(60);
  await mackerel.post(web, 900);
  const told = (await hooks.wait(5)).slice(1);
  expect(told.map(({ alert }) => alert.status)).toEqual(['warning', 'warning', 'warning', 'critical']);
  await eventually('all delivered', async () => (await deliveries()).every(({ state }: { state: string }) => state === 'delivered'));
  expect((await deliveries()).map(({ attempts, status }: { attempts: number; status: number }) => [attempts, status])).toEqual([[1, 200], [3, 200], [1, 200]]);
});

test('a receiver that does not answer in time is tried again', async () => {
  hooks.answers.push(0);
  await mackerel.http('POST', '/__console/sample', {});
  expect(await hooks.wait(2)).toHaveLength(2);
  await eventually('delivered', async () => (await deliveries())[0].state === 'delivered');
  expect((await deliveries()).map(({ attempts, status, error }: Record<string, unknown>) => [attempts, status, error])).toEqual([[2, 200, null]]);
});

test('a channel that keeps failing is suspended until somebody resumes it', async () => {
  hooks.answers.push(...Array<number>(6).fill(500));
  for (let i = 0; i < 2; i += 1) await mackerel.http('POST', '/__console/sample', {});
  await eventually('suspended', async () => (await suspendedAt()) !== null);
  expect(await suspendedAt()).toBe(START);
  await mackerel.monitor();
  await mackerel.post(web, 900);
  expect((await deliveries()).map(({ state }: { state: string }) => state)).toEqual(['failed', 'failed']);
  await mackerel.http('POST', `/__console/channels/${channel}/resume`, {});
  mackerel.pass(60);
  await mackerel.post(web, 100);
  await eventually('told again', () => alerts().length === 1);
  expect(await suspendedAt()).toBe(null);
});

test('after a restart what was answered is not sent again and what was not is', async () => {
  await mackerel.monitor();
  await mackerel.post(web, 600);
  await hooks.wait(2);
  await eventually('written down', async () => (await deliveries()).every(({ state }: { state: string }) => state === 'delivered'));
  const { port } = hooks;
  await hooks.end();
  mackerel.pass(60);
  await mackerel.post(web, 900);
  await mackerel.server.close();
  hooks = new Receiver();
  await hooks.start(port);
  await mackerel.start();
  expect((await hooks.wait(1)).map(({ alert }) => alert.status)).toEqual(['critical']);
  await mackerel.http('POST', '/__console/sample', {});
  expect((await hooks.wait(2)).map(({ event }) => event)).toEqual(['alert', 'sample']);
  expect(await mackerel.open()).toMatchObject([{ status: 'CRITICAL', value: 900 }]);
});

// Real payloads, where the vendors' descriptions are at hand; test/run.ts says when they are not.
const samples = path.join(process.env['VENDOR_SPECS'] ?? '', 'mackerel-webhooks');
const sample = (name: string): Record<string, unknown> => JSON.parse(readFileSync(path.join(samples, name), 'utf8')) as Record<string, unknown>;
if (process.env['VENDOR_SPECS'] && existsSync(samples)) {
  test('payloads have the keys of real ones', async () => {
    await mackerel.monitor({ type: 'service', name: 'errors', service: 'shop', metric: 'errors', warning: 1, critical: 2 });
    await mackerel.api('POST', '/services/shop/tsdb', [{ name: 'errors', time: START, value: 3 }]);
    mackerel.pass(60);
    await mackerel.api('POST', '/services/shop/tsdb', [{ name: 'errors', time: START + 60, value: 0 }]);
    await mackerel.http('POST', `/__console/hosts/${web}/status`, { status: 'standby' });
    const [, opened, closed] = await hooks.wait(4);
    await mackerel.api('POST', '/channels', { type: 'webhook', name: 'groups', url: `http://127.0.0.1:${hooks.port}/groups`, events: ['alertGroup'] });
    await mackerel.api('POST', '/alert-group-settings', { name: 'Shop', memo: 'm', serviceScopes: ['shop'] });
    mackerel.pass(60);
    await mackerel.api('POST', '/services/shop/tsdb', [{ name: 'errors', time: START + 120, value: 3 }]);
    await hooks.wait(6);
    const group = hooks.bodies.find(({ event }) => event === 'alertGroup');
    const status = hooks.bodies.find(({ event }) => event === 'hostStatus');
    // Newer than the samples.
    for (const body of [opened, closed]) delete body.alert.statusChangedAt;
    expect(keys(opened)).toEqual(keys(sample('kmuto-alert-service-critical-monitor-03.json')));
    expect(keys(closed)).toEqual(keys(sample('kmuto-alert-service-ok-monitor-04.json')));
    expect(keys(group)).toEqual(keys(sample('kmuto-alertgroup-WARNING-00.json')));
    expect(keys(status)).toEqual(keys(sample('kmuto-host-status-working-to-standby-00.json')));
  });
}
