/** The door Mackerel knocks at. */
import { startTestSite, type TestSite } from './harness';
import { SAMPLE, storedDoc, storedRows } from './inside';

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
  await site.rest();
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
  ['JSON nested too deeply', 400, { error: 'The body is nested too deeply.' }, `{"event":"alert","alert":{"id":"2bjXXXXXXXX"},"pad":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['an alert of another organization', 202, { note: 'This alert is of another organization and was not acted on.' }, '{"orgName":"elsewhere","event":"alert","alert":{"id":"2bjXXXXXXXX"}}'],
  ['an event that is no text', 400, { error: 'The body has no event.' }, '{"event":{"toString":"alert"}}'],
  ['a list', 400, { error: 'The body has no event.' }, '[{"event":"alert"}]'],
  ['an alert with a list for an id', 400, { error: 'The alert has no usable id.' }, '{"event":"alert","alert":{"id":["2bjXXXXXXXX"]}}'],
  ['a body too large', 413, { error: 'The body is too large.' }, JSON.stringify({ event: 'alert', pad: 'x'.repeat(300_000) })],
])('%s is answered %d with the reason, and nothing is stored', async (_what, status, said, body) => {
  await site.rest();
  const before = await stored();
  const answer = await send(url, body);
  expect([answer.status, await answer.json()]).toEqual([status, said]);
  expect(await stored()).toBe(before);
});

test('brackets within text are no depth', async () => {
  const answer = await send(url, JSON.stringify({ event: 'somethingNew', pad: `\\"${'{['.repeat(500)}` }));
  expect(answer.status).toBe(202);
});

test('a test notification leaves nothing but when it came; many in one second are noted once', async () => {
  await site.rest();
  await site.later(2_000);
  const before = storedRows(site);
  const sample = JSON.stringify(SAMPLE);
  expect(await Promise.all(Array.from({ length: 5 }, () => post(url, sample)))).toEqual([202, 202, 202, 202, 202]);
  const after = storedRows(site);
  const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
  expect(changed.map((key) => key.replace(/[a-z]{8}$/, '…'))).toEqual(['e:cell pulse:…']);
  const [was, is] = [before, after].map((rows) => JSON.parse(rows[changed[0] ?? ''] ?? '{}') as { ver: number; doc: object });
  expect([is?.ver, is?.doc]).toEqual([(was?.ver ?? 0) + 1, { ...was?.doc, webhook: { at: expect.any(Number), secret: 'webhook' } }]);
});

test('times of no meaning are no reason to lose an alert', async () => {
  await site.rest();
  const body = { orgName: 'local', event: 'alert', alert: { id: '2bjOddTimes', openedAt: '1', closedAt: 1e300, statusChangedAt: {}, isOpen: 'yes' }, extra: { deep: [[[1]]] } };
  await site.faults([{ target: 'queue' }]);
  const status = await post(url, JSON.stringify(body));
  await site.faults([]);
  expect([status, storedDoc(site, ':2bjOddTimes:0:open')]).toEqual([202, expect.objectContaining({ alertId: '2bjOddTimes', changedAt: 0, open: true })]);
});

describe('too much', () => {
  beforeAll(async () => {
    await site.control('POST', 'run/sweep');
    await site.rest();
    await site.later(120_000);
  });

  test('strangers are looked up 120 times a minute and then told when to come again; who is known comes in all the while', async () => {
    const bare = new URL(url);
    bare.search = '';
    expect(await post(url, alertBody)).toBe(202); // known from here on
    await site.rest();
    const before = storedRows(site);
    const statuses = new Map<number, number>();
    let last: Response | null = null;
    for (let n = 0; n < 140; n += 1) {
      last = await send(`${bare.href}?secret=wrong${n}`, alertBody);
      statuses.set(last.status, (statuses.get(last.status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([[401, 119], [429, 21]]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(last?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(storedRows(site)).toEqual(before);
    expect(await post(url, alertBody)).toBe(202);
    await site.later(60_000);
    expect(await post(`${bare.href}?secret=wrong`, alertBody)).toBe(401);
  }, 60_000);

  test('what was turned away is counted and told with the next delivery that is kept', async () => {
    await site.rest();
    expect(await post(url, JSON.stringify({ orgName: 'elsewhere', event: 'alert', alert: { id: '2bjXXXXXXXX' } }))).toBe(202);
    expect(await post(url, alertBody)).toBe(202);
    await site.rest();
    await site.rest();
    expect((await site.ok('admin', 'health.get', {})).webhook.turnedAway).toEqual({ limited: 21, foreign: 2, since: expect.any(Number) });
  });
});

test('what is stored can be seen: an alert is', async () => {
  await site.rest();
  const before = await stored();
  expect(await post(url, alertBody)).toBe(202);
  expect(await stored()).toBeGreaterThan(before);
});

test('the very same delivery again within a minute stores nothing more; changed by a word, or later, it is stored', async () => {
  const hints = (): readonly string[] => Object.entries(storedRows(site)).filter(([key]) => key.startsWith('e:hint')).map(([, value]) => value);
  const told = (message: string): string => JSON.stringify({ orgName: 'local', event: 'alert', message, alert: { id: '2bjAgain', status: 'critical', isOpen: true, trigger: 'monitor', monitorName: 'again', openedAt: 1_790_000_000, statusChangedAt: 1_790_000_000 } });
  await site.rest();
  await site.faults([{ target: 'queue', status: 500 }]); // nobody takes them up meanwhile
  expect(await post(url, told('3 > 2'))).toBe(202);
  const [first] = hints();
  expect(first).toContain('2bjAgain');
  await site.later(2_000);
  expect(await post(url, told('3 > 2'))).toBe(202);
  expect(hints()).toEqual([first]);
  expect(await post(url, told('4 > 2'))).toBe(202);
  const [second] = hints();
  expect(second).not.toBe(first);
  await site.later(61_000);
  expect(await post(url, told('4 > 2'))).toBe(202);
  expect(hints()).not.toEqual([second]);
  await site.faults([]);
  await site.control('POST', 'run/sweep');
  await site.rest();
  expect(hints()).toEqual([]);
});

test('an alert Mackerel does not know changes nothing', async () => {
  expect(await post(url, alertBody)).toBe(202);
  await site.rest();
  const home = await site.ok('alice', 'home.load', {});
  expect(home).toMatchObject({ incidents: [], candidates: [] });
});

test.each(['constructor', 'toString', '__proto__'])('words that every object has, as status and trigger “%s”, are words like others: the site comes to rest and keeps no hint', async (word) => {
  const hints = (): number => Object.keys(storedRows(site)).filter((key) => key.startsWith('e:hint')).length;
  await site.rest();
  const body = { orgName: 'local', event: 'alert', type: word, alert: { id: '2bjOwn', status: word, trigger: word, isOpen: true, monitorName: word, openedAt: 1_790_000_000, statusChangedAt: 1_790_000_000 } };
  expect(await post(url, JSON.stringify(body))).toBe(202);
  expect(hints()).toBe(1);
  await site.rest();
  expect(hints()).toBe(0);
});
