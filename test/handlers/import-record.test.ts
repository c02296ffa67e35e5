/** A record saved on one site becomes an equal incident on another: once, for administrators, told to nobody. */
import { randomUUID } from 'node:crypto';
import type { BoardView, ImportLook, ImportResult, OverviewReview } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import { startTestSite, WITHOUT_QUOTA, type TestSite } from './harness';
import { storedRows } from './inside';
import { jiraOf } from './jira';
import { packed, savedRecord } from './record-room';
import { reportOn } from './report-room';

const HOSTILE = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) =1+1';
let there: TestSite;
let here: TestSite;
let told: Desk;
let record: string;
beforeAll(async () => {
  [there, here] = await Promise.all([startTestSite(WITHOUT_QUOTA), startTestSite(WITHOUT_QUOTA)]);
  told = await happened(there);
  record = await savedRecord(there, 'alice', told.incidentId);
}, 300_000);
afterAll(async () => await Promise.all([there.stop(), here.stop()]));
afterEach(async () => await here.faults([]));

/** Everything an incident can have. */
async function happened(site: TestSite): Promise<Desk> {
  const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(alert.id);
  const desk = deskOf(site, incident.id);
  await desk.press('alice', 'incident.respond', {});
  await desk.press('alice', 'incident.role', { role: { id: 'commander' }, person: 'me', seen: null });
  await desk.press('bob', 'note.add', { notes: [{ text: HOSTILE, at: null, link: 'https://example.com/graph' }, { text: 'プールを拡大', at: null, link: null }] });
  const note = (await desk.entries()).find(({ text }) => text === 'プールを拡大');
  await desk.press('bob', 'note.edit', { entryId: note?.id ?? '', note: { text: 'プールを倍に拡大', at: note?.at ?? 0, link: null }, base: note?.v ?? 0 });
  await desk.press('alice', 'entry.pin', { entryId: note?.id ?? '', pinned: true });
  const opened = (await desk.entries()).find(({ messageKey }) => messageKey === 'entry.alert.opened');
  await desk.press('alice', 'entry.pin', { entryId: opened?.id ?? '', pinned: true });
  await desk.press('bob', 'incident.line', { line: 'impact', text: '決済の 3 割が失敗', base: 0 });
  const { key } = await jiraOf(site).create('alice', 'Improve the pool');
  await desk.press('alice', 'ticket.link', { issue: key, kind: 'prevent' });
  await site.recoverAll();
  await desk.press('alice', 'incident.status', { status: 'resolved' });
  const { base } = await site.ok('alice', 'review.load', { incidentId: incident.id });
  const factors = [{ id: 'f1', kind: 'technical' as const, text: 'プールを共有していた', tags: ['pool'] }];
  await desk.press('alice', 'review.save' as never, { base, change: { factors, lessons: { well: '切り戻しが速い', hard: '', lucky: '' }, plan: { owner: 'acc-bob', reviewers: ['acc-alice'], due: '2026-12-24', meeting: null } } } as never);
  const { seen } = await site.ok('alice', 'report.load', { ...reportOn(incident.id), draft: true });
  await site.ok('alice', 'report.publish', { ...reportOn(incident.id), seen, opId: randomUUID() });
  await site.rest();
  return desk;
}
const bring = (file: string, user = 'admin', spaceKey = 'OPS', site = here): Promise<ImportResult> => site.ok(user, 'incident.import', { file: packed(file), spaceKey });
const look = (file: string, site = here): Promise<ImportLook> => site.ok('admin', 'import.look', { file: packed(file) });
const refusal = async (file: string): Promise<unknown> => {
  const answer = await here.invoke('admin', 'import.look', { file: packed(file) });
  if (answer.ok) return 'ok';
  const { code, messageKey, params, field } = answer.error;
  return [code, messageKey, params, field];
};
type Json = Record<string, unknown>;
interface Saved extends Json {
  incident: Json & { id: string };
  entries: Json[];
  tickets: Json[];
  alerts: Json[];
  reports: (Json & { page: Json })[];
  review: Json & { lessons: Json };
  evidence: Json | null;
}
const changed = (change: (file: Saved) => void, text = record): string => {
  const file = JSON.parse(text) as Saved;
  change(file);
  return JSON.stringify(file);
};
/** The same record as if it were another incident's. */
const another = (text = record): string => {
  const { id } = (JSON.parse(text) as Saved).incident;
  return text.replaceAll(id, randomUUID());
};
const connOf = (text: string): string => String((JSON.parse(text) as Saved).incident['conn']);
/** What belongs to the site it is on; docs/export.md lists it. */
function withoutSite(saved: string): unknown {
  // What follows from an alert's log is named after the connection it was read over.
  const text = saved.replaceAll(`"${connOf(saved)}:`, '"<conn>:');
  // Evidence is files on the page of the site that froze it.
  const { startedAt: _at, incident, review, evidence: _evidence, ...rest } = JSON.parse(text) as Saved;
  const { conn: _conn, key: _key, space: _space, page: _page, ver: _ver, imported: _imported, ...head } = incident;
  const { conn: _reviewConn, ...looked } = review;
  return { ...rest, incident: head, review: looked };
}
const pagesOf = async (key: string, site = here): Promise<number> => (await site.pages('OPS')).filter(({ title }) => title.includes(key)).length;

test('looked at, it says what it is and who is in it, and makes nothing', async () => {
  const before = Object.keys(storedRows(here)).length;
  const found = await look(record);
  expect(found).toMatchObject({ title: 'checkout p95 (web-01)', kind: 'incident', severity: 'sev2', status: 'resolved', visibility: 'public', service: 'shop', lang: 'ja', counts: { alerts: 1, hosts: 1, tickets: 1, reports: 1 }, review: 'draft', spaceKey: 'OPS', already: null });
  expect([...found.people].sort()).toEqual(['acc-alice', 'acc-bob']);
  expect([found.key, found.counts.entries > 8]).toEqual([(await told.board()).incident.key, true]);
  expect(Object.keys(storedRows(here)).length).toBe(before);
});

describe('brought in', () => {
  let result: ImportResult;
  let desk: Desk;
  beforeAll(async () => {
    result = await bring(record);
    desk = deskOf(here, result.incidentId);
    await here.rest();
  }, 60_000);

  test('it is equal: saved once more, the file says the same but for what belongs to the site', async () => {
    expect([result.incidentId, result.already]).toEqual([told.incidentId, false]);
    const again = await savedRecord(here, 'admin', result.incidentId);
    expect(withoutSite(again)).toEqual(withoutSite(record));
    const { incident } = JSON.parse(again) as Saved;
    expect([incident['key'], incident['imported']]).toEqual([result.key, { by: 'acc-admin', at: expect.any(Number) as number, key: (await told.board()).incident.key }]);
  });

  test('board, timeline, alert and review are those of the other site', async () => {
    const [mine, theirs] = await Promise.all([desk.board(), told.board()]);
    const seen = ({ incident: { severity, status, resolvedAt, roles, impact, declaredAt, detectedAt, firstResponse }, alerts }: BoardView): unknown => ({ severity, status, resolvedAt, roles, impact, declaredAt, detectedAt, firstResponse, alerts: alerts.map(({ id, status: of, monitorName, openedAt, closedAt }) => [id, of, monitorName, openedAt, closedAt]) });
    expect(seen(mine)).toEqual(seen(theirs));
    const lines = async (of: Desk): Promise<unknown> => (await of.entries()).map(({ at, text, messageKey, by, link, pinned }) => [at, text, messageKey, by, link, pinned]);
    expect(await lines(desk)).toEqual(await lines(told));
    expect((await desk.entries()).filter(({ pinned }) => pinned).map(({ text, messageKey }) => text ?? messageKey).sort()).toEqual(['entry.alert.opened', 'プールを倍に拡大']);
    const review = await here.ok('alice', 'review.load', { incidentId: desk.incidentId });
    expect([review.state, review.factors.map(({ text }) => text), review.lessons.well, review.plan.owner]).toEqual(['draft', ['プールを共有していた'], '切り戻しが速い', { accountId: 'acc-bob' }]);
    expect((await here.ok('alice', 'report.load', { ...reportOn(desk.incidentId), draft: true })).published.map(({ n, by }) => [n, by.accountId])).toEqual([[1, 'acc-alice']]);
    expect((await here.ok('alice', 'reviews.overview', {})).reviews.map(({ incident }: OverviewReview) => incident.id)).toContain(desk.incidentId);
  });

  test('it has one page, by who brought it, which says where it came from, and no address leads to the other site’s work item', async () => {
    const { incident, tickets } = await desk.board();
    const page = await here.page('viewer', incident.page?.id ?? '');
    const theirs = (await told.board()).incident.key;
    expect([await pagesOf(result.key ?? ''), JSON.stringify(page.adf).includes(`取り込み元での番号は「障害 ${theirs}」です`), page.properties['mackerel_incident'] !== undefined]).toEqual([1, true, true]);
    expect(incident.imported).toEqual({ key: theirs, at: expect.any(Number) as number, by: { accountId: 'acc-admin' } });
    // The local site has no https address: where the ticket is, the file does not tell.
    expect(tickets.map(({ issueId, key, state, url }) => [issueId, key, state, url])).toEqual([[null, (await told.board()).tickets[0]?.key, 'elsewhere', null]]);
  });

  test('the same file once more, by somebody else and to another space, is the same incident, and says so', async () => {
    expect(await bring(record, 'admin', 'SRE')).toEqual({ ...result, already: true });
    expect((await look(record)).already).toEqual({ key: result.key, url: result.page });
    expect([await pagesOf(result.key ?? ''), (await here.ok('admin', 'home.load', {})).incidents.filter(({ id }) => id === result.incidentId).length]).toEqual([1, 1]);
  });

  test('nobody is told, and nothing is read from or written to Mackerel or Jira for it, also days later', async () => {
    const declared = await declareDesk(here, 'Told to Slack', 'OPS');
    await declared.press('alice', 'incident.severity', { severity: 'sev2' });
    await declared.press('alice', 'incident.status', { status: 'resolved' });
    await here.rest();
    const { key } = (await declared.board()).incident;
    await here.control('POST', 'log/reset');
    await here.later(40 * 86_400_000);
    await here.control('POST', 'run/sweep');
    await here.control('POST', 'run/daily');
    await here.ok('bob', 'board.changes', { incidentId: desk.incidentId, since: 0, pass: '' });
    await here.rest();
    const slack = await here.slack();
    expect([slack.some((line) => line.includes(key) && line.includes('振り返り')), slack.filter((line) => line.includes(result.key ?? '-'))]).toEqual([true, []]);
    const calls = await here.control<{ target: string; method: string; path: string }[]>('GET', 'outside');
    const alertId = (await desk.board()).alerts[0]?.id ?? '-';
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter(({ target, method, path }) => (target === 'mackerel' && (method !== 'GET' || path.includes(alertId))) || target === 'jira')).toEqual([]);
    expect((await desk.entries()).length).toBe((await told.entries()).length);
  }, 60_000);

  test('people go on with it as with any other', async () => {
    await desk.press('bob', 'note.add', { notes: [{ text: 'ほかのサイトから続き', at: null, link: null }] });
    await desk.press('bob', 'incident.status', { status: 'closed' });
    await desk.press('bob', 'incident.visibility', { visibility: 'private' });
    expect((await desk.board('bob')).incident).toMatchObject({ status: 'closed', visibility: 'private' });
    await desk.press('bob', 'incident.visibility', { visibility: 'public' });
  });
});

test('opened again by people it is followed in Mackerel as any other', async () => {
  const desk = deskOf(here, (await bring(another())).incidentId);
  const asked = async (): Promise<boolean> => {
    await here.rest();
    await here.control('POST', 'log/reset');
    await here.later(11_000);
    await here.ok('bob', 'board.changes', { incidentId: desk.incidentId, since: 0, pass: '' });
    return (await here.control<{ target: string; function: string }[]>('GET', 'outside')).some(({ target, function: by }) => target === 'mackerel' && by === 'resolver');
  };
  const before = await asked();
  await desk.press('bob', 'incident.status', { status: 'investigating' });
  expect([before, await asked()]).toEqual([false, true]);
});

test('only administrators bring records in, who may make pages in that space', async () => {
  for (const user of ['alice', 'bob', 'viewer', 'mallory']) for (const [verb, payload] of [['import.look', { file: packed(record) }], ['incident.import', { file: packed(record), spaceKey: 'OPS' }]] as const) expect([user, verb, await here.outcome(user, verb, payload)]).toEqual([user, verb, 'forbidden']);
  const file = packed(another());
  expect(await here.invoke('admin', 'incident.import', { file, spaceKey: 'NOPE' })).toMatchObject({ ok: false, error: { code: 'bad-request', messageKey: 'error.space-unknown' } });
});

test('at the same time twice it is one incident with one page', async () => {
  const file = another();
  const [a, b] = await Promise.all([bring(file), bring(file)]);
  expect([a.key, a.page]).toEqual([b.key, b.page]);
  expect(await pagesOf(a.key ?? '-')).toBe(1);
});

test('a private one is seen by who brought it alone, under a name nobody can guess', async () => {
  const made = await bring(another(changed((file) => void (file.incident['visibility'] = 'private'))));
  expect(made.key).toMatch(/^[a-z]{8}$/);
  expect([await here.outcome('admin', 'board.load', { incidentId: made.incidentId }), await here.outcome('alice', 'board.load', { incidentId: made.incidentId })]).toEqual(['ok', 'not-found']);
});

test('people without an account here stay, without a name', async () => {
  const file = another(record.replaceAll('acc-bob', '712020:0f1e2d3c-gone'));
  const made = await bring(file);
  const { entries } = await here.ok('alice', 'board.entries', { incidentId: made.incidentId, pass: '' });
  expect(entries.filter(({ by }) => by?.accountId === '712020:0f1e2d3c-gone').length).toBeGreaterThan(1);
  expect((await look(file)).people).toContain('712020:0f1e2d3c-gone');
  const desk = deskOf(here, made.incidentId);
  await desk.press('alice', 'incident.visibility', { visibility: 'private' });
  expect((await desk.board()).incident.visibility).toBe('private');
});

test('the ticket of another site is a link to that site', async () => {
  const made = await bring(another(changed((file) => void (file.incident['page'] = { id: '77', url: 'https://other.atlassian.net/wiki/spaces/OPS/pages/77', state: 'current' }))));
  const [ticket] = (await deskOf(here, made.incidentId).board()).tickets;
  expect([ticket?.state, ticket?.url]).toEqual(['elsewhere', `https://other.atlassian.net/browse/${ticket?.key ?? ''}`]);
  // Taking it off asks no Jira.
  await here.control('POST', 'log/reset');
  await deskOf(here, made.incidentId).press('alice', 'ticket.unlink', { ticketId: ticket?.id ?? '' });
  expect((await here.control<{ target: string }[]>('GET', 'outside')).filter(({ target }) => target === 'jira')).toEqual([]);
});

test('refused by Confluence it waits, and the same file goes to another space', async () => {
  const file = another();
  await here.faults([{ target: 'confluence', method: 'POST', path: '/wiki/api/v2/pages', status: 403 }]);
  expect(await here.outcome('admin', 'incident.import', { file: packed(file), spaceKey: 'OPS' })).toBe('page-refused');
  await here.faults([]);
  expect((await look(file)).already).toBeNull();
  const made = await bring(file, 'admin', 'SRE');
  expect([made.already, (await here.pages('SRE')).filter(({ title }) => title.includes(made.key ?? '-')).length]).toEqual([false, 1]);
});

test('given up in Health nothing of it stays, and the file can be brought again', async () => {
  const file = another();
  const { id } = (JSON.parse(file) as Saved).incident;
  await here.faults([{ target: 'confluence', method: 'POST', path: '/wiki/api/v2/pages', status: 403 }]);
  await here.outcome('admin', 'incident.import', { file: packed(file), spaceKey: 'OPS' });
  await here.faults([]);
  const kept = (): readonly string[] => Object.keys(storedRows(here)).filter((key) => key.includes(id) && !key.startsWith('e:saga'));
  expect(kept().length).toBeGreaterThan(2);
  await here.ok('admin', 'health.discard', { opId: randomUUID(), kind: 'saga', id });
  expect(kept()).toEqual([]);
  expect((await bring(file)).already).toBe(false);
});

test('erased here and brought back it is what the file says, not what an instance remembers', async () => {
  const made = await bring(another());
  const desk = deskOf(here, made.incidentId);
  await desk.press('bob', 'incident.status', { status: 'closed' });
  const file = await savedRecord(here, 'admin', made.incidentId);
  await here.ok('admin', 'erase.begin', { opId: randomUUID(), of: 'incident', typed: made.key ?? '' });
  for (let round = 0; round < 20 && (await here.ok('admin', 'erase.state', {}))?.state !== 'done'; round += 1) await here.ok('admin', 'erase.continue', {});
  expect(await here.outcome('admin', 'board.load', { incidentId: made.incidentId })).toBe('not-found');
  const back = await bring(file);
  expect([back.incidentId, back.already, back.page === made.page]).toEqual([made.incidentId, false, false]);
  expect((await desk.board()).incident).toMatchObject({ status: 'closed', page: { url: back.page } });
});

describe('what is no record is refused by name, and nothing is made', () => {
  const bad = 'bad-request';
  const broken = (where: string): unknown => [bad, 'error.import-broken', { where, n: 0 }, 'file'];
  let before: readonly string[];
  beforeAll(() => {
    before = Object.keys(storedRows(here));
  });
  afterAll(() => expect(Object.keys(storedRows(here))).toEqual(before));

  test('no file, a cut one, one of something else, one of another version', async () => {
    expect(await here.outcome('admin', 'import.look', { file: 'not base64!' })).toBe(bad);
    expect(await here.invoke('admin', 'import.look', { file: 'bm8gZ3ppcA==' })).toMatchObject({ error: { messageKey: 'error.import-no-json' } });
    for (const text of ['', 'nonsense', record.slice(0, record.length / 2), '['.repeat(100_000)]) expect(await refusal(text)).toEqual([bad, 'error.import-no-json', {}, 'file']);
    for (const text of ['null', '[]', '7', '{"format":"rules"}']) expect(await refusal(text)).toEqual([bad, 'error.import-format', {}, 'file']);
    expect(await refusal('{"format":"incident-pages-export","version":1}')).toEqual([bad, 'error.import-everything', {}, 'file']);
    expect(await refusal(changed((file) => void (file['version'] = 2)))).toEqual([bad, 'error.import-version', { theirs: 2, ours: 1 }, 'file']);
  });

  test('one that is small on the way and large when it is opened', async () => {
    expect(await refusal(`${' '.repeat(9_000_000)}{}`)).toEqual([bad, 'error.import-too-large', { mb: 8 }, 'file']);
    expect(await here.outcome('admin', 'import.look', { file: 'A'.repeat(480_001) })).toBe(bad);
  });

  test('one that still went on, was merged, or comes from the future', async () => {
    expect(await refusal(changed(({ incident }) => void (incident['status'] = 'investigating')))).toEqual([bad, 'error.import-going-on', {}, 'file']);
    expect(await refusal(changed(({ incident }) => void Object.assign(incident, { status: 'merged', mergedInto: randomUUID() })))).toEqual([bad, 'error.import-merged', {}, 'file']);
    expect(await refusal(changed(({ incident }) => void (incident['changedAt'] = 4_000_000_000_000)))).toEqual([bad, 'error.import-future', {}, 'file']);
  });

  test.each<[string, (file: Saved) => void]>([
    ['incident.id', ({ incident }) => void (incident.id = '../../settings')],
    ['incident.severity', ({ incident }) => void (incident['severity'] = 'sev9')],
    ['incident.schema', ({ incident }) => void (incident['schema'] = 3)],
    ['incident.situation.text', ({ incident }) => void (incident['situation'] = { text: 'x'.repeat(40_001), by: 'acc-bob', at: 1, v: 1 })],
    ['incident.places.call', ({ incident }) => void (incident['places'] = { call: 'javascript:alert(1)', chat: null, by: 'acc-bob', at: 1, v: 1 })],
    ['incident.places.chat', ({ incident }) => void (incident['places'] = { call: null, chat: 'http://chat.example', by: 'acc-bob', at: 1, v: 1 })],
    ['incident.resolvedAt', ({ incident }) => void (incident['resolvedAt'] = 1e300)],
    ['incident.ver', ({ incident }) => void (incident['ver'] = 1)],
    ['incident', (file) => void delete (file as Json)['incident']],
    ['incident', ({ incident }) => void (incident['roles'] = Array.from({ length: 2000 }, (_, n) => ({ id: `r${n}`, name: 'x'.repeat(60), person: null, since: null })))],
    ['entries', (file) => void file.entries.push(file.entries[0] ?? {})],
    ['entries', ({ entries: [first] }) => void Object.assign(first ?? {}, { id: '__proto__' })],
    ['entries.0.messageKey', ({ entries: [first] }) => void Object.assign(first ?? {}, { messageKey: 'settings.title' })],
    ['alerts.0.monitorName', ({ alerts: [first] }) => void Object.assign(first ?? {}, { monitorName: 7 })],
    ['tickets', ({ tickets: [first] }) => void Object.assign(first ?? {}, { issueKey: 'javascript:x' })],
    ['reports.0.sha256', ({ reports: [first] }) => void Object.assign(first ?? {}, { sha256: 'x' })],
    ['reports.0.page.url', ({ reports: [first] }) => void Object.assign(first?.page ?? {}, { url: 'javascript:alert(1)' })],
    ['review.whys', ({ review }) => void (review['whys'] = [{ id: 'a', parent: 'b', text: '' }, { id: 'b', parent: 'a', text: '' }])],
    ['by', ({ incident }) => void (incident['declaredBy'] = 'acc bob</script>')],
  ])('%s that is none', async (where, change) => {
    expect(await refusal(changed(change))).toEqual(broken(where));
  });

  test('of several wrong places the first is named, and how many there are', async () => {
    expect(await refusal(changed(({ incident, entries }) => void (Object.assign(incident, { severity: 7, kind: 7 }), Object.assign(entries[0] ?? {}, { at: 'now' }))))).toEqual([bad, 'error.import-broken.more', { where: 'incident.severity', n: 2 }, 'file']);
  });
});

test('what it holds beside a record is left out, and what hides in its texts', async () => {
  const made = await bring(another(changed((file) => {
    Object.assign(file.incident, { outbox: [{ id: 'x', kind: 'declared', by: null, at: 1 }], nonce: 'stolen', hidden: { since: 1, account: 'acc-bob' }, chunks: 16, secret: 'kept?' });
    file.incident['title'] = `Pay\u202egnp\u200b ${HOSTILE}`;
  })));
  await here.rest();
  const rows = Object.entries(storedRows(here)).filter(([key]) => key.endsWith(`incident:${made.incidentId}`)).map(([, value]) => value);
  expect([rows.length, rows.some((row) => /stolen|kept\?|acc-bob","since|\u202e/.test(row))]).toEqual([1, false]);
  const { incident } = await deskOf(here, made.incidentId).board();
  expect([incident.title, incident.hidden, (await here.slack()).some((line) => line.includes('Paygnp'))]).toEqual([`Paygnp ${HOSTILE}`, null, false]);
});
