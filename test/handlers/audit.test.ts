/** The history of an incident's changes, through the real verbs. */
import { randomUUID } from 'node:crypto';
import type { AuditKind, AuditPosition, AuditRow, AuditView, ReportLine } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedRows } from './inside';
import { reportOn } from './report-room';

let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
}, 180_000);
afterAll(async () => await site.stop());

const load = (desk: Desk, more: { kinds?: readonly AuditKind[] | null; before?: AuditPosition | null; lang?: 'ja' | 'en' } = {}, user = 'bob'): Promise<AuditView> => site.ok(user, 'audit.load', { incidentId: desk.incidentId, kinds: null, before: null, lang: 'en', zone: 'Asia/Tokyo', ...more });
const plain = (line: ReportLine): string => line.map((part) => ('person' in part ? part.person : part.text)).join('');
const told = (rows: readonly AuditRow[]) => rows.map(({ by, what, before, after }) => [by?.accountId ?? null, plain(what), plain(before), plain(after)]);

test('what people press is told with who, and with what was there before; of one kind where that is asked for', async () => {
  const desk = await declareDesk(site, 'Audited');
  await desk.press('alice', 'incident.severity', { severity: 'sev1', note: 'worse' });
  await desk.press('bob', 'incident.line', { line: 'impact', text: 'Some', base: 0 });
  const { impact } = (await desk.board()).incident;
  await desk.press('alice', 'incident.line', { line: 'impact', text: 'A third', base: impact?.v ?? 0 });
  await desk.press('bob', 'note.add', { notes: [{ text: 'pool 50', at: null, link: null }] });
  const [note] = (await desk.entries()).filter(({ text }) => text === 'pool 50');
  await desk.press('alice', 'note.edit', { entryId: note?.id ?? '', note: { text: 'pool 200', at: note?.at ?? 0, link: null }, base: note?.v ?? 0 });
  await desk.press('alice', 'update.publish', { lang: 'en', update: { conditions: 'c', actions: 'a', needs: 'n' }, seen: 0 });
  const { rows, next, left } = await load(desk);
  expect(told(rows).slice(0, 5)).toEqual([
    ['acc-alice', 'Update 1 published', '', 'c\na\nn'],
    ['acc-alice', 'Note changed', 'pool 50', 'pool 200'],
    ['acc-bob', 'Note written', '', expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+09:00\npool 50$/) as string],
    ['acc-alice', 'Impact: A third', 'Some', 'A third'],
    ['acc-bob', 'Impact: Some', '', 'Some'],
  ]);
  expect([told(rows).at(-1)?.[1], next, left]).toEqual(['Declared the incident', null, 0]);
  expect(told((await load(desk, { kinds: ['course'], lang: 'ja' })).rows)).toEqual([['acc-alice', '重大度 SEV3 → SEV1: worse', 'SEV3', 'SEV1'], ['acc-alice', '障害対応を開始', '', 'Audited']]);
});

test('answer by answer nothing is missing and nothing comes twice, also while people go on pressing', async () => {
  const desk = await declareDesk(site, 'Long');
  for (let round = 0; round < 3; round += 1) await desk.press('alice', 'note.add', { notes: Array.from({ length: 150 }, (_, n) => ({ text: `${round}-${n}`, at: null, link: null })) });
  const whole: AuditRow[] = [];
  let before: AuditPosition | null = null;
  let answers = 0;
  do {
    const page: AuditView = await load(desk, { before });
    whole.push(...page.rows);
    before = page.next;
    answers += 1;
    await desk.press('bob', 'note.add', { notes: [{ text: `meanwhile ${answers}`, at: null, link: null }] });
  } while (before !== null);
  const notes = whole.filter(({ kind, after }) => kind === 'notes' && !plain(after).includes('meanwhile'));
  expect([answers, notes.length, new Set(whole.map(({ id }) => id)).size === whole.length]).toEqual([3, 450, true]);
}, 60_000);

test('it is for those who may edit', async () => {
  const desk = await declareDesk(site, 'Kept');
  const p = { incidentId: desk.incidentId, kinds: null, before: null, lang: 'en' as const, zone: 'UTC' };
  expect(await Promise.all(['alice', 'viewer', 'mallory'].map((user) => site.outcome(user, 'audit.load', p)))).toEqual(['ok', 'forbidden', 'not-found']);
  for (const wrong of [{ kinds: ['all'] }, { kinds: [] }, { zone: 'Mars/Olympus' }, { before: { at: -1, id: 'x' } }]) expect(await site.outcome('alice', 'audit.load', { ...p, ...wrong } as never)).toBe('bad-request');
  const secret = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Secret', severity: 'sev2', visibility: 'private', candidateId: null, audience: { people: ['acc-viewer'], groupIds: [] } });
  expect(await site.outcome('bob', 'audit.load', { ...p, incidentId: secret.incidentId })).toBe('not-found');
  expect(told((await load(deskOf(site, secret.incidentId), { kinds: ['access'] }, 'alice')).rows)).toEqual([['acc-alice', 'acc-viewer was added to those who see this incident', '', 'acc-viewer']]);
});

test('the review and reports are told too; a press sent twice is told once, and who was erased is nowhere', async () => {
  const desk = await declareDesk(site, 'Looked back on');
  await desk.press('alice', 'incident.status', { status: 'resolved' });
  const { base } = await site.ok('alice', 'review.load', { incidentId: desk.incidentId });
  const save = { incidentId: desk.incidentId, opId: randomUUID(), base, change: { plan: { owner: 'acc-bob', reviewers: [], due: null, meeting: null }, lessons: { well: 'Rollback', hard: '', lucky: '' } } };
  await site.ok('bob', 'review.save', save);
  await site.ok('bob', 'review.save', save);
  await site.ok('bob', 'review.advance', { incidentId: desk.incidentId, opId: randomUUID(), to: 'in-review', seen: 'draft' });
  const { seen } = await site.ok('bob', 'report.load', { ...reportOn(desk.incidentId), draft: true });
  await site.ok('bob', 'report.publish', { ...reportOn(desk.incidentId), seen, opId: randomUUID() });
  const later = (): Promise<AuditView> => load(desk, { kinds: ['review', 'page'] }, 'alice');
  const expected = (bob: string) => [
    [bob, 'Report version 1 made a page: Incident report (first notice)', '', expect.stringContaining('/wiki/') as string],
    [bob, 'Review: state', 'Draft', 'In review'],
    [bob, 'Review: What was learned', '', 'What went well: Rollback'],
    [bob, 'Review: Who and when', '', bob === 'acc-bob' ? 'Owner: acc-bob' : 'Owner: Former user'],
  ];
  expect(told((await later()).rows)).toEqual(expected('acc-bob'));
  await site.control('PUT', 'accounts', { closed: ['acc-bob'] });
  await site.control('POST', 'run/daily');
  expect(told((await later()).rows)).toEqual(expected('former-user'));
  expect(Object.entries(storedRows(site)).filter(([key, value]) => key.includes('review') && `${key} ${value}`.includes('acc-bob'))).toEqual([]);
}, 90_000);

test('of a merged incident and of the one it went on in, each tells its own', async () => {
  const [gone, survivor] = [await declareDesk(site, 'Gone'), await declareDesk(site, 'Survivor')];
  await survivor.press('alice', 'incident.merge', { from: [gone.incidentId] });
  const [left, taken] = [await load(gone, { kinds: ['course'] }, 'alice'), await load(survivor, { kinds: ['course'] }, 'alice')];
  expect([told(left.rows)[0]?.slice(2), told(taken.rows)[0]?.[1]]).toEqual([['Investigating', 'Merged'], expect.stringMatching(/was merged into this one/)]);
});
