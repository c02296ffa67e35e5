/** Improvement tickets through the real verbs, with Jira as its people see it. */
import { randomUUID } from 'node:crypto';
import type { TicketView } from '../../src/contract';
import { declareDesk, deskOf, type Desk } from './desk';
import type { TestSite } from './harness';
import type { Jira } from './jira';
import { openTicketRoom, type TicketRoom } from './ticket-room';

let site: TestSite;
let jira: Jira;
let desk: Desk;
let input: TicketRoom['input'];
let tickets: TicketRoom['tickets'];
let issues: TicketRoom['issues'];
let made: TicketRoom['made'];
let hours: TicketRoom['hours'];
beforeAll(async () => {
  ({ site, jira, desk, input, tickets, issues, made, hours } = await openTicketRoom());
}, 180_000);
afterAll(async () => await site.stop());

describe('a ticket made from the board', () => {
  test('stands in Jira with owner, due date, label, property and a link back, and on the board as the same issue', async () => {
    await desk.press('alice', 'note.add', { notes: [{ text: 'pool was exhausted', at: null, link: null }] });
    const note = (await desk.entries()).find(({ text }) => text === 'pool was exhausted');
    await desk.press('alice', 'ticket.create', { ticket: input('Watch the pool'), entryId: note?.id ?? '' });
    const [found, ...more] = await issues('Watch the pool');
    expect(more).toEqual([]);
    const issue = await jira.issue(found?.key ?? '');
    const { incident } = await desk.board();
    expect(issue.fields).toMatchObject({ summary: 'Watch the pool', duedate: '2027-01-15', labels: ['mackerel-incident'], assignee: { accountId: 'acc-bob' }, reporter: { accountId: 'acc-alice' }, project: { key: 'OPS' } });
    expect(issue.properties['mackerel_incident']).toEqual({ link: expect.any(String) as string, key: incident.key, severity: 'sev3', type: 'prevent' });
    expect(JSON.stringify(issue.fields.description)).toContain('pool was exhausted');
    expect(await jira.links(issue.key)).toMatchObject([{ object: { url: incident.page?.url, title: `Incident ${incident.key}: Checkout is slow`, status: { resolved: false } } }]);
    expect(await tickets()).toMatchObject([{ issueId: issue.id, key: issue.key, kind: 'prevent', entryId: note?.id, state: 'linked', shownInJira: true, linked: true, dropped: null, by: { accountId: 'acc-alice' } }]);
    expect((await desk.said()).at(-1)).toBe('entry.ticket.created');
    expect((await jira.search('mackerelIncidentType = "prevent"')).map(({ key }) => key)).toEqual([issue.key]);
  });

  test('comes once however often the press is sent', async () => {
    const opId = randomUUID();
    const payload = { incidentId: desk.incidentId, opId, ticket: input('Once only') };
    const answers = await Promise.all(Array.from({ length: 6 }, () => site.outcome('alice', 'ticket.create', payload)));
    expect(answers).toContain('ok');
    await site.rest();
    expect(await site.outcome('alice', 'ticket.create', payload)).toBe('ok');
    expect(await issues('Once only')).toHaveLength(1);
    expect((await desk.said()).filter((key) => key === 'entry.ticket.created')).toHaveLength(2);
  });

  test('is refused by the name of the field Jira asks for, leaves nothing, and can be sent again complete', async () => {
    const { json } = await jira.call('alice', 'GET', 'project/MOB');
    const mobile = json as { id: string };
    const { issueTypes } = (await jira.call('alice', 'GET', `issue/createmeta/${mobile.id}/issuetypes`)).json as { issueTypes: { id: string }[] };
    const meta = (await jira.call('alice', 'GET', `issue/createmeta/${mobile.id}/issuetypes/${issueTypes[0]?.id ?? ''}`)).json as { fields: { fieldId: string; required: boolean; allowedValues?: { id: string }[] }[] };
    const needed = meta.fields.find(({ fieldId, required }) => required && fieldId.startsWith('customfield_'));
    const ticket = input('For the app', { projectId: mobile.id, issueTypeId: issueTypes[0]?.id ?? '' });
    const opId = randomUUID();
    const before = await tickets();
    expect(await desk.refused('alice', 'ticket.create', { ticket, opId })).toEqual({ code: 'jira-refused', messageKey: 'error.jira-refused', field: `fields.${needed?.fieldId ?? ''}` });
    expect(await tickets()).toEqual(before);
    await desk.press('alice', 'ticket.create', { ticket: { ...ticket, fields: { [needed?.fieldId ?? '']: { id: needed?.allowedValues?.[0]?.id } } }, opId });
    expect((await tickets()).length).toBe(before.length + 1);
  });

  test('is refused to a person who may not create in the project, and to a reader of the page', async () => {
    const { id } = (await jira.call('admin', 'GET', 'project/SEC')).json as { id: string };
    const { issueTypes } = (await jira.call('admin', 'GET', `issue/createmeta/${id}/issuetypes`)).json as { issueTypes: { id: string }[] };
    expect(await desk.refused('alice', 'ticket.create', { ticket: input('Not there', { projectId: id, issueTypeId: issueTypes[0]?.id ?? '' }) })).toMatchObject({ code: 'jira-refused' });
    expect(await desk.refused('viewer', 'ticket.create', { ticket: input('By a reader') })).toMatchObject({ code: 'forbidden' });
  });

  test.each([
    ['summary', '  ', {}],
    ['summary', 'x'.repeat(256), {}],
    ['dueDate', 'When', { dueDate: '2027-02-31' }],
    ['fields.reporter', 'Smuggled', { fields: { reporter: { accountId: 'acc-bob' } } }],
  ])('is refused at %s', async (field, summary, more) => {
    expect(await desk.refused('alice', 'ticket.create', { ticket: input(summary, more) })).toMatchObject({ code: 'bad-request', field });
  });
});

describe('an answer that got lost', () => {
  test('is found by the link in the issue, and nothing is made twice', async () => {
    await site.faults([{ target: 'jira', method: 'POST', path: '/rest/api/3/issue', lose: true, times: 1 }]);
    await desk.press('alice', 'ticket.create', { ticket: input('Lost and found') });
    await site.faults([]);
    await hours(0.2);
    const [issue, ...more] = await issues('Lost and found');
    expect(more).toEqual([]);
    expect((await tickets()).find(({ issueId }) => issueId === issue?.id)).toMatchObject({ state: 'linked', summary: null });
    expect(await jira.links(issue?.key ?? '')).toHaveLength(1);
  });

  test('that was never made stays in doubt until a person makes it again', async () => {
    await site.faults([{ target: 'jira', method: 'POST', path: '/rest/api/3/issue', status: 503, times: 1 }]);
    await desk.press('alice', 'ticket.create', { ticket: input('Never arrived') });
    await site.faults([]);
    const inDoubt = (await tickets()).find(({ summary }) => summary === 'Never arrived');
    expect(inDoubt).toMatchObject({ state: 'searching', issueId: null });
    await hours(0.5);
    expect((await tickets()).find(({ id }) => id === inDoubt?.id)).toMatchObject({ state: 'unsure' });
    expect(await issues('Never arrived')).toEqual([]);
    await desk.press('bob', 'ticket.check', { ticketId: inDoubt?.id ?? '' });
    expect((await tickets()).find(({ id }) => id === inDoubt?.id)).toMatchObject({ state: 'unsure' });
    await desk.press('bob', 'ticket.again', { ticketId: inDoubt?.id ?? '' });
    const found = await issues('Never arrived');
    expect(found).toHaveLength(1);
    expect((await tickets()).find(({ id }) => id === inDoubt?.id)).toMatchObject({ state: 'linked', issueId: found[0]?.id });
  });
});

describe('an existing issue', () => {
  test.each([
    ['its key', (key: string) => key],
    ['its key in small letters', (key: string) => key.toLowerCase()],
    ['its address', (key: string) => `https://acme.atlassian.net/browse/${key}?focusedCommentId=1`],
  ])('is linked by %s', async (_how, name) => {
    const { id, key } = await jira.create('bob', 'Was there before');
    await desk.press('bob', 'ticket.link', { issue: name(key), kind: 'process' });
    expect((await tickets()).find(({ issueId }) => issueId === id)).toMatchObject({ key, kind: 'process', state: 'linked' });
    expect((await jira.issue(key)).properties['mackerel_incident']).toMatchObject({ type: 'process' });
  });

  test('of a project the person cannot see is as unknown as one that does not exist', async () => {
    const secret = await jira.create('admin', 'Secret', { project: { key: 'SEC' } });
    const answers = [await desk.refused('alice', 'ticket.link', { issue: secret.key, kind: null }), await desk.refused('alice', 'ticket.link', { issue: 'OPS-99999', kind: null })];
    expect(answers[0]).toEqual({ code: 'not-found', messageKey: 'error.issue-gone', field: 'issue' });
    expect(answers[1]).toEqual(answers[0]);
  });

  test('that has an incident is taken over only when asked to, and leaves nothing behind', async () => {
    const other = await declareDesk(site, 'Another one');
    const ticket = await made('Moves on');
    expect(await other.refused('alice', 'ticket.link', { issue: ticket.key ?? '', kind: null })).toEqual({ code: 'conflict', messageKey: 'error.ticket-taken', field: 'issue' });
    await other.press('alice', 'ticket.link', { issue: ticket.key ?? '', kind: 'detect', move: true });
    await site.rest();
    expect((await tickets()).map(({ id }) => id)).not.toContain(ticket.id);
    expect((await tickets(other)).map(({ issueId }) => issueId)).toEqual([ticket.issueId]);
    const { incident } = await other.board();
    expect((await jira.issue(ticket.key ?? '')).properties['mackerel_incident']).toMatchObject({ key: incident.key, type: 'detect' });
    expect(await jira.links(ticket.key ?? '')).toMatchObject([{ object: { title: `Incident ${incident.key}: Another one` } }]);
  });

  test('taken off has no property, label or link any more, and can be linked again', async () => {
    const ticket = await made('Off and on');
    await desk.press('alice', 'ticket.unlink', { ticketId: ticket.id });
    await site.rest();
    const issue = await jira.issue(ticket.key ?? '');
    expect([issue.properties, issue.fields.labels, await jira.links(issue.key)]).toEqual([{}, [], []]);
    expect((await tickets()).map(({ id }) => id)).not.toContain(ticket.id);
    await desk.press('alice', 'ticket.link', { issue: issue.key, kind: null });
    expect((await tickets()).map(({ issueId }) => issueId)).toContain(issue.id);
    expect(await jira.links(issue.key)).toHaveLength(1);
  });

  describe('linked again', () => {
    async function decidedAndTakenOff(summary: string): Promise<TicketView> {
      await desk.press('alice', 'note.add', { notes: [{ text: `why: ${summary}`, at: null, link: null }] });
      const note = (await desk.entries()).find(({ text }) => text === `why: ${summary}`);
      await desk.press('alice', 'ticket.create', { ticket: input(summary), entryId: note?.id ?? '' });
      const [issue] = await issues(summary);
      const { id } = (await tickets()).find(({ issueId }) => issueId === issue?.id) ?? { id: '' };
      await desk.press('bob', 'ticket.drop', { ticketId: id, reason: 'costs too much' });
      const ticket = (await tickets()).find((one) => one.id === id);
      if (ticket === undefined || ticket.entryId === null || ticket.dropped === null) throw new Error(`${summary} lacks what is to be kept`);
      await desk.press('alice', 'ticket.unlink', { ticketId: id });
      return ticket;
    }
    const on = async ({ issueId }: TicketView): Promise<readonly TicketView[]> => (await tickets()).filter((ticket) => ticket.issueId === issueId);

    test('it is the ticket it was: entry, type, who brought it, and the decision not to do it', async () => {
      const ticket = await decidedAndTakenOff('Came back');
      const { id, entryId, by, at, dropped } = ticket;
      await desk.press('bob', 'ticket.link', { issue: ticket.key ?? '', kind: null });
      expect(await on(ticket)).toMatchObject([{ id, entryId, kind: 'prevent', by, at, dropped, state: 'linked', linked: true, shownInJira: true }]);
      expect(dropped).toMatchObject({ reason: 'costs too much', by: { accountId: 'acc-bob' } });
      expect((await desk.said()).at(-1)).toBe('entry.ticket.linked');
      expect((await jira.issue(ticket.key ?? '')).properties['mackerel_incident']).toMatchObject({ link: id, type: 'prevent' });
      await desk.press('alice', 'ticket.drop', { ticketId: id, reason: null });
      expect(await on(ticket)).toMatchObject([{ dropped: null }]);
    });

    test('with another type it has that one', async () => {
      const ticket = await decidedAndTakenOff('Came back changed');
      await desk.press('bob', 'ticket.link', { issue: ticket.key ?? '', kind: 'detect' });
      expect(await on(ticket)).toMatchObject([{ id: ticket.id, entryId: ticket.entryId, kind: 'detect' }]);
      expect((await jira.issue(ticket.key ?? '')).properties['mackerel_incident']).toMatchObject({ type: 'detect' });
    });

    test('it comes once, however many press and however often, and none of these presses undoes taking it off later', async () => {
      const ticket = await decidedAndTakenOff('Came back once');
      const before = (await desk.said()).length;
      const presses = ['alice', 'bob', 'alice', 'bob'].map((user) => [user, { incidentId: desk.incidentId, opId: randomUUID(), issue: ticket.key ?? '', kind: null }] as const);
      const all = async (): Promise<readonly string[]> => await Promise.all(presses.map(([user, payload]) => site.outcome(user, 'ticket.link', payload)));
      expect(await all()).toEqual(['ok', 'ok', 'ok', 'ok']);
      await site.rest();
      expect(await on(ticket)).toMatchObject([{ id: ticket.id, state: 'linked' }]);
      expect((await desk.said()).slice(before)).toEqual(['entry.ticket.linked']);
      await desk.press('alice', 'ticket.unlink', { ticketId: ticket.id });
      expect(await all()).toEqual(['ok', 'ok', 'ok', 'ok']);
      await site.rest();
      expect(await on(ticket)).toEqual([]);
      expect(await jira.links(ticket.key ?? '')).toEqual([]);
    });

    test('while it is still being taken off in Jira, the link comes last', async () => {
      const ticket = await made('Came back early');
      await site.faults([{ target: 'jira', method: 'DELETE', path: `/rest/api/3/issue/${ticket.issueId ?? ''}/remotelink`, status: 503 }]);
      await desk.press('alice', 'ticket.unlink', { ticketId: ticket.id });
      await site.faults([]);
      expect(await jira.links(ticket.key ?? '')).toHaveLength(1);
      await desk.press('alice', 'ticket.link', { issue: ticket.key ?? '', kind: null });
      await hours(0.2);
      expect(await on(ticket)).toMatchObject([{ id: ticket.id, kind: 'prevent', shownInJira: true }]);
      expect((await jira.issue(ticket.key ?? '')).properties['mackerel_incident']).toMatchObject({ link: ticket.id });
      expect(await jira.links(ticket.key ?? '')).toHaveLength(1);
    });
  });
});

test('deliberately not doing it stands with reason and person until it is taken back', async () => {
  const ticket = await made('Perhaps not');
  await desk.press('bob', 'ticket.drop', { ticketId: ticket.id, reason: 'the service goes away in March' });
  expect((await tickets()).find(({ id }) => id === ticket.id)?.dropped).toMatchObject({ reason: 'the service goes away in March', by: { accountId: 'acc-bob' } });
  await desk.press('bob', 'ticket.drop', { ticketId: ticket.id, reason: null });
  expect((await tickets()).find(({ id }) => id === ticket.id)?.dropped).toBeNull();
  expect((await desk.said()).slice(-2)).toEqual(['entry.ticket.dropped', 'entry.ticket.undropped']);
});

describe('what happens in Jira', () => {
  test('is heard of, and seen at the next look when it was not', async () => {
    const ticket = await made('Changes there');
    await jira.transition('bob', ticket.key ?? '', 'In Progress');
    await site.rest();
    const heard = (await tickets()).find(({ id }) => id === ticket.id);
    expect(heard?.heardAt).toBeGreaterThan(ticket.heardAt);
  });

  test('a deleted issue is told as deleted, once', async () => {
    const ticket = await made('Deleted there');
    await site.faults([{ target: 'events', duplicate: true }]);
    expect((await jira.call('admin', 'DELETE', `issue/${ticket.key ?? ''}`)).status).toBe(204);
    await site.rest();
    await site.faults([]);
    expect((await tickets()).find(({ id }) => id === ticket.id)).toMatchObject({ state: 'deleted' });
    expect((await desk.said()).filter((key) => key === 'entry.ticket.deleted')).toHaveLength(1);
  });

  test('severity and status of the incident follow into it', async () => {
    const own = await declareDesk(site, 'Follows');
    const ticket = await made('Shows the state', own);
    await own.press('alice', 'incident.severity', { severity: 'sev1' });
    await own.press('alice', 'incident.status', { status: 'resolved' });
    await site.rest();
    expect((await jira.issue(ticket.key ?? '')).properties['mackerel_incident']).toMatchObject({ severity: 'sev1' });
    expect(await jira.links(ticket.key ?? '')).toMatchObject([{ object: { status: { resolved: true } } }]);
  });
});

describe('once a day', () => {
  test('what is due soon or overdue is said once a week, in the timeline and as a notice; what is done or decided against is not', async () => {
    const own = await declareDesk(site, 'Reminds');
    const day = (offset: number): string => new Date(site.site.deps.clock.now() + offset * 86_400_000).toISOString().slice(0, 10);
    const due = async (summary: string, offset: number): Promise<TicketView> => {
      await own.press('alice', 'ticket.create', { ticket: input(summary, { dueDate: day(offset) }) });
      const [issue] = await issues(summary);
      const ticket = (await tickets(own)).find(({ issueId }) => issueId === issue?.id);
      if (ticket === undefined) throw new Error(summary);
      return ticket;
    };
    const late = await due('Two days late', -2);
    const soon = await due('In two days', 2);
    await due('Next month', 30);
    const done = await due('Late but done', -5);
    const dropped = await due('Late but dropped', -5);
    await jira.transition('bob', done.key ?? '', 'Done');
    await own.press('bob', 'ticket.drop', { ticketId: dropped.id, reason: 'no' });
    await site.control('POST', 'run/daily');
    await site.control('POST', 'run/daily');
    await site.rest();
    const said = (await own.entries()).filter(({ messageKey }) => messageKey === 'entry.ticket.due' || messageKey === 'entry.ticket.overdue').map(({ messageKey, params }) => [messageKey, params['key'], params['days']]);
    expect(said.sort()).toEqual([['entry.ticket.due', soon.key, 2], ['entry.ticket.overdue', late.key, 2]]);
    const notices = (await site.slack()).filter((text) => text.includes(late.key ?? '') || text.includes(soon.key ?? ''));
    expect(notices).toHaveLength(2);
  });
});

test('the overview lists every ticket of incidents whose page the person sees, and no other', async () => {
  const forAlice = await site.ok('alice', 'tickets.overview', {});
  expect(forAlice.tickets.length).toBeGreaterThan(5);
  expect(forAlice.tickets[0]).toMatchObject({ incident: { isPrivate: false }, ticket: { linked: true } });
  expect((await site.ok('mallory', 'tickets.overview', {})).tickets).toEqual([]);
});

describe('from an issue', () => {
  test('the incident, its siblings and its alert now are told to who sees the page', async () => {
    const alert = await site.raise('checkout p95', 'web-01', 'CRITICAL', 2310);
    const board = await site.incidentWith(alert.id);
    const shop = deskOf(site, board.incident.id);
    const first = await made('From the shop', shop);
    await made('Its sibling', shop);
    const firing = await site.ok('bob', 'issue.incident', { issueId: first.issueId ?? '' });
    expect(firing).toMatchObject({ state: 'shown', incident: { key: board.incident.key }, ticket: { id: first.id }, canEdit: true });
    if (firing.state !== 'shown') throw new Error('not shown');
    expect(firing.siblings).toHaveLength(1);
    expect(firing.alerts?.find(({ monitorName }) => monitorName === 'checkout p95')).toMatchObject({ hostName: 'web-01', recoveredAt: null, firedAgainAt: null });
    await site.raise('checkout p95', 'web-02', 'WARNING', 650);
    await site.later(60_000);
    const spread = await site.ok('bob', 'issue.incident', { issueId: first.issueId ?? '' });
    expect(spread.state === 'shown' && spread.alerts?.map(({ monitorName, firedAgainAt }) => [monitorName, firedAgainAt])).toEqual([['checkout p95', null]]);
    await site.recoverAll();
    await site.later(60_000);
    const again = await site.raise('checkout p95', 'web-01', 'CRITICAL', 2500);
    expect(again.id).not.toBe(alert.id);
    await site.later(60_000);
    const seen = await site.ok('bob', 'issue.incident', { issueId: first.issueId ?? '' });
    if (seen.state !== 'shown') throw new Error('not shown');
    const now = seen.alerts?.find(({ monitorName }) => monitorName === 'checkout p95');
    expect(now?.firingSince).toBe(now?.firedAgainAt);
    expect(now?.firedAgainAt).toBeGreaterThan(first.at);
    const { tickets: all } = await site.ok('bob', 'tickets.overview', {});
    expect(all.find(({ ticket }) => ticket.id === first.id)?.firedAgain).toMatchObject({ monitorName: 'checkout p95', open: true });
  });

  test('an incident is declared with the issue as its first ticket, once', async () => {
    const issue = await jira.create('bob', 'Customers complain');
    expect(await site.ok('bob', 'issue.incident', { issueId: issue.key })).toMatchObject({ state: 'none', configured: true });
    const payload = { opId: randomUUID(), spaceKey: 'SRE', title: 'Customers complain', severity: 'sev2', visibility: 'public', candidateId: null, issueId: issue.key } as const;
    const [first, second] = [await site.ok('bob', 'incident.declare', payload), await site.ok('bob', 'incident.declare', payload)];
    expect(second.incidentId).toBe(first.incidentId);
    expect((await tickets(deskOf(site, first.incidentId))).map(({ issueId }) => issueId)).toEqual([issue.id]);
    expect(await site.outcome('alice', 'incident.declare', { ...payload, opId: randomUUID() })).toBe('conflict');
  });
});
