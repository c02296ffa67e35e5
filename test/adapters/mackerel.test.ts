import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { png as picture } from '../../local-site/mackerel/webhook/png';
import { slices } from '../../src/adapters/mackerel/client';
import { errorMessage } from '../../src/adapters/mackerel/http';
import { createAlertImages } from '../../src/adapters/mackerel/images';
import { alertImageName, alertImageUrl, alertUrl, hostUrl } from '../../src/domain/links';
import { MackerelError, type AlertSource } from '../../src/ports';
import { withMackerel, type Reply } from './mackerel-server';

const failureOf = (reply: Reply, call: (source: AlertSource) => Promise<unknown> = (source) => source.org()): Promise<{ error: MackerelError; calls: number }> =>
  withMackerel(() => reply, async (source, requests) => {
    const error = await call(source).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MackerelError);
    return { error: error as MackerelError, calls: requests.length };
  });

describe('errors of Mackerel', () => {
  test.each([
    ['{"error":{"message":"Host Not Found."}}', 'Host Not Found.'],
    ['{"error":"Trace not found"}', 'Trace not found'],
    ['{"message":"no"}', 'no'],
    ['Metric not found', 'Metric not found'],
    ['<html><body>gateway</body></html>', 'no message'],
    ['', 'no message'],
    ['{}', 'no message'],
    ['null', 'no message'],
  ])('%s says: %s', (body, message) => expect(errorMessage(body)).toBe(message));

  test('a long message is cut', () => expect(errorMessage('x'.repeat(1000))).toHaveLength(200));

  test.each([
    [401, 'key', 1],
    [403, 'forbidden', 1],
    [400, 'refused', 1],
    [404, 'refused', 1],
    [429, 'rate', 3],
    [503, 'unreachable', 3],
  ])('%i is %s after %i calls', async (status, kind, expected) => {
    const { error, calls } = await failureOf({ status, body: { error: { message: 'm' } } });
    expect([error.kind, calls]).toEqual([kind, expected]);
  });

  test('a cut connection is unreachable', async () => expect((await failureOf({ drop: true })).error.kind).toBe('unreachable'));
  test('a page that is no JSON is refused', async () => expect((await failureOf({ body: '<html>' })).error.kind).toBe('refused'));
  test('an answer of another shape is refused and says where', async () => {
    const { error } = await failureOf({ body: { alerts: [{ id: 3 }] } }, (source) => source.openAlerts());
    expect([error.kind, error.message]).toEqual(['refused', 'unexpected answer at alerts.0.id']);
  });
  test('the key is in no message', async () => expect((await failureOf({ status: 400, body: '' })).error.message).not.toContain('KEY'));

  test('a wait longer than the budget is not waited for but told', async () => {
    const { error, calls } = await failureOf({ status: 429, headers: { 'retry-after': '60' } });
    expect([error.kind, error.retryAfterMs, calls]).toEqual(['rate', 60_000, 1]);
  });
  test('a 500 followed by an answer is an answer', async () => {
    const org = await withMackerel((_url, _request, nth) => (nth === 1 ? { status: 500 } : { body: { name: 'acme', displayName: null } }), (source) => source.org());
    expect(org).toEqual({ name: 'acme', displayName: null });
  });
});

describe('reading', () => {
  const alert = (id: string, more = {}) => ({ id, status: 'CRITICAL', monitorId: 'm1', type: 'host', hostId: 'h1', value: 97.5, openedAt: 1_700_000_000, ...more });

  test('all pages of open alerts, by nextId, key in its header', async () => {
    const ids = await withMackerel(
      (url) => (url.searchParams.get('nextId') === null ? { body: { alerts: [alert('a'), alert('b')], nextId: 'b' } } : { body: { alerts: [alert('c')] } }),
      async (source, requests, headers) => {
        const alerts = await source.openAlerts();
        expect(requests).toEqual(['/api/v0/alerts?limit=100', '/api/v0/alerts?limit=100&nextId=b']);
        expect(headers.every((one) => one['x-api-key'] === 'KEY')).toBe(true);
        return alerts.map((one) => one.id);
      },
    );
    expect(ids).toEqual(['a', 'b', 'c']);
  });

  test('a nextId that repeats itself ends the reading', async () => {
    await withMackerel(() => ({ body: { alerts: [alert('a')], nextId: 'a' } }), async (source, requests) => {
      expect((await source.openAlerts()).map((one) => one.id)).toEqual(['a']);
      expect(requests).toHaveLength(2);
    });
  });

  test('an alert in ms with nulls; unknown words become unknown', async () => {
    const raw = { id: 'a', status: 'PANIC', type: 'quantum', openedAt: 1_700_000_000 };
    const read = await withMackerel(() => ({ body: raw }), (source) => source.alert('a/../b'));
    expect(read).toEqual({ id: 'a', status: 'UNKNOWN', monitorId: null, type: 'unknown', hostId: null, value: null, message: null, reason: null, memo: null, openedAt: 1_700_000_000_000, closedAt: null });
  });

  test('ids are encoded into the path; 404 is null', async () => {
    await withMackerel(() => ({ status: 404, body: 'Host not found' }), async (source, requests) => {
      expect(await source.alert('a/../b')).toBeNull();
      expect(await source.host('h?x=1')).toBeNull();
      expect(await source.checkMonitor('c')).toBeNull();
      expect(await source.alertLogs('a')).toEqual([]);
      expect(await source.hostMetric('h', 'nope', 0, 1000)).toEqual([]);
      expect(await source.hostMetricNames('h')).toBeNull();
      expect(await source.annotations('gone', 0, 1000)).toEqual([]);
      expect(requests.slice(0, 2)).toEqual(['/api/v0/alerts/a%2F..%2Fb', '/api/v0/hosts/h%3Fx%3D1']);
    });
  });

  test('monitors of every kind', async () => {
    const monitors = [
      { id: 'h', type: 'host', name: 'CPU', memo: 'look', metric: 'cpu%', operator: '>', warning: 80, critical: null, duration: 3 },
      { id: 'e', type: 'external', name: 'top', service: 'shop', responseTimeWarning: 500, responseTimeCritical: 0, url: 'https://x' },
      { id: 'c', type: 'connectivity' },
      { id: 'x', type: 'expression', name: 'e', expression: 'max(...)', operator: '<', critical: 0 },
      { id: 'u', type: 'later', name: 'new' },
    ];
    const read = await withMackerel(() => ({ body: { monitors } }), (source) => source.monitors());
    expect(read.get('h')).toEqual({ id: 'h', type: 'host', name: 'CPU', memo: 'look', service: null, metric: 'cpu%', operator: '>', warning: 80, critical: null });
    expect(read.get('e')).toMatchObject({ metric: '__externalhttp.responsetime.e', operator: '>', warning: 500, critical: 0, service: 'shop' });
    expect(read.get('c')).toMatchObject({ name: 'connectivity', memo: null, metric: null });
    expect(read.get('x')).toMatchObject({ operator: '<', critical: 0, metric: null });
    expect(read.get('u')).toMatchObject({ type: 'unknown', name: 'new' });
  });

  test('downtimes in ms; one of a kind nobody knows hides no other', async () => {
    const downtimes = [
      { id: 'd1', name: ' Weekly\u202e patch\nday ', start: 1_700_000_000, duration: 90, recurrence: { type: 'weekly', interval: 2, weekdays: ['Sunday', 'Saturday'], until: 1_800_000_000 }, serviceScopes: ['blog'], roleScopes: ['shop: web'], roleExcludeScopes: ['shop:db'], monitorScopes: ['m1'], monitorExcludeScopes: ['m2'], color: 'red' },
      { id: 'd2', name: 'eclipse', start: 1_700_000_000, duration: 5, recurrence: { type: 'lunar', interval: 1 } },
      { id: 'd3', name: 'once', start: 1_700_000_000, duration: 5 },
      null,
    ];
    const read = await withMackerel(() => ({ body: { downtimes } }), (source) => source.downtimes());
    const none = { recurrence: null, places: [], placesExcluded: [], monitors: [], monitorsExcluded: [] };
    expect(read).toEqual([
      { name: 'Weekly patch day', start: 1_700_000_000_000, durationMs: 5_400_000, recurrence: { type: 'weekly', interval: 2, weekdays: [0, 6], until: 1_800_000_000_000 }, places: ['blog', 'shop:web'], placesExcluded: ['shop:db'], monitors: ['m1'], monitorsExcluded: ['m2'] },
      { ...none, name: 'once', start: 1_700_000_000_000, durationMs: 300_000 },
    ]);
    expect((await failureOf({ status: 403 }, (source) => source.downtimes())).error.kind).toBe('forbidden');
  });

  test('a host with its roles; a retired one says so', async () => {
    const host = { id: 'h', name: 'ip-10', displayName: 'web-1', status: 'working', isRetired: false, roles: { shop: ['web', 'edge'] }, meta: {} };
    const read = (more: object) => withMackerel(() => ({ body: { host: { ...host, ...more } } }), (source) => source.host('h'));
    expect(await read({})).toEqual({ id: 'h', name: 'web-1', status: 'working', roles: [{ service: 'shop', role: 'web' }, { service: 'shop', role: 'edge' }], memo: '', agent: null, interfaces: [] });
    expect((await read({ isRetired: true }))?.status).toBe('retired');
    expect((await read({ status: 'asleep', displayName: '' }))).toMatchObject({ status: 'unknown', name: 'ip-10' });
  });

  test('latest values ask 100 hosts at a time and leave out what is missing', async () => {
    const hosts = Array.from({ length: 120 }, (_, n) => `h${n}`);
    await withMackerel(
      (url) => ({ body: { tsdbLatest: { [url.searchParams.get('hostId') ?? '']: { loadavg5: { time: 1_700_000_000, value: 1.5 }, 'cpu.idle.percentage': null } } } }),
      async (source, requests) => {
        const latest = await source.latest(hosts, ['loadavg5', 'cpu.idle.percentage']);
        expect(requests.map((request) => request.split('hostId=').length - 1)).toEqual([100, 20]);
        expect(latest.get('h100')).toEqual(new Map([['loadavg5', { at: 1_700_000_000_000, value: 1.5 }]]));
      },
    );
    await withMackerel(() => ({ status: 500 }), async (source, requests) => {
      expect((await source.latest([], ['a'])).size + (await source.latest(['h'], [])).size + requests.length).toBe(0);
    });
  });

  test('a long metric range is read in slices at one-minute grain, each point once', async () => {
    const from = 1_700_000_000_000;
    const to = from + 50 * 3_600_000;
    await withMackerel(
      (url) => ({ body: { metrics: [{ time: Number(url.searchParams.get('from')), value: 1 }, { time: Number(url.searchParams.get('to')), value: 2 }] } }),
      async (source, requests) => {
        const points = await source.serviceMetric('my shop', 'a.b', from, to);
        expect(requests).toHaveLength(3);
        expect(requests[0]).toMatch(/^\/api\/v0\/services\/my%20shop\/metrics\?name=a\.b&from=1700000000&to=1700071999$/);
        expect(points.map((point) => point.at)).toEqual([...points.map((point) => point.at)].sort((a, b) => a - b));
        expect(points.at(-1)).toEqual({ at: to, value: 2 });
      },
    );
  });

  test('annotations in ms', async () => {
    const graphAnnotations = [{ id: 'g', title: 'deploy', description: '', from: 10, to: 20, service: 'shop' }];
    expect(await withMackerel(() => ({ body: { graphAnnotations } }), (source) => source.annotations('shop', 0, 30_000))).toEqual([{ id: 'g', title: 'deploy', from: 10_000, to: 20_000 }]);
  });
});

describe('channels', () => {
  const raw = { id: 'c1', name: 'pages', type: 'webhook', url: 'https://u:p@x.example/y', enabledGraphImage: false, events: ['alert'], suspendedAt: null };
  test('of every type are read, with what is not told left empty', async () => {
    const channels = [raw, { id: 'c2', name: 'mail', type: 'email', emails: [], suspendedAt: 1_700_000_000 }, { id: 'c3', type: 'line', events: 'all', url: 7 }];
    expect(await withMackerel(() => ({ body: { channels } }), (source) => source.channels())).toEqual([
      { id: 'c1', name: 'pages', type: 'webhook', url: 'https://u:p@x.example/y', events: ['alert'], graphImage: false, suspendedAt: null },
      { id: 'c2', name: 'mail', type: 'email', url: null, events: [], graphImage: false, suspendedAt: 1_700_000_000_000 },
      { id: 'c3', name: '', type: 'line', url: null, events: [], graphImage: false, suspendedAt: null },
    ]);
  });
  test('making one is asked once, changing and removing may be asked again', async () => {
    const channel = { name: 'pages', url: raw.url, events: ['alert'] };
    expect((await failureOf({ status: 500 }, (source) => source.createChannel(channel))).calls).toBe(1);
    expect((await failureOf({ drop: true }, (source) => source.createChannel(channel))).calls).toBe(1);
    expect((await failureOf({ status: 500 }, (source) => source.updateChannel('c1', channel))).calls).toBe(3);
    expect((await failureOf({ status: 403 }, (source) => source.deleteChannel('c1'))).error.kind).toBe('forbidden');
  });
  test('one that is gone is no failure, and ids are encoded', async () => {
    await withMackerel(() => ({ status: 404, body: '' }), async (source, requests) => {
      expect([await source.deleteChannel('a/b'), await source.updateChannel('a/b', { name: 'n', url: 'u', events: [] })]).toEqual([null, null]);
      expect(requests).toEqual(['/api/v0/channels/a%2Fb', '/api/v0/channels/a%2Fb']);
    });
  });
});

test('slices are at most 20 h, without gap or overlap, and bounded', () => {
  const parts = slices(0, 41 * 3_600_000);
  expect(parts).toEqual([{ from: 0, to: 71_999 }, { from: 72_000, to: 143_999 }, { from: 144_000, to: 147_600 }]);
  expect(slices(0, 1_700_000_000_000).length).toBeLessThanOrEqual(51);
  expect(slices(5000, 5000)).toEqual([{ from: 5, to: 5 }]);
});

describe('the picture of an alert', () => {
  const png = picture(2, 1, [[0, 0, 0]], new Uint8Array(2));
  const large = picture(1200, 1000, [[0, 0, 0]], randomBytes(1_200_000));
  const name = 'a'.repeat(64);
  /** What comes of an answer, and what was asked for. */
  async function read(status: number, body: Uint8Array, headers: Record<string, string> = { 'content-type': 'image/png' }): Promise<readonly [Buffer | null, readonly string[]]> {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (status === 0) return void request.socket.destroy();
      // In pieces: its length is not told beforehand.
      response.writeHead(status, headers);
      response.write(body.subarray(0, 10));
      response.end(body.subarray(10));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const images = createAlertImages((url, init) => fetch(url.replace('https://mackerel.io', `http://127.0.0.1:${port}`), init as RequestInit));
    const bytes = await images.read(name);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    return [bytes === null ? null : Buffer.from(bytes), asked];
  }

  test('is taken as it is, by its bytes', async () => {
    expect(await read(200, png)).toEqual([png, [`/embed/public/alert/${name}.png`]]);
    expect((await read(200, png, { 'content-type': 'text/html' }))[0]).toEqual(png);
  });

  test.each([
    ['a page that calls itself a picture', 200, Buffer.from('<!doctype html><script>alert(1)</script>'), {}],
    ['one that goes on behind its end', 200, Buffer.concat([png, Buffer.from('<script>')]), {}],
    ['one that is cut', 200, png.subarray(0, -5), {}],
    ['one without pixels', 200, Buffer.concat([png.subarray(0, 33), png.subarray(-12)]), {}],
    ['a redirect to elsewhere', 302, png, { location: 'http://127.0.0.1:1/other.png' }],
    ['one that is gone', 404, png, {}],
    ['one of more than a megabyte', 200, large, {}],
    ['one that says that it has ten', 200, png, { 'content-length': '10000000' }],
    ['no answer', 0, png, {}],
  ])('%s is none', async (_what, status, body, headers) => {
    const [bytes, asked] = await read(status, body, { 'content-type': 'image/png', ...headers });
    expect([bytes, asked.length]).toEqual([null, 1]);
  });

  test.each([
    [`https://mackerel.io/embed/public/alert/${name}.png`, name],
    ['https://mackerel.io/embed/public/alert/Ab_-0123.png', 'Ab_-0123'],
    [`http://mackerel.io/embed/public/alert/${name}.png`, null],
    [`https://mackerel.io.evil.example/embed/public/alert/${name}.png`, null],
    [`https://evil.example/embed/public/alert/${name}.png`, null],
    [`https://mackerel.io@evil.example/embed/public/alert/${name}.png`, null],
    [`https://mackerel.io:8443/embed/public/alert/${name}.png`, null],
    [`https://mackerel.io/embed/public/alert/../${name}.png`, null],
    [`https://mackerel.io/embed/public/alert/${name}.png?next=https://evil.example`, null],
    [`https://mackerel.io/embed/public/alert/${name}.png\n`, null],
    [`https://mackerel.io/embed/public/embed/${name}.png`, null],
    ['https://mackerel.io/embed/public/alert/%2e%2e%2f.png', null],
    [null, null], [7, null], [{}, null],
  ])('%j names the picture %j', (url, expected) => {
    expect(alertImageName(url)).toBe(expected);
    if (expected !== null) expect(alertImageUrl(expected)).toBe(url);
  });
});

test('links stay on Mackerel\'s host', () => {
  expect(alertUrl('acme', '2w/../../evil')).toBe('https://mackerel.io/orgs/acme/alerts/2w%2F..%2F..%2Fevil');
  expect(hostUrl(null, 'h')).toBe('https://mackerel.io/my/hosts/h');
  expect(new URL(alertUrl('a@evil.example/', 'x')).host).toBe('mackerel.io');
});
