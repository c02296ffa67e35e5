import { START, StandIn } from './stand-in';

let mackerel: StandIn;
beforeEach(async () => {
  mackerel = new StandIn({ seed: 'shop', goneAfterSeconds: 12, historyMinutes: 30 }, 5);
  await mackerel.start();
});
afterEach(() => mackerel.end());

const act = async (path: string, body: unknown = {}) => {
  const answer = await mackerel.http('POST', `/__console/${path}`, body);
  if (answer.status !== 200) throw new Error(`${path} → ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
async function periods(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    mackerel.pass(5);
    await mackerel.server.tick();
  }
}
/** `monitor host STATUS` of the open alerts. */
async function open(): Promise<string[]> {
  const { alerts } = (await mackerel.http('GET', '/__console/state')).body;
  return alerts.filter((alert: { closedAt?: number }) => alert.closedAt === undefined).map((alert: Record<string, string>) => `${alert['monitorName']} ${alert['hostName']} ${alert['status']}`).sort();
}
const monitorId = async (name: string): Promise<string> => (await mackerel.api('GET', '/monitors')).monitors.find((monitor: { name: string }) => monitor.name === name).id;
const hostId = async (name: string): Promise<string> => (await mackerel.api('GET', `/hosts?name=${name}`)).hosts[0].id;

test('a fresh stand-in has a shop, a blog, a day of history and nothing wrong', async () => {
  await periods(20);
  expect(await open()).toEqual([]);
  const { hosts } = await mackerel.api('GET', '/hosts?service=shop');
  expect(hosts.map(({ name }: { name: string }) => name)).toEqual(['web-01', 'web-02', 'db-01', 'batch-01', 'batch-02', 'batch-03', 'batch-04', 'batch-05', 'batch-06', 'batch-07', 'batch-08', 'batch-09', 'batch-10']);
  expect((await mackerel.api('GET', '/services')).services.map(({ name }: { name: string }) => name)).toEqual(['blog', 'shop']);
  const { metrics } = await mackerel.api('GET', `/hosts/${await hostId('web-01')}/metrics?name=custom.checkout.p95&from=${START - 43_200}&to=${START}`);
  expect(metrics).toHaveLength(30); // of the day's 1440, to be quick
  expect(Math.max(...metrics.map(({ value }: { value: number }) => value))).toBeLessThan(400);
  const { graphAnnotations } = await mackerel.api('GET', `/graph-annotations?service=shop&from=${START - 900}&to=${START}`);
  expect(graphAnnotations).toMatchObject([{ title: 'deploy #4711', from: START - 480, service: 'shop', roles: ['web'] }]);
});

test('its hosts tell what real agents tell, and post what a list of hosts draws', async () => {
  const hosts = ['web-01', 'db-01', 'batch-10', 'blog-01'];
  const seen = await Promise.all(hosts.map(async (name) => (await mackerel.api('GET', `/hosts/${await hostId(name)}`)).host));
  for (const { memo, meta, interfaces } of seen) {
    expect(memo).not.toBe('');
    expect(meta).toMatchObject({ 'agent-name': 'mackerel-agent/0.87.0', 'agent-version': '0.87.0', kernel: { name: 'Linux' } });
    expect(interfaces).toEqual([{ name: 'eth0', macAddress: expect.stringMatching(/^02:42(:[0-9a-f]{2}){4}$/), ipAddress: expect.stringMatching(/^10\.0\.1\.\d+$/), ipv4Addresses: [expect.any(String)], ipv6Addresses: [] }]);
  }
  expect(seen.map(({ createdAt }) => (START - createdAt) / 86_400)).toEqual([412, 730, 39, 211]);
  expect(seen.map(({ customIdentifier }) => customIdentifier?.replace(/[0-9a-f]{17}/, '…'))).toEqual(['i-….ec2.amazonaws.com', 'i-….ec2.amazonaws.com', undefined, undefined]);

  const names = ['loadavg5', 'cpu.user.percentage', 'cpu.idle.percentage', 'memory.used', 'memory.available', 'memory.total', 'interface.eth0.rxBytes.delta', 'interface.eth0.txBytes.delta', 'filesystem.nvme0n1p1.used', 'filesystem.nvme0n1p1.size'];
  for (const { id } of seen) {
    expect((await mackerel.api('GET', `/hosts/${id}/metric-names`)).names).toEqual(expect.arrayContaining(names));
    for (const name of names) expect((await mackerel.api('GET', `/hosts/${id}/metrics?name=${name}&from=${START - 1800}&to=${START}`)).metrics).toHaveLength(30);
  }
});

test('what is posted of a host adds up; the newest point says when it was last heard of', async () => {
  await periods(2);
  await act('scenarios/host-gone/start');
  await periods(3);
  const latest = async (name: string, ...metrics: string[]) => {
    const id = await hostId(name);
    return (await mackerel.api('GET', `/tsdb/latest?hostId=${id}${metrics.map((metric) => `&name=${metric}`).join('')}`)).tsdbLatest[id];
  };
  const gib = 1024 ** 3;
  const memory = await latest('web-01', 'memory.used', 'memory.available', 'memory.total');
  expect(memory['memory.total'].value).toBe(8 * gib);
  expect(memory['memory.used'].value + memory['memory.available'].value).toBe(8 * gib);
  const cpu = await latest('web-01', ...['user', 'system', 'iowait', 'idle'].map((mode) => `cpu.${mode}.percentage`));
  expect(Object.values<{ value: number }>(cpu).reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(200, 0);
  expect([(await latest('web-01', 'loadavg5')).loadavg5.time, (await latest('web-02', 'loadavg5')).loadavg5.time]).toEqual([START + 25, START + 10]);
  // Once a minute, not each period.
  expect((await latest('web-01', 'filesystem.nvme0n1p1.used'))['filesystem.nvme0n1p1.used'].time).toBe(START + 5);
});

test('the console shows both keys', async () => {
  const { keys } = (await mackerel.http('GET', '/__console/state')).body;
  expect(keys).toEqual([{ key: mackerel.server.apiKey, may: 'read and write' }, { key: mackerel.server.readOnlyKey, may: 'read only' }]);
});

test('Break checkout opens the alert at once, makes it critical one period later, and recovers', async () => {
  await act('scenarios/break-checkout/start');
  expect(await open()).toEqual(['checkout p95 web-01 WARNING']);
  await periods(1);
  expect(await open()).toEqual(['checkout p95 web-01 CRITICAL']);
  await periods(2);
  expect(await open()).toEqual(['checkout p95 web-01 CRITICAL', 'checkout p95 web-02 WARNING']);
  const web = await hostId('web-01');
  const { metrics } = await mackerel.api('GET', `/hosts/${web}/metrics?name=custom.checkout.p95&from=${mackerel.now - 15}&to=${mackerel.now}`);
  expect(metrics).toHaveLength(4);
  const { tsdbLatest } = await mackerel.api('GET', `/tsdb/latest?hostId=${web}&name=custom.checkout.p95`);
  expect(metrics.at(-1)).toEqual(tsdbLatest[web]['custom.checkout.p95']);
  await act('recover');
  expect(await open()).toEqual([]);
});

test('with its monitor muted Break checkout makes no alert', async () => {
  await act(`monitors/${await monitorId('checkout p95')}/mute`, { isMute: true });
  await act('scenarios/break-checkout/start');
  await periods(12);
  expect((await mackerel.api('GET', '/alerts?withClosed=true')).alerts).toEqual([]);
});

test.each([
  ['blog-errors', 0, ['blog error rate null WARNING']],
  ['blog-errors', 1, ['blog error rate null CRITICAL']],
  ['slow-database', 5, ['checkout p95 web-01 WARNING', 'checkout p95 web-02 WARNING', 'db connections db-01 CRITICAL']],
  ['flapping-check', 0, ['checkout-health web-01 CRITICAL']],
  ['flapping-check', 2, []],
  ['flapping-check', 4, ['checkout-health web-01 CRITICAL']],
  ['host-gone', 2, []],
  ['host-gone', 3, ['connectivity web-02 CRITICAL']],
  ['external-down', 0, ['shop from outside null CRITICAL']],
  ['slow-routes', 0, ['latency of GET /cart null WARNING', 'latency of POST /orders null WARNING']],
  ['slow-routes', 2, ['latency of GET /cart null WARNING', 'latency of POST /orders null CRITICAL']],
  ['maintenance-window', 3, []],
])('%s after %i periods: %j', async (name, count, expected) => {
  await periods(1);
  await act(`scenarios/${name}/start`);
  await periods(count);
  expect(await open()).toEqual(expected);
  await act(`scenarios/${name}/stop`);
  expect(await open()).toEqual([]);
});

test('Maintenance of the shop plans a downtime and takes it away again; meanwhile nothing of the shop is judged', async () => {
  const downtimes = async () => (await mackerel.api('GET', '/downtimes')).downtimes;
  await act('scenarios/maintenance-window/start');
  expect(await downtimes()).toEqual([{ id: expect.any(String), name: 'Maintenance of the shop', start: START, duration: 60, serviceScopes: ['shop'] }]);
  for (const name of ['break-checkout', 'external-down', 'blog-errors']) await act(`scenarios/${name}/start`);
  await periods(2);
  expect(await open()).toEqual(['blog error rate null CRITICAL']);
  await act('scenarios/maintenance-window/stop');
  expect(await downtimes()).toEqual([]);
  await periods(1);
  expect(await open()).toEqual(['blog error rate null CRITICAL', 'checkout p95 web-01 CRITICAL', 'checkout p95 web-02 WARNING', 'shop from outside null CRITICAL']);
  await act('scenarios/maintenance-window/start');
  await act('recover');
  expect([await downtimes(), (await mackerel.http('GET', '/__console/state')).body.urls.map(({ id, status }: { id: string; status: number }) => `${id} ${status}`)]).toEqual([[], ['https://shop.example.com/ 200', 'https://status.example.com/ 200']]);
  await periods(1);
  // What the downtime kept from being judged is judged now.
  expect(await open()).toEqual([]);
});

test.each([
  ['shop from outside', { status: 'CRITICAL' }, ['value', 'message'], { type: 'external', value: 11_200, message: 'HTTP request failed - status is 500' }],
  ['status page', { status: 'WARNING' }, ['message'], { type: 'external', message: 'HTTP request failed - status is 500' }],
  ['mean load of web hosts', { status: 'WARNING' }, ['value'], { type: 'expression', value: 16 }],
  ['mean load of web hosts', { status: 'UNKNOWN' }, [], { type: 'expression' }],
  ['unusual blog host', { status: 'WARNING' }, ['hostId'], { type: 'anomalyDetection', hostName: 'blog-01' }],
  ['latency of {{http.request.method}} {{http.route}}', { status: 'CRITICAL', value: 3 }, ['value', 'series'], { type: 'query', monitorName: 'latency of GET /cart', series: { name: 'http.server.request.duration', labels: { 'http.request.method': 'GET', 'http.route': '/cart', 'service.name': 'shop-api' } } }],
  ['latency of {{http.request.method}} {{http.route}}', { status: 'CRITICAL', series: { name: 'x', labels: { 'http.route': '/new' } } }, ['value', 'series'], { type: 'query', monitorName: 'latency of  /new', value: 2.8 }],
])('an alert of %s can be raised by hand with %j, has %j and stays', async (name, fields, keys, expected) => {
  await periods(1);
  const body = { monitorId: await monitorId(name), ...fields };
  const alert = await act('alerts', body);
  expect(alert).toMatchObject({ byHand: true, ...fields, ...expected });
  expect(['hostId', 'value', 'message', 'series'].filter((key) => key in alert)).toEqual(keys);
  await periods(3);
  expect((await act('alerts', { ...body, status: 'OK' })).closedAt).toBe(START + 20);
});

test('people can be removed from the organization', async () => {
  const names = async () => (await mackerel.api('GET', '/users')).users.map(({ screenName }: { screenName: string }) => screenName);
  expect(await names()).toEqual(['console', 'alice', 'bob@example.com']);
  const [, alice] = (await mackerel.api('GET', '/users')).users;
  expect(await mackerel.api('DELETE', `/users/${alice.id}`)).toEqual(alice);
  expect(await names()).toEqual(['console', 'bob@example.com']);
});

test('an alert storm is twenty critical alerts at once', async () => {
  await act('scenarios/alert-storm/start');
  const { alerts } = await mackerel.api('GET', '/alerts');
  expect(alerts).toHaveLength(20);
  expect(new Set(alerts.map(({ status, openedAt }: { status: string; openedAt: number }) => `${status} ${openedAt}`))).toEqual(new Set([`CRITICAL ${START}`]));
});

test('an alert raised by hand stays until it is recovered by hand', async () => {
  const body = { monitorId: await monitorId('checkout p95'), hostId: await hostId('web-02'), status: 'CRITICAL' };
  const alert = await act('alerts', body);
  expect(alert).toMatchObject({ status: 'CRITICAL', value: 1120, type: 'host', monitorName: 'checkout p95', hostName: 'web-02', openedAt: START });
  await periods(3);
  expect(await open()).toEqual(['checkout p95 web-02 CRITICAL']);
  expect(await act('alerts', { ...body, status: 'WARNING', value: 555 })).toMatchObject({ id: alert.id, status: 'WARNING', value: 555 });
  expect((await act('alerts', { ...body, status: 'OK' })).closedAt).toBe(START + 15);
  expect(await open()).toEqual([]);
});

test('twenty alerts by hand within one second', async () => {
  const monitors = await Promise.all(['checkout p95', 'db connections'].map(monitorId));
  const { hosts } = await mackerel.api('GET', '/hosts?service=shop');
  const pairs = monitors.flatMap((monitor) => hosts.slice(0, 10).map((host: { id: string }) => ({ monitorId: monitor, hostId: host.id, status: 'CRITICAL' })));
  const began = performance.now();
  await Promise.all(pairs.map((pair) => act('alerts', pair)));
  expect(performance.now() - began).toBeLessThan(1000);
  expect(await open()).toHaveLength(20);
  await act('recover');
  expect(await open()).toEqual([]);
});

test('a scenario goes on after a restart, and being away makes no host gone', async () => {
  await act('scenarios/break-checkout/start');
  await mackerel.server.close();
  mackerel.pass(3600);
  await mackerel.start();
  await periods(1);
  expect(await open()).toEqual(['checkout p95 web-01 CRITICAL']);
});

test('other sites cannot press the buttons, and unknown ones are refused', async () => {
  const foreign = await mackerel.http('POST', '/__console/recover', {}, { origin: 'https://example.com' });
  const unknown = await mackerel.http('POST', '/__console/scenarios/nope/start', {});
  expect([foreign.status, unknown.status]).toEqual([403, 404]);
});

test('the page and its parts are served', async () => {
  for (const [url, type] of [['/', 'text/html'], ['/__console/console.js', 'text/javascript'], ['/__console/console.css', 'text/css']] as const) {
    const answer = await fetch(mackerel.server.url + url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
  }
});
