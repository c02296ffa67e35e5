/** Which channel hears of which alert: notification groups, alert groups, suspension. */
import { START, StandIn, type Answer } from './stand-in';

let mackerel: StandIn;
let web: string;
let db: string;
beforeEach(async () => {
  // Nobody listens: what was to be told is read from the outbox.
  mackerel = new StandIn({ webhook: { attempts: 1, suspendAfter: 1000 } });
  await mackerel.start();
  web = await mackerel.host('web-01', ['shop:web']);
  db = await mackerel.host('db-01', ['blog:db']);
});
afterEach(() => mackerel.end());

const channel = async (name: string, fields: object = {}): Promise<string> => (await mackerel.api('POST', '/channels', { type: 'webhook', name, url: 'http://localhost:9/', events: ['alert'], ...fields })).id;
/** A channel that only groups lead to. */
const aside = (name: string, fields: object = {}): Promise<string> => channel(name, { addToDefaultNotificationGroup: false, ...fields });
const group = (fields: object): Promise<Answer['body']> => mackerel.api('POST', '/notification-groups', { name: 'g', notificationLevel: 'all', childNotificationGroupIds: [], childChannelIds: [], ...fields });
/** `channel STATUS` of every notification so far, in the order of the channels' names. */
async function told(): Promise<string[]> {
  const { deliveries } = (await mackerel.http('GET', '/__console/deliveries')).body;
  return deliveries
    .map(({ channelName, payload }: { channelName: string; payload: Answer['body'] }) => `${channelName} ${payload.alert?.status ?? payload.alertGroup?.status ?? payload.event}`)
    .reverse()
    .sort((a: string, b: string) => a.split(' ')[0]!.localeCompare(b.split(' ')[0]!));
}
/** Posts one value a minute. */
async function values(host: string, ...each: number[]): Promise<void> {
  for (const value of each) {
    mackerel.pass(60);
    await mackerel.post(host, value);
  }
}
const defaultGroup = async (): Promise<Answer['body']> => (await mackerel.api('GET', '/notification-groups')).notificationGroups[0];

describe('notification groups', () => {
  test('the default group is there and holds new channels, unless they do not want to', async () => {
    const [one] = [await channel('one'), await aside('two')];
    const { id } = await defaultGroup();
    expect(await mackerel.api('GET', '/notification-groups')).toEqual({
      notificationGroups: [{ id, type: 'group-default', name: 'Default', notificationLevel: 'all', childNotificationGroupIds: [], childChannelIds: [one], monitors: [], services: [] }],
    });
    await mackerel.api('DELETE', `/channels/${one}`);
    expect((await defaultGroup()).childChannelIds).toEqual([]);
  });

  test('groups are made, changed and deleted; the default one keeps its name and stays', async () => {
    const [one, monitorId] = [await channel('one'), await mackerel.monitor()];
    const full = { name: 'team', notificationLevel: 'critical', childNotificationGroupIds: [], childChannelIds: [one], monitors: [{ id: monitorId, skipDefault: true }], services: [{ name: 'shop' }] };
    const made = await mackerel.api('POST', '/notification-groups', full);
    expect(made).toEqual({ ...full, id: expect.stringMatching(/^[A-Za-z0-9]{11}$/) as string, type: 'group' });
    const parent = await group({ childNotificationGroupIds: [made.id], monitors: null });
    expect(parent.monitors).toEqual([]);
    expect(await mackerel.api('PUT', `/notification-groups/${made.id}`, { ...full, name: 'crew' })).toEqual({ ...made, name: 'crew' });
    expect(await mackerel.api('DELETE', `/notification-groups/${made.id}`)).toEqual({ ...made, name: 'crew' });
    expect((await mackerel.api('GET', '/notification-groups')).notificationGroups[1]).toEqual({ ...parent, childNotificationGroupIds: [] });

    const { id, ...fallback } = await defaultGroup();
    const put = (body: object) => mackerel.http('PUT', `/api/v0/notification-groups/${id}`, body);
    expect((await put({ ...fallback, notificationLevel: 'critical' })).body).toEqual({ ...fallback, id, notificationLevel: 'critical' });
    expect([(await put({ ...fallback, name: 'other' })).status, (await mackerel.http('DELETE', `/api/v0/notification-groups/${id}`)).status]).toEqual([400, 400]);
    for (const fields of [{ childChannelIds: ['x'] }, { childNotificationGroupIds: ['x'] }, { monitors: [{ id: 'x', skipDefault: false }] }, { services: [{ name: 'x' }] }, { notificationLevel: 'some' }]) {
      expect((await mackerel.http('POST', '/api/v0/notification-groups', { ...full, ...fields })).status).toBe(400);
    }
    expect((await mackerel.http('PUT', `/api/v0/notification-groups/${made.id}`, full)).status).toBe(404);
  });

  test('a group gets its services and monitors, the default group everything', async () => {
    const [shop, special] = [await aside('shop'), await aside('special')];
    await channel('default');
    await mackerel.monitor();
    const other = await mackerel.monitor({ name: 'other', metric: 'custom.other' });
    await group({ childChannelIds: [shop], services: [{ name: 'shop' }] });
    await group({ childChannelIds: [special], monitors: [{ id: other, skipDefault: false }] });
    await values(web, 600);
    await values(db, 600);
    await mackerel.post(db, 900, 'custom.other');
    expect(await told()).toEqual(['default warning', 'default warning', 'default critical', 'shop warning', 'special critical']);
  });

  test('a monitor that skips the default group goes nowhere else', async () => {
    const [shop, only] = [await aside('shop'), await aside('only')];
    await channel('default');
    const id = await mackerel.monitor();
    await group({ childChannelIds: [shop], services: [{ name: 'shop' }] });
    await group({ childChannelIds: [only], monitors: [{ id, skipDefault: true }] });
    await values(web, 600);
    expect(await told()).toEqual(['only warning']);
  });

  test('critical only: no warnings, and recoveries only of what was critical', async () => {
    const calm = await aside('calm');
    await channel('default');
    await mackerel.monitor();
    await group({ childChannelIds: [calm], notificationLevel: 'critical', services: [{ name: 'shop' }] });
    await values(web, 600, 100, 600, 900, 600, 100);
    expect(await told()).toEqual(['calm critical', 'calm ok', 'default warning', 'default ok', 'default warning', 'default critical', 'default warning', 'default ok']);
  });

  test('unknown is told of as critical is', async () => {
    const { id, ...fallback } = await defaultGroup();
    const calm = await aside('calm');
    await mackerel.api('PUT', `/notification-groups/${id}`, { ...fallback, notificationLevel: 'critical', childChannelIds: [calm] });
    const report = async (status: string): Promise<void> => {
      mackerel.pass(60);
      await mackerel.api('POST', '/monitoring/checks/report', { reports: [{ source: { type: 'host', hostId: web }, name: 'health', status, message: '', occurredAt: mackerel.now }] });
    };
    for (const status of ['UNKNOWN', 'OK', 'WARNING', 'OK']) await report(status);
    expect(await told()).toEqual(['calm unknown', 'calm ok']);
  });

  test('children pass it on, each by its own level; rings end; a channel hears once', async () => {
    const [deep, calm] = [await aside('deep'), await aside('calm')];
    await mackerel.monitor();
    const child = await group({ childChannelIds: [deep] });
    const quiet = await group({ notificationLevel: 'critical', childChannelIds: [calm] });
    const parent = await group({ childNotificationGroupIds: [child.id, quiet.id], childChannelIds: [deep], services: [{ name: 'shop' }] });
    await mackerel.api('PUT', `/notification-groups/${child.id}`, { ...child, childNotificationGroupIds: [parent.id] });
    await values(web, 600);
    expect(await told()).toEqual(['deep warning']);
    await values(web, 900);
    expect(await told()).toEqual(['calm critical', 'deep warning', 'deep critical']);
  });

  test('what is no alert goes the way of the default group', async () => {
    await channel('default', { events: ['hostStatus', 'monitor'] });
    const shop = await aside('shop', { events: ['hostStatus', 'monitor'] });
    await group({ childChannelIds: [shop], services: [{ name: 'shop' }] });
    await mackerel.monitor();
    await mackerel.api('POST', `/hosts/${web}/status`, { status: 'standby' });
    expect(await told()).toEqual(['default monitorCreate', 'default hostStatus']);
  });

  test('deleted monitors and services leave their groups', async () => {
    const id = await mackerel.monitor();
    const made = await group({ monitors: [{ id, skipDefault: true }], services: [{ name: 'shop' }, { name: 'blog' }] });
    await mackerel.api('DELETE', `/monitors/${id}`);
    await mackerel.api('DELETE', '/services/shop');
    expect((await mackerel.api('GET', '/notification-groups')).notificationGroups[1]).toEqual({ ...made, monitors: [], services: [{ name: 'blog' }] });
  });
});

describe('alert groups', () => {
  const setting = (fields: object = {}): Promise<Answer['body']> => mackerel.api('POST', '/alert-group-settings', { name: 'Shop', ...fields });

  test('settings are made, read, changed and deleted', async () => {
    const monitorId = await mackerel.monitor();
    const full = { name: 'Shop', memo: 'm', serviceScopes: ['shop'], roleScopes: ['blog: db'], monitorScopes: [monitorId], notificationInterval: 60 };
    const made = await mackerel.api('POST', '/alert-group-settings', full);
    expect(made).toEqual({ ...full, id: expect.stringMatching(/^[A-Za-z0-9]{11}$/) as string });
    expect(await mackerel.api('GET', `/alert-group-settings/${made.id}`)).toEqual(made);
    expect(await mackerel.api('GET', '/alert-group-settings')).toEqual({ alertGroupSettings: [made] });
    expect(await mackerel.api('PUT', `/alert-group-settings/${made.id}`, { name: 'All' })).toEqual({ id: made.id, name: 'All', memo: '', serviceScopes: [], roleScopes: [], monitorScopes: [] });
    expect((await mackerel.api('DELETE', `/alert-group-settings/${made.id}`)).name).toBe('All');
    expect((await mackerel.http('GET', `/api/v0/alert-group-settings/${made.id}`)).status).toBe(404);
    for (const fields of [{ serviceScopes: ['x'] }, { roleScopes: ['shop:x'] }, { monitorScopes: ['x'] }, { notificationInterval: 9 }, { name: '' }]) {
      expect((await mackerel.http('POST', '/api/v0/alert-group-settings', { ...full, ...fields })).status).toBe(400);
    }
  });

  test('a channel that hears of groups does not hear of their members; others do', async () => {
    await channel('both', { events: ['alert', 'alertGroup'] });
    await channel('groups', { events: ['alertGroup'] });
    await channel('single');
    await mackerel.monitor();
    await setting({ serviceScopes: ['shop'] });
    const second = await mackerel.host('web-02', ['shop:web']);
    await values(web, 600);
    await values(second, 900);
    await values(db, 600); // in no group
    await values(web, 100);
    await values(second, 100);
    expect(await told()).toEqual([
      'both WARNING', 'both CRITICAL', 'both warning', 'both OK',
      'groups WARNING', 'groups CRITICAL', 'groups OK',
      'single warning', 'single critical', 'single warning', 'single ok', 'single ok',
    ]);
  });

  test('a group is as bad as its worst open alert, and a new one begins after it closed', async () => {
    await channel('groups', { events: ['alertGroup'] });
    await mackerel.monitor();
    await setting();
    await values(web, 900);
    await values(db, 600);
    await values(web, 100);
    await values(db, 100);
    await values(web, 600);
    expect(await told()).toEqual(['groups CRITICAL', 'groups WARNING', 'groups OK', 'groups WARNING']);
    const { deliveries } = (await mackerel.http('GET', '/__console/deliveries')).body;
    const [second, first] = [deliveries[0], deliveries[1]].map(({ payload }: { payload: Answer['body'] }) => payload.alertGroup.id);
    expect(second).not.toBe(first);
  });

  test.each([
    [{ roleScopes: ['shop: web'] }, ['WARNING']],
    [{ serviceScopes: ['blog'] }, []],
    [{ roleScopes: ['shop: web'], serviceScopes: ['blog'] }, ['WARNING']],
  ])('with %j the web host makes %j', async (fields, expected) => {
    await channel('groups', { events: ['alertGroup'] });
    await mackerel.monitor();
    await setting(fields);
    await values(web, 600);
    expect(await told()).toEqual(expected.map((status) => `groups ${status}`));
  });

  test('a monitor narrows the places', async () => {
    await channel('groups', { events: ['alertGroup'] });
    await mackerel.monitor();
    const other = await mackerel.monitor({ name: 'other', metric: 'custom.other' });
    await setting({ serviceScopes: ['shop'], monitorScopes: [other] });
    await values(web, 600);
    expect(await told()).toEqual([]);
    await mackerel.post(web, 600, 'custom.other');
    expect(await told()).toEqual(['groups WARNING']);
  });

  test('reminds in its own interval', async () => {
    await channel('groups', { events: ['alertGroup'] });
    await mackerel.monitor();
    await setting({ notificationInterval: 10 });
    await values(web, 600);
    for (const seconds of [599, 1]) {
      mackerel.pass(seconds);
      await mackerel.server.tick();
    }
    expect(await told()).toEqual(['groups WARNING', 'groups WARNING']);
  });

  test('what nobody is told of makes no group; a deleted setting ends its group without a word', async () => {
    await channel('groups', { events: ['alertGroup'] });
    await mackerel.monitor();
    const { id } = await setting();
    await mackerel.api('POST', `/hosts/${db}/status`, { status: 'standby' });
    await values(db, 600);
    expect(await mackerel.open()).toHaveLength(1);
    expect(await told()).toEqual([]);
    await values(web, 600);
    await mackerel.api('DELETE', `/alert-group-settings/${id}`);
    await values(web, 900);
    expect(await told()).toEqual(['groups WARNING']);
  });
});

describe('channels', () => {
  test('are changed, but not into another kind', async () => {
    const id = await channel('one');
    const put = (body: object) => mackerel.http('PUT', `/api/v0/channels/${id}`, body);
    const next = { type: 'webhook', name: 'two', url: 'http://localhost:8/', enabledGraphImage: true, events: ['monitor'] };
    expect(await put(next)).toEqual({ status: 200, body: { ...next, id, suspendedAt: null } });
    expect((await mackerel.api('GET', '/channels')).channels).toEqual([{ ...next, id, suspendedAt: null }]);
    expect((await put({ ...next, type: 'slack' })).status).toBe(400);
    expect((await mackerel.http('PUT', '/api/v0/channels/nobody', next)).status).toBe(404);
  });

  test('suspended by hand they hear nothing until somebody lifts it', async () => {
    const id = await channel('one');
    await channel('two');
    await mackerel.monitor();
    expect((await mackerel.http('POST', `/__console/channels/${id}/suspend`, {})).body).toEqual({ id, suspendedAt: START });
    expect((await mackerel.api('GET', '/channels')).channels.map(({ name, suspendedAt }: Answer['body']) => [name, suspendedAt])).toEqual([['one', START], ['two', null]]);
    await values(web, 600);
    expect(await told()).toEqual(['two warning']);
    expect((await mackerel.http('POST', `/__console/channels/${id}/resume`, {})).body).toEqual({ id, suspendedAt: null });
    await values(web, 900);
    expect(await told()).toEqual(['one critical', 'two warning', 'two critical']);
  });
});
