import { START, StandIn } from './stand-in';

const mackerel = new StandIn({});
beforeAll(() => mackerel.start());
afterAll(() => mackerel.end());

describe('keys and errors', () => {
  test.each([
    ['GET', '/api/v0/org', '', 401],
    ['GET', '/api/v0/org', 'somebody', 401],
    ['GET', '/api/v0/no-such', 'somebody', 401],
    ['GET', '/api/v0/org', 'read-only', 200],
    ['POST', '/api/v0/services', 'read-only', 403],
    ['GET', '/api/v0/dashboards', 'read-only', 501],
    ['PUT', '/api/v0/hosts/abc', 'write', 501],
    ['GET', '/api/v0/hosts/abc', 'write', 404],
    ['GET', '/api/v0/alerts?limit=101', 'write', 400],
  ])('%s %s with key "%s" answers %i', async (method, url, who, status) => {
    const keys: Record<string, string> = { 'read-only': mackerel.server.readOnlyKey, write: mackerel.server.apiKey };
    const answer = await mackerel.http(method, url, method === 'GET' ? undefined : {}, { 'x-api-key': keys[who] ?? who });
    expect(answer.status).toBe(status);
    expect(status === 200 || typeof answer.body.error.message === 'string').toBe(true);
  });
  test('the read-only key changes nothing', async () => {
    const id = await mackerel.host('guarded');
    const writes: [string, string, object][] = [
      ['POST', `/hosts/${id}/status`, { status: 'standby' }],
      ['POST', '/hosts/bulk-update-statuses', { ids: [id], status: 'standby' }],
      ['PUT', '/alerts/abc', { memo: 'x' }],
      ['POST', '/alerts/abc/close', { reason: 'x' }],
      ['POST', '/channels', { type: 'webhook', name: 'x', url: 'http://localhost/' }],
      ['DELETE', '/services/shop', {}],
    ];
    for (const [method, url, body] of writes) {
      const answer = await mackerel.http(method, `/api/v0${url}`, body, { 'x-api-key': mackerel.server.readOnlyKey });
      expect({ url, ...answer }).toEqual({ url, status: 403, body: { error: { message: 'This API key does not have write permission.' } } });
    }
    expect((await mackerel.api('GET', `/hosts/${id}`)).host.status).toBe('working');
  });
  test('what is not modelled says its name', async () => {
    expect(await mackerel.http('GET', '/api/v0/dashboards?x=1')).toEqual({ status: 501, body: { error: { message: 'not modelled: GET /api/v0/dashboards' } } });
    expect(await mackerel.http('POST', '/api/v0/invitations', { email: 'a@example.com', authority: 'viewer' })).toEqual({ status: 501, body: { error: { message: 'not modelled: POST /api/v0/invitations' } } });
    expect(await mackerel.http('POST', '/api/v0/channels', { type: 'email', name: 'x' })).toEqual({ status: 501, body: { error: { message: 'not modelled: channels of type email' } } });
  });
  test('a broken body is 400', async () => {
    expect((await mackerel.http('POST', '/api/v0/tsdb', '{"a":')).status).toBe(400);
  });
  test('GET org', async () => {
    expect(await mackerel.api('GET', '/org?')).toEqual({ name: 'local', displayName: 'Local' });
  });
});

describe('hosts', () => {
  test('are created, listed, changed and retired', async () => {
    const id = (await mackerel.api('POST', '/hosts', { name: 'h1', meta: {}, interfaces: null, checks: null, customIdentifier: 'my/1', roleFullnames: ['crud:web', 'crud: db'] })).id;
    expect(id).toMatch(/^[A-Za-z0-9]{11}$/);
    const host = { id, name: 'h1', customIdentifier: 'my/1', memo: '', status: 'working', size: 'standard', isRetired: false, retiredAt: null, createdAt: START, roles: { crud: ['web', 'db'] }, meta: {}, interfaces: [] };
    expect(await mackerel.api('GET', `/hosts/${id}`)).toEqual({ host });
    expect(await mackerel.api('GET', '/hosts-by-custom-identifier/my%2F1')).toEqual({ host });
    expect(await mackerel.api('GET', '/hosts.json?service=crud&role=db&role=none')).toEqual({ hosts: [host] });
    expect(await mackerel.api('GET', '/hosts?service=crud&role=none')).toEqual({ hosts: [] });
    expect(await mackerel.api('POST', `/hosts/${id}/status`, { status: 'maintenance' })).toEqual({ success: true });
    expect(await mackerel.api('GET', '/hosts?service=crud')).toEqual({ hosts: [] });
    expect((await mackerel.api('GET', '/hosts?status=maintenance&status=poweroff')).hosts).toHaveLength(1);
    expect(await mackerel.api('POST', `/hosts/${id}/retire`, 'null')).toEqual({ success: true });
    expect((await mackerel.api('GET', '/hosts?status=maintenance')).hosts).toEqual([]);
    expect((await mackerel.api('GET', `/hosts/${id}`)).host).toMatchObject({ isRetired: true, retiredAt: START });
    expect((await mackerel.api('GET', '/services')).services).toContainEqual({ name: 'crud', memo: '', roles: ['web', 'db'] });
  });
});

test('the status of up to thirty hosts changes at once, or of none', async () => {
  const ids = await Promise.all(['bulk-1', 'bulk-2'].map((name) => mackerel.host(name)));
  const statuses = () => Promise.all(ids.map(async (id) => (await mackerel.api('GET', `/hosts/${id}`)).host.status));
  const change = (asked: readonly string[], status: string) => mackerel.http('POST', '/api/v0/hosts/bulk-update-statuses', { ids: asked, status });
  expect(await change(ids, 'standby')).toEqual({ status: 200, body: { success: true } });
  expect(await statuses()).toEqual(['standby', 'standby']);
  expect(await change([...ids, 'nobody'], 'working')).toEqual({ status: 404, body: { error: { message: 'Hosts Not Found.' } } });
  expect([(await change(Array<string>(31).fill(ids[0] ?? ''), 'working')).status, (await change(ids, 'asleep')).status]).toEqual([400, 400]);
  expect(await statuses()).toEqual(['standby', 'standby']);
});

describe('metrics', () => {
  test.each([
    [20 * 3600, 60, 30],
    [20 * 3600 + 60, 300, 6],
    [167 * 3600, 600, 3],
    [11 * 86_400, 3600, 1],
    [84 * 86_400, 7200, 1],
    [167 * 86_400, 14_400, 1],
    [241 * 86_400, 86_400, 1],
  ])('a range of %i s has a point every %i s', async (range, grain, count) => {
    const id = await mackerel.host(`grain-${range}`);
    const base = START - (START % 86_400); // 2026-09-14T00:00Z
    await mackerel.api('POST', '/tsdb', Array.from({ length: 30 }, (_, i) => ({ hostId: id, name: 'custom.x', time: base + i * 60, value: i })));
    const { metrics } = await mackerel.api('GET', `/hosts/${id}/metrics?name=custom.x&from=${base + 1800 - range}&to=${base + 1800}`);
    expect(metrics).toHaveLength(count);
    expect(metrics[0]).toEqual({ time: base, value: (Math.min(30, grain / 60) - 1) / 2 });
  });
  test('the same time is overwritten, what is older than a day dropped, both answered alike', async () => {
    const id = await mackerel.host('points');
    for (const value of [1, 2]) expect(await mackerel.post(id, value)).toEqual({ success: true });
    expect(await mackerel.post(id, 9, 'custom.old', START - 86_401)).toEqual({ success: true });
    expect(await mackerel.api('GET', `/tsdb/latest?hostId=${id}&hostId=zzz&name=custom.p95&name=custom.old`)).toEqual({ tsdbLatest: { [id]: { 'custom.p95': { time: START, value: 2 } } } });
    expect(await mackerel.api('GET', `/hosts/${id}/metric-names`)).toEqual({ names: ['custom.p95'] });
    expect((await mackerel.http('GET', `/api/v0/hosts/${id}/metrics?name=custom.old&from=0&to=1`)).status).toBe(404);
  });
  test('services have their own', async () => {
    await mackerel.api('POST', '/services', { name: 'metered', memo: 'm' });
    await mackerel.api('POST', '/services/metered/tsdb', [{ name: 'rate', time: START, value: 0.5 }]);
    expect(await mackerel.api('GET', `/services/metered/metrics?name=rate&from=${START - 60}&to=${START}`)).toEqual({ metrics: [{ time: START, value: 0.5 }] });
    expect(await mackerel.api('GET', '/services/metered/metric-names')).toEqual({ names: ['rate'] });
    await mackerel.api('DELETE', '/services/metered');
    expect((await mackerel.http('GET', '/api/v0/services/metered/metric-names')).status).toBe(404);
  });
});

describe('graph annotations', () => {
  test('are found by any touching interval', async () => {
    await mackerel.api('POST', '/services', { name: 'deploys', memo: '' });
    await mackerel.api('POST', '/services/deploys/roles', { name: 'web', memo: '' });
    const body = { title: 'deploy #1', description: '', from: 1000, to: 1100, service: 'deploys', roles: ['web'] };
    const made = await mackerel.api('POST', '/graph-annotations', body);
    expect(made).toEqual({ ...body, id: made.id });
    const find = async (from: number, to: number) => (await mackerel.api('GET', `/graph-annotations?service=deploys&from=${from}&to=${to}`)).graphAnnotations;
    expect(await find(1100, 2000)).toEqual([made]);
    expect(await find(1050, 1060)).toEqual([made]);
    expect(await find(1101, 2000)).toEqual([]);
    const missing = await mackerel.http('GET', '/api/v0/graph-annotations?service=deploys&from=1');
    const unknownRole = await mackerel.http('POST', '/api/v0/graph-annotations', { ...body, roles: ['x'] });
    const longTitle = await mackerel.http('POST', '/api/v0/graph-annotations', { ...body, title: 'x'.repeat(251) });
    const backwards = await mackerel.http('POST', '/api/v0/graph-annotations', { ...body, to: 999 });
    expect([missing.status, unknownRole.status, longTitle.status, backwards.status]).toEqual([400, 404, 400, 400]);
    expect(await mackerel.api('PUT', `/graph-annotations/${made.id}`, { ...body, title: 'deploy #2' })).toEqual({ ...made, title: 'deploy #2' });
    expect((await mackerel.api('DELETE', `/graph-annotations/${made.id}`)).title).toBe('deploy #2');
    expect(await find(0, 9999)).toEqual([]);
  });
});

describe('monitors and channels', () => {
  test('a monitor keeps what it was given; role names come back with a space', async () => {
    const id = await mackerel.monitor({ scopes: ['shop:web'], notificationInterval: 10 });
    const monitor = { id, type: 'host', name: 'checkout p95', memo: 'roll back first', notificationInterval: 10, isMute: false, scopes: ['shop: web'], excludeScopes: [], duration: 1, metric: 'custom.p95', operator: '>', warning: 500, critical: 800, maxCheckAttempts: 1 };
    expect(await mackerel.api('GET', `/monitors/${id}`)).toEqual({ monitor });
    expect(await mackerel.api('PUT', `/monitors/${id}`, { ...monitor, isMute: true, warning: null })).toEqual({ ...monitor, isMute: true, warning: null });
    expect(await mackerel.api('DELETE', `/monitors/${id}`)).toMatchObject({ id });
    expect((await mackerel.http('GET', `/api/v0/monitors/${id}`)).status).toBe(404);
  });
  test('a check report makes a check monitor known', async () => {
    const hostId = await mackerel.host('checked');
    await mackerel.api('POST', '/monitoring/checks/report', { reports: [{ source: { type: 'host', hostId }, name: 'disk', status: 'OK', message: '', occurredAt: START }] });
    const { checks } = await mackerel.api('GET', '/monitoring/checks');
    expect(checks).toEqual([{ id: checks[0].id, name: 'disk' }]);
    expect(await mackerel.api('GET', `/monitoring/checks/${checks[0].id}`)).toEqual({ check: checks[0] });
  });
  test('a channel is made, listed and deleted', async () => {
    const made = await mackerel.api('POST', '/channels', { type: 'webhook', name: 'pages', url: 'http://u:p@localhost:1/x', enabledGraphImage: true, events: ['alert'] });
    expect(made).toEqual({ id: made.id, type: 'webhook', name: 'pages', url: 'http://u:p@localhost:1/x', enabledGraphImage: true, events: ['alert'], suspendedAt: null });
    expect(await mackerel.api('GET', '/channels')).toEqual({ channels: [made] });
    const changed = { type: 'webhook', name: 'other', url: 'http://u:q@localhost:1/x', enabledGraphImage: false, events: ['alert', 'alertGroup'] };
    expect(await mackerel.api('PUT', `/channels/${made.id}`, changed)).toEqual({ ...made, ...changed });
    expect((await mackerel.http('PUT', '/api/v0/channels/nothing', changed, { 'x-api-key': mackerel.server.apiKey })).status).toBe(404);
    const { body } = await mackerel.http('POST', `/__console/channels/${made.id}/suspend`, {});
    expect((await mackerel.api('GET', '/channels')).channels).toEqual([{ ...made, ...changed, suspendedAt: body.suspendedAt }]);
    await mackerel.http('POST', `/__console/channels/${made.id}/resume`, {});
    await mackerel.api('PUT', `/channels/${made.id}`, made);
    expect(await mackerel.api('DELETE', `/channels/${made.id}`)).toEqual(made);
    expect(await mackerel.api('GET', '/channels')).toEqual({ channels: [] });
  });
});
