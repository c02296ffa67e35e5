/** What people change on a board: each verb with its refusals, conflicts and traces. */
import { randomUUID } from 'node:crypto';
import type { NoteInput } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, type TestSite } from './harness';

let site: TestSite;
let desk: Desk;
beforeAll(async () => {
  site = await startTestSite();
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  desk = deskOf(site, (await site.incidentWith(alert.id)).incident.id);
  await site.rest();
}, 180_000);
afterAll(async () => await site.stop());

const note = (text: string, more: Partial<NoteInput> = {}): NoteInput => ({ text, at: null, link: null, ...more });
const conflict = (field: string) => ({ code: 'conflict', messageKey: 'error.changed-by-other', field });

describe('severity and status', () => {
  test('of two who saw the same severity the second is told, unless both chose the same', async () => {
    expect((await desk.press('bob', 'incident.severity', { severity: 'sev1', seen: 'sev2', note: 'all customers' })).severity).toBe('sev1');
    expect(await desk.refused('alice', 'incident.severity', { severity: 'sev3', seen: 'sev2' })).toEqual(conflict('severity'));
    expect((await desk.press('alice', 'incident.severity', { severity: 'sev1', seen: 'sev2' })).severity).toBe('sev1');
    const changes = (await desk.entries()).filter(({ messageKey }) => messageKey?.startsWith('entry.severity'));
    expect(changes).toMatchObject([{ messageKey: 'entry.severity.note', params: { from: 'sev2', to: 'sev1', note: 'all customers' }, by: { accountId: 'acc-bob' } }]);
  });

  test('a press that changed nothing changes nothing later either', async () => {
    const opId = randomUUID();
    await desk.press('alice', 'incident.severity', { severity: 'sev1', opId });
    await desk.press('bob', 'incident.severity', { severity: 'sev2' });
    for (let n = 0; n < 22; n += 1) await desk.press('bob', 'note.add', { notes: [note(`then ${n}`)] });
    expect((await desk.press('alice', 'incident.severity', { severity: 'sev1', opId })).severity).toBe('sev2');
  });

  test('a note that is too long is refused, not cut', async () => {
    expect(await desk.refused('alice', 'incident.severity', { severity: 'sev1', note: 'x'.repeat(501) })).toEqual({ code: 'bad-request', messageKey: 'error.too-long', field: 'note' });
    expect(await desk.refused('alice', 'incident.status', { status: 'identified', note: 'あ'.repeat(501) })).toEqual({ code: 'bad-request', messageKey: 'error.too-long', field: 'note' });
  });

  test('while alerts fire, resolving and closing need a reason, which stands in the timeline', async () => {
    const reason = { code: 'bad-request', messageKey: 'error.alerts-open', field: 'reason' };
    expect(await desk.refused('alice', 'incident.status', { status: 'resolved', note: 'a note is no reason' })).toEqual(reason);
    expect(await desk.refused('alice', 'incident.status', { status: 'closed', reason: ' \u200b ' })).toEqual(reason);
    expect(await desk.refused('bob', 'incident.status', { status: 'mitigated', seen: 'identified' })).toEqual(conflict('status'));
    const resolved = await desk.press('alice', 'incident.status', { status: 'resolved', seen: 'investigating', reason: 'the monitor is wrong', note: 'see OPS-1' });
    expect(resolved).toMatchObject({ status: 'resolved', openAlerts: 1, resolvedAt: expect.any(Number) });
    expect((await desk.entries()).find(({ messageKey }) => messageKey === 'entry.status.note')).toMatchObject({ params: { from: 'investigating', to: 'resolved', note: 'the monitor is wrong / see OPS-1' } });
    expect(await desk.refused('bob', 'incident.status', { status: 'closed' })).toEqual(reason);
    expect(await desk.press('bob', 'incident.status', { status: 'investigating' })).toMatchObject({ status: 'investigating', resolvedAt: null });
  });
});

describe('roles', () => {
  const roles = async () => Object.fromEntries((await desk.board()).incident.roles.filter(({ person }) => person !== null).map(({ id, person }) => [id, person?.accountId]));
  test('are taken, refused to who saw nobody, handed over and laid down, each told once', async () => {
    await desk.press('alice', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: null });
    expect(await desk.refused('bob', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: null })).toEqual(conflict('role'));
    await desk.press('bob', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: 'acc-alice' });
    await desk.press('bob', 'incident.role', { role: { name: 'DBA' }, person: 'acc-viewer', seen: null });
    expect(await roles()).toEqual({ commander: 'acc-bob', 'x:DBA': 'acc-viewer' });
    await desk.press('alice', 'incident.role', { role: { id: 'x:DBA' }, person: null, seen: 'acc-viewer' });
    await desk.press('alice', 'incident.role', { role: { id: 'commander' }, person: null, seen: 'acc-bob' });
    expect(await roles()).toEqual({});
    const told = (await desk.entries()).filter(({ messageKey }) => messageKey?.startsWith('entry.role')).map(({ messageKey, params, by }) => [messageKey, params, by?.accountId]).reverse();
    expect(told).toEqual([
      ['entry.role.taken', { role: 'commander', name: '', from: '', to: 'acc-alice' }, 'acc-alice'],
      ['entry.role.handed-over', { role: 'commander', name: '', from: 'acc-alice', to: 'acc-bob' }, 'acc-bob'],
      ['entry.role.given', { role: 'x:DBA', name: 'DBA', from: '', to: 'acc-viewer' }, 'acc-bob'],
      ['entry.role.laid-down', { role: 'x:DBA', name: 'DBA', from: 'acc-viewer', to: '' }, 'acc-alice'],
      ['entry.role.laid-down', { role: 'commander', name: '', from: 'acc-bob', to: '' }, 'acc-alice'],
    ]);
  });

  test('unknown people, unknown roles and a name too long are refused', async () => {
    expect(await desk.refused('alice', 'incident.role', { role: { id: 'scribe' }, person: 'acc-nobody', seen: null })).toEqual({ code: 'bad-request', messageKey: 'error.person-unknown', field: 'person' });
    expect(await desk.refused('alice', 'incident.role', { role: { id: 'chief' }, person: 'me', seen: null })).toEqual({ code: 'bad-request', messageKey: 'error.role-unknown', field: 'role' });
    expect(await desk.refused('alice', 'incident.role', { role: { name: '役'.repeat(41) }, person: 'me', seen: null })).toEqual({ code: 'bad-request', messageKey: 'error.too-long', field: 'role' });
    expect(await desk.refused('alice', 'incident.role', { role: { name: '\u202e' }, person: 'me', seen: null })).toEqual({ code: 'bad-request', messageKey: 'error.role-unknown', field: 'role' });
  });

  test('more than fit are refused; those there are can still change hands', async () => {
    const crowded = await declareDesk(site, 'Many hands');
    for (let n = 0; n < 12; n += 1) await crowded.press('alice', 'incident.role', { role: { name: `role ${n}` }, person: 'me', seen: null });
    expect(await crowded.refused('alice', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: null })).toEqual({ code: 'bad-request', messageKey: 'error.roles-full', field: 'role' });
    expect((await crowded.press('bob', 'incident.role', { role: { name: 'role 3' }, person: 'me', seen: 'acc-alice' })).roles.find(({ name }) => name === 'role 3')?.person).toEqual({ accountId: 'acc-bob' });
  });
});

describe('lines and places', () => {
  test('a line knows what it was edited from; clearing it and writing anew begins at nothing', async () => {
    const first = await desk.press('alice', 'incident.line', { line: 'situation', text: 'pool\u202e is <b>full</b>\n', base: 0 });
    expect(first.situation).toMatchObject({ text: 'pool is <b>full</b>', by: { accountId: 'acc-alice' } });
    expect(first.lastUpdateAt).toBe(first.situation?.at);
    expect(await desk.refused('bob', 'incident.line', { line: 'situation', text: 'other', base: 0 })).toEqual(conflict('situation'));
    const second = await desk.press('bob', 'incident.line', { line: 'situation', text: 'pool raised', base: first.situation?.v ?? 0 });
    expect(await desk.refused('alice', 'incident.line', { line: 'situation', text: 'late', base: first.situation?.v ?? 0 })).toEqual(conflict('situation'));
    expect((await desk.press('alice', 'incident.line', { line: 'situation', text: '', base: second.situation?.v ?? 0 })).situation).toBeNull();
    expect((await desk.press('alice', 'incident.line', { line: 'situation', text: 'again', base: 0 })).situation?.text).toBe('again');
    expect((await desk.press('bob', 'incident.line', { line: 'impact', text: 'あ'.repeat(200), base: 0 })).impact?.text).toHaveLength(200);
    expect(await desk.refused('bob', 'incident.line', { line: 'impact', text: 'あ'.repeat(201), base: 0 })).toEqual({ code: 'bad-request', messageKey: 'error.too-long', field: 'text' });
  });

  test('only https addresses of people’s own length are places', async () => {
    const places = await desk.press('alice', 'incident.places', { call: ' https://meet.example/障害 ', chat: null, base: 0 });
    expect(places.places).toMatchObject({ call: 'https://meet.example/%E9%9A%9C%E5%AE%B3', chat: null });
    const base = places.places?.v ?? 0;
    for (const chat of ['http://chat.example/', 'javascript:alert(1)', 'slack://channel', 'https://user:pass@chat.example/']) {
      expect(await desk.refused('alice', 'incident.places', { call: null, chat, base })).toEqual({ code: 'bad-request', messageKey: 'error.link-https', field: 'chat' });
    }
    expect(await desk.refused('alice', 'incident.places', { call: `https://meet.example/${'障'.repeat(60)}`, chat: null, base })).toEqual({ code: 'bad-request', messageKey: 'error.too-long', field: 'call' });
    expect(await desk.refused('bob', 'incident.places', { call: null, chat: null, base: 0 })).toEqual(conflict('places'));
    expect((await desk.press('bob', 'incident.places', { call: null, chat: 'https://chat.example/a', base })).places).toMatchObject({ call: null, chat: 'https://chat.example/a' });
  });
});

test('the cause is a change, or a deploy mark this incident has heard of, or none', async () => {
  const { deploys } = await desk.board();
  expect(deploys.map(({ title }) => title)).toContain('deploy #4711');
  expect(await desk.refused('alice', 'incident.cause', { cause: { deployId: 'made-up' } })).toEqual({ code: 'bad-request', messageKey: 'error.deploy-unknown', field: 'cause' });
  expect((await desk.press('alice', 'incident.cause', { cause: 'change' })).cause).toMatchObject({ deploy: null, by: { accountId: 'acc-alice' } });
  const deploy = deploys.find(({ title }) => title === 'deploy #4711');
  expect((await desk.press('bob', 'incident.cause', { cause: { deployId: deploy?.id ?? '' } })).cause).toMatchObject({ deploy, by: { accountId: 'acc-bob' } });
  expect((await desk.press('alice', 'incident.cause', { cause: 'none' })).cause).toBeNull();
});

describe('notes', () => {
  test('what is no note is refused by its field, and of many all or none are taken', async () => {
    const future = Date.now() + 61_000 + 5_000;
    const refused = async (notes: readonly NoteInput[]) => await desk.refused('alice', 'note.add', { notes });
    expect(await refused([note(' \u200b\n ')])).toEqual({ code: 'bad-request', messageKey: 'error.note-empty', field: 'text' });
    expect(await refused([note('x', { at: future })])).toEqual({ code: 'bad-request', messageKey: 'error.time-future', field: 'at' });
    expect(await refused([note('x', { link: 'http://example.com/' })])).toEqual({ code: 'bad-request', messageKey: 'error.link-https', field: 'link' });
    expect(await refused([note('good'), note('good'), note('bad', { link: 'ftp://example.com/' })])).toEqual({ code: 'bad-request', messageKey: 'error.link-https', field: 'notes.2.link' });
    expect(await refused([note('x'.repeat(4001))])).toMatchObject({ code: 'bad-request', field: 'notes.0.text' });
    expect(await refused([])).toMatchObject({ code: 'bad-request', field: 'notes' });
    expect((await desk.entries()).filter(({ text }) => text === 'good')).toEqual([]);
  });

  test('hostile words stay words, a fast clock is forgiven, and an earlier time is kept to the second', async () => {
    const earlier = Date.now() - 7_200_000;
    await desk.press('bob', 'note.add', { notes: [note('<img src=x onerror=alert(1)>\u202e\r\n[a](javascript:alert(1))\u0000', { at: earlier, link: 'https://example.com/?q="><script>' }), note('soon', { at: Date.now() + 30_000 })] });
    const entries = await desk.entries();
    expect(entries.find(({ text }) => text?.startsWith('<img'))).toMatchObject({
      text: '<img src=x onerror=alert(1)>\n[a](javascript:alert(1))', at: earlier, link: 'https://example.com/?q=%22%3E%3Cscript%3E', source: 'person', by: { accountId: 'acc-bob' }, edited: null, removed: false,
    });
    const soon = entries.find(({ text }) => text === 'soon');
    expect(soon?.at).toBeLessThanOrEqual(soon?.recordedAt ?? 0);
  });

  test('another person’s edit leaves a trail; an edit of older words is a conflict; a repeated one is none, however late', async () => {
    const opId = randomUUID();
    await desk.press('alice', 'note.add', { notes: [note('restarting db-01')], opId });
    const find = async () => (await desk.entries()).find(({ id }) => id.endsWith(`${opId}:000`));
    const written = await find();
    const entryId = written?.id ?? '';
    const edit = { entryId, note: note('restarting db-02', { at: written?.at ?? 0, link: 'https://example.com/' }), base: written?.v ?? 0, opId: randomUUID() };
    await desk.press('bob', 'note.edit', edit);
    expect(await find()).toMatchObject({ text: 'restarting db-02', by: { accountId: 'acc-alice' }, edited: { by: { accountId: 'acc-bob' } }, link: 'https://example.com/' });
    expect(await desk.refused('alice', 'note.edit', { entryId, note: note('mine'), base: written?.v ?? 0 })).toEqual(conflict('note'));
    const seen = (await find())?.v ?? 0;
    await desk.press('alice', 'note.edit', { entryId, note: note('restarting db-03', { at: (written?.at ?? 0) - 60_000 }), base: seen });
    for (let n = 0; n < 22; n += 1) await desk.press('bob', 'note.add', { notes: [note(`meanwhile ${n}`)] });
    await desk.press('bob', 'note.edit', edit);
    expect(await find()).toMatchObject({ text: 'restarting db-03', at: (written?.at ?? 0) - 60_000 });
    const { revisions } = await site.ok('viewer', 'note.history', { incidentId: desk.incidentId, entryId, pass: '' });
    expect(revisions.map(({ text, by, at, link, removed }) => [text, by.accountId, at - (written?.at ?? 0), link, removed])).toEqual([
      ['restarting db-01', 'acc-alice', 0, null, false],
      ['restarting db-02', 'acc-bob', 0, 'https://example.com/', false],
      ['restarting db-03', 'acc-alice', -60_000, null, false],
    ]);
    expect(await desk.refused('bob', 'note.edit', { entryId: `${desk.incidentId}:declared`, note: note('no note'), base: 999 })).toEqual({ code: 'not-found', messageKey: 'error.note-gone', field: null });
  });

  test('a removed note is told of to who saw it, left out for who did not, and comes back', async () => {
    const opId = randomUUID();
    await desk.press('alice', 'note.add', { notes: [note('wrong window')], opId });
    const board = await desk.board('bob');
    const entryId = board.entries.find(({ text }) => text === 'wrong window')?.id ?? '';
    await desk.press('bob', 'note.remove', { entryId, removed: true });
    expect((await desk.board('bob')).entries.some(({ id }) => id === entryId)).toBe(false);
    const since = async (version: number) => (await site.ok('bob', 'board.changes', { incidentId: desk.incidentId, since: version, atLeast: version + 1, pass: board.pass })).entries.find(({ id }) => id === entryId);
    expect(await since(board.incident.version)).toMatchObject({ removed: true });
    expect(await desk.refused('alice', 'note.edit', { entryId, note: note('x'), base: 99_999 })).toEqual({ code: 'not-found', messageKey: 'error.note-gone', field: null });
    const { version } = await desk.press('alice', 'note.remove', { entryId, removed: false });
    expect(await since(version - 1)).toMatchObject({ removed: false, text: 'wrong window' });
    const { revisions } = await site.ok('alice', 'note.history', { incidentId: desk.incidentId, entryId, pass: '' });
    expect(revisions.map(({ by, removed }) => [by.accountId, removed])).toEqual([['acc-alice', false], ['acc-bob', true], ['acc-alice', false]]);
  });
});

describe('pins', () => {
  test('any line of the timeline can be pinned, an alert’s own too, and nothing that is none', async () => {
    const log = (await desk.entries()).find(({ source }) => source === 'mackerel');
    const pinned = async () => (await desk.entries()).filter((entry) => entry.pinned).map(({ id }) => id);
    const opId = randomUUID();
    await desk.press('alice', 'entry.pin', { entryId: log?.id ?? '', pinned: true, opId });
    expect(await pinned()).toEqual([log?.id]);
    await desk.press('bob', 'entry.pin', { entryId: log?.id ?? '', pinned: false });
    await desk.press('alice', 'entry.pin', { entryId: log?.id ?? '', pinned: true, opId });
    expect(await pinned()).toEqual([]);
    for (const entryId of ['nothing', '__proto__', 'constructor', `${log?.id ?? ''}x`]) {
      expect(await desk.refused('alice', 'entry.pin', { entryId, pinned: true })).toEqual({ code: 'not-found', messageKey: 'error.note-gone', field: null });
    }
  });
});

test('500 lines at once are one change in their order; a board begins with the newest 80 and every pinned one, the rest is asked for', async () => {
  const long = await declareDesk(site, 'A long night');
  const start = Date.now() - 600_000;
  const lines = Array.from({ length: 500 }, (_, n) => note(`line ${n}`, { at: start + Math.floor(n / 10) * 1000 }));
  const before = (await long.board()).incident.version;
  const answer = await site.invoke('alice', 'note.add', { incidentId: long.incidentId, opId: randomUUID(), notes: [...lines, note('one too many')] });
  expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request', field: 'notes' } });
  expect((await long.press('alice', 'note.add', { notes: lines })).version).toBe(before + 1);
  const all = await long.entries();
  const notes = all.filter(({ source }) => source === 'person');
  expect(notes.map(({ text }) => text)).toEqual(lines.map(({ text }) => text).reverse());
  const oldest = notes.at(-1);
  await long.press('bob', 'entry.pin', { entryId: oldest?.id ?? '', pinned: true });
  const board = await long.board();
  expect([board.entries.length, board.olderEntries]).toEqual([81, all.length - 81]);
  expect(board.entries.at(-1)).toMatchObject({ id: oldest?.id, pinned: true });
  expect(board.entries.slice(0, 80).map(({ id }) => id)).toEqual(all.slice(0, 80).map(({ id }) => id));
}, 60_000);
