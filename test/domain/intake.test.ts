/** The pulse of the intake, what follows from it, and the webhook's secrets. */
import type { HealthView } from '../../src/contract';
import { needsOf } from '../../src/domain/health';
import { failedLook, heardWebhook, looked, NO_PULSE, type Heard, type Pulse } from '../../src/domain/pulse';
import { acceptedSecrets, FIRST_WEBHOOK, isOurs, oldUntil, rotated, rotatedBy, secretIn } from '../../src/domain/webhook';
import { plainLine, plainText } from '../../src/domain/text';
import { healthy } from '../shots/health-data';

const HOUR = 3_600_000;

describe('the pulse', () => {
  const open = (...ids: string[]) => ids.map((id) => ({ id: id.slice(0, -1), status: id.endsWith('!') ? ('CRITICAL' as const) : ('WARNING' as const) }));
  const heard = (alertId: string, receivedAt: number, more: Partial<Heard> = {}): Heard => ({ alertId, receivedAt, secret: 'webhook', ...more });
  const polls = (...looks: [number, string[], Heard[]][]): Pulse => looks.reduce<Pulse>((pulse, [at, ids, hints]) => looked(pulse, { at, read: true, open: open(...ids), heard: hints }), NO_PULSE);

  test('the first look finds everything new and counts nothing', () => {
    expect(polls([1, ['a!', 'b.'], []])).toMatchObject({ pollAt: 1, key: 'ok', unheard: null, webhook: null });
  });
  test.each([
    ['one that opened', ['a!', 'b.'], 1],
    ['one that got worse', ['a!'], 0],
    ['one that closed', [], 1],
    ['one that changed and one that opened', ['a.', 'b!'], 2],
  ])('%s without a webhook is counted once, also over more looks', (_what, ids, changes) => {
    const pulse = polls([1, ['a!'], []], [2, ids, []], [3, ids, []]);
    expect(pulse.unheard).toEqual(changes === 0 ? null : { changes, since: 2 });
  });
  test('what a webhook told of is not counted, and any webhook ends the count', () => {
    expect(polls([1, [], []], [2, ['a!'], [heard('a', 2)]]).unheard).toBeNull();
    const counted = polls([1, [], []], [2, ['a!'], []], [3, ['a!', 'b!'], []]);
    expect(counted.unheard).toEqual({ changes: 2, since: 2 });
    expect(looked(counted, { at: 4, read: true, open: open('a!', 'b!', 'c!'), heard: [heard('c', 4)] })).toMatchObject({ unheard: null, webhook: { at: 4, secret: 'webhook' } });
    expect(heardWebhook(counted, 5, 'webhook-x').unheard).toBeNull();
  });
  test('of more alerts than are compared, those that are not listed are no change', () => {
    const many = (from: number): string[] => Array.from({ length: 300 }, (_, n) => `a${from + n}.`);
    expect(polls([1, many(0), []], [2, many(10), []]).unheard).toEqual({ changes: 10, since: 2 });
  });
  test('a look that lists nothing counts nothing, and what its webhooks told is known to the next list', () => {
    const told = looked(polls([1, ['a!'], []]), { at: 2, read: false, open: null, heard: [heard('b', 2, { changedAt: 2, told: { status: 'WARNING' } })] });
    expect([told.pollAt, told.unheard]).toEqual([1, null]);
    expect(looked(told, { at: 3, read: true, open: open('a!', 'b.'), heard: [] }).unheard).toBeNull();
  });
  test('an older delivery does not set the newest back', () => {
    expect(heardWebhook(heardWebhook(NO_PULSE, 5, 'webhook'), 3, 'webhook-x').webhook).toEqual({ at: 5, secret: 'webhook' });
  });
  test('what was turned away is summed once for each delivery, for a day', () => {
    const first = heard('a', 2, { turnedAway: { limited: 3, foreign: 1 } });
    const pulse = polls([1, [], []], [2, ['a!'], [first]], [3, ['a!'], [first, heard('b', 3, { turnedAway: { limited: 1, foreign: 0 } })]]);
    expect(pulse.turnedAway).toEqual({ limited: 4, foreign: 1, since: 2 });
    expect(looked(pulse, { at: 2 + 24 * HOUR, read: true, open: [], heard: [] }).turnedAway).toBeNull();
  });
  test('a failed look says why; the next good one lets the key be good again', () => {
    const failed = failedLook(polls([1, [], []]), { at: 2, code: 'mackerel-key', messageKey: 'error.mackerel-key' }, { key: true, limited: false });
    expect([failed.key, failed.error?.at, failed.limitedAt]).toEqual(['refused', 2, null]);
    expect(looked(failed, { at: 3, read: true, open: [], heard: [] })).toMatchObject({ key: 'ok', error: { at: 2 } });
  });
});

describe('what an administrator should see to', () => {
  const { now } = healthy();
  const keys = (part: Partial<HealthView>): readonly string[] => needsOf(healthy(part)).map(({ key }) => key.replace('health.need.', ''));
  const unheard = (changes: number, hours: number): Partial<HealthView> => ({ poll: { ...healthy().poll, unheard: { changes, since: now - hours * HOUR } } });

  test('nothing, when all is well', () => expect(keys({})).toEqual([]));
  test.each([
    [3, 1, ['unheard']],
    [2, 20, []],
    [30, 0.9, []],
  ])('%d changes in %d hours without a webhook: %j', (changes, hours, told) => expect(keys(unheard(changes, hours))).toEqual(told));
  test.each([
    ['none', []],
    ['unknown', []],
    ['ok', []],
    ['missing', ['missing']],
    ['outdated', ['outdated']],
  ] as const)('a channel that is %s: %j', (state, told) => expect(keys({ webhook: { ...healthy().webhook, channel: { state, name: null, suspendedAt: null } } })).toEqual(told));
  test('an error that a later look got over is none', () => {
    const { lastAt } = healthy().poll;
    expect(keys({ lastError: { at: (lastAt ?? 0) - 1, messageKey: 'error.mackerel-rate' } })).toEqual([]);
    expect(keys({ lastError: { at: now, messageKey: 'error.mackerel-rate' }, poll: { ...healthy().poll, lastAt: now - HOUR / 5 } })).toEqual(['failing']);
  });
  test('a key that is not there is no reason to miss looks', () => {
    expect(keys({ key: { state: 'none', last4: null, checkedAt: now }, poll: { ...healthy().poll, lastAt: now - 9 * HOUR } })).toEqual(['key-none']);
  });
});

describe('the webhook’s secrets', () => {
  test('a rotation is named after its press, and keeps those before for their day', () => {
    const once = rotated(FIRST_WEBHOOK, 'op-1', 1_000);
    expect(once).toEqual({ channelId: null, secret: 'webhook-op-1', old: [{ name: 'webhook', until: 1_000 + 24 * HOUR }], rotatedAt: 1_000 });
    const twice = rotated(once, 'op-2', 2_000);
    expect(acceptedSecrets(twice).map(({ name }) => name)).toEqual(['webhook-op-2', 'webhook-op-1', 'webhook']);
    expect([rotatedBy(twice, 'op-1'), rotatedBy(twice, 'op-3')]).toEqual([true, false]);
    expect(rotated(twice, 'op-3', 1_000 + 24 * HOUR).old.map(({ name }) => name)).toEqual(['webhook-op-2', 'webhook-op-1']);
    expect([oldUntil(once, 1_000), oldUntil(once, 1_000 + 24 * HOUR), oldUntil(FIRST_WEBHOOK, 0)]).toEqual([1_000 + 24 * HOUR, null, null]);
  });

  const BASE = 'https://mackerel:present@x.example/public/abc';
  test.each([
    ['https://mackerel:other@x.example/public/abc', true, 'other'],
    ['https://x.example/public/abc?secret=query', true, 'query'],
    ['https://x.example/public/abc/path/', true, 'path'],
    ['https://mackerel:a%2Fb@x.example/public/abc', true, 'a/b'],
    ['https://mackerel:%zz@x.example/public/abc', true, '%zz'],
    ['https://x.example/public/abcd', false, 'd'],
    ['https://x.example.evil/public/abc', false, ''],
    ['http://x.example/public/abc', false, ''],
    ['no address', false, ''],
  ])('%s is ours: %s, with the secret "%s"', (url, ours, secret) => {
    expect([isOurs(url, BASE), secretIn(url, BASE)]).toEqual([ours, secret]);
  });
});

test('half a character becomes a sign that something is missing, whole ones stay', () => {
  expect([plainLine('a\ud800b 😀', 20), plainText('\udc00\n😀')]).toEqual(['a\ufffdb 😀', '\ufffd\n😀']);
});
