/** Monitors that watch URLs, expressions, queries and habits: what the API takes and answers. */
import { START, StandIn } from './stand-in';

const mackerel = new StandIn({});
beforeAll(async () => {
  await mackerel.start();
  await mackerel.host('web-01', ['shop:web']);
  await mackerel.api('POST', '/services', { name: 'other', memo: '' });
});
afterAll(() => mackerel.end());

const refused = async (body: object): Promise<unknown> => {
  const answer = await mackerel.http('POST', '/api/v0/monitors', body);
  return [answer.status, answer.body.error?.message];
};

const EXTERNAL = {
  type: 'external', name: 'shop', memo: 'call support', notificationInterval: 30, isMute: false, url: 'https://shop.example.com/', method: 'POST', service: 'shop',
  responseTimeWarning: 5000, responseTimeCritical: 10000, responseTimeDuration: 3, containsString: 'Welcome', maxCheckAttempts: 2, certificationExpirationWarning: 90, certificationExpirationCritical: 30,
  skipCertificateVerification: true, expectedStatusCode: 201, headers: [{ name: 'X-Test', value: '1' }], requestBody: '{}', followRedirect: true, dualstack: 'auto',
};
const EXPRESSION = { type: 'expression', name: 'load', memo: 'm', isMute: false, expression: 'avg(role(shop:web, loadavg5))', operator: '>', warning: 5, critical: 10, evaluateBackwardMinutes: 3 };
const ANOMALY = { type: 'anomalyDetection', name: 'unusual', memo: 'm', isMute: false, scopes: ['shop: web'], warningSensitivity: 'sensitive', criticalSensitivity: 'insensitive', maxCheckAttempts: 2, trainingPeriodFrom: START - 86_400 };
const QUERY = { type: 'query', name: 'latency {{http.route}}', memo: 'm', isMute: false, query: 'http.duration{http.method="GET"}', legend: '{{http.route}}', operator: '<', warning: 2, critical: null, evaluateBackwardMinutes: 1 };

test.each([['external', EXTERNAL], ['expression', EXPRESSION], ['anomalyDetection', ANOMALY], ['query', QUERY]])('%s keeps every field, is replaced and deleted', async (_type, fields) => {
  const made = await mackerel.api('POST', '/monitors', fields);
  expect(made).toEqual({ ...fields, id: expect.stringMatching(/^[A-Za-z0-9]{11}$/) as string });
  expect(await mackerel.api('GET', `/monitors/${made.id}`)).toEqual({ monitor: made });
  expect((await mackerel.api('GET', '/monitors')).monitors).toContainEqual(made);
  expect(await mackerel.api('PUT', `/monitors/${made.id}`, { ...fields, isMute: true })).toEqual({ ...made, isMute: true });
  expect((await mackerel.http('PUT', `/api/v0/monitors/${made.id}`, { type: 'connectivity', name: 'x' })).status).toBe(400);
  expect(await mackerel.api('DELETE', `/monitors/${made.id}`)).toEqual({ ...made, isMute: true });
  expect((await mackerel.http('GET', `/api/v0/monitors/${made.id}`)).status).toBe(404);
});

test('what is not given has its default, what stays unset has no key', async () => {
  const make = async (fields: object) => {
    const { id: _id, ...monitor } = await mackerel.api('POST', '/monitors', { memo: null, ...fields });
    return monitor as unknown;
  };
  expect(await make({ type: 'external', name: 'e', url: 'http://a.example.com', service: null, headers: null })).toEqual({
    type: 'external', name: 'e', isMute: false, url: 'http://a.example.com', method: 'GET', maxCheckAttempts: 1, skipCertificateVerification: false, headers: [{ name: 'Cache-Control', value: 'no-cache' }], followRedirect: false,
  });
  expect(await make({ type: 'expression', name: 'x', expression: 'host(abc, loadavg5)', operator: '>' })).toEqual({
    type: 'expression', name: 'x', isMute: false, expression: 'host(abc, loadavg5)', operator: '>', warning: null, critical: null, evaluateBackwardMinutes: 2,
  });
  expect(await make({ type: 'anomalyDetection', name: 'a', warningSensitivity: 'normal' })).toEqual({ type: 'anomalyDetection', name: 'a', isMute: false, scopes: [], warningSensitivity: 'normal', maxCheckAttempts: 3 });
  expect(await make({ type: 'query', name: 'q', query: 'up', operator: '>' })).toEqual({ type: 'query', name: 'q', isMute: false, query: 'up', legend: '', operator: '>', warning: null, critical: null, evaluateBackwardMinutes: 0 });
  expect(await make({ type: 'connectivity' })).toEqual({ type: 'connectivity', name: 'connectivity', isMute: false, scopes: [], excludeScopes: [], alertStatusOnGone: 'CRITICAL' });
});

test('a PUT without headers keeps them, one with none deletes them; the status for gone hosts is kept too', async () => {
  const { id, ...external } = await mackerel.api('POST', '/monitors', EXTERNAL);
  const { headers, ...without } = external;
  expect((await mackerel.api('PUT', `/monitors/${id}`, without)).headers).toEqual(headers);
  expect((await mackerel.api('PUT', `/monitors/${id}`, { ...without, headers: [] })).headers).toEqual([]);
  const gone = await mackerel.api('POST', '/monitors', { type: 'connectivity', name: 'c', alertStatusOnGone: 'WARNING' });
  expect((await mackerel.api('PUT', `/monitors/${gone.id}`, { type: 'connectivity', name: 'd' })).alertStatusOnGone).toBe('WARNING');
});

test.each([
  ['an unknown type', { type: 'other', name: 'x' }],
  ['a URL of another kind', { ...EXTERNAL, url: 'ftp://shop.example.com' }],
  ['an unknown service', { ...EXTERNAL, service: 'nobody' }],
  ['response times without a service', { ...EXTERNAL, service: null }],
  ['a short reminder', { ...EXPRESSION, notificationInterval: 9 }],
  ['no sensitivity', { ...ANOMALY, warningSensitivity: null, criticalSensitivity: null }],
  ['a future to learn from', { ...ANOMALY, trainingPeriodFrom: START + 1 }],
  ['an unknown role', { ...ANOMALY, scopes: ['shop: nobody'] }],
  ['a matcher that is none', { ...QUERY, query: 'up{a=b}' }],
  ['no PromQL', { ...QUERY, query: 'two words' }],
  ['a pattern that is none', { ...QUERY, query: 'up{a=~"("}' }],
  ['a longer look back than ten minutes', { ...QUERY, evaluateBackwardMinutes: 11 }],
])('%s is refused', async (_what, body) => {
  expect((await mackerel.http('POST', '/api/v0/monitors', body)).status).toBe(400);
});

test.each([
  ['host(a', 'The expression is invalid: a parenthesis is missing.'],
  ["host('a, b)", 'The expression is invalid: a quotation mark is missing.'],
  ['host(a)', 'The expression is invalid: 2 arguments are needed, not 1.'],
  ['host(a, b) host(c, d)', 'The expression is invalid: host is too much.'],
  ['loadavg5', 'The expression is invalid: metrics are missing.'],
  ['twice(host(a, b))', 'The expression is invalid: there is no function twice.'],
  ['scale(host(a, b), many)', 'The expression is invalid: a number is missing.'],
  ['role(shop:web, loadavg5)', 'The expression is invalid: it must be a graph of one line.'],
  ['group(host(a, b), host(c, d))', 'The expression is invalid: it must be a graph of one line.'],
])('the expression %s is refused with its reason', async (expression, message) => {
  expect(await refused({ ...EXPRESSION, expression })).toEqual([400, message]);
});

test('what is not computed here says its name', async () => {
  expect(await refused({ ...EXPRESSION, expression: 'percentile(role(shop:web, loadavg5), 80)' })).toEqual([501, 'not modelled: expression function percentile']);
  for (const query of ['irate(up[5m])', 'up / down', 'sum(up) > 3', 'up offset 5m', 'quantile(0.5, up)', 'sum(avg(up))']) expect(await refused({ ...QUERY, query })).toEqual([501, `not modelled: PromQL ${query}`]);
});

test('there are at most twenty expression monitors', async () => {
  const count = (await mackerel.api('GET', '/monitors')).monitors.filter(({ type }: { type: string }) => type === 'expression').length;
  for (let n = count; n < 20; n += 1) await mackerel.api('POST', '/monitors', EXPRESSION);
  expect(await refused(EXPRESSION)).toEqual([400, 'There are 20 expression monitors already.']);
});
