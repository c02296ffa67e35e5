/** More live operations in one second than the platform allows: what is announced arrives a little later. */
import { randomUUID } from 'node:crypto';
import { startTestSite, type TestSite } from './harness';

const AT_ONCE = 6;
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite({ limits: { realtimePerSecond: AT_ONCE } });
});
afterAll(() => site.stop());

test('a change made while other boards use the second up reaches an open board', async () => {
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'OPS', title: 'Crowd', severity: 'sev2', visibility: 'public', candidateId: null });
  await site.rest();
  const channel = await site.until(async () => (await site.ok('bob', 'board.load', { incidentId })).channel);
  const heard: number[] = [];
  const refused: string[] = [];
  const listen = (onEvent: (payload: string) => void) =>
    site.site.deps.realtime.subscribe({ channel: channel.name, isGlobal: true, token: channel.token, scope: 'test', replaySeconds: 0, onEvent, onRefused: (why) => void refused.push(why) });
  await site.until(() => {
    refused.length = 0;
    listen((payload) => void heard.push((JSON.parse(payload) as { ver: number }).ver));
    return Promise.resolve(refused.length === 0 ? true : null);
  });

  for (let n = 0; n < 2 * AT_ONCE; n += 1) listen(() => undefined);
  expect(new Set(refused)).toEqual(new Set(['RATE_LIMIT_EXCEEDED']));
  const { version } = await site.ok('alice', 'note.add', { incidentId, notes: [{ text: 'seen?', at: null, link: null }], opId: randomUUID() });
  expect(heard).toContain(version);
});
