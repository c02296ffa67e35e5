/** Stored accounts are reported every day, and a closed one is nowhere any more afterwards. */
import { randomUUID } from 'node:crypto';
import { everyVerb, type World } from './every-verb';
import { deskOf } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedRows } from './inside';

let site: TestSite;
let world: World;
let privateId = '';
const BOB = 'acc-bob';
/** Rows whose key or text names the account; those kept secret are no documents. */
const naming = (account: string): readonly string[] => Object.entries(storedRows(site)).flatMap(([key, value]) => (`${key} ${value}`.includes(account) ? [key] : []));
const daily = (): Promise<unknown> => site.control('POST', 'run/daily');
const close = (closed: readonly string[]): Promise<unknown> => site.control('PUT', 'accounts', { closed });
const reports = async (): Promise<readonly unknown[]> => (await site.control<{ target: string; path: string }[]>('GET', 'outside')).filter(({ target, path }) => target === 'stargate' && path === '/app/report-accounts');

beforeAll(async () => {
  site = await startTestSite(WITHOUT_QUOTA);
  world = await everyVerb(site);
  // Bob leaves a trace of every kind.
  const desk = deskOf(site, world.incidentId);
  await desk.press('bob', 'incident.respond', {});
  await desk.press('bob', 'incident.role', { role: { id: 'scribe' }, person: 'me', seen: null });
  await desk.press('alice', 'incident.role', { role: { id: 'operator' }, person: BOB, seen: null });
  await desk.press('bob', 'incident.line', { line: 'impact', text: 'Some pay twice', base: 0 });
  await desk.press('bob', 'incident.places', { call: 'https://call.example.com/1', chat: null, base: 0 });
  await desk.press('bob', 'incident.cause', { cause: 'change' });
  await desk.press('bob', 'note.add', { notes: [{ text: 'seen by bob', at: null, link: null }] });
  const note = (await desk.entries()).find(({ text }) => text === 'seen by bob')?.id ?? '';
  await desk.press('bob', 'entry.pin', { entryId: note, pinned: true });
  const { ticket } = await world.real['ticket.create'].payload();
  await desk.press('bob', 'ticket.create', { ticket: { ...ticket, assignee: BOB }, entryId: note });
  await desk.press('bob', 'alert.detach', { alertId: (await desk.board()).alerts[0]?.id ?? '' });
  await site.ok('bob', 'report.publish', await world.real['report.publish'].payload());
  await site.ok('bob', 'candidate.dismiss', { candidateId: world.candidateId, opId: randomUUID() });
  const made = await site.ok('bob', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'By bob', severity: 'sev3', visibility: 'private', candidateId: null, audience: { people: ['acc-alice'], groupIds: [] } });
  privateId = made.incidentId;
  await deskOf(site, privateId).press('bob', 'audience.remove', { who: { accountId: 'acc-alice' } });
  await site.ok('bob', 'evidence.freeze', { incidentId: world.incidentId, opId: randomUUID() });
  await site.rest();
}, 120_000);
afterAll(async () => await site.stop());

test('accounts nobody closed are reported, at most 90 at a time, and stay', async () => {
  const before = naming(BOB);
  const kinds = new Set(before.map((key) => key.split(/[ :]/).slice(0, 3).join(' ')));
  // What is looked for later is there to be found, in rows of every kind that names people.
  for (const kind of ['incident', 'chunk', 'claim press', 'claim ticket', 'candidate', 'saga', 'notice', 'ticket', 'cell reports', 'evidence']) expect([kind, [...kinds].some((one) => one.includes(kind))]).toEqual([kind, true]);
  await site.control('POST', 'log/reset');
  await daily();
  expect((await reports()).length).toBeGreaterThan(0);
  expect(naming(BOB)).toEqual(before);
});

test('a closed account is nowhere afterwards, is shown as a former user, and everything else stays', async () => {
  const desk = deskOf(site, world.incidentId);
  const before = { entries: await desk.entries(), board: await desk.board(), alice: naming('acc-alice').length, slack: (await site.slack()).length };
  await close([BOB]);
  await daily();
  expect(naming(BOB)).toEqual([]);
  expect(naming('former-user').length).toBeGreaterThan(5);

  const after = { entries: await desk.entries(), board: await desk.board() };
  const texts = (entries: typeof after.entries): readonly unknown[] => entries.map(({ at, text, messageKey, recordedAt, pinned, v }) => [at, text, messageKey, recordedAt, pinned, v]);
  expect(texts(after.entries)).toEqual(texts(before.entries));
  expect(after.entries.find(({ text }) => text === 'seen by bob')).toMatchObject({ by: { accountId: 'former-user' }, pinned: true });
  expect(after.board.incident).toMatchObject({ firstResponse: { by: { accountId: 'former-user' } }, impact: { by: { accountId: 'former-user' }, text: 'Some pay twice' }, severity: before.board.incident.severity, status: before.board.incident.status });
  expect(after.board.incident.roles.filter(({ person }) => person?.accountId === 'former-user').map(({ id }) => id)).toEqual(['operator', 'scribe']);
  const linked = (board: typeof after.board): readonly unknown[] => board.tickets.map(({ id, issueId, state, summary }) => [id, issueId, state, summary]);
  expect(linked(after.board)).toEqual(linked(before.board));
  // A ticket still leads to the note it came from.
  expect(after.entries.map(({ id }) => id)).toEqual(expect.arrayContaining(after.board.tickets.flatMap(({ entryId }) => (entryId === null ? [] : [entryId]))));
  await site.rest();
  expect([(await site.slack()).length, naming('acc-alice').length]).toEqual([before.slack, expect.any(Number)]);
  expect(naming('acc-alice').length).toBeGreaterThan(0);
  const printed = JSON.stringify(await site.control('POST', 'export', { moduleKey: 'incident-board', exportType: 'pdf', context: { contentId: world.pageId } }));
  expect([printed.includes('Former user') || printed.includes('退職したユーザー'), printed.includes('"former-user"')]).toEqual([true, false]);
});

test('done once, there is nothing left to do', async () => {
  await site.rest();
  const before = storedRows(site);
  await daily();
  await daily();
  await site.rest();
  const rows = storedRows(site);
  const changed = Object.keys(rows).filter((key) => rows[key] !== before[key] && !/personal-data|^e:ticket /.test(key));
  expect(changed).toEqual([]);
});

test('people go on pressing while it runs, and a run that dies anywhere is made up for', async () => {
  const desk = deskOf(site, world.otherIncident);
  for (let n = 0; n < 3; n += 1) await desk.press('viewer', 'incident.respond', {}).catch(() => undefined);
  await desk.press('admin', 'note.add', { notes: [{ text: 'by admin', at: null, link: null }] });
  await desk.press('admin', 'incident.severity', { severity: 'sev4' });
  await site.rest();
  const planted = naming('acc-admin').length;
  expect(planted).toBeGreaterThan(2);
  await close([BOB, 'acc-admin']);
  for (const skip of [2, 7, 15, 30, 60]) {
    await site.faults([{ target: 'kvs', path: 'transaction', kill: true, skip: skip % 8, times: 1 }]);
    await Promise.all([daily().catch(() => undefined), desk.answer('alice', 'note.add', { notes: [{ text: `meanwhile ${skip}`, at: null, link: null }] }).catch(() => undefined)]);
    await site.faults([]);
  }
  for (let n = 0; n < 3; n += 1) await daily();
  expect(naming('acc-admin')).toEqual([]);
  expect(await desk.told('entry.severity')).toBe(1);
  expect((await desk.entries()).filter(({ text }) => text === 'by admin')).toHaveLength(1);
});
