import { START, StandIn } from './stand-in';

let mackerel: StandIn;
let web: string;
beforeEach(async () => {
  mackerel = new StandIn({ goneAfterSeconds: 100 });
  await mackerel.start();
  web = await mackerel.host('web-01');
  await mackerel.api('POST', '/services/shop/roles', { name: 'db', memo: '' });
});
afterEach(() => mackerel.end());

/** Posts one value a minute and notes the alert's status after each: null when none is open. */
async function statuses(values: readonly number[], name = 'custom.p95'): Promise<(string | null)[]> {
  const seen: (string | null)[] = [];
  for (const value of values) {
    mackerel.pass(60);
    await mackerel.post(web, value, name);
    seen.push((await mackerel.open())[0]?.status ?? null);
  }
  return seen;
}

test('an alert opens, changes and closes with what is posted', async () => {
  const monitorId = await mackerel.monitor();
  expect(await statuses([500, 501, 801, 600, 100, 900])).toEqual([null, 'WARNING', 'CRITICAL', 'WARNING', null, 'CRITICAL']);
  const { alerts } = await mackerel.api('GET', '/alerts?withClosed=true');
  const [second, first] = alerts;
  expect(second).toEqual({ id: second.id, status: 'CRITICAL', monitorId, type: 'host', hostId: web, value: 900, openedAt: START + 360, memo: '' });
  expect(first).toEqual({ id: first.id, status: 'OK', monitorId, type: 'host', hostId: web, value: 100, openedAt: START + 120, closedAt: START + 300, reason: '', memo: '' });
  const { logs } = await mackerel.api('GET', `/alerts/${first.id}/logs`);
  const log = (status: string, targetValue: number, createdAt: number) => ({ status, trigger: 'monitoring', monitorId, targetValue, statusDetail: null, createdAt });
  expect(logs.map(({ id: _id, ...rest }: { id: string }) => rest)).toEqual([log('OK', 100, START + 300), log('WARNING', 600, START + 240), log('CRITICAL', 801, START + 180), log('WARNING', 501, START + 120)]);
});

test.each([
  [{ duration: 3 }, [700, 700, 700, 100, 100, 100], ['WARNING', 'WARNING', 'WARNING', null, null, null]],
  [{ duration: 2 }, [400, 700, 100, 1600], [null, 'WARNING', null, 'CRITICAL']],
  [{ maxCheckAttempts: 3 }, [900, 900, 100, 900, 900, 900, 100], [null, null, null, null, null, 'CRITICAL', null]],
  [{ warning: 500, critical: 500 }, [501], ['CRITICAL']],
  [{ warning: 500, critical: null }, [9000], ['WARNING']],
  [{ operator: '<', warning: 10, critical: 0 }, [10, 9, 0, -1], [null, 'WARNING', 'WARNING', 'CRITICAL']],
  [{ isMute: true }, [900, 900], [null, null]],
  [{ scopes: ['shop: db'] }, [900], [null]],
  [{ scopes: ['shop'], excludeScopes: ['shop:web'] }, [900], [null]],
])('monitor with %j on %j: %j', async (fields, values, expected) => {
  await mackerel.monitor(fields);
  expect(await statuses(values)).toEqual(expected);
});

test('cpu% counts all cores as 100 %', async () => {
  await mackerel.monitor({ metric: 'cpu%', warning: 70, critical: 90 });
  const post = (user: number, idle: number) => mackerel.api('POST', '/tsdb', [['cpu.user.percentage', user], ['cpu.system.percentage', 10], ['cpu.idle.percentage', idle]].map(([name, value]) => ({ hostId: web, name, value, time: mackerel.now })));
  await post(100, 90);
  expect(await mackerel.open()).toEqual([]);
  mackerel.pass(60);
  await post(150, 40);
  expect(await mackerel.open()).toMatchObject([{ status: 'WARNING', value: 80 }]);
});

test.each([
  ['>', 90, [80, 95], 95],
  ['<', 10, [80, 5], 5],
])('one file system with disk%% %s %i is enough', async (operator, critical, shares, value) => {
  await mackerel.monitor({ metric: 'disk%', operator, warning: null, critical });
  const posted = shares.flatMap((used, n) => [[`filesystem.fs${n}.size`, 100], [`filesystem.fs${n}.used`, used]] as const);
  await mackerel.api('POST', '/tsdb', posted.map(([name, each]) => ({ hostId: web, name, value: each, time: mackerel.now })));
  expect(await mackerel.open()).toMatchObject([{ status: 'CRITICAL', value }]);
});

test('old points and points out of order are not judged', async () => {
  await mackerel.monitor();
  await mackerel.post(web, 900, 'custom.p95', START - 1201);
  expect(await mackerel.open()).toEqual([]);
  await mackerel.post(web, 100, 'custom.p95', START);
  await mackerel.post(web, 900, 'custom.p95', START - 60);
  expect(await mackerel.open()).toEqual([]);
  const batch = [[START + 60, 900], [START + 120, 100]].map(([time, value]) => ({ hostId: web, name: 'custom.p95', time, value }));
  mackerel.pass(120);
  await mackerel.api('POST', '/tsdb', batch);
  expect(await mackerel.open()).toEqual([]);
});

test.each([
  ['standby', 'CRITICAL'],
  ['maintenance', null],
  ['poweroff', null],
])('a host in %s gets %s', async (status, expected) => {
  await mackerel.monitor();
  await mackerel.api('POST', `/hosts/${web}/status`, { status });
  expect(await statuses([900])).toEqual([expected]);
});

test('a host that stops posting is gone; posting again closes the alert', async () => {
  await mackerel.monitor({ type: 'connectivity', name: 'connectivity', alertStatusOnGone: 'WARNING' });
  await mackerel.post(web, 1);
  mackerel.pass(100);
  await mackerel.server.tick();
  expect(await mackerel.open()).toEqual([]);
  mackerel.pass(1);
  await mackerel.server.tick();
  const [alert] = await mackerel.open();
  expect(alert).toMatchObject({ type: 'connectivity', status: 'WARNING', hostId: web });
  expect('value' in alert || 'message' in alert).toBe(false);
  await mackerel.post(web, 1);
  await mackerel.server.tick();
  expect(await mackerel.open()).toEqual([]);
});

test('service metrics are judged, and missed', async () => {
  await mackerel.monitor({ type: 'service', service: 'shop', metric: 'errors', warning: 1, critical: 5, missingDurationCritical: 10 });
  await mackerel.api('POST', '/services/shop/tsdb', [{ name: 'errors', time: START, value: 2 }]);
  const [alert] = await mackerel.open();
  expect(alert).toMatchObject({ type: 'service', status: 'WARNING', value: 2 });
  expect('hostId' in alert).toBe(false);
  mackerel.pass(601);
  await mackerel.server.tick();
  expect(await mackerel.open()).toMatchObject([{ id: alert.id, status: 'CRITICAL' }]);
});

test('check reports open and close alerts with their message', async () => {
  const report = (status: string, message: string) =>
    mackerel.api('POST', '/monitoring/checks/report', { reports: [{ source: { type: 'host', hostId: web }, name: 'health', status, message, occurredAt: mackerel.now, maxCheckAttempts: 2 }] });
  await report('CRITICAL', 'down');
  expect(await mackerel.open()).toEqual([]);
  mackerel.pass(60);
  await report('UNKNOWN', 'no answer');
  const [alert] = await mackerel.open();
  expect(alert).toMatchObject({ type: 'check', status: 'UNKNOWN', message: 'no answer', hostId: web });
  mackerel.pass(60);
  await report('OK', 'fine');
  expect(await mackerel.open()).toEqual([]);
  const { logs } = await mackerel.api('GET', `/alerts/${alert.id}/logs`);
  expect(logs.map((log: { statusDetail: unknown }) => log.statusDetail)).toEqual([
    { type: 'check', detail: { message: 'fine', memo: '' } },
    { type: 'check', detail: { message: 'no answer', memo: '' } },
  ]);
});

test('alerts come in pages, newest first; memo and closing by API', async () => {
  await mackerel.monitor();
  for (let i = 0; i < 5; i += 1) await mackerel.post(await mackerel.host(`h${i}`), 900);
  const all = (await mackerel.open()).map(({ id }) => id);
  const first = await mackerel.api('GET', '/alerts?limit=2&nextId=');
  const second = await mackerel.api('GET', `/alerts?limit=2&nextId=${first.nextId}`);
  const third = await mackerel.api('GET', `/alerts?limit=2&nextId=${second.nextId}`);
  expect([first, second, third].flatMap(({ alerts }) => alerts.map(({ id }: { id: string }) => id))).toEqual(all);
  expect('nextId' in third).toBe(false);

  const id = all[0];
  expect(await mackerel.api('PUT', `/alerts/${id}`, { memo: 'incident page' })).toEqual({ id, memo: 'incident page' });
  expect((await mackerel.http('PUT', `/api/v0/alerts/${id}`, { memo: 'あ'.repeat(27_307) })).status).toBe(413);
  expect((await mackerel.http('POST', `/api/v0/alerts/${id}/close`, {})).status).toBe(400);
  expect(await mackerel.api('POST', `/alerts/${id}/close`, { reason: 'done' })).toMatchObject({ id, status: 'OK', reason: 'done', closedAt: START, memo: 'incident page' });
  expect(await mackerel.open()).toHaveLength(4);
  const { logs } = await mackerel.api('GET', `/alerts/${id}/logs?limit=1`);
  expect(logs).toMatchObject([{ status: 'OK', trigger: 'manual', targetValue: null }]);
});
