/** What webhooks carry, key by key: literals written by hand from Mackerel's documents and real notifications. Ids are replaced by names. */
import { Receiver, StandIn, type Answer } from './stand-in';

let mackerel: StandIn;
let hooks: Receiver;
let ids: Map<string, string>;
let host: string;

beforeEach(async () => {
  hooks = new Receiver();
  await hooks.start();
  mackerel = new StandIn({ goneAfterSeconds: 600 });
  await mackerel.start();
  ids = new Map();
  await mackerel.api('POST', '/services', { name: 'shop', memo: 'Owner: team Shop' });
  await mackerel.api('POST', '/services/shop/roles', { name: 'web', memo: '' });
  host = (await mackerel.api('POST', '/hosts', { name: 'web-01', meta: {}, memo: 'Checkout', roleFullnames: ['shop:web'] })).id;
  ids.set(host, 'HOST');
});
afterEach(async () => {
  await mackerel.end();
  await hooks.end();
});

/** A channel for these events, without graph images. */
const channel = (...events: string[]): Promise<Answer['body']> => mackerel.api('POST', '/channels', { type: 'webhook', name: events.join(), url: `http://127.0.0.1:${hooks.port}/${events.join()}`, enabledGraphImage: false, events });
const monitor = async (fields: Record<string, unknown>): Promise<string> => {
  const { id } = await mackerel.api('POST', '/monitors', { memo: 'roll back first', ...fields });
  ids.set(id, 'MONITOR');
  return id as string;
};
const press = (path: string, body: unknown = {}): Promise<Answer> => mackerel.http('POST', `/__console/${path}`, body);
const openAlert = async (): Promise<string> => (await mackerel.open())[0].id as string;
/** Passes a minute and judges what passes with time. */
async function minute(): Promise<void> {
  mackerel.pass(60);
  await mackerel.server.tick();
}
/** The `count`th notification, with names for ids. The service's id is known from the notification only. */
async function told(count: number): Promise<unknown> {
  const body = (await hooks.wait(count))[count - 1];
  for (const { id } of (await mackerel.api('GET', '/alerts?withClosed=true')).alerts) ids.set(id, 'ALERT');
  if (body.service) ids.set(body.service.id, 'SERVICE');
  const text = [...ids].reduce((all, [id, name]) => all.replaceAll(id, name), JSON.stringify(body));
  return JSON.parse(text) as unknown;
}

const ROLE = { fullname: 'shop: web', serviceName: 'shop', serviceUrl: 'https://mackerel.io/orgs/local/services/shop', roleName: 'web', roleUrl: 'https://mackerel.io/orgs/local/services/shop#role=web' };
const HOST = { id: 'HOST', name: 'web-01', url: 'https://mackerel.io/orgs/local/hosts/HOST', status: 'working', memo: 'Checkout', isRetired: false, roles: [ROLE] };
const SERVICE = { id: 'SERVICE', name: 'shop', memo: 'Owner: team Shop', orgId: '3orgLocal01', roles: [ROLE] };
const ALERT = { id: 'ALERT', url: 'https://mackerel.io/orgs/local/alerts/ALERT', openedAt: 1789347600, createdAt: 1789347600123, statusChangedAt: 1789347600, closedAt: null, isOpen: true, trigger: 'monitor' };
const CLOSED = { ...ALERT, closedAt: 1789347660, statusChangedAt: 1789347660, isOpen: false, status: 'ok' };
const COMMON = { orgName: 'local', event: 'alert', memo: 'roll back first', user: null, imageUrl: null };
const CONSOLE = { id: '3usrLocal01', screenName: 'console' };

const CPU = { type: 'host', name: 'CPU %', metric: 'custom.cpu', operator: '>', warning: 5, critical: 10, duration: 1 };
const CPU_KEYS = { monitorName: 'CPU %', metricLabel: 'custom.cpu', criticalThreshold: 10, warningThreshold: 5, monitorOperator: '>', duration: 1 };

describe('a channel that wants graphs', () => {
  const wants = (): Promise<Answer['body']> => mackerel.api('POST', '/channels', { type: 'webhook', name: 'graphs', url: `http://127.0.0.1:${hooks.port}/graphs`, enabledGraphImage: true, events: ['alert'] });
  const image = async (url: string): Promise<readonly [number, string | null, string]> => {
    const answer = await fetch(`${mackerel.server.url}${new URL(url).pathname}`);
    return [answer.status, answer.headers.get('content-type'), Buffer.from(await answer.arrayBuffer()).toString('hex')];
  };

  test('gets the address of a PNG, which is there without a key and after a restart; one that wants none gets null', async () => {
    await wants();
    await channel('alert');
    await monitor(CPU);
    await mackerel.post(host, 6, 'custom.cpu');
    const bodies = await hooks.wait(2);
    const [url] = bodies.flatMap(({ imageUrl }) => imageUrl ?? []) as string[];
    expect(bodies.map(({ imageUrl }) => imageUrl).sort()).toEqual([url, null].sort());
    expect(url).toMatch(/^https:\/\/mackerel\.io\/embed\/public\/alert\/[A-Za-z0-9_-]{64}\.png$/);
    const before = await image(url ?? '');
    expect([before[0], before[1], before[2].slice(0, 48)]).toEqual([200, 'image/png', '89504e470d0a1a0a0000000d4948445200000190000000c8']);
    await mackerel.server.close();
    await mackerel.start();
    expect(await image(url ?? '')).toEqual(before);
    expect((await image((url ?? '').replace(/.{8}\.png$/, 'AAAAAAAA.png')))[0]).toBe(404);
  });

  test('gets null of a check, which is about no metric', async () => {
    await wants();
    await mackerel.api('POST', '/monitoring/checks/report', { reports: [{ source: { type: 'host', hostId: host }, name: 'procs', status: 'CRITICAL', message: 'gone', occurredAt: mackerel.now }] });
    expect((await hooks.wait(1))[0].imageUrl).toBeNull();
  });
});

describe('a host metric', () => {
  beforeEach(async () => {
    await channel('alert');
    await monitor(CPU);
    await mackerel.post(host, 6, 'custom.cpu');
  });

  test('is warned of, gets worse, recovers', async () => {
    expect(await told(1)).toEqual({ ...COMMON, type: 'host', message: 'CPU % 6 > 5', host: HOST, alert: { ...ALERT, ...CPU_KEYS, status: 'warning', metricValue: 6 } });
    mackerel.pass(60);
    await mackerel.post(host, 11.126, 'custom.cpu');
    expect(await told(2)).toEqual({ ...COMMON, type: 'host', message: 'CPU % 11.13 > 10', host: HOST, alert: { ...ALERT, ...CPU_KEYS, statusChangedAt: 1789347660, status: 'critical', metricValue: 11.126 } });
    mackerel.pass(60);
    await mackerel.post(host, 1, 'custom.cpu');
    expect(await told(3)).toEqual({ ...COMMON, type: 'host', message: 'CPU % 1', host: HOST, alert: { ...CLOSED, ...CPU_KEYS, statusChangedAt: 1789347720, closedAt: 1789347720, metricValue: 1 } });
  });

  test.each([
    ['by an API key', null, (id: string) => mackerel.api('POST', `/alerts/${id}/close`, { reason: 'known' })],
    ['by a person', CONSOLE, (id: string) => press(`alerts/${id}/close`)],
  ])('is closed %s: no value, the sentence still has it', async (_who, user, close) => {
    await told(1);
    mackerel.pass(60);
    await close(await openAlert());
    expect(await told(2)).toEqual({ ...COMMON, user, type: 'host', message: 'CPU % 6', host: HOST, alert: { ...CLOSED, ...CPU_KEYS, trigger: 'manual close' } });
  });

  test('is closed with its monitor', async () => {
    await told(1);
    const [id] = [...ids].find(([, name]) => name === 'MONITOR') ?? [];
    mackerel.pass(60);
    await mackerel.api('DELETE', `/monitors/${id}`);
    expect(await told(2)).toEqual({ ...COMMON, type: 'host', message: 'CPU % 6', host: HOST, alert: { ...CLOSED, ...CPU_KEYS, trigger: 'delete monitor' } });
  });

  test('is closed with its host', async () => {
    await told(1);
    mackerel.pass(60);
    await mackerel.api('POST', `/hosts/${host}/retire`, {});
    expect(await told(2)).toEqual({ ...COMMON, type: 'host', message: 'CPU % 6', host: { ...HOST, isRetired: true }, alert: { ...CLOSED, ...CPU_KEYS, trigger: 'retire host' } });
  });
});

test('thresholds: none is left out, zero is sent', async () => {
  await channel('alert');
  await monitor({ ...CPU, operator: '<', warning: 0, critical: null, memo: '' });
  await mackerel.post(host, -1, 'custom.cpu');
  expect(await told(1)).toEqual({
    ...COMMON, memo: '', type: 'host', message: 'CPU % -1 < 0', host: HOST,
    alert: { ...ALERT, status: 'warning', monitorName: 'CPU %', metricLabel: 'custom.cpu', metricValue: -1, warningThreshold: 0, monitorOperator: '<', duration: 1 },
  });
});

test('a reminder is the same again', async () => {
  await channel('alert');
  await monitor({ ...CPU, notificationInterval: 10 });
  await mackerel.post(host, 11, 'custom.cpu');
  mackerel.pass(600);
  await mackerel.server.tick();
  expect(await told(2)).toEqual({ ...COMMON, type: 'host', message: 'CPU % 11 > 10', host: HOST, alert: { ...ALERT, ...CPU_KEYS, status: 'critical', metricValue: 11 } });
});

test('a service metric names its service; deleting that closes it', async () => {
  await channel('alert');
  await monitor({ type: 'service', name: 'SHOP - errors', service: 'shop', metric: 'errors', operator: '>', warning: 1, critical: 2, duration: 3 });
  await mackerel.api('POST', '/services/shop/tsdb', [{ name: 'errors', time: mackerel.now, value: 3 }]);
  const keys = { monitorName: 'SHOP - errors', metricLabel: 'errors', criticalThreshold: 2, warningThreshold: 1, monitorOperator: '>', duration: 3 };
  expect(await told(1)).toEqual({ ...COMMON, type: 'service', message: 'errors 3 > 2', service: SERVICE, alert: { ...ALERT, ...keys, status: 'critical', metricValue: 3 } });
  mackerel.pass(60);
  await mackerel.api('DELETE', '/services/shop');
  expect(await told(2)).toEqual({ ...COMMON, type: 'service', message: 'errors 3', service: SERVICE, alert: { ...CLOSED, ...keys, trigger: 'delete service' } });
});

test('a host that is gone has no metric keys', async () => {
  await channel('alert');
  await monitor({ type: 'connectivity', name: 'connectivity', memo: '', alertStatusOnGone: 'WARNING' });
  await mackerel.post(host, 1);
  mackerel.pass(601);
  await mackerel.server.tick();
  const later = { openedAt: 1789348201, createdAt: 1789348201123 };
  expect(await told(1)).toEqual({ ...COMMON, memo: '', type: 'connectivity', message: 'unreachable', host: HOST, alert: { ...ALERT, ...later, statusChangedAt: 1789348201, status: 'warning', monitorName: 'connectivity' } });
  mackerel.pass(60);
  await mackerel.post(host, 1);
  await mackerel.server.tick();
  expect(await told(2)).toEqual({ ...COMMON, memo: '', type: 'connectivity', message: '', host: HOST, alert: { ...CLOSED, ...later, closedAt: 1789348261, statusChangedAt: 1789348261, monitorName: 'connectivity' } });
});

test('a check says what the plugin said', async () => {
  await channel('alert');
  const report = (status: string, message: string) => mackerel.api('POST', '/monitoring/checks/report', { reports: [{ source: { type: 'host', hostId: host }, name: 'log', status, message, occurredAt: mackerel.now }] });
  await report('UNKNOWN', 'log - LOG CRITICAL: 1 warnings, 1 criticals for pattern /error/.');
  expect(await told(1)).toEqual({
    ...COMMON, memo: '', type: 'check', message: 'log - LOG CRITICAL: 1 warnings, 1 criticals for pattern /error/.', host: HOST, alert: { ...ALERT, status: 'unknown', monitorName: 'log' },
  });
  mackerel.pass(60);
  await report('OK', 'log - LOG OK: 0 warnings, 0 criticals for pattern /error/.');
  expect(await told(2)).toEqual({ ...COMMON, memo: '', type: 'check', message: 'log - LOG OK: 0 warnings, 0 criticals for pattern /error/.', host: HOST, alert: { ...CLOSED, monitorName: 'log' } });
});

describe('a URL', () => {
  const url = 'https://shop.example.com/';
  test('that belongs to no service has neither host nor service', async () => {
    await channel('alert');
    await monitor({ type: 'external', name: 'shop from outside', url });
    await press('urls', { url, state: 'error', status: 500 });
    expect(await told(1)).toEqual({ ...COMMON, type: 'external', message: 'HTTP request failed - status is 500', alert: { ...ALERT, status: 'critical', monitorName: 'shop from outside' } });
    mackerel.pass(60);
    await press('urls', { url, state: 'up' });
    expect(await told(2)).toEqual({ ...COMMON, type: 'external', message: 'status is 200', alert: { ...CLOSED, monitorName: 'shop from outside' } });
  });
  test('that is linked to a service names it, until it is linked to another', async () => {
    await channel('alert');
    await mackerel.api('POST', '/services', { name: 'other', memo: '' });
    const fields = { type: 'external', name: 'shop from outside', memo: 'roll back first', url, service: 'shop', responseTimeWarning: 3000, responseTimeDuration: 1 };
    const id = await monitor(fields);
    await press('urls', { url, state: 'slow' });
    expect(await told(1)).toEqual({ ...COMMON, type: 'external', message: 'response time is 9000 ms', service: SERVICE, alert: { ...ALERT, status: 'warning', monitorName: 'shop from outside' } });
    mackerel.pass(60);
    await mackerel.api('PUT', `/monitors/${id}`, { ...fields, service: 'other' });
    expect(await told(2)).toEqual({
      ...COMMON, type: 'external', message: 'response time is 9000 ms', service: SERVICE,
      alert: { ...CLOSED, trigger: 'attach external monitoring to a different service', monitorName: 'shop from outside' },
    });
  });
});

describe('an expression', () => {
  const expression = 'scale(service(shop, errors), 2)';
  const keys = { monitorName: 'double errors', metricLabel: 'scale(service(shop, errors), 2)', criticalThreshold: 1, warningThreshold: 0, monitorOperator: '>', duration: 1 };
  const fields = { type: 'expression', name: 'double errors', expression, operator: '>', warning: 0, critical: 1 };

  test('has metric keys, but neither host nor service', async () => {
    await channel('alert');
    await mackerel.api('POST', '/services/shop/tsdb', [{ name: 'errors', time: mackerel.now - 120, value: 0.01 }]);
    await monitor(fields);
    await mackerel.server.tick();
    expect(await told(1)).toEqual({ ...COMMON, type: 'expression', message: 'double errors 0.02 > 0', alert: { ...ALERT, ...keys, status: 'warning', metricValue: 0.02 } });
    mackerel.pass(60);
    await press(`alerts/${await openAlert()}/close`);
    expect(await told(2)).toEqual({ ...COMMON, user: CONSOLE, type: 'expression', message: 'double errors 0.02', alert: { ...CLOSED, ...keys, trigger: 'manual close' } });
  });
  test('whose metric cannot be had is unknown and has no value', async () => {
    await channel('alert');
    await monitor(fields);
    await mackerel.server.tick();
    expect(await told(1)).toEqual({ ...COMMON, type: 'expression', message: 'double errors', alert: { ...ALERT, ...keys, status: 'unknown' } });
  });
});

test('an anomaly names the metric that deviates most; retraining closes it', async () => {
  await channel('alert');
  const id = await monitor({ type: 'anomalyDetection', name: 'unusual', scopes: ['shop: web'], criticalSensitivity: 'normal' });
  await press('alerts', { monitorId: id, status: 'CRITICAL', message: 'cpu.iowait.percentage' });
  expect(await told(1)).toEqual({ ...COMMON, type: 'anomalyDetection', message: 'unusual cpu.iowait.percentage', host: HOST, alert: { ...ALERT, status: 'critical', monitorName: 'unusual' } });
  mackerel.pass(60);
  await press(`monitors/${id}/retrain`);
  expect(await told(2)).toEqual({
    ...COMMON, user: CONSOLE, type: 'anomalyDetection', message: 'unusual cpu.iowait.percentage', host: HOST,
    alert: { ...CLOSED, trigger: 'anomaly detection manually retraining', monitorName: 'unusual' },
  });
});

test('a query names the series and fills its labels into the name', async () => {
  await channel('alert');
  await monitor({ type: 'query', name: 'latency of {{http.route}}', query: 'http.duration{http.method="GET"}', operator: '>', warning: 1, critical: null });
  const post = (value: number) => press('labelled-metrics', [{ name: 'http.duration', labels: { 'http.route': '/cart', 'http.method': 'GET' }, value }]);
  await post(1.5);
  await mackerel.server.tick();
  const keys = { monitorName: 'latency of /cart', metricLabel: 'http.duration{http.method="GET"}', warningThreshold: 1, monitorOperator: '>', duration: 1 };
  const metric = { name: 'http.duration', labels: { 'http.method': 'GET', 'http.route': '/cart' } };
  expect(await told(1)).toEqual({ ...COMMON, type: 'query', message: 'latency of /cart 1.5 > 1', metric, alert: { ...ALERT, ...keys, status: 'warning', metricValue: 1.5 } });
  mackerel.pass(60);
  await post(0.5);
  await mackerel.server.tick();
  expect(await told(2)).toEqual({ ...COMMON, type: 'query', message: 'latency of /cart 0.5', metric, alert: { ...CLOSED, ...keys, metricValue: 0.5 } });
});

test('an alert group: no members, status in capitals, seconds', async () => {
  await channel('alertGroup');
  const { id: setting } = await mackerel.api('POST', '/alert-group-settings', { name: 'Shop', memo: 'tell support', serviceScopes: ['shop'] });
  ids.set(setting, 'SETTING');
  await monitor(CPU);
  await mackerel.post(host, 6, 'custom.cpu');
  ids.set((await hooks.wait(1))[0].alertGroup.id, 'GROUP');
  const body = (group: object) => ({
    orgName: 'local',
    event: 'alertGroup',
    alertGroup: { id: 'GROUP', url: 'https://mackerel.io/orgs/local/alert-groups/GROUP', createdAt: 1789347600, closedAt: null, ...group },
    alertGroupSetting: { id: 'SETTING', url: 'https://mackerel.io/orgs/local/alert-group-settings/SETTING', name: 'Shop', memo: 'tell support' },
    imageUrl: null,
  });
  expect(await told(1)).toEqual(body({ status: 'WARNING' }));
  await minute();
  await mackerel.post(host, 11, 'custom.cpu');
  expect(await told(2)).toEqual(body({ status: 'CRITICAL' }));
  await minute();
  await mackerel.post(host, 1, 'custom.cpu');
  expect(await told(3)).toEqual(body({ status: 'OK', closedAt: 1789347720 }));
});

describe('what is no alert', () => {
  test('hosts', async () => {
    await channel('hostRegister', 'hostStatus', 'hostRetire');
    const { id } = await mackerel.api('POST', '/hosts', { name: 'web-02', displayName: 'Second', meta: {}, roleFullnames: ['shop: web'] });
    ids.set(id, 'HOST');
    const second = { ...HOST, name: 'Second', memo: '' };
    expect(await told(1)).toEqual({ orgName: 'local', event: 'hostRegister', host: second, user: null, imageUrl: null });
    await press(`hosts/${id}/status`, { status: 'standby' });
    expect(await told(2)).toEqual({ orgName: 'local', event: 'hostStatus', fromStatus: 'working', host: { ...second, status: 'standby' }, user: CONSOLE, imageUrl: null });
    await mackerel.api('POST', `/hosts/${id}/status`, { status: 'poweroff' });
    expect(await told(3)).toEqual({ orgName: 'local', event: 'hostStatus', fromStatus: 'standby', host: { ...second, status: 'poweroff' }, user: null, imageUrl: null });
    await press(`hosts/${id}/retire`);
    expect(await told(4)).toEqual({ orgName: 'local', event: 'hostRetire', host: { ...second, status: 'poweroff' }, user: CONSOLE, imageUrl: null });
    await mackerel.api('POST', `/hosts/${host}/retire`, {});
    expect(await told(5)).toEqual({ orgName: 'local', event: 'hostRetire', host: HOST, user: null, imageUrl: null });
  });

  test('monitors', async () => {
    await channel('monitor');
    const id = await monitor({ ...CPU, scopes: ['shop:web'], notificationInterval: 60 });
    const cpu = {
      id: 'MONITOR', type: 'host', name: 'CPU %', memo: 'roll back first', notificationInterval: 60, isMute: false, scopes: ['shop: web'], excludeScopes: [],
      duration: 1, metric: 'custom.cpu', operator: '>', warning: 5, critical: 10, maxCheckAttempts: 1,
    };
    expect(await told(1)).toEqual({ orgName: 'local', event: 'monitorCreate', monitor: cpu, user: null, imageUrl: null });
    await press(`monitors/${id}`, { critical: 20, memo: '' });
    const { memo: _memo, ...noMemo } = cpu;
    expect(await told(2)).toEqual({ orgName: 'local', event: 'monitorUpdate', monitor: { ...noMemo, critical: 20 }, user: CONSOLE, imageUrl: null });
    await press(`monitors/${id}/delete`);
    expect(await told(3)).toEqual({ orgName: 'local', event: 'monitorDelete', monitor: { ...noMemo, critical: 20 }, user: CONSOLE, imageUrl: null });
  });

  test('the sample', async () => {
    await channel('alert');
    await press('sample');
    expect(await told(1)).toEqual({ event: 'sample', message: 'Sample Notification from Mackerel', imageUrl: null });
  });
});
