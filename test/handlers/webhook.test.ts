/** The door Mackerel knocks at. */
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
let url = '';
beforeAll(async () => {
  site = await startTestSite();
  url = await site.webhookUrl();
}, 120_000);
afterAll(async () => await site.stop());

const send = (to: string, body: string, headers: Record<string, string> = {}): Promise<Response> => fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const post = async (to: string, body: string, headers: Record<string, string> = {}): Promise<number> => (await send(to, body, headers)).status;
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
  ['not JSON', 400, { error: 'The body is not JSON.' }, 'not json'],
  ['no event', 400, { error: 'The body has no event.' }, '{}'],
  ['an alert without id', 400, { error: 'The alert has no usable id.' }, '{"event":"alert","alert":{}}'],
  ['an id that is no id', 400, { error: 'The alert has no usable id.' }, '{"event":"alert","alert":{"id":"../../x"}}'],
  ['an unknown event', 202, { note: 'This event is not known and was not acted on.' }, '{"event":"somethingNew"}'],
  ['a sample', 202, { note: 'Received.' }, '{"event":"sample","message":"Sample Notification from Mackerel","imageUrl":null}'],
  ['a body too large', 413, { error: 'The body is too large.' }, JSON.stringify({ event: 'alert', pad: 'x'.repeat(300_000) })],
])('%s is answered %d with the reason, and nothing is stored', async (_what, status, said, body) => {
  await site.idle();
  const before = await stored();
  const answer = await send(url, body);
  expect([answer.status, await answer.json()]).toEqual([status, said]);
  expect(await stored()).toBe(before);
});

test('what is stored can be seen: an alert is', async () => {
  await site.idle();
  const before = await stored();
  expect(await post(url, alertBody)).toBe(202);
  expect(await stored()).toBeGreaterThan(before);
});

test('an alert Mackerel does not know changes nothing', async () => {
  expect(await post(url, alertBody)).toBe(202);
  await site.idle();
  const home = await site.ok('alice', 'home.load', {});
  expect(home).toMatchObject({ incidents: [], candidates: [] });
});
