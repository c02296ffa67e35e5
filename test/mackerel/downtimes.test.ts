import { isActive } from '../../local-site/mackerel/judge/downtime';
import type { Recurrence } from '../../local-site/mackerel/model';
import { START, StandIn } from './stand-in';

/** Local time in UTC+9. */
const at = (text: string): number => Date.parse(`${text}:00+09:00`) / 1000;
const repeats = (type: Recurrence['type'], interval = 1, more: Partial<Recurrence> = {}): Recurrence => ({ type, interval, weekdays: [], until: null, ...more });

// 2026-09-14 is a Monday.
test.each<[string, number, Recurrence | null, string, boolean]>([
  ['2026-09-14T10:00', 60, null, '2026-09-14T09:59', false],
  ['2026-09-14T10:00', 60, null, '2026-09-14T10:00', true],
  ['2026-09-14T10:00', 60, null, '2026-09-14T10:59', true],
  ['2026-09-14T10:00', 60, null, '2026-09-14T11:00', false],
  ['2026-09-14T10:00', 60, null, '2026-09-15T10:30', false],
  ['2026-09-14T10:00', 10, repeats('hourly', 3), '2026-09-14T13:05', true],
  ['2026-09-14T10:00', 10, repeats('hourly', 3), '2026-09-14T12:05', false],
  ['2026-09-14T23:30', 60, repeats('daily'), '2026-09-16T00:15', true],
  ['2026-09-14T23:30', 60, repeats('daily', 2), '2026-09-16T00:15', false],
  ['2026-09-14T23:30', 60, repeats('daily', 2), '2026-09-17T00:15', true],
  ['2026-09-14T10:00', 60, repeats('weekly'), '2026-09-21T10:30', true],
  ['2026-09-14T10:00', 60, repeats('weekly'), '2026-09-22T10:30', false],
  ['2026-09-14T10:00', 60, repeats('weekly', 1, { weekdays: ['Tuesday', 'Sunday'] }), '2026-09-14T10:30', false],
  ['2026-09-14T10:00', 60, repeats('weekly', 1, { weekdays: ['Tuesday', 'Sunday'] }), '2026-09-15T10:30', true],
  ['2026-09-14T10:00', 60, repeats('weekly', 1, { weekdays: ['Tuesday', 'Sunday'] }), '2026-09-20T10:30', true],
  ['2026-09-14T10:00', 60, repeats('weekly', 2, { weekdays: ['Monday', 'Saturday'] }), '2026-09-19T10:30', true],
  ['2026-09-14T10:00', 60, repeats('weekly', 2, { weekdays: ['Monday', 'Saturday'] }), '2026-09-21T10:30', false],
  ['2026-09-14T10:00', 60, repeats('weekly', 2, { weekdays: ['Monday', 'Saturday'] }), '2026-09-28T10:30', true],
  ['2026-09-14T10:00', 60, repeats('monthly'), '2026-10-14T10:30', true],
  ['2026-09-14T10:00', 60, repeats('monthly', 2), '2026-10-14T10:30', false],
  ['2026-08-31T10:00', 60, repeats('monthly'), '2026-09-30T10:30', true],
  ['2026-08-31T10:00', 60, repeats('monthly'), '2027-02-28T10:30', true],
  ['2026-09-14T10:00', 60, repeats('yearly'), '2027-09-14T10:30', true],
  ['2026-09-14T10:00', 60, repeats('yearly'), '2027-03-14T10:30', false],
  ['2026-09-14T10:00', 60, repeats('daily', 1, { until: at('2026-09-16T09:00') }), '2026-09-15T10:30', true],
  ['2026-09-14T10:00', 60, repeats('daily', 1, { until: at('2026-09-16T09:00') }), '2026-09-16T10:30', false],
  ['2026-09-13T00:00', 1800, null, '2026-09-13T23:59', true],
  ['2026-09-13T00:00', 1800, null, '2026-09-14T00:10', false],
  ['2026-09-14T00:00', 1800, null, '2026-09-15T00:10', true],
  // Its last occurrence runs to its end.
  ['2026-09-14T10:00', 60, repeats('daily', 1, { until: at('2026-09-15T10:10') }), '2026-09-15T10:30', true],
])('from %s for %i min, %j: at %s %s', (start, duration, recurrence, now, active) => {
  expect(isActive({ start: at(start), duration, recurrence }, at(now))).toBe(active);
});

describe('with a stand-in', () => {
  let mackerel: StandIn;
  let web: string;
  let db: string;
  beforeEach(async () => {
    mackerel = new StandIn({ goneAfterSeconds: 100 });
    await mackerel.start();
    web = await mackerel.host('web-01', ['shop:web']);
    db = await mackerel.host('db-01', ['shop:db', 'blog:db']);
  });
  afterEach(() => mackerel.end());
  const plan = (fields: object = {}) => mackerel.api('POST', '/downtimes', { name: 'maintenance', start: START, duration: 60, ...fields });

  test('downtimes are made, listed, changed and deleted', async () => {
    const monitorId = await mackerel.monitor();
    const full = {
      name: 'weekly', memo: 'patch day', start: START, duration: 120, recurrence: { type: 'weekly', interval: 3, weekdays: ['Monday', 'Thursday'], until: START + 9999 },
      serviceScopes: ['shop'], serviceExcludeScopes: ['blog'], roleScopes: ['shop: web'], roleExcludeScopes: ['shop:db'], monitorScopes: [monitorId], monitorExcludeScopes: [monitorId],
    };
    const made = await mackerel.api('POST', '/downtimes', full);
    expect(made).toEqual({ ...full, id: expect.stringMatching(/^[A-Za-z0-9]{11}$/) as string });
    const short = await plan();
    expect(short).toEqual({ id: short.id, name: 'maintenance', start: START, duration: 60 });
    expect(await mackerel.api('GET', '/downtimes')).toEqual({ downtimes: [made, short] });
    const changed = { name: 'daily', start: START, duration: 5, recurrence: { type: 'daily', interval: 1 } };
    expect(await mackerel.api('PUT', `/downtimes/${made.id}`, changed)).toEqual({ ...changed, id: made.id });
    expect(await mackerel.api('DELETE', `/downtimes/${short.id}`)).toEqual(short);
    expect((await mackerel.api('GET', '/downtimes')).downtimes).toEqual([{ ...changed, id: made.id }]);
    expect((await mackerel.http('DELETE', `/api/v0/downtimes/${short.id}`)).status).toBe(404);
    expect((await mackerel.http('PUT', `/api/v0/downtimes/${short.id}`, changed)).status).toBe(404);
  });

  test.each([
    ['no name', { name: '' }],
    ['no time', { duration: 0 }],
    ['an unknown service', { serviceScopes: ['nobody'] }],
    ['an unknown role', { roleExcludeScopes: ['shop: nobody'] }],
    ['an unknown monitor', { monitorScopes: ['nobody'] }],
    ['weekdays of a day', { recurrence: { type: 'daily', interval: 1, weekdays: ['Monday'] } }],
    ['no interval', { recurrence: { type: 'daily', interval: 0 } }],
  ])('%s is refused', async (_what, fields) => {
    expect((await mackerel.http('POST', '/api/v0/downtimes', { name: 'm', start: START, duration: 60, ...fields })).status).toBe(400);
  });

  /** Names of hosts with an alert after both have posted a breach. */
  async function alerted(): Promise<string[]> {
    for (const id of [web, db]) await mackerel.post(id, 900);
    const names: Record<string, string> = { [web]: 'web', [db]: 'db' };
    return (await mackerel.open()).map(({ hostId }) => names[hostId] ?? hostId).sort();
  }
  test.each([
    [{}, []],
    [{ start: START + 60 }, ['db', 'web']],
    [{ serviceScopes: ['blog'] }, ['web']],
    [{ serviceScopes: ['shop'] }, []],
    [{ roleScopes: ['shop: web'] }, ['db']],
    [{ serviceScopes: ['blog'], roleScopes: ['shop: web'] }, []],
    [{ serviceExcludeScopes: ['blog'] }, ['db']],
    [{ serviceScopes: ['shop'], roleExcludeScopes: ['shop:web'] }, ['web']],
  ])('planned with %j: alerts on %j', async (fields, expected) => {
    await mackerel.monitor();
    await plan(fields);
    expect(await alerted()).toEqual(expected);
  });

  test('monitors narrow it; services and monitors must both fit', async () => {
    const [quiet, loud] = [await mackerel.monitor({ name: 'quiet' }), await mackerel.monitor({ name: 'loud' })];
    await plan({ monitorScopes: [quiet], roleScopes: ['shop:web'] });
    await alerted();
    expect((await mackerel.open()).map(({ monitorId, hostId }) => `${monitorId === loud ? 'loud' : 'quiet'} ${hostId === web ? 'web' : 'db'}`).sort()).toEqual(['loud db', 'loud web', 'quiet db']);
  });
  test('an excluded monitor goes on', async () => {
    const loud = await mackerel.monitor({ name: 'loud' });
    await mackerel.monitor({ name: 'quiet' });
    await plan({ monitorExcludeScopes: [loud] });
    await alerted();
    expect([...new Set((await mackerel.open()).map(({ monitorId }) => monitorId as string))]).toEqual([loud]);
  });

  test('what has no service is quiet only when the downtime names none', async () => {
    await mackerel.api('POST', '/monitors', { type: 'external', name: 'status page', url: 'https://status.example.com/' });
    const linked = await mackerel.api('POST', '/monitors', { type: 'external', name: 'shop', url: 'https://shop.example.com/', service: 'shop' });
    const { id } = await plan({ serviceScopes: ['shop'] });
    for (const url of ['https://status.example.com/', 'https://shop.example.com/']) await mackerel.http('POST', '/__console/urls', { url, state: 'down' });
    expect((await mackerel.open()).map(({ monitorId }) => monitorId === linked.id)).toEqual([false]);
    await mackerel.api('DELETE', `/downtimes/${id}`);
    mackerel.pass(60);
    await mackerel.server.tick();
    expect(await mackerel.open()).toHaveLength(2);
  });

  test('open alerts stay, without reminders; afterwards judging goes on', async () => {
    await mackerel.api('POST', '/channels', { type: 'webhook', name: 'x', url: 'http://localhost:9/', events: ['alert'] });
    await mackerel.monitor({ notificationInterval: 10 });
    await mackerel.post(web, 900);
    const deliveries = async (): Promise<number> => (await mackerel.http('GET', '/__console/deliveries')).body.deliveries.length;
    expect(await deliveries()).toBe(1);
    await plan({ start: START + 60, duration: 20 });
    mackerel.pass(700);
    await mackerel.server.tick();
    await mackerel.post(web, 1);
    expect([(await mackerel.open()).length, await deliveries()]).toEqual([1, 1]);
    mackerel.pass(600);
    await mackerel.server.tick();
    expect(await deliveries()).toBe(2);
    await mackerel.post(web, 1);
    expect([(await mackerel.open()).length, await deliveries()]).toEqual([0, 3]);
  });

  test('a host that went away meanwhile is noticed afterwards', async () => {
    await mackerel.api('POST', '/monitors', { type: 'connectivity', name: 'c' });
    await mackerel.post(web, 1);
    const { id } = await plan();
    mackerel.pass(600);
    await mackerel.server.tick();
    expect(await mackerel.open()).toEqual([]);
    await mackerel.api('DELETE', `/downtimes/${id}`);
    await mackerel.server.tick();
    expect(await mackerel.open()).toMatchObject([{ type: 'connectivity', hostId: web }]);
  });

  test('the console plans one that starts now, ends it, and raises nothing meanwhile', async () => {
    const monitorId = await mackerel.monitor();
    const { body } = await mackerel.http('POST', '/__console/downtimes', { service: 'shop', minutes: 5 });
    expect(body).toEqual({ id: body.id, name: 'Maintenance', start: START, duration: 5, serviceScopes: ['shop'] });
    expect((await mackerel.http('GET', '/__console/state')).body.downtimes).toEqual([{ ...body, active: true }]);
    expect(await mackerel.http('POST', '/__console/alerts', { monitorId, status: 'CRITICAL' })).toEqual({ status: 400, body: { error: { message: 'A downtime keeps this monitor quiet.' } } });
    await mackerel.http('POST', `/__console/downtimes/${body.id}/delete`, {});
    expect((await mackerel.http('POST', '/__console/alerts', { monitorId, status: 'CRITICAL' })).status).toBe(200);
  });
});
