import WebSocket from 'ws';
import type { RealtimeAsk, RealtimeNews } from '../../local-site/web/api-types';
import { openBench, until, type Bench } from './harness';

let bench: Bench;
let sockets: WebSocket[] = [];
beforeAll(async () => {
  bench = await openBench();
});
afterEach(() => {
  for (const socket of sockets) socket.terminate();
  sockets = [];
});
afterAll(() => bench.stop());

type Subscribe = Partial<Extract<RealtimeAsk, { ask: 'subscribe' }>>;
interface Window_ {
  readonly heard: RealtimeNews[];
  ask(question: unknown): void;
  /** Resolves with the site's first answer to the subscription. */
  subscribe(id: string, to: Subscribe): Promise<RealtimeNews>;
  readonly closed: Promise<number>;
}
/** One window of a browser: its socket and what it heard. */
async function openWindow(headers: Record<string, string> = {}, url = bench.site.url): Promise<Window_> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/__bridge/realtime`, { headers });
  sockets.push(socket);
  const heard: RealtimeNews[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as RealtimeNews));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const ask = (question: unknown): void => socket.send(JSON.stringify(question));
  return {
    heard,
    ask,
    async subscribe(id, to) {
      ask({ ask: 'subscribe', id, channel: 'c', isGlobal: true, scope: '', token: null, replaySeconds: 0, ...to });
      await until(() => heard, (all) => all.some((news) => news.id === id));
      return heard.find((news) => news.id === id) as RealtimeNews;
    },
    closed,
  };
}
const events = ({ heard }: Window_): [string, string][] => heard.flatMap((news): [string, string][] => (news.news === 'event' ? [[news.id, news.payload]] : []));
const sign = async (payload: Record<string, unknown>): Promise<{ token: string; expiresAt: number }> => (await bench.call('sign', payload)).value as { token: string; expiresAt: number };
const publish = (channel: string, n: number, token?: string) => bench.call('publish', { channel, n, ...(token === undefined ? {} : { token }) });

test('a global channel reaches who holds a token of the same claims, and nobody else', async () => {
  const claims = { incident: 'i1' };
  const { token, expiresAt } = await sign({ channel: 'inc', claims, permissions: ['subscribe'] });
  expect(expiresAt).toBeGreaterThan(Date.now() / 1000 + 60);
  const other = await sign({ channel: 'inc', claims: { incident: 'i2' }, permissions: ['subscribe'] });
  const window = await openWindow();
  for (const [id, given] of [['other', other.token], ['none', null], ['mine', token]] as const) {
    expect(await window.subscribe(id, { channel: 'inc', token: given })).toEqual({ news: 'open', id });
  }
  const publisher = await sign({ channel: 'inc', claims, permissions: ['publish'] });
  expect(await publish('inc', 7, publisher.token)).toMatchObject({ value: { eventId: expect.any(String) } });
  await until(() => events(window), (all) => all.length > 0);
  // What is sent over one socket stays in order: a message for the others would have come first.
  expect(events(window)).toEqual([['mine', '{"n":7}']]);
});

test('a token for reading cannot publish; a forged or expired one is refused', async () => {
  const { token } = await sign({ channel: 'c', claims: {}, permissions: ['subscribe'] });
  expect(await publish('c', 1, token)).toMatchObject({ value: { eventId: null, errors: [{ message: expect.stringContaining('MISSING_PERMISSION') }] } });
  const [head, body] = token.split('.');
  const window = await openWindow();
  expect(await window.subscribe('forged', { token: `${head}.${body}.AAAA` })).toEqual({ news: 'refused', id: 'forged', code: 'INVALID_TOKEN' });
  await window.subscribe('live', { token });
  await bench.control('PUT', 'clock', { offsetMs: 3_600_000 });
  await until(() => window.heard.at(-1), (last) => JSON.stringify(last) === '{"news":"refused","id":"live","code":"TOKEN_EXPIRED"}');
  await bench.control('PUT', 'clock', { offsetMs: 0 });
});

test('many windows and many subscriptions of one hear the same message; one that ended hears no more', async () => {
  const windows = await Promise.all(Array.from({ length: 10 }, () => openWindow()));
  const [first] = windows as [Window_];
  for (let n = 0; n < 10; n += 1) await first.subscribe(`s${n}`, { channel: 'many' });
  await Promise.all(windows.slice(1).map((window) => window.subscribe('s', { channel: 'many' })));
  await publish('many', 1);
  await until(() => windows.flatMap(events), (all) => all.length === 19);
  first.ask({ ask: 'unsubscribe', id: 's0' });
  await first.subscribe('last', { channel: 'many' });
  await publish('many', 2);
  await until(() => events(first), (all) => all.some(([id]) => id === 'last'));
  expect(events(first).filter(([, payload]) => payload === '{"n":2}').map(([id]) => id)).toEqual(['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 'last']);
});

test('who comes late hears what was sent in the seconds asked for', async () => {
  const early = await openWindow();
  await early.subscribe('early', { channel: 'replayed' });
  await publish('replayed', 1);
  const late = await openWindow();
  await late.subscribe('nothing', { channel: 'replayed' });
  await late.subscribe('all', { channel: 'replayed', replaySeconds: 60 });
  await until(() => events(late), (all) => all.length > 0);
  expect(events(late)).toEqual([['all', '{"n":1}']]);
});

test('the socket is for people on the site\'s own pages', async () => {
  await expect(openWindow({ origin: bench.site.urls.app })).rejects.toThrow('403');
  await expect(openWindow({ 'x-site-user': 'anonymous' })).rejects.toThrow('401');
  const window = await openWindow({ origin: bench.site.url, 'x-site-user': 'alice' });
  window.ask({ ask: 'publish', id: '1' });
  expect(await window.closed).toBe(1008);
});

test('nobody listening gives a null event id; past fifty operations a second there are errors', async () => {
  expect(await publish('empty', 1)).toMatchObject({ value: { eventId: null } });
  const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => publish('empty', n)));
  expect(JSON.stringify(answers)).toContain('RATE_LIMIT_EXCEEDED');
});

test('windows do not keep the site from stopping', async () => {
  const short = await openBench();
  const window = await openWindow({}, short.site.url);
  await short.stop();
  expect(await window.closed).toBe(1006);
});
