/** URLs, expressions, queries and habits as they are judged, and what happens to open alerts when their monitor changes. */
import { START, StandIn, type Answer } from './stand-in';

let mackerel: StandIn;
let web: string;
beforeEach(async () => {
  mackerel = new StandIn({ goneAfterSeconds: 100 });
  await mackerel.start();
  web = await mackerel.host('web-01');
});
afterEach(() => mackerel.end());

const press = async (path: string, body: unknown = {}): Promise<Answer['body']> => {
  const answer = await mackerel.http('POST', `/__console/${path}`, body);
  if (answer.status !== 200) throw new Error(`${path} → ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
async function minutes(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    mackerel.pass(60);
    await mackerel.server.tick();
  }
}
const status = async (): Promise<string | null> => (await mackerel.open())[0]?.status ?? null;
const triggers = async (id: string): Promise<string[]> => (await mackerel.api('GET', `/alerts/${id}/logs`)).logs.map((log: { trigger: string; status: string }) => `${log.trigger} ${log.status}`);
const serviceMetric = (name: string, value: number, time = mackerel.now) => mackerel.api('POST', '/services/shop/tsdb', [{ name, time, value }]);

describe('a URL', () => {
  const url = 'https://shop.example.com/';
  const watch = async (fields: object = {}): Promise<string> => (await mackerel.api('POST', '/monitors', { type: 'external', name: 'shop', url, ...fields })).id;
  /** The alert after a minute in which the URL answers so: `STATUS message`. */
  async function found(answer: object): Promise<string | null> {
    mackerel.pass(60);
    await press('urls', { url, ...answer });
    const [alert] = await mackerel.open();
    return alert ? `${alert.status} ${alert.message}` : null;
  }

  test.each([
    [{}, { state: 'up' }, null],
    [{}, { state: 'down' }, 'CRITICAL HTTP request failed - timeout'],
    [{}, { state: 'error' }, 'CRITICAL HTTP request failed - status is 503'],
    [{}, { state: 'up', status: 404 }, 'CRITICAL HTTP request failed - status is 404'],
    [{}, { state: 'up', status: 302 }, null],
    [{}, { state: 'up', responseTimeMs: 15_000 }, 'CRITICAL HTTP request failed - timeout'],
    [{ expectedStatusCode: 204 }, { state: 'up' }, 'CRITICAL HTTP request failed - status is 200'],
    [{ expectedStatusCode: 503 }, { state: 'error' }, null],
    [{ containsString: 'Welcome' }, { state: 'up', body: 'Welcome!' }, null],
    [{ containsString: 'Welcome' }, { state: 'up', body: 'Sorry' }, 'CRITICAL HTTP request failed - response body does not contain the expected string'],
    [{ followRedirect: true }, { state: 'up', redirects: 2 }, null],
    [{ followRedirect: true }, { state: 'up', redirects: 3 }, 'CRITICAL HTTP request failed - too many redirects'],
    [{ certificationExpirationWarning: 30, certificationExpirationCritical: 10 }, { state: 'up', certificateDays: 30 }, null],
    [{ certificationExpirationWarning: 30, certificationExpirationCritical: 10 }, { state: 'up', certificateDays: 29 }, 'WARNING certificate expires in 29 days'],
    [{ certificationExpirationWarning: 30, certificationExpirationCritical: 10 }, { state: 'up', certificateDays: 9 }, 'CRITICAL certificate expires in 9 days'],
    [{ certificationExpirationWarning: 30, skipCertificateVerification: true }, { state: 'up', certificateDays: 1 }, null],
    [{ service: 'shop', responseTimeWarning: 3000, responseTimeCritical: 8000 }, { state: 'slow', responseTimeMs: 4000 }, 'WARNING response time is 4000 ms'],
    [{ service: 'shop', responseTimeWarning: 3000, responseTimeCritical: 8000 }, { state: 'slow' }, 'CRITICAL response time is 9000 ms'],
    [{ service: 'shop' }, { state: 'slow' }, null],
  ])('watched with %j that answers %j: %s', async (fields, answer, expected) => {
    await watch(fields);
    expect(await found(answer)).toBe(expected);
    expect(await found({ state: 'up', status: 'expectedStatusCode' in fields ? fields.expectedStatusCode : 200 })).toBe(null);
  });

  test('is asked once a minute; attempts in a row count', async () => {
    await watch({ maxCheckAttempts: 3 });
    expect(await found({ state: 'down' })).toBe(null);
    await mackerel.server.tick(); // within the same minute
    await minutes(1);
    expect(await status()).toBe(null);
    await minutes(1);
    expect(await status()).toBe('CRITICAL');
  });

  test('linked to a service has response times: a metric that no list names, and the value of its alert', async () => {
    const id = await watch({ service: 'shop', responseTimeWarning: 3000, responseTimeDuration: 2 });
    await serviceMetric('orders', 1);
    expect(await found({ state: 'slow', responseTimeMs: 4000 })).toBe('WARNING response time is 4000 ms');
    await found({ state: 'slow', responseTimeMs: 7000 });
    const [alert] = await mackerel.open();
    expect(alert).toEqual({ id: alert.id, status: 'WARNING', monitorId: id, type: 'external', value: 4000, message: 'response time is 4000 ms', openedAt: START + 60, memo: '' });
    expect(await mackerel.api('GET', `/services/shop/metrics?name=__externalhttp.responsetime.${id}&from=${START}&to=${START + 300}`)).toEqual({ metrics: [{ time: START + 60, value: 4000 }, { time: START + 120, value: 7000 }] });
    expect(await mackerel.api('GET', '/services/shop/metric-names')).toEqual({ names: ['orders'] });
    // The mean of the last two.
    expect(await found({ state: 'up', responseTimeMs: 100 })).toBe('WARNING response time is 4000 ms');
    expect(await found({ state: 'up', responseTimeMs: 100 })).toBe(null);
  });

  test('whose alert has no value when response times are not watched', async () => {
    const id = await watch();
    await found({ state: 'error' });
    const [alert] = await mackerel.open();
    expect(alert).toEqual({ id: alert.id, status: 'CRITICAL', monitorId: id, type: 'external', message: 'HTTP request failed - status is 503', openedAt: START + 60, memo: '' });
    expect((await mackerel.api('GET', `/alerts/${alert.id}/logs`)).logs[0]).toMatchObject({ status: 'CRITICAL', trigger: 'monitoring', targetValue: null, statusDetail: null });
  });

  test('attached to another service closes its alert; another name does not', async () => {
    await mackerel.api('POST', '/services', { name: 'other', memo: '' });
    const id = await watch({ service: 'shop' });
    await found({ state: 'error' });
    const [alert] = await mackerel.open();
    await press(`monitors/${id}`, { name: 'renamed' });
    expect(await status()).toBe('CRITICAL');
    await press(`monitors/${id}`, { service: 'other' });
    expect(await triggers(alert.id)).toEqual(['externalMonitoringServiceChange OK', 'monitoring CRITICAL']);
    await minutes(1);
    expect((await mackerel.open())[0]).toMatchObject({ status: 'CRITICAL', monitorId: id });
  });

  test('goes with its service', async () => {
    const id = await watch({ service: 'shop' });
    await found({ state: 'error' });
    const [alert] = await mackerel.open();
    await mackerel.api('DELETE', '/services/shop');
    expect(await triggers(alert.id)).toEqual(['serviceDelete OK', 'monitoring CRITICAL']);
    expect((await mackerel.http('GET', `/api/v0/monitors/${id}`)).status).toBe(404);
  });
});

describe('an expression', () => {
  const watch = (expression: string, fields: object = {}) => mackerel.api('POST', '/monitors', { type: 'expression', name: 'e', expression, operator: '>', warning: 0, critical: null, ...fields });
  /** What it is worth two minutes later, as the alert's value. */
  async function worth(expression: string): Promise<number | undefined> {
    await watch(expression, { warning: -1e9 });
    await minutes(2);
    return (await mackerel.open())[0]?.value;
  }
  beforeEach(async () => {
    const second = await mackerel.host('web-02');
    for (const [id, value] of [[web, 2], [second, 6]] as const) await mackerel.post(id, value, 'loadavg5');
    await serviceMetric('a.one', 10);
    await serviceMetric('a.two', 4);
  });

  test.each([
    ['avg(role(shop:web, loadavg5))', 4],
    ["max(roleSlots('shop: web', loadavg5))", 6],
    ['min(role("shop:web", "loadavg5"))', 2],
    ['sum(service(shop, a.*))', 14],
    ['product(group(service(shop, a.one), service(shop, a.two)))', 40],
    ['diff(service(shop, a.one), service(shop, a.two))', 6],
    ['divide(service(shop, a.one), service(shop, a.two))', 2.5],
    ["stack(alias(scale(service(shop, a.one), 1/4), 'a, (quarter)'))", 2.5],
    ['offset(sum(role(shop:web, loadavg5)), -3.5)', 4.5],
    // A host without points is no line.
    ['avg(group(service(shop, a.one), service(shop, a.none)))', 10],
  ])('%s is worth %d', async (expression, value) => {
    expect(await worth(expression)).toBe(value);
  });

  test('is judged every five minutes on metrics of two minutes ago', async () => {
    await watch('service(shop, a.one)', { warning: 12 });
    const seen: (string | null)[] = [];
    for (let n = 1; n <= 15; n += 1) {
      mackerel.pass(60);
      await serviceMetric('a.one', n >= 3 ? 20 : 1);
      await mackerel.server.tick();
      seen.push(await status());
    }
    // Judged after minutes 2 (its first point is two minutes old), 7 and 12.
    expect(seen).toEqual([null, null, null, null, null, null, 'WARNING', ...Array<string>(8).fill('WARNING')]);
    expect((await mackerel.open())[0]).toMatchObject({ type: 'expression', value: 20, openedAt: START + 7 * 60 });
  });

  test('is unknown when its metrics cannot be had, and recovers', async () => {
    await watch('divide(service(shop, a.one), service(shop, a.none))');
    await minutes(1);
    const [alert] = await mackerel.open();
    expect(alert).toEqual({ id: alert.id, status: 'UNKNOWN', monitorId: alert.monitorId, type: 'expression', openedAt: START + 60, memo: '' });
    for (let n = 0; n < 7; n += 1) {
      mackerel.pass(60);
      await serviceMetric('a.one', -1);
      await serviceMetric('a.none', 1);
    }
    await mackerel.server.tick();
    expect(await status()).toBe(null);
  });
});

describe('a query', () => {
  const post = (value: number, labels: object, name = 'http.duration') => press('labelled-metrics', [{ name, labels, value }]);
  const watch = (query: string, fields: object = {}) => mackerel.api('POST', '/monitors', { type: 'query', name: 'q', query, operator: '>', warning: 1, critical: 2, ...fields });
  /** `name{labels} value` of the open alerts. */
  const series = async (): Promise<string[]> => (await mackerel.open()).map(({ series: { name, labels }, value }) => `${name}${JSON.stringify(labels)} ${value}`).sort();
  beforeEach(async () => {
    await post(3, { route: '/a', method: 'GET' });
    await post(5, { route: '/b', method: 'GET' });
    await post(7, { route: '/a', method: 'POST' });
    await post(9, { route: '/a' }, 'other.metric');
  });
  const [getA, getB, postA] = ['http.duration{"method":"GET","route":"/a"} 3', 'http.duration{"method":"GET","route":"/b"} 5', 'http.duration{"method":"POST","route":"/a"} 7'];

  test.each([
    ['http.duration', [getA, getB, postA]],
    ['http.duration{method="GET"}', [getA, getB]],
    ['http.duration{method!="GET", route=~"/[ab]"}', [postA]],
    ["http.duration{route!~'/a.*'}", [getB]],
    ['http.duration{none=""}', [getA, getB, postA]],
    ['sum(http.duration)', ['{} 15']],
    ['avg by (route) (http.duration)', ['{"route":"/a"} 5', '{"route":"/b"} 5']],
    ['max(http.duration) by (method)', ['{"method":"GET"} 5', '{"method":"POST"} 7']],
    ['min without (route) (http.duration{route="/a"})', ['{"method":"GET"} 3', '{"method":"POST"} 7']],
    ['count(http.duration)', ['{} 3']],
    ['nothing', []],
  ])('%s has an alert per series: %j', async (query, expected) => {
    await watch(query);
    await mackerel.server.tick();
    expect(await series()).toEqual(expected);
  });

  test('each series goes its own way; one without points for twenty minutes is left alone', async () => {
    await watch('http.duration{method="GET"}');
    await mackerel.server.tick();
    mackerel.pass(60);
    await post(1, { route: '/a', method: 'GET' });
    await mackerel.server.tick();
    expect(await series()).toEqual([getB]);
    await minutes(25);
    expect(await series()).toEqual([getB]);
    const [alert] = await mackerel.open();
    expect(alert).toEqual({ id: alert.id, status: 'CRITICAL', monitorId: alert.monitorId, type: 'query', value: 5, series: { name: 'http.duration', labels: { method: 'GET', route: '/b' } }, openedAt: START, memo: '' });
  });

  test('looks back as many minutes as it is told', async () => {
    await watch('http.duration{method="POST"}', { evaluateBackwardMinutes: 5 });
    await minutes(4);
    expect(await series()).toEqual([]);
    await minutes(1);
    expect(await series()).toEqual([postA]);
  });
});

describe('habits', () => {
  const DAY_MINUTES = 23 * 60 + 30;
  const METRICS = ['loadavg5', 'custom.x', 'memory.used'] as const;
  const points = (from: number, count: number, value: (n: number) => number) =>
    METRICS.flatMap((name) => Array.from({ length: count }, (_, n) => ({ hostId: web, name, time: from + n * 60, value: name === 'memory.used' ? 1000 : value(n) })));
  const watch = async (fields: object = {}): Promise<string> => (await mackerel.api('POST', '/monitors', { type: 'anomalyDetection', name: 'unusual', scopes: ['shop: web'], warningSensitivity: 'sensitive', criticalSensitivity: 'insensitive', ...fields })).id;
  /** Posts a value a minute and notes the alert's status after each. */
  async function statuses(values: readonly number[]): Promise<(string | null)[]> {
    const seen: (string | null)[] = [];
    for (const value of values) {
      mackerel.pass(60);
      await mackerel.post(web, value, 'loadavg5');
      await mackerel.server.tick();
      seen.push(await status());
    }
    return seen;
  }

  test('a day is learnt: 1 ± 0.2; 4 deviations are a warning, 8 critical, three times in a row', async () => {
    await mackerel.api('POST', '/tsdb', points(START - DAY_MINUTES * 60, DAY_MINUTES, (n) => (n % 2 === 0 ? 0.8 : 1.2)));
    const monitorId = await watch();
    expect(await statuses([1, 1.75, 1.85, 1.85, 1.75, 1.85, 1.85, 1.85, 2.65, 0.1, 1])).toEqual([null, null, null, null, null, null, null, 'WARNING', 'CRITICAL', 'WARNING', null]);
    const [alert] = (await mackerel.api('GET', '/alerts?withClosed=true')).alerts;
    expect(alert).toMatchObject({ type: 'anomalyDetection', monitorId, hostId: web });
    expect('value' in alert || 'message' in alert).toBe(false);
  });

  test('less than a day is not enough to judge by', async () => {
    await mackerel.api('POST', '/tsdb', points(START - 3600, 60, () => 1));
    await watch();
    expect(await statuses([9, 9, 9, 9])).toEqual([null, null, null, null]);
  });

  test('retraining forgets, closes the alert and learns what is usual now', async () => {
    await mackerel.api('POST', '/tsdb', points(START - DAY_MINUTES * 60, DAY_MINUTES, (n) => (n % 2 === 0 ? 0.8 : 1.2)));
    const id = await watch({ maxCheckAttempts: 1 });
    expect(await statuses([5])).toEqual(['CRITICAL']);
    const [alert] = await mackerel.open();
    await press(`monitors/${id}/retrain`);
    expect(await triggers(alert.id)).toEqual(['anomalyDetectionManuallyRetraining OK', 'monitoring CRITICAL']);
    // Learning from a point that is minutes old is not enough: nothing is judged.
    await press(`monitors/${id}`, { trainingPeriodFrom: START });
    expect(await statuses([5, 5])).toEqual([null, null]);
  });

  test('a new training period by API is retraining; another name is not', async () => {
    const id = await watch();
    const alert = await press('alerts', { monitorId: id, status: 'WARNING' });
    const monitor = (await mackerel.api('GET', `/monitors/${id}`)).monitor;
    await mackerel.api('PUT', `/monitors/${id}`, { ...monitor, name: 'renamed' });
    expect(await status()).toBe('WARNING');
    await mackerel.api('PUT', `/monitors/${id}`, { ...monitor, trainingPeriodFrom: START - 60 });
    expect(await triggers(alert.id)).toEqual(['anomalyDetectionManuallyRetraining OK', 'monitoring WARNING']);
  });
});

describe('thresholds changed while an alert is open', () => {
  test('leave the alert as it is until a person closes it', async () => {
    const id = await mackerel.monitor();
    await mackerel.post(web, 600);
    const { monitor } = await mackerel.api('GET', `/monitors/${id}`);
    await mackerel.api('PUT', `/monitors/${id}`, { ...monitor, warning: 900, critical: 1000 });
    const [before] = await mackerel.open();
    for (const value of [100, 2000]) {
      mackerel.pass(60);
      await mackerel.post(web, value);
      expect(await mackerel.open()).toEqual([before]);
    }
    await mackerel.api('POST', `/alerts/${before.id}/close`, { reason: 'new thresholds' });
    mackerel.pass(60);
    await mackerel.post(web, 950);
    expect((await mackerel.open()).map(({ id: alertId, status: is }) => [alertId === before.id, is])).toEqual([[false, 'WARNING']]);
  });

  test('other changes do not keep it from recovering', async () => {
    const id = await mackerel.monitor();
    await mackerel.post(web, 600);
    await press(`monitors/${id}`, { memo: 'other', notificationInterval: 10 });
    mackerel.pass(60);
    await mackerel.post(web, 100);
    expect(await mackerel.open()).toEqual([]);
  });

  test('the console changes them too', async () => {
    const id = await mackerel.monitor();
    await mackerel.post(web, 600);
    expect(await press(`monitors/${id}`, { warning: 50 })).toMatchObject({ id, warning: 50, critical: 800 });
    mackerel.pass(60);
    await mackerel.post(web, 900);
    expect((await mackerel.http('GET', '/__console/state')).body.alerts).toMatchObject([{ status: 'WARNING', outdated: true }]);
  });

  test('another status for gone hosts comes with the reminder, or never', async () => {
    const gone = async (name: string, fields: object): Promise<string> => (await mackerel.api('POST', '/monitors', { type: 'connectivity', name, ...fields })).id;
    const [reminded, silent] = [await gone('reminded', { notificationInterval: 10 }), await gone('silent', {})];
    await mackerel.post(web, 1);
    await minutes(2);
    const statuses = async () => (await mackerel.open()).map(({ monitorId, status: is }) => [monitorId === reminded ? 'reminded' : 'silent', is]).sort();
    expect(await statuses()).toEqual([['reminded', 'CRITICAL'], ['silent', 'CRITICAL']]);
    for (const id of [reminded, silent]) await press(`monitors/${id}`, { alertStatusOnGone: 'WARNING' });
    await minutes(2);
    expect(await statuses()).toEqual([['reminded', 'CRITICAL'], ['silent', 'CRITICAL']]);
    await minutes(8);
    expect(await statuses()).toEqual([['reminded', 'WARNING'], ['silent', 'CRITICAL']]);
  });
});
