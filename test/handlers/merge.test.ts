/** Incidents that turn out to be one, through the real verbs: what people see, and where what comes later goes. */
import { randomUUID } from 'node:crypto';
import type { BoardView, IncidentHeadView } from '../../src/contract';
import { openAlertRoom, type AlertRoom } from './alert-room';
import { declareDesk, deskOf, type Desk } from './desk';
import type { TestSite } from './harness';
import type { Jira } from './jira';

let site: TestSite;
let jira: Jira;
let look: AlertRoom['look'];
let waits: AlertRoom['waits'];
let tell: AlertRoom['tell'];
beforeAll(async () => {
  ({ site, jira, look, waits, tell } = await openAlertRoom());
}, 180_000);
afterAll(async () => await site.stop());

const linked = async (desk: Desk): Promise<readonly string[]> => (await desk.board('admin')).alerts.map(({ id }) => id).sort();
async function deliver(alertId: string): Promise<void> {
  await tell(alertId);
  await look();
}
/** The incident of shop, by its rule. */
async function shopDesk(host: string): Promise<{ readonly desk: Desk; readonly alertId: string }> {
  const { id } = await site.raise('checkout p95', host, 'CRITICAL', 1500);
  const { incident } = await site.incidentWith(id);
  await site.rest();
  return { desk: deskOf(site, incident.id), alertId: id };
}
/** An incident of blog, declared by alice from its alert. */
async function blogDesk(monitor: string): Promise<{ readonly desk: Desk; readonly alertId: string }> {
  const { id } = await site.raise(monitor, 'blog-01', 'WARNING', 900);
  const candidate = await site.until(async () => (await site.ok('alice', 'home.load', {})).candidates.find(({ alert }) => alert.id === id) ?? null);
  const made = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: `Blog: ${monitor}`, severity: 'sev4', visibility: 'public', candidateId: candidate.id });
  await site.rest();
  return { desk: deskOf(site, made.incidentId), alertId: id };
}
async function over(...desks: readonly Desk[]): Promise<void> {
  await site.recoverAll();
  for (const desk of desks) if ((await desk.board('admin')).incident.status !== 'merged') await desk.press('admin', 'incident.status', { status: 'closed', reason: 'over' });
  // What comes back sooner goes on with it.
  await site.later(16 * 60_000);
  await site.rest();
}
const restrict = (pageId: string, accounts: readonly string[]): Promise<Response> =>
  fetch(`${site.site.url}/wiki/rest/api/content/${pageId}/restriction`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-site-user': 'admin' },
    body: JSON.stringify(['read', 'update'].map((operation) => ({ operation, restrictions: { user: accounts.map((accountId) => ({ type: 'known', accountId })) } }))),
  });
const property = async ({ page }: IncidentHeadView): Promise<unknown> => (await site.page('admin', page?.id ?? '')).properties['mackerel_incident'];

test('three go on in one: their alerts and first moment with it, their own times with them, an entry on every side, a notice each', async () => {
  const shop = await shopDesk('web-01');
  const blog = await blogDesk('blog response time');
  const two = await declareDesk(site, 'Second');
  const three = await declareDesk(site, 'Third');
  await two.press('bob', 'incident.respond', {});
  await two.press('bob', 'note.add', { notes: [{ text: 'pool raised', at: null, link: null }] });
  await site.rest();
  const before = await Promise.all([shop.desk, blog.desk, two, three].map(async (desk) => (await desk.board()).incident));
  const notices = (await site.slack()).length;
  const opId = randomUUID();
  const from = [blog.desk, two, three].map(({ incidentId }) => incidentId);
  const answer = await shop.desk.press('bob', 'incident.merge', { from, opId });
  expect(answer).toMatchObject({ id: shop.desk.incidentId, status: 'investigating', linkedAlerts: 2, openAlerts: 2, declaredAt: before[0]?.declaredAt, detectedAt: Math.min(...before.map(({ detectedAt }) => detectedAt)) });
  expect(await linked(shop.desk)).toEqual([shop.alertId, blog.alertId].sort());
  expect((await shop.desk.board()).alerts.find(({ id }) => id === blog.alertId)).toMatchObject({ open: true, why: { messageKey: 'alert.why.merged', params: { key: before[1]?.key }, by: { accountId: 'acc-bob' } } });
  // Its own lines stand on the survivor's timeline now.
  expect((await shop.desk.entries()).filter(({ source, alertId }) => source === 'mackerel' && alertId === blog.alertId).map(({ status }) => status)).toEqual(['WARNING']);
  const told = (await shop.desk.entries()).filter(({ messageKey }) => messageKey === 'entry.merged.from').map(({ params, by }) => [params['key'], params['alerts'], by?.accountId]);
  expect(told.sort()).toEqual([[before[1]?.key, 1, 'acc-bob'], [before[2]?.key, 0, 'acc-bob'], [before[3]?.key, 0, 'acc-bob']].sort());
  for (const [n, desk] of [blog.desk, two, three].entries()) {
    const board = await desk.board('viewer');
    const was = before[n + 1];
    expect(board).toMatchObject({ alerts: [], flaps: [], survivor: { incidentId: shop.desk.incidentId, key: before[0]?.key, title: before[0]?.title, url: before[0]?.page?.url } });
    expect(board.incident).toMatchObject({ status: 'merged', openAlerts: 0, declaredAt: was?.declaredAt, detectedAt: was?.detectedAt, firstResponse: was?.firstResponse, page: was?.page });
    expect((await desk.said()).at(-1)).toBe('entry.merged.into');
    expect(await property(board.incident)).toMatchObject({ status: 'merged' });
  }
  expect((await two.entries()).find(({ text }) => text === 'pool raised')).toBeDefined();
  const fresh = (await site.slack()).slice(notices);
  expect(fresh.map((text) => /Incident (\S+) was merged into incident (\S+):|障害 (\S+) は障害 (\S+) に統合/.exec(text)?.slice(1).filter(Boolean))).toEqual([before[1], before[2], before[3]].map((was) => [was?.key, before[0]?.key]));
  // The same press, sent again and by two at once, changes nothing; nor does anybody else's wish for the same.
  const version = (await shop.desk.board()).incident.version;
  await Promise.all([shop.desk.press('bob', 'incident.merge', { from, opId }), shop.desk.press('bob', 'incident.merge', { from, opId })]);
  expect((await shop.desk.board()).incident.version).toBe(version);
  await shop.desk.press('alice', 'incident.merge', { from: [from[1] ?? ''] });
  await look();
  expect((await shop.desk.entries()).filter(({ messageKey }) => messageKey === 'entry.merged.from')).toHaveLength(3);
  expect((await site.slack()).length).toBe(notices + 3);
  expect((await site.ok('viewer', 'home.load', {})).incidents.filter(({ status }) => status === 'merged').map(({ id }) => id).sort()).toEqual([...from].sort());
  await over(shop.desk);
}, 120_000);

test('what comes later goes to the survivor: changes and repeated deliveries of its alerts, new ones of its service, also through a chain', async () => {
  const blog = await blogDesk('blog response time');
  const middle = await declareDesk(site, 'Middle');
  const last = await declareDesk(site, 'Last');
  await middle.press('alice', 'incident.merge', { from: [blog.desk.incidentId] });
  await last.press('alice', 'incident.merge', { from: [middle.incidentId] });
  expect([await linked(blog.desk), await linked(middle), await linked(last)]).toEqual([[], [], [blog.alertId]]);
  expect((await blog.desk.board()).survivor).toMatchObject({ incidentId: last.incidentId });
  const frozen = JSON.stringify([await blog.desk.entries(), await middle.entries()]);
  await site.later(2_000);
  await site.raise('blog response time', 'blog-01', 'CRITICAL', 1900);
  await deliver(blog.alertId);
  await deliver(blog.alertId);
  expect((await last.board()).alerts).toMatchObject([{ id: blog.alertId, status: 'CRITICAL' }]);
  const { id: later } = await site.raise('queue delay', 'blog-01', 'WARNING', 70);
  await look();
  expect([await linked(last), await waits(later)]).toEqual([[blog.alertId, later].sort(), false]);
  // Linked nowhere else, and told so.
  const other = await declareDesk(site, 'Other');
  expect(await other.refused('bob', 'alert.attach', { alertId: blog.alertId })).toMatchObject({ messageKey: 'error.alert-taken' });
  expect((await site.ok('bob', 'board.attachable', { incidentId: other.incidentId, pass: '' })).alerts.find(({ alert }) => alert.id === blog.alertId)).toMatchObject({ taken: true, takenBy: (await last.board()).incident.key });
  // Taken off the survivor it waits for a person, and can be linked again.
  await last.press('bob', 'alert.detach', { alertId: blog.alertId });
  await look();
  expect([await linked(last), await waits(blog.alertId)]).toEqual([[later], true]);
  await last.press('bob', 'alert.attach', { alertId: blog.alertId });
  expect([await linked(last), await waits(blog.alertId)]).toEqual([[blog.alertId, later].sort(), false]);
  expect((await last.board()).alerts.find(({ id }) => id === blog.alertId)?.why).toMatchObject({ messageKey: 'alert.why.person', by: { accountId: 'acc-bob' } });
  // Once the survivor is closed the service is free; a recovery is still told where the alert was.
  await last.press('alice', 'incident.status', { status: 'closed', reason: 'handed over' });
  await site.console('POST', `alerts/${later}/close`, {});
  await deliver(later);
  expect((await last.board()).alerts.find(({ id }) => id === later)).toMatchObject({ open: false });
  const { id: next } = await site.raise('db connections', 'blog-01', 'WARNING', 170);
  await look();
  expect([await waits(next), (await linked(last)).includes(next)]).toEqual([true, false]);
  // Reopened, it has the service again.
  await last.press('alice', 'incident.status', { status: 'investigating' });
  expect(JSON.stringify([await blog.desk.entries(), await middle.entries()])).toBe(frozen);
  await over(last, other);
}, 120_000);

test('the old page is read, not written: every press on it names where to go on, and changes nothing', async () => {
  const old = await declareDesk(site, 'Old');
  const survivor = await declareDesk(site, 'Survivor');
  await old.press('alice', 'note.add', { notes: [{ text: 'mine', at: null, link: null }] });
  const note = (await old.entries()).find(({ text }) => text === 'mine');
  const accepted = { status: 'identified' as const, opId: randomUUID() };
  await old.press('alice', 'incident.status', accepted);
  await survivor.press('alice', 'incident.merge', { from: [old.incidentId] });
  const key = (await survivor.board()).incident.key;
  const { id: alertId } = await site.raise('queue delay', 'batch-01', 'WARNING', 70);
  const presses: readonly (readonly [Parameters<Desk['answer']>[1], object])[] = [
    ['incident.respond', {}], ['incident.severity', { severity: 'sev1' }], ['incident.status', { status: 'investigating' }], ['incident.role', { role: { id: 'commander' }, person: 'me', seen: null }],
    ['incident.line', { line: 'situation', text: 'x', base: 0 }], ['incident.places', { call: null, chat: 'https://chat.example/1', base: 0 }], ['incident.cause', { cause: 'change' }], ['incident.visibility', { visibility: 'private' }],
    ['note.add', { notes: [{ text: 'late', at: null, link: null }] }], ['note.edit', { entryId: note?.id, note: { text: 'y', at: null, link: null }, base: note?.v }], ['note.remove', { entryId: note?.id, removed: true }],
    ['entry.pin', { entryId: note?.id, pinned: true }], ['alert.attach', { alertId }], ['alert.detach', { alertId }], ['alert.move', { alertId, to: survivor.incidentId }], ['ticket.link', { issue: 'OPS-1', kind: null }],
    ['ticket.create', { ticket: { summary: 'x', kind: 'prevent', assignee: null, dueDate: null, priority: null, projectId: '10000', issueTypeId: '10001', fields: {} } }],
    ['incident.merge', { from: [(await declareDesk(site, 'Third')).incidentId] }], ['graph.add', { target: { service: 'shop' }, metric: 'checkout.p95' }],
  ];
  for (const [verb, payload] of presses) {
    expect([verb, await old.refused('alice', verb, payload as never)]).toEqual([verb, { code: 'conflict', messageKey: 'error.merged', field: null }]);
    expect(await old.answer('bob', verb, payload as never)).toMatchObject({ error: { messageKey: 'error.merged', params: { key } } });
  }
  // A press that was accepted before is still answered as it was; the page is as public as it was.
  expect((await old.press('alice', 'incident.status', accepted)).status).toBe('merged');
  expect((await old.board('viewer')).incident.status).toBe('merged');
  expect(await survivor.answer('viewer', 'incident.merge', { from: [old.incidentId] })).toMatchObject({ error: { code: 'forbidden' } });
  await site.recoverAll();
}, 120_000);

test('of two who merge crosswise exactly one is first, and the other is told where to go on', async () => {
  for (let round = 0; round < 6; round += 1) {
    const [a, b] = [await declareDesk(site, `A${round}`), await declareDesk(site, `B${round}`)];
    const answers = await Promise.all([a.answer('alice', 'incident.merge', { from: [b.incidentId] }), b.answer('bob', 'incident.merge', { from: [a.incidentId] })]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const [winner, loser] = answers[0]?.ok === true ? [a, b] : [b, a];
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'conflict', messageKey: 'error.merged', params: { key: (await winner.board()).incident.key } } });
    expect([(await winner.board()).incident.status, (await loser.board()).incident.status, (await loser.board()).survivor?.incidentId]).toEqual(['investigating', 'merged', winner.incidentId]);
    expect([await winner.said(), await loser.said()].map((said) => said.filter((key) => key.startsWith('entry.merged')))).toEqual([['entry.merged.from'], ['entry.merged.into']]);
  }
}, 120_000);

test('one incident that several people merge into different ones at once goes to exactly one', async () => {
  const source = await declareDesk(site, 'Source');
  const targets = [await declareDesk(site, 'T1'), await declareDesk(site, 'T2'), await declareDesk(site, 'T3')];
  const answers = await Promise.all(targets.map((target, n) => target.answer(['alice', 'bob', 'admin'][n] ?? '', 'incident.merge', { from: [source.incidentId] })));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  for (const answer of answers) if (!answer.ok) expect(answer.error).toMatchObject({ code: 'conflict', messageKey: 'error.merge.merged', params: { key: (await source.board()).incident.key } });
  const has = await Promise.all(targets.map(async (target) => (await target.said()).filter((key) => key === 'entry.merged.from').length));
  expect(has.reduce((sum, n) => sum + n, 0)).toBe(1);
  expect((await source.board()).survivor?.incidentId).toBe(targets[has.indexOf(1)]?.incidentId);
}, 120_000);

test('what cannot be merged is refused by its number, and then nothing of the press happens', async () => {
  const survivor = await declareDesk(site, 'Stays');
  const open = await declareDesk(site, 'Open');
  const closed = await declareDesk(site, 'Closed');
  await closed.press('alice', 'incident.status', { status: 'closed' });
  const hidden = await site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title: 'Quiet', severity: 'sev1', visibility: 'private', candidateId: null });
  const refusal = async (desk: Desk, ...from: readonly string[]) => {
    const answer = await desk.answer('alice', 'incident.merge', { from });
    return answer.ok ? 'ok' : [answer.error.code, answer.error.messageKey, answer.error.params['key']];
  };
  const key = async (incidentId: string) => (await site.ok('alice', 'board.load', { incidentId })).incident.key;
  expect(await refusal(survivor, open.incidentId, closed.incidentId)).toEqual(['conflict', 'error.merge.ended', await key(closed.incidentId)]);
  expect(await refusal(closed, open.incidentId)).toEqual(['conflict', 'error.merge.ended', await key(closed.incidentId)]);
  expect(await refusal(survivor, open.incidentId, hidden.incidentId)).toEqual(['conflict', 'error.merge.visibility', hidden.key]);
  expect(await refusal(deskOf(site, hidden.incidentId), open.incidentId)).toEqual(['conflict', 'error.merge.visibility', await key(open.incidentId)]);
  expect(await refusal(survivor, open.incidentId, survivor.incidentId)).toEqual(['bad-request', 'error.merge.self', undefined]);
  expect(await refusal(survivor, open.incidentId, open.incidentId)).toEqual(['bad-request', 'error.bad-request', undefined]);
  expect(await refusal(survivor)).toEqual(['bad-request', 'error.bad-request', undefined]);
  expect(await refusal(survivor, ...Array.from({ length: 21 }, () => randomUUID()))).toEqual(['bad-request', 'error.bad-request', undefined]);
  expect([(await open.board()).incident.status, (await survivor.said()).includes('entry.merged.from')]).toEqual(['investigating', false]);
  expect(await refusal(survivor, open.incidentId)).toBe('ok');
}, 120_000);

test('private incidents merge with each other, and nothing of it is announced', async () => {
  const declare = (title: string) => site.ok('alice', 'incident.declare', { opId: randomUUID(), spaceKey: 'SRE', title, severity: 'sev1', visibility: 'private', candidateId: null });
  const [one, two] = [await declare('Quiet one'), await declare('Quiet two')];
  const { id: alertId } = await site.raise('queue delay', 'batch-05', 'WARNING', 70);
  await look();
  await site.ok('alice', 'alert.attach', { incidentId: two.incidentId, alertId, opId: randomUUID() });
  const made = '99999999-0000-4000-8000-000000000000';
  const op = { opId: randomUUID() };
  // Bob sees neither: real and made-up ones answer the same bytes, whichever place they are named in.
  const own = await declareDesk(site, 'Bob sees it');
  const bytes = (incidentId: string, from: string) => site.bytes('bob', 'incident.merge', { incidentId, from: [from], ...op });
  expect(await bytes(own.incidentId, two.incidentId)).toBe(await bytes(own.incidentId, made));
  expect(await bytes(two.incidentId, own.incidentId)).toBe(await bytes(made, own.incidentId));
  expect(await bytes(one.incidentId, two.incidentId)).toBe(await bytes(made, made));
  expect(JSON.parse(await bytes(one.incidentId, two.incidentId))).toMatchObject({ ok: false, error: { code: 'not-found' } });
  await site.rest();
  const notices = (await site.slack()).length;
  await site.ok('alice', 'incident.merge', { incidentId: one.incidentId, from: [two.incidentId], opId: randomUUID() });
  await look();
  expect((await site.ok('alice', 'board.load', { incidentId: one.incidentId })).alerts.map(({ id }) => id)).toEqual([alertId]);
  expect([await waits(alertId), (await site.slack()).length, (await site.page('alice', two.page?.id ?? '')).properties['mackerel_incident']]).toEqual([true, notices, expect.objectContaining({ status: 'merged' })]);
  await site.recoverAll();
}, 120_000);

test('who may not see the survivor learns only that there is one', async () => {
  const old = await declareDesk(site, 'Seen');
  const survivor = await declareDesk(site, 'Restricted later');
  await survivor.press('alice', 'incident.merge', { from: [old.incidentId] });
  const { incident } = await survivor.board();
  expect((await old.board('bob')).survivor).toMatchObject({ key: incident.key });
  expect((await restrict(incident.page?.id ?? '', ['acc-admin', 'acc-alice', 'acc-app'])).status).toBe(200);
  const board: BoardView = await old.board('bob');
  expect([board.incident.status, board.survivor]).toEqual(['merged', null]);
  expect(JSON.stringify(board)).not.toContain('Restricted later');
  expect(await old.answer('bob', 'incident.respond', {})).toEqual({ ok: false, error: { code: 'conflict', messageKey: 'error.merged-hidden', params: {}, field: null, retryAfterMs: null } });
  expect((await old.board('alice')).survivor).toMatchObject({ title: 'Restricted later' });
  // A board that was open when it happened hears of it with the change, and only then.
  const { pass } = board;
  const since = (await old.board('alice')).incident.version;
  const delta = (from: number) => site.ok('alice', 'board.changes', { incidentId: old.incidentId, since: from, pass });
  expect([(await delta(since - 1)).survivor?.key, (await delta(since)).survivor]).toEqual([incident.key, null]);
}, 120_000);

test('a page that the caller may only read, or not see at all, is merged neither way', async () => {
  const [a, b] = [await declareDesk(site, 'Mine'), await declareDesk(site, 'Not mine')];
  const pageId = (await b.board()).incident.page?.id ?? '';
  expect((await restrict(pageId, ['acc-admin', 'acc-alice', 'acc-app'])).status).toBe(200);
  const made = randomUUID();
  const op = { opId: randomUUID() };
  const bytes = (incidentId: string, from: string) => site.bytes('bob', 'incident.merge', { incidentId, from: [from], ...op });
  expect(await bytes(a.incidentId, b.incidentId)).toBe(await bytes(a.incidentId, made));
  expect(await bytes(b.incidentId, a.incidentId)).toBe(await bytes(made, a.incidentId));
  expect([await site.outcome('viewer', 'incident.merge', { incidentId: a.incidentId, from: [made], ...op })]).toEqual(['forbidden']);
  const editable = async (user: string) => (await site.ok(user, 'incidents.editable', {})).incidents.map(({ id }) => id);
  expect([(await editable('alice')).includes(b.incidentId), (await editable('bob')).includes(b.incidentId), (await editable('bob')).includes(a.incidentId), await editable('viewer'), await editable('mallory')]).toEqual([true, false, true, [], []]);
  expect([(await a.board()).incident.status, (await b.board()).incident.status]).toEqual(['investigating', 'investigating']);
  await b.press('alice', 'incident.merge', { from: [a.incidentId] });
  expect((await editable('alice')).includes(a.incidentId)).toBe(false);
}, 120_000);

test('tickets go on at the survivor: counted once, shown in Jira as its own, taken off there', async () => {
  const [survivor, old] = [await declareDesk(site, 'With tickets'), await declareDesk(site, 'Had tickets')];
  const [mine, theirs] = [await jira.create('alice', 'Improve this'), await jira.create('alice', 'Improve that')];
  await survivor.press('alice', 'ticket.link', { issue: mine.key, kind: 'detect' });
  await old.press('alice', 'ticket.link', { issue: theirs.key, kind: 'prevent' });
  await old.press('alice', 'ticket.create', { ticket: { summary: 'Made there', kind: 'process', assignee: null, dueDate: null, priority: null, projectId: '10000', issueTypeId: '10001', fields: {} } });
  const before = await old.board();
  const [ticket, created] = before.tickets;
  const was = before.incident.page?.url ?? '';
  const description = async (): Promise<string> => JSON.stringify((await jira.issue(created?.issueId ?? '')).fields.description);
  expect(await description()).toContain(was);
  await survivor.press('alice', 'incident.merge', { from: [old.incidentId] });
  await site.rest();
  const { incident, tickets } = await survivor.board();
  expect([tickets.map(({ key, kind, linked: on }) => [key, kind, on]), (await old.board()).tickets]).toEqual([[[mine.key, 'detect', true], [theirs.key, 'prevent', true], [created?.key, 'process', true]], []]);
  const all = (await site.ok('alice', 'tickets.overview', {})).tickets.filter((row) => row.ticket.key === theirs.key);
  expect(all.map((row) => row.incident.key)).toEqual([incident.key]);
  expect((await jira.issue(theirs.key)).properties['mackerel_incident']).toMatchObject({ link: ticket?.id, key: incident.key });
  expect((await jira.links(theirs.key)).map(({ object }) => object.url)).toEqual([incident.page?.url]);
  expect([await description()].map((text) => [text.includes(incident.page?.url ?? '-'), text.includes(was)])).toEqual([[true, false]]);
  const panel = await site.ok('alice', 'issue.incident', { issueId: theirs.id });
  expect(panel).toMatchObject({ state: 'shown', incident: { id: survivor.incidentId }, siblings: [{ key: mine.key }, { key: created?.key }] });
  expect(await (await declareDesk(site, 'Wants it')).answer('alice', 'ticket.link', { issue: theirs.key, kind: null })).toMatchObject({ error: { messageKey: 'error.ticket-taken', params: { key: incident.key } } });
  await survivor.press('bob', 'ticket.drop', { ticketId: ticket?.id ?? '', reason: 'not worth it' });
  await survivor.press('bob', 'ticket.unlink', { ticketId: ticket?.id ?? '' });
  await site.rest();
  expect([(await survivor.board()).tickets.map(({ key }) => key), (await jira.links(theirs.key)).length]).toEqual([[mine.key, created?.key], 0]);
}, 120_000);
