/** Our channel in Mackerel: made, waited for, given a new secret, removed; through the real verbs and the stand-in's own channels. */
import { randomUUID } from 'node:crypto';
import type { Settings } from '../../src/domain/model';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { channelsOf, deliver, mackerelApi, removeChannels, SAMPLE, secretOf, storedDoc, storedRows, useKey } from './inside';

const HOUR = 3_600_000;
const alertOf = (id: string): object => ({ orgName: 'local', event: 'alert', alert: { id, status: 'critical', isOpen: true, openedAt: 1 } });

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 120_000);
afterAll(async () => await site.stop());

const setUp = () => site.ok('admin', 'webhook.setup', {});
const rotate = (opId: string = randomUUID()) => site.ok('admin', 'webhook.rotate', { opId });
const kept = (): Settings['webhook'] | undefined => storedDoc<Settings>(site, ' settings')?.webhook;
const bare = (url: string): string => {
  const at = new URL(url);
  at.username = '';
  at.password = '';
  return at.href;
};
const logged = async (): Promise<string> => (await site.control<{ text: string }[]>('GET', 'app-log')).map(({ text }) => text).join('\n');
async function fresh(): Promise<void> {
  await site.faults([]);
  await removeChannels(site);
  await useKey(site, site.site.mackerel?.apiKey ?? '');
  await site.ok('admin', 'webhook.remove', {});
  expect(await channelsOf(site)).toEqual([]);
}
beforeEach(fresh);

describe('set-up', () => {
  test('makes one channel for alerts only, and pressed again finds it', async () => {
    const made = await setUp();
    const [channel, ...others] = await channelsOf(site);
    expect(others).toEqual([]);
    expect(channel).toEqual({ id: expect.any(String), name: 'Incident Pages for Mackerel', type: 'webhook', url: made.url, enabledGraphImage: true, events: ['alert'], suspendedAt: null });
    expect(made).toMatchObject({ channel: { state: 'ok', name: 'Incident Pages for Mackerel', suspendedAt: null }, canWrite: true });
    expect([new URL(made.url).username, secretOf(made.url).length]).toEqual(['mackerel', 40]);
    expect(kept()?.channelId).toBe(channel?.id);
    expect((await setUp()).version).toBe(made.version);
    expect((await channelsOf(site)).map(({ id }) => id)).toEqual([channel?.id]);
    // The settings form goes on from the version the press left.
    const { services, rules } = await site.ok('admin', 'settings.get', {});
    expect(await site.outcome('admin', 'settings.save', { services, rules, version: made.version })).toBe('ok');
  });

  test('a real alert comes in through it', async () => {
    await setUp();
    const { id } = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
    expect((await site.incidentWith(id)).alerts.map((alert) => alert.id)).toEqual([id]);
  });

  test('puts a channel somebody made by hand in order, and leaves other people’s alone', async () => {
    const { webhookUrl } = await site.ok('admin', 'settings.get', {});
    const theirs = await mackerelApi<{ id: string }>(site, 'POST', 'channels', { type: 'webhook', name: 'elsewhere', url: 'https://example.com/x/y', events: ['alert', 'alertGroup'] });
    const byHand = await mackerelApi<{ id: string }>(site, 'POST', 'channels', { type: 'webhook', name: 'by hand', url: webhookUrl, events: ['alert', 'alertGroup'] });
    expect((await setUp()).channel).toEqual({ state: 'ok', name: 'by hand', suspendedAt: null });
    const channels = await channelsOf(site);
    expect(channels.map(({ id, events, enabledGraphImage }) => [id, events, enabledGraphImage])).toEqual([[theirs.id, ['alert', 'alertGroup'], false], [byHand.id, ['alert'], true]]);
    // One that lacks nothing but pictures.
    await mackerelApi(site, 'PUT', `channels/${byHand.id}`, { type: 'webhook', name: 'by hand', url: channels[1]?.url, events: ['alert'], enabledGraphImage: false });
    await setUp();
    expect((await channelsOf(site)).map(({ enabledGraphImage }) => enabledGraphImage)).toEqual([false, true]);
  });

  test('a key that may only read is said so, nothing is made, and the address can be pasted', async () => {
    await useKey(site, site.site.mackerel?.readOnlyKey ?? '');
    const refused = await site.invoke('admin', 'webhook.setup', {});
    expect(refused).toMatchObject({ ok: false, error: { code: 'mackerel-refused', messageKey: 'error.mackerel-read-only' } });
    expect(await channelsOf(site)).toEqual([]);
    expect((await site.ok('admin', 'settings.get', {})).canWrite).toBe(false);
  });

  test('many presses at once end in one channel', async () => {
    await Promise.all(Array.from({ length: 6 }, () => site.invoke('admin', 'webhook.setup', {})));
    await setUp();
    const channels = await channelsOf(site);
    expect(channels.map(({ name }) => name)).toEqual(['Incident Pages for Mackerel']);
    expect(kept()?.channelId).toBe(channels[0]?.id);
  });

  test('an answer that gets lost, or a Mackerel that fails for a while, ends in one channel', async () => {
    for (const harm of [{ lose: true }, { status: 500 }]) {
      await fresh();
      await site.faults([{ target: 'mackerel', method: 'POST', path: '/channels', times: 1, ...harm }]);
      expect(await site.outcome('admin', 'webhook.setup', {})).toBe('mackerel-unreachable');
      expect((await setUp()).channel.state).toBe('ok');
      expect(await channelsOf(site)).toHaveLength(1);
    }
  });
});

describe('waiting for the test notification', () => {
  test('hears what came with the present secret at or after that time, and nothing else', async () => {
    const { url } = await setUp();
    const { heardAt, now } = await site.ok('admin', 'webhook.wait', { since: null });
    expect(heardAt).toBeNull();
    expect((await site.ok('admin', 'webhook.wait', { since: now })).heardAt).toBeNull();
    expect((await deliver(`${bare(url)}?secret=wrong`, SAMPLE)).status).toBe(401);
    expect((await site.ok('admin', 'webhook.wait', { since: now })).heardAt).toBeNull();
    const [channel] = await channelsOf(site);
    await site.console('POST', 'sample', { channelId: channel?.id });
    const heard = await site.until(async () => (await site.ok('admin', 'webhook.wait', { since: now })).heardAt);
    expect(heard).toBeGreaterThanOrEqual(now);
    expect((await site.ok('admin', 'webhook.wait', { since: heard + 1 })).heardAt).toBeNull();
  });

  test('an alert is a sign of life as well; one that came with the secret before is not', async () => {
    const { url: before } = await setUp();
    const { url } = await rotate();
    const { now } = await site.ok('admin', 'webhook.wait', { since: null });
    expect((await deliver(before, alertOf('2bjWaiting1'))).status).toBe(202);
    await site.rest();
    expect((await site.ok('admin', 'health.get', {})).webhook.lastAt).toBeGreaterThanOrEqual(now);
    expect((await site.ok('admin', 'webhook.wait', { since: now })).heardAt).toBeNull();
    expect((await deliver(url, alertOf('2bjWaiting2'))).status).toBe(202);
    await site.until(async () => (await site.ok('admin', 'webhook.wait', { since: now })).heardAt);
  });
});

describe('a new secret', () => {
  test('holds at once, in Mackerel too; the one before opens for a day', async () => {
    const { url: before } = await setUp();
    expect((await deliver(before, SAMPLE)).status).toBe(202); // a warm instance knows the old one
    const after = await rotate();
    expect(secretOf(after.url)).not.toBe(secretOf(before));
    expect([(await deliver(after.url, SAMPLE)).status, (await deliver(before, SAMPLE)).status]).toEqual([202, 202]);
    const [channel, ...others] = await channelsOf(site);
    expect([channel?.url, others, after.channel.state]).toEqual([after.url, [], 'ok']);
    expect((after.oldUntil ?? 0) - (after.rotatedAt ?? 0)).toBe(24 * HOUR);
    await site.later(24 * HOUR - 60_000);
    expect((await deliver(before, SAMPLE)).status).toBe(202);
    await site.later(60_000);
    expect([(await deliver(before, SAMPLE)).status, (await deliver(after.url, SAMPLE)).status]).toEqual([401, 202]);
    expect((await site.ok('admin', 'webhook.setup', {})).oldUntil).toBeNull();
  });

  test('loses no delivery: alerts raised before, during and after all come in', async () => {
    await setUp();
    const raised = [await site.raiseStorm(0, 'WARNING')];
    const [, during] = await Promise.all([rotate(), site.raiseStorm(1, 'WARNING')]);
    raised.push(during, await site.raiseStorm(2, 'WARNING'));
    const known = async (): Promise<ReadonlySet<string>> => {
      const { candidates, incidents } = await site.ok('alice', 'home.load', {});
      const boards = await Promise.all(incidents.filter(({ closedAt }) => closedAt === null).map(({ id }) => site.ok('alice', 'board.load', { incidentId: id })));
      return new Set([...candidates.map(({ alert }) => alert.id), ...boards.flatMap(({ alerts }) => alerts.map(({ id }) => id))]);
    };
    await site.until(async () => (await known().then((ids) => raised.every(({ id }) => ids.has(id)))) || null);
    const { deliveries } = await site.console<{ deliveries: { status: number }[] }>('GET', 'deliveries?limit=3');
    expect(deliveries.map(({ status }) => status)).toEqual([202, 202, 202]);
  });

  test('the same press sent again is the same secret; every press of a day stays open for its day, six are refused', async () => {
    const { url: first } = await setUp();
    await site.later(25 * HOUR);
    const opId = randomUUID();
    const [a, b] = await Promise.all([site.invoke('admin', 'webhook.rotate', { opId }), site.invoke('admin', 'webhook.rotate', { opId })]);
    const again = await rotate(opId);
    for (const answer of [a, b]) if (answer.ok) expect(answer.value.url).toBe(again.url);
    expect(kept()?.old).toHaveLength(1);
    const urls = [first, again.url];
    for (let n = 1; n < 5; n += 1) urls.push((await rotate()).url);
    for (const url of urls) expect((await deliver(url, SAMPLE)).status).toBe(202);
    expect(await site.invoke('admin', 'webhook.rotate', { opId: randomUUID() })).toMatchObject({ ok: false, error: { code: 'bad-request', messageKey: 'error.rotated-often' } });
    expect(kept()?.old).toHaveLength(5);
    await site.later(25 * HOUR);
    const { url } = await rotate();
    for (const old of urls.slice(0, -1)) expect((await deliver(old, SAMPLE)).status).toBe(401);
    expect([(await deliver(urls.at(-1) ?? '', SAMPLE)).status, (await deliver(url, SAMPLE)).status]).toEqual([202, 202]);
    // Secrets that open nothing any more are not kept.
    expect(Object.keys(storedRows(site)).filter((key) => key.includes('secret:webhook')).length).toBe(2);
  });

  test('with a key that may only read the new address is shown and what stands in Mackerel is called outdated', async () => {
    const { url: before } = await setUp();
    await useKey(site, site.site.mackerel?.readOnlyKey ?? '');
    const after = await rotate();
    expect(after).toMatchObject({ channel: { state: 'outdated' }, canWrite: false });
    expect((await channelsOf(site)).map(({ url }) => url)).toEqual([before]);
    expect((await deliver(before, SAMPLE)).status).toBe(202);
    expect((await site.ok('admin', 'health.get', {})).needs.map(({ key }) => key)).toContain('health.need.outdated');
  });
});

describe('leaving', () => {
  test('removing takes our channel away and leaves others', async () => {
    await setUp();
    await mackerelApi(site, 'POST', 'channels', { type: 'webhook', name: 'elsewhere', url: 'https://example.com/x', events: ['alert'] });
    expect((await site.ok('admin', 'webhook.remove', {})).channel.state).toBe('none');
    expect((await channelsOf(site)).map(({ name }) => name)).toEqual(['elsewhere']);
    expect(kept()?.channelId).toBeNull();
  });

  test('an uninstall removes our channel, with a key that may only read it says that it stays', async () => {
    await setUp();
    expect(await site.control('POST', 'uninstall')).toEqual({ ran: true });
    expect(await channelsOf(site)).toEqual([]);
    expect(await logged()).toContain('uninstall: its webhook channel was removed from Mackerel');
    await setUp();
    await useKey(site, site.site.mackerel?.readOnlyKey ?? '');
    await site.control('POST', 'uninstall');
    expect(await channelsOf(site)).toHaveLength(1);
    expect((await logged()).split('\n').at(-1)).toBe('uninstall: the API key may only read: its webhook channel stays in Mackerel and has to be removed there');
    await site.faults([{ target: 'mackerel' }]);
    await site.control('POST', 'uninstall');
    expect((await logged()).split('\n').at(-1)).toBe('uninstall: Mackerel did not answer; a webhook channel of the app may be left there');
  });
});

test('the address is in no log and in no answer to anybody but administrators', async () => {
  const { url } = await setUp();
  const secret = secretOf(url);
  expect(await site.bytes('admin', 'settings.get', {})).toContain(secret); // what to look for is there to be found
  for (const user of ['alice', 'bob', 'viewer', 'mallory']) {
    for (const verb of ['webhook.setup', 'webhook.remove', 'settings.get', 'health.get', 'home.load'] as const) expect(await site.bytes(user, verb, {})).not.toContain(secret);
    expect(await site.bytes(user, 'webhook.rotate', { opId: randomUUID() })).not.toContain('mackerel:');
  }
  expect(await logged()).not.toContain(secret);
  expect(JSON.stringify(await site.ok('admin', 'health.get', {}))).not.toContain(secret);
});
