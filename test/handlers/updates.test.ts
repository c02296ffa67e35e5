/** Updates during an incident: drafted for those who may edit, published once, told to everybody. */
import { randomUUID } from 'node:crypto';
import type { UpdateDraftView, UpdateParts } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());
afterEach(async () => await site.faults([]));

const QUIET = { hosts: false, links: false, notes: false, alerts: false };
const UPDATE: UpdateParts = { conditions: '決済の 3 割が失敗', actions: '切り戻し中', needs: '' };
const draft = (desk: Desk, user = 'alice', lang: 'ja' | 'en' | null = null, choices = QUIET): Promise<UpdateDraftView> => site.ok(user, 'update.draft', { incidentId: desk.incidentId, lang, zone: 'Asia/Tokyo', choices });
const publish = (desk: Desk, user: string, seen: number, update = UPDATE, opId: string = randomUUID()) => desk.press(user, 'update.publish', { lang: 'ja', update, seen, opId });
const updates = async (desk: Desk) => (await desk.entries()).filter(({ source }) => source === 'update');
const told = async (words: string): Promise<readonly string[]> => (await site.control<{ body: { text: string } }[]>('GET', 'slack')).map(({ body }) => body.text).filter((text) => text.includes(words));

test('a draft is for those who may edit, in the language of the page or the one that is asked for', async () => {
  const desk = await declareDesk(site, 'Drafted');
  await desk.press('alice', 'incident.line', { line: 'impact', text: 'web-01 で失敗 https://wiki.example.com/x', base: 0 });
  const [ja, en] = [await draft(desk, 'bob', 'ja'), await draft(desk)];
  expect([ja.lang, ja.draft.conditions.startsWith('SEV3・調査中'), ja.draft.needs, ja.published, ja.slack, ja.nextMinutes]).toEqual(['ja', true, '指揮官を引き受けてくださる方を募っています。', [], 'sends', 240]);
  expect([en.lang, en.draft.actions.startsWith('We are looking for the cause.'), en.draft.conditions.includes('[link]'), en.draft.conditions.includes('wiki')]).toEqual(['en', true, true, false]);
  expect(await Promise.all(['viewer', 'mallory'].map((user) => site.outcome(user, 'update.draft', { incidentId: desk.incidentId, lang: null, zone: 'UTC', choices: QUIET })))).toEqual(['forbidden', 'not-found']);
  for (const wrong of [{ zone: 'Mars/Olympus' }, { lang: 'fr' }, { choices: { ...QUIET, people: true } }]) expect(await site.outcome('alice', 'update.draft', { incidentId: desk.incidentId, lang: null, zone: 'UTC', choices: QUIET, ...wrong })).toBe('bad-request');
});

test('published, it stands in the timeline for everybody, in the export and in Slack, and the countdown begins anew', async () => {
  const title = `Told ${randomUUID()}`;
  const desk = await declareDesk(site, title);
  const before = (await desk.board()).incident.lastUpdateAt;
  await site.later(5 * 60_000);
  const { lastUpdateAt, page, key } = await publish(desk, 'alice', 0);
  expect(lastUpdateAt).toBeGreaterThanOrEqual(before + 5 * 60_000);
  const [seen] = (await desk.board('viewer')).entries.filter(({ source }) => source === 'update');
  expect(seen).toMatchObject({ messageKey: 'entry.update', params: { n: 1, lang: 'ja', conditions: '決済の 3 割が失敗', actions: '切り戻し中', needs: 'なし' }, by: { accountId: 'acc-alice' }, at: lastUpdateAt });
  await site.rest();
  expect((await told(title)).at(-1)).toBe(`📣 障害 ${key} の状況更新 1: ${title} (SEV3・調査中)\n状況: 決済の 3 割が失敗\n対応: 切り戻し中\n依頼: なし\n次回更新は 240 分以内\n${page?.url ?? ''}`);
  const printed = JSON.stringify(await site.control('POST', 'export', { moduleKey: 'incident-board', exportType: 'pdf', context: { contentId: page?.id } }));
  expect(printed).toContain('Update 1 Conditions: 決済の 3 割が失敗 Actions: 切り戻し中 Needs: なし');
  expect((await draft(desk)).published).toEqual([{ n: 1, lang: 'ja', conditions: '決済の 3 割が失敗', actions: '切り戻し中', needs: 'なし', by: { accountId: 'acc-alice' }, at: lastUpdateAt }]);
});

test('the same press twice, also at once, is one update and one message', async () => {
  const title = `Once ${randomUUID()}`;
  const desk = await declareDesk(site, title);
  const opId = randomUUID();
  await Promise.all([publish(desk, 'alice', 0, UPDATE, opId), publish(desk, 'alice', 0, UPDATE, opId)]);
  await publish(desk, 'alice', 0, UPDATE, opId);
  await site.rest();
  expect([(await updates(desk)).length, (await told(title)).filter((text) => text.startsWith('📣')).length]).toEqual([1, 1]);
});

test('of two at once the second is told, and publishes hers after his', async () => {
  const desk = await declareDesk(site, 'Two at once');
  const answers = await Promise.all(['alice', 'bob'].map((user) => desk.answer(user, 'update.publish', { lang: 'ja', update: { ...UPDATE, conditions: user }, seen: 0 })));
  const refused = answers.findIndex(({ ok }) => !ok);
  expect(answers.filter(({ ok }) => ok).length).toBe(1);
  expect(answers[refused]).toMatchObject({ ok: false, error: { code: 'conflict', messageKey: 'error.update-changed', field: 'seen' } });
  await publish(desk, refused === 0 ? 'alice' : 'bob', 1, { ...UPDATE, conditions: 'after' });
  expect((await updates(desk)).map(({ params }) => [params['n'], params['conditions']])).toEqual([[2, 'after'], [1, refused === 0 ? 'bob' : 'alice']]);
});

test('what says nothing, says too much or is not theirs is refused and changes nothing', async () => {
  const desk = await declareDesk(site, 'Refused');
  const of = (update: UpdateParts) => ({ lang: 'ja' as const, update, seen: 0 });
  expect(await desk.refused('alice', 'update.publish', of({ ...UPDATE, conditions: ' \u200b\n' }))).toEqual({ code: 'bad-request', messageKey: 'error.update-empty', field: 'conditions' });
  expect(await desk.refused('alice', 'update.publish', of({ ...UPDATE, actions: '長'.repeat(1001) }))).toEqual({ code: 'bad-request', messageKey: 'error.too-long', field: 'actions' });
  expect((await desk.refused('viewer', 'update.publish', of(UPDATE))).code).toBe('forbidden');
  expect((await desk.refused('mallory', 'update.publish', of(UPDATE))).code).toBe('not-found');
  expect(await updates(desk)).toEqual([]);
});

test('hostile words are text, in the record and in Slack', async () => {
  const title = `Hostile ${randomUUID()}`;
  const desk = await declareDesk(site, title);
  await publish(desk, 'bob', 0, { conditions: '<!channel> <img src=x onerror=alert(1)> {n}\u202e', actions: "it's {open, plural", needs: '#' });
  await site.rest();
  expect((await updates(desk))[0]?.params).toMatchObject({ conditions: '<!channel> <img src=x onerror=alert(1)> {n}', actions: "it's {open, plural", needs: '#' });
  expect((await told(title)).at(-1)).toContain('状況: &lt;!channel&gt; &lt;img src=x onerror=alert(1)&gt; {n}\n対応: it\'s {open, plural\n依頼: #');
});

test('of a private incident it is told to those who see it, and to nobody else', async () => {
  const title = `Secret ${randomUUID()}`;
  const { incidentId } = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev2', visibility: 'private', candidateId: null });
  const desk = deskOf(site, incidentId);
  expect((await draft(desk)).slack).toBe('private');
  await publish(desk, 'alice', 0);
  await site.rest();
  // Those of public ones are there.
  expect((await told('決済の 3 割が失敗')).length).toBeGreaterThan(0);
  expect([(await updates(desk)).length, await told(title)]).toEqual([1, []]);
});

test('where the incident went on elsewhere, it says so', async () => {
  const [gone, survivor] = [await declareDesk(site, 'Gone'), await declareDesk(site, 'Survivor')];
  await survivor.press('alice', 'incident.merge', { from: [gone.incidentId] });
  expect(await site.outcome('alice', 'update.draft', { incidentId: gone.incidentId, lang: null, zone: 'UTC', choices: QUIET })).toBe('conflict');
  expect((await gone.refused('alice', 'update.publish', { lang: 'ja', update: UPDATE, seen: 0 })).code).toBe('conflict');
});
