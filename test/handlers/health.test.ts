/** What administrators are told of the intake, from the real verbs and the stand-in's own state. */
import { randomUUID } from 'node:crypto';
import type { TestSite } from './harness';
import { MINUTE, openHealthRoom, type HealthRoom } from './health-room';
import { channelsOf, mackerelApi, removeChannels } from './inside';

let site: TestSite;
let health: HealthRoom['health'];
let needs: HealthRoom['needs'];
let asked: HealthRoom['asked'];
let sweep: HealthRoom['sweep'];
beforeAll(async () => {
  ({ site, health, needs, asked, sweep } = await openHealthRoom());
}, 120_000);
afterAll(async () => await site.stop());

describe('hearing and looking', () => {
  test('at first nothing was heard; then webhook, poll and reconcile are told, and nothing is needed', async () => {
    expect(await health()).toMatchObject({ webhook: { lastAt: null, turnedAway: null }, poll: { reconciledAt: null, unheard: null, rateLimitedAt: null }, lastError: null, hints: { waiting: 0, more: false, oldestAt: null } });
    const began = (await health()).now;
    await site.incidentWith((await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500)).id);
    await sweep();
    const view = await health();
    expect(view).toMatchObject({ orgName: 'local', key: { state: 'ok', last4: '0000' }, webhook: { channel: { state: 'ok', name: 'Incident Pages (local site)', suspendedAt: null } }, hints: { waiting: 0 }, stuck: [], needs: [] });
    for (const at of [view.webhook.lastAt, view.poll.lastAt, view.poll.reconciledAt]) expect(at).toBeGreaterThanOrEqual(began);
    // No product of this site says how much is left.
    expect(view.quota).toBeNull();
  });

  test('a key that Mackerel refuses, or that may not read, is told within a minute, with the last error', async () => {
    await site.faults([{ target: 'mackerel', status: 401 }]);
    await sweep();
    const refused = await asked();
    expect([refused.key.state, refused.webhook.channel.state, refused.lastError?.messageKey, refused.needs[0]?.key]).toEqual(['refused', 'unknown', 'error.mackerel-key', 'health.need.key-refused']);
    await site.faults([{ target: 'mackerel', status: 403 }]);
    expect((await asked()).needs[0]?.key).toBe('health.need.key-forbidden');
    await site.faults([{ target: 'mackerel', status: 503 }]);
    expect((await asked()).key.state).toBe('unreachable');
    await site.faults([{ target: 'mackerel', path: '/channels', status: 403 }]);
    const limited = await asked();
    expect([limited.key.state, limited.webhook.channel.state]).toEqual(['ok', 'unknown']);
    await site.faults([]);
    await sweep();
    expect((await asked()).needs).toEqual([]);
  });

  test('a Mackerel that asks to slow down is told with the time', async () => {
    await site.faults([{ target: 'mackerel', path: '/alerts', status: 429 }]);
    await sweep();
    await site.faults([]);
    const view = await health();
    expect([view.lastError?.messageKey, view.poll.rateLimitedAt]).toEqual(['error.mackerel-rate', view.lastError?.at]);
  });

  test('looks that stop are told after a quarter of an hour, looks that fail sooner', async () => {
    await site.faults([{ target: 'schedule' }, { target: 'mackerel', path: '/alerts', status: 500 }]);
    await sweep().catch(() => undefined);
    await site.later(7 * MINUTE);
    await site.ok('admin', 'health.poll', {});
    await site.rest();
    expect(await needs()).toEqual(['health.need.failing']);
    await site.later(10 * MINUTE);
    expect(await needs()).toEqual(['health.need.polls-stopped']);
    await site.faults([]);
    await sweep();
    expect(await needs()).toEqual([]);
  });

  test('hints that nobody takes up are counted, with the oldest', async () => {
    await site.faults([{ target: 'mackerel', path: '/alerts', status: 500 }, { target: 'schedule' }]);
    const before = (await health()).now;
    await site.raise('queue delay', 'batch-01', 'WARNING', 70);
    await site.until(async () => ((await health()).hints.waiting === 1 ? true : null));
    await site.later(6 * MINUTE);
    const { hints, needs: told } = await health();
    expect(hints.oldestAt).toBeGreaterThanOrEqual(before);
    expect(told).toContainEqual({ key: 'health.need.hints-old', params: { n: 1 } });
    await site.faults([]);
    await sweep();
    await sweep();
    expect((await health()).hints).toEqual({ waiting: 0, more: false, oldestAt: null });
  });

  test('no webhook for hours although alerts changed: told with both numbers until one comes', async () => {
    await site.recoverAll();
    await sweep();
    const kept = await channelsOf(site);
    await removeChannels(site);
    const heardAt = (await health()).webhook.lastAt ?? 0;
    for (const n of [0, 1, 2]) await site.raiseStorm(n, 'WARNING');
    await sweep();
    expect((await health()).poll.unheard).toEqual({ changes: 3, since: expect.any(Number) });
    expect(await needs()).toEqual([]);
    await site.later(150 * MINUTE);
    await sweep();
    const { needs: told, webhook } = await health();
    expect(webhook.lastAt).toBe(heardAt);
    expect(told).toEqual([{ key: 'health.need.unheard', params: { hours: 2, changes: 3 } }]);
    const { name, url, events } = kept[0] ?? { name: '', url: '', events: [] };
    await mackerelApi(site, 'POST', 'channels', { type: 'webhook', name, url, events });
    await site.raiseStorm(3, 'WARNING');
    await site.until(async () => ((await health()).poll.unheard === null ? true : null));
    await site.recoverAll();
  }, 60_000);
});

describe('the channel in Mackerel', () => {
  const change = async (part: object): Promise<void> => {
    const [channel] = await channelsOf(site);
    await mackerelApi(site, 'PUT', `channels/${channel?.id ?? ''}`, { ...channel, ...part });
  };
  beforeAll(async () => {
    await site.ok('admin', 'webhook.setup', {});
  });

  test('suspended since when, until a person resumes it there', async () => {
    const [channel] = await channelsOf(site);
    const { suspendedAt } = await site.console<{ suspendedAt: number }>('POST', `channels/${channel?.id ?? ''}/suspend`, {});
    const view = await asked();
    expect(view.webhook.channel).toEqual({ state: 'suspended', name: channel?.name, suspendedAt: suspendedAt * 1000 });
    expect(view.needs).toEqual([{ key: 'health.need.suspended', params: { name: channel?.name } }]);
    await site.console('POST', `channels/${channel?.id ?? ''}/resume`, {});
    expect((await asked()).needs).toEqual([]);
  });

  test.each([
    ['without alerts', { events: ['hostStatus'] }, 'no-alert-events'],
    ['with groups of alerts', { events: ['alert', 'alertGroup'] }, 'alert-group'],
  ])('%s is told, and set-up puts it right', async (_what, part, state) => {
    await change(part);
    const view = await asked();
    expect([view.webhook.channel.state, view.needs.map(({ key }) => key)]).toEqual([state, [`health.need.${state}`]]);
    // At once, not after a minute: the settings say that something changed.
    expect((await site.ok('admin', 'webhook.setup', {})).channel.state).toBe('ok');
    expect((await asked()).webhook.channel.state).toBe('ok');
  });

  test('with an earlier secret, or gone', async () => {
    const { url } = await site.ok('admin', 'webhook.setup', {});
    await site.ok('admin', 'webhook.rotate', { opId: randomUUID() });
    await change({ url });
    expect((await asked()).webhook.channel.state).toBe('outdated');
    await removeChannels(site);
    expect((await asked()).needs.map(({ key }) => key)).toEqual(['health.need.missing']);
    await site.ok('admin', 'webhook.remove', {});
    const gone = await health();
    expect([gone.webhook.channel.state, gone.needs]).toEqual(['none', []]);
    await site.ok('admin', 'webhook.setup', {});
  });
});

test('looking now finds what a lost webhook told of; twice in ten seconds is too often', async () => {
  await site.later(MINUTE);
  await site.faults([{ target: 'webtrigger', drop: true, status: 500 }]);
  const { id } = await site.raise('checkout p95', 'web-02', 'CRITICAL', 1500);
  expect(await site.ok('admin', 'health.poll', {})).toEqual({ requested: true });
  expect(await site.invoke('admin', 'health.poll', {})).toMatchObject({ ok: false, error: { code: 'busy', messageKey: 'error.polled' } });
  await site.incidentWith(id);
  await site.later(10_000);
  await site.faults([{ target: 'queue' }]);
  expect(await site.ok('admin', 'health.poll', {})).toEqual({ requested: false });
  await site.faults([]);
  await site.rest();
});
