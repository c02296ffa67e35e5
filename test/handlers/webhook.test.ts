/** The door Mackerel knocks at. */
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
let url = '';
beforeAll(async () => {
  site = await startTestSite();
  url = await site.webhookUrl();
}, 120_000);
afterAll(async () => await site.stop());

const post = async (to: string, body: string, headers: Record<string, string> = {}): Promise<number> =>
  (await fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })).status;
const alertBody = JSON.stringify({ orgName: 'local', event: 'alert', alert: { id: '2bjXXXXXXXX', status: 'critical', isOpen: true } });

async function stored(): Promise<number> {
  return (await site.usage()).kvs.writeUnits;
}

test('a wrong or missing secret is refused and nothing is stored', async () => {
  const bare = new URL(url);
  bare.search = '';
  await site.idle();
  const before = await stored();
  expect(await post(bare.href, alertBody)).toBe(401);
  expect(await post(`${bare.href}?secret=wrong`, alertBody)).toBe(401);
  expect(await post(bare.href, alertBody, { authorization: `Basic ${Buffer.from('mackerel:wrong').toString('base64')}` })).toBe(401);
  expect(await stored()).toBe(before);
});

test('the secret is taken as Basic credentials, in the query or in the path', async () => {
  const secret = new URL(url).searchParams.get('secret') ?? '';
  const bare = new URL(url);
  bare.search = '';
  const body = JSON.stringify({ event: 'sample', message: 'Sample Notification from Mackerel', imageUrl: null });
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(await post(url, body)).toBe(202);
  expect(await post(`${bare.href}/${secret}`, body)).toBe(202);
  expect(await post(bare.href, body, { authorization: `Basic ${Buffer.from(`mackerel:${secret}`).toString('base64')}` })).toBe(202);
});

test.each([
  ['not JSON', 400, 'not json'],
  ['no event', 400, '{}'],
  ['an alert without id', 400, '{"event":"alert","alert":{}}'],
  ['an id that is no id', 400, '{"event":"alert","alert":{"id":"../../x"}}'],
  ['an unknown event', 202, '{"event":"somethingNew"}'],
  ['a body too large', 413, JSON.stringify({ event: 'alert', pad: 'x'.repeat(300_000) })],
])('%s is answered %d', async (_what, status, body) => {
  expect(await post(url, body)).toBe(status);
});

test('an alert Mackerel does not know changes nothing', async () => {
  expect(await post(url, alertBody)).toBe(202);
  await site.idle();
  const home = await site.ok('alice', 'home.load', {});
  expect(home).toMatchObject({ incidents: [], candidates: [] });
});
