/** Updates: numbered, never changed, and drafted from the record without what is to stay inside. */
import { createTexts } from '../../src/adapters/texts';
import type { Lang, UpdateChoices } from '../../src/contract';
import type { Incident } from '../../src/domain/record';
import { asKnownAt } from '../../src/domain/rewind';
import { SCHEME } from '../../src/domain/scheme';
import { draftUpdate, type DraftFacts } from '../../src/domain/update-draft';
import { lastNumber, publishUpdate, updateAt, updatesOf } from '../../src/domain/updates';
import { entriesSince } from '../../src/usecases/entry-views';
import { alert, EMPTY, entry, FULL, head, MINUTE, note, T0 } from './reported';

const texts = createTexts();
const QUIET: UpdateChoices = { hosts: false, links: false, notes: false, alerts: false };
const OPEN: UpdateChoices = { hosts: true, links: true, notes: true, alerts: true };
const press = (opId: string, now: number) => ({ opId: `acc-bob:${opId}`, by: 'acc-bob', now });
const WORDS = { conditions: 'Payments fail', actions: 'Rolling back', needs: 'None' };

function draft(incident: Incident, choices: UpdateChoices = QUIET, part: Partial<DraftFacts> = {}) {
  const lang: Lang = part.lang ?? 'ja';
  return draftUpdate({ incident, entries: entriesSince(incident, 0), scheme: SCHEME, lang, zone: 'Asia/Tokyo', choices, now: T0 + 25 * MINUTE, say: (key, params) => texts.say(lang, key, params), ...part });
}
const ongoing: Incident = { ...FULL, head: { ...FULL.head, status: 'mitigated', resolvedAt: null }, alerts: { a1: alert('a1', { closedAt: null, status: 'CRITICAL' }), a2: alert('a2') } };

test('published, it is an entry of its own with its number, begins the time to the next one anew and is owed as a notice', () => {
  const once = publishUpdate(EMPTY, WORDS, 'en', press('one', T0 + 10 * MINUTE));
  const twice = publishUpdate(once, { ...WORDS, conditions: 'Better' }, 'ja', press('two', T0 + 40 * MINUTE));
  expect(updatesOf(twice).map(({ n, lang, conditions, by, at }) => [n, lang, conditions, by, at])).toEqual([
    [2, 'ja', 'Better', 'acc-bob', T0 + 40 * MINUTE],
    [1, 'en', 'Payments fail', 'acc-bob', T0 + 10 * MINUTE],
  ]);
  expect([twice.head.lastUpdateAt, lastNumber(twice), twice.head.outbox.map(({ id, kind }) => [id, kind])]).toEqual([T0 + 40 * MINUTE, 2, [['op:acc-bob:one', 'update'], ['op:acc-bob:two', 'update']]]);
  expect([updateAt(twice, 'op:acc-bob:one')?.n, updateAt(twice, 'constructor'), updateAt(FULL, 'n1')]).toEqual([1, null, null]);
});

test('the same press again changes nothing, and of a private incident no notice is owed', () => {
  const once = publishUpdate(EMPTY, WORDS, 'en', press('one', T0));
  expect(publishUpdate(once, { ...WORDS, conditions: 'Other' }, 'en', press('one', T0 + MINUTE))).toBe(once);
  const secret = publishUpdate({ ...EMPTY, head: { ...EMPTY.head, visibility: 'private' } }, WORDS, 'en', press('one', T0));
  expect([updatesOf(secret).length, secret.head.outbox]).toEqual([1, []]);
});

test('in the past it is not there yet, and neither is the time it began anew', () => {
  const declared = entry('declared', T0 + 2 * MINUTE, { set: { lastUpdateAt: T0 + 2 * MINUTE } });
  const told = publishUpdate({ ...EMPTY, head: head({ declaredAt: T0 + 2 * MINUTE }), entries: { declared } }, WORDS, 'en', press('one', T0 + 10 * MINUTE));
  const [then, later] = [asKnownAt(told, T0 + 9 * MINUTE), asKnownAt(told, T0 + 10 * MINUTE)];
  expect([updatesOf(then).length, then.head.lastUpdateAt, updatesOf(later).length, later.head.lastUpdateAt]).toEqual([0, T0 + 2 * MINUTE, 1, T0 + 10 * MINUTE]);
});

test('drafted in Japanese and in English: how it stands, what is done and what happened since, what is missing', () => {
  expect(draft(ongoing)).toEqual({
    conditions: 'SEV1・暫定復旧。検知 2026-11-24 02:11 +09:00、25 分経過。\n［ホスト名省略］ の DB 接続が枯渇\n影響範囲: 決済の 3 割が失敗\n発生中のアラート 1 件 (全 2 件)',
    actions: '暫定対応を実施し、経過を見ています。\n02:13 障害対応を開始\n02:23 重大度 SEV2 → SEV1\n02:31 状態 調査中 → 暫定復旧\n02:41 状態 暫定復旧 → 復旧',
    needs: 'なし',
  });
  expect(draft(EMPTY, QUIET, { lang: 'en', zone: 'UTC' })).toEqual({
    conditions: 'SEV1, Investigating. Detected 2026-11-23 17:13 +00:00; it has lasted 23 min.',
    actions: 'We are looking for the cause.',
    needs: 'Somebody to take command.\nWhat users notice, from whoever knows.',
  });
  expect(draft({ ...EMPTY, head: { ...EMPTY.head, severity: 'pending' } }, QUIET, { lang: 'en' }).needs.split('\n')).toEqual(['Somebody to take command.', 'A judgement of the severity.', 'What users notice, from whoever knows.']);
  expect(draft(FULL, QUIET, { lang: 'en' })).toMatchObject({ conditions: expect.stringContaining('it took 30 min') as string, needs: 'None' });
});

test('what was told before is not told again', () => {
  const told = publishUpdate({ ...ongoing, head: { ...ongoing.head, changedAt: T0 + 21 * MINUTE } }, WORDS, 'ja', press('one', T0 + 21 * MINUTE));
  expect(draft(told).actions).toBe('暫定対応を実施し、経過を見ています。\n02:41 状態 暫定復旧 → 復旧');
});

test('with nothing chosen, names, hosts, addresses, notes and alerts stay inside; people do whatever is chosen', () => {
  const inside = ['web-01', '10.0.0.7', 'https://', 'pool', '内部メモ', 'checkout p95'];
  const people = ['acc-alice', 'acc-bob', 'OPS-12'];
  const [quiet, open] = [JSON.stringify(draft(ongoing)), JSON.stringify(draft(ongoing, OPEN))];
  for (const secret of inside) expect([secret, quiet.includes(secret), open.includes(secret)]).toEqual([secret, false, true]);
  for (const secret of people) expect([secret, quiet.includes(secret), open.includes(secret)]).toEqual([secret, false, false]);
});

test('a long course keeps its newest lines and fits into a part', () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`n${n}`, note(`n${n}`, T0 + (3 + n) * MINUTE, `${n} ${'長い記録'.repeat(60)}`)]));
  const { actions } = draft({ ...ongoing, entries: many }, OPEN);
  expect([actions.includes('02:46 32 長い記録'), actions.includes('02:45 31'), [...actions].length <= 1000]).toEqual([true, false, true]);
});
