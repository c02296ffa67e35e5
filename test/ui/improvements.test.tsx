import { answers, dialogs, navigated, product, productCalls, refused, Reply, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { BoardView, TicketView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import { doneShare, inOrder, summaryFrom, ticketState } from '../../static/ui/src/board/improvements/row';
import { parseIssue } from '../../static/ui/src/jira/issues';
import { board, delta, entry, head, issue, MINUTE, show, T0, ticket } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
const BULK = '/rest/api/3/issue/bulkfetch';
const form = (part: object = {}): object => ({ project: { projectId: '1', projectKey: 'OPS', projectName: 'Operations', issueTypeId: '7', issueTypeName: 'Task' }, dueDate: '2026-12-21', isPrivate: false, isAdmin: false, ...part });
let now: BoardView;
/** Rows of the next delta. */
let news: readonly TicketView[] = [];
function open(tickets: readonly TicketView[], part: Partial<BoardView> = {}): void {
  now = board({ tickets, ...part });
  news = [];
  answers['board.load'] = () => said(now);
  show(<Board {...place} />);
}
const changed = (rows: readonly TicketView[] = []): unknown => {
  news = rows;
  now = { ...now, incident: head({ ...now.incident, version: now.incident.version + 1 }) };
  return said(now.incident);
};
const jira = (...issues: readonly object[]): void => void (product[BULK] = { issues });
const section = async (): Promise<HTMLElement> => (await screen.findByRole('heading', { name: /^Improvements/ })).closest('section') as HTMLElement;
const row = async (text: string | RegExp): Promise<HTMLElement> => (await screen.findByText(text)).closest('li') as HTMLElement;
const reads = (): number => productCalls.filter(({ path }) => path === BULK).length;
beforeEach(() => {
  jest.useFakeTimers({ now: T0 + 24 * MINUTE, advanceTimers: true, doNotFake: ['requestAnimationFrame', 'queueMicrotask', 'performance'] });
  resetBridge();
  answers['board.changes'] = () => said(delta({ incident: now.incident, tickets: news }));
  answers['ticket.form'] = () => said(form());
  jira();
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

describe('what a ticket says', () => {
  test('state, owner, days left, kind and where it came from, in words', async () => {
    jira(issue('10012', 'OPS-12', { summary: 'Watch the pool', duedate: '2026-11-29' }));
    open([ticket({ entryId: 'e1' })]);
    const found = await row('Watch the pool');
    expect(found.textContent).toBe('OPS-12Watch the poolIn ProgressPreventionBob5 days left (Nov 29)From the entry of 02:11');
    fireEvent.click(within(found).getByRole('link', { name: 'Open OPS-12 in Jira' }));
    expect(navigated.at(-1)).toMatchObject({ url: '/browse/OPS-12' });
  });

  test('overdue is said with its days; done has no countdown; the share leaves out what is not to be done', async () => {
    jira(
      issue('1', 'OPS-1', { duedate: '2026-11-22' }),
      issue('2', 'OPS-2', { duedate: '2026-11-22', status: { name: 'Verified', statusCategory: { key: 'done' } }, resolution: { name: 'Fixed' } }),
      issue('3', 'OPS-3', { assignee: null }),
    );
    open([ticket({ id: 'a', issueId: '1', key: 'OPS-1' }), ticket({ id: 'b', issueId: '2', key: 'OPS-2' }), ticket({ id: 'c', issueId: '3', key: 'OPS-3', dropped: { reason: 'costs too much', by: { accountId: 'acc-bob' }, at: T0 } })]);
    expect((await row('Summary of OPS-1')).textContent).toContain('2 days overdue (Nov 22)');
    expect((await row('Summary of OPS-2')).textContent).toContain('VerifiedDonePreventionBobdue Nov 22Resolution: Fixed');
    expect((await row('Summary of OPS-3')).textContent).toContain('Decided not to do: costs too much');
    expect((await section()).querySelector('h2')?.textContent).toBe('Improvements 1/2 done');
  });

  test('Japanese says it as people there do', async () => {
    jira(issue('10012', 'OPS-12', { duedate: '2026-11-22' }));
    now = board({ tickets: [ticket()] });
    answers['board.load'] = () => said(now);
    show(<Board {...place} />, 'ja');
    expect((await row('Summary of OPS-12')).textContent).toContain('再発防止Bob期限超過 2 日 (11月22日)');
  });

  test('hostile answers of Jira are read without harm', () => {
    expect(parseIssue(null)).toBeNull();
    expect(parseIssue({ id: 7, key: 'A-1', fields: { summary: 3, status: 'x', assignee: [], duedate: '2026-1-1', resolution: {} }, properties: [] })).toEqual({
      id: '7', key: 'A-1', summary: '', status: null, owner: null, due: null, resolution: null, priority: null, projectKey: null, hasLink: false,
    });
  });
});

describe('what is in doubt is said, with the next step', () => {
  test('the answer of Jira got lost: it is looked for', async () => {
    open([ticket({ issueId: null, key: null, summary: 'Watch the pool', state: 'searching' })]);
    expect((await row('Watch the pool')).textContent).toContain('Jira’s answer got lost … looking for the ticket.');
  });

  test('nothing was found: look again, or make it again after a warning that there may be two', async () => {
    const unsure = ticket({ issueId: null, key: null, summary: 'Watch the pool', state: 'unsure' });
    open([unsure]);
    answers['ticket.check'] = () => changed([{ ...unsure, state: 'searching', v: 4 }]);
    fireEvent.click(within(await row('Watch the pool')).getByRole('button', { name: 'Look again' }));
    await screen.findByText(/looking for the ticket/);
    expect(sent('ticket.check')).toEqual([{ incidentId: 'i1', opId: expect.any(String), ticketId: 'k1' }]);
    cleanup();

    open([unsure]);
    answers['ticket.again'] = () => changed();
    fireEvent.click(within(await row('Watch the pool')).getByRole('button', { name: 'Make it again …' }));
    await waitFor(() => expect(dialogs.opened).toHaveLength(1));
    expect(dialogs.opened[0]?.given['text']).toEqual([expect.stringContaining('there will be two')]);
    await act(() => jest.advanceTimersByTimeAsync(10));
    expect(sent('ticket.again')).toEqual([]);
    dialogs.answer = { reason: '' };
    fireEvent.click(within(await row('Watch the pool')).getByRole('button', { name: 'Make it again …' }));
    await waitFor(() => expect(sent('ticket.again')).toHaveLength(1));
  });

  test('one that this viewer cannot see, one deleted, one whose link is gone, one Jira cannot show the incident on', async () => {
    jira(issue('3', 'OPS-3', {}, {}), issue('4', 'SEC-4', { project: { key: 'SEC' } }, {}));
    open([
      ticket({ id: 'a', issueId: '1', key: 'OPS-1' }), ticket({ id: 'b', issueId: '2', key: 'OPS-2', state: 'deleted' }),
      ticket({ id: 'c', issueId: '3', key: 'OPS-3' }), ticket({ id: 'd', issueId: '4', key: 'SEC-4', shownInJira: false }),
    ]);
    expect((await row('Summary of OPS-3')).textContent).toContain('The link to this incident was removed in Jira.');
    expect((await row(/You cannot see this ticket in Jira/)).textContent).toContain('OPS-1');
    expect((await row('Deleted in Jira.')).textContent).toContain('OPS-2');
    expect((await row('Summary of SEC-4')).textContent).toContain('no access to project SEC');
    expect(productCalls.find(({ path }) => path === BULK)?.body).toMatchObject({ issueIdsOrKeys: ['1', '3', '4'], properties: ['mackerel_incident'] });

    answers['ticket.check'] = () => changed();
    fireEvent.click(within(await row('Summary of OPS-3')).getByRole('button', { name: 'Restore the link' }));
    await waitFor(() => expect(sent('ticket.check')).toMatchObject([{ ticketId: 'c' }]));
    answers['ticket.unlink'] = () => changed([ticket({ id: 'b', linked: false, v: 9 })]);
    fireEvent.click(within(await row('Deleted in Jira.')).getByRole('button', { name: 'Take off this incident' }));
    await waitFor(() => expect(screen.queryByText('Deleted in Jira.')).toBeNull());
  });

  test('a link that is only on its way is not called lost', () => {
    const young = ticket({ at: T0 });
    const told = parseIssue(issue('10012', 'OPS-12', {}, {}));
    expect(ticketState(young, told, T0 + 30_000)).toMatchObject({ kind: 'shown', unlinked: false });
    expect(ticketState(young, told, T0 + 2 * MINUTE)).toMatchObject({ kind: 'shown', unlinked: true });
  });

  test('no Jira on the site: the whole section says so and what an administrator can do', async () => {
    product[BULK] = new Reply(404);
    open([ticket()]);
    await screen.findByText('Jira is not available here');
    expect(screen.getByText(/A site administrator can add Jira/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Ticket' })).toBeNull();
    expect(screen.getByText('Not read from Jira')).toBeTruthy();
    cleanup();
    answers['ticket.form'] = () => refused('jira-absent');
    open([]);
    await screen.findByText('Jira is not available here');
  });
});

describe('what can be done', () => {
  const actions = async (name: string): Promise<void> => {
    fireEvent.click(await screen.findByRole('button', { name: 'Actions for ticket OPS-12' }));
    fireEvent.click(screen.getByRole('button', { name }));
  };
  beforeEach(() => jira(issue('10012', 'OPS-12')));

  test('deliberately not doing it needs a reason, and can be taken back', async () => {
    dialogs.answer = { reason: 'replaced by OPS-40' };
    const dropped = ticket({ dropped: { reason: 'replaced by OPS-40', by: { accountId: 'acc-bob' }, at: T0 }, v: 4 });
    answers['ticket.drop'] = () => changed([dropped]);
    open([ticket()]);
    await actions('Decide not to do it …');
    await screen.findByText('Decided not to do: replaced by OPS-40');
    expect(sent('ticket.drop')).toEqual([{ incidentId: 'i1', opId: expect.any(String), ticketId: 'k1', reason: 'replaced by OPS-40' }]);
    answers['ticket.drop'] = () => changed([ticket({ v: 5 })]);
    await actions('Do it after all');
    await waitFor(() => expect(screen.queryByText(/Decided not to do/)).toBeNull());
    expect(sent('ticket.drop').at(-1)).toMatchObject({ reason: null });
  });

  test('one taken off comes back with one press', async () => {
    answers['ticket.unlink'] = () => changed([ticket({ linked: false, v: 4 })]);
    open([ticket()]);
    await screen.findByText('Summary of OPS-12');
    await actions('Take off this incident');
    await screen.findByText('OPS-12 was taken off.');
    answers['ticket.link'] = () => changed([ticket({ v: 5 })]);
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByText('Summary of OPS-12');
    expect(sent('ticket.link')).toEqual([{ incidentId: 'i1', opId: expect.any(String), issue: '10012', kind: 'prevent' }]);
  });

  test('a viewer sees all and can press nothing', async () => {
    open([ticket()], { can: { edit: false, mackerel: false } });
    await screen.findByText('Summary of OPS-12');
    expect(within(await section()).queryAllByRole('button')).toEqual([]);
    expect(sent('ticket.form')).toEqual([]);
  });

  test('a new one, an existing one and those of the page’s tasks have their dialogs', async () => {
    open([ticket()]);
    fireEvent.click(await screen.findByRole('button', { name: 'Ticket' }));
    await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'ticket', title: 'New improvement ticket', given: { incidentId: 'i1', pass: expect.any(String), linked: ['10012'] } }]));
    for (const [name, dialog] of [['Link an existing ticket …', 'ticket-link'], ['From tasks on the page …', 'ticket-tasks']] as const) {
      fireEvent.click(screen.getByRole('button', { name }));
      await waitFor(() => expect(dialogs.opened.at(-1)?.name).toBe(dialog));
    }
    expect(dialogs.opened.at(-1)?.given['pageId']).toBe('11');
  });

  test('the key i opens the dialog for a new one', async () => {
    open([ticket()]);
    await screen.findByRole('button', { name: 'Ticket' });
    fireEvent.keyDown(document.body, { code: 'KeyI', key: 'い' });
    await waitFor(() => expect(dialogs.opened.at(-1)?.name).toBe('ticket'));
  });

  test('an entry of the timeline begins one, shows its key, and is jumped to', async () => {
    const note = entry({ id: 'n1', source: 'person', messageKey: null, text: '- **Raise** the `pool`\nby hand', by: { accountId: 'acc-bob' } });
    open([ticket({ entryId: 'n1' })], { entries: [note] });
    fireEvent.click(await screen.findByRole('button', { name: 'Make a ticket of this' }));
    await waitFor(() => expect(dialogs.opened.at(-1)).toMatchObject({ name: 'ticket', given: { incidentId: 'i1', entryId: 'n1', summary: 'Raise the pool' } }));
    const article = document.querySelector('article.entry') as HTMLElement;
    expect(within(article).getByRole('link', { name: 'Open OPS-12 in Jira' })).toBeTruthy();
    fireEvent.click(await screen.findByRole('button', { name: 'From the entry of 02:11' }));
    await waitFor(() => expect(article.closest('li')?.classList.contains('sought')).toBe(true));
  });

  test('an entry that was not read yet is read, then jumped to', async () => {
    answers['board.entries'] = () => said({ entries: [entry({ id: 'old', at: T0 - 5 * MINUTE }), entry()] });
    open([ticket({ entryId: 'old' })], { olderEntries: 1 });
    fireEvent.click(await screen.findByRole('button', { name: 'From the timeline' }));
    await waitFor(() => expect(document.querySelector('[data-key=old]')?.classList.contains('sought')).toBe(true));
  });
});

describe('without tickets', () => {
  test('one sentence says what they are for', async () => {
    open([]);
    await screen.findByText(/What should be different next time becomes a ticket/);
    expect(screen.getByRole('button', { name: 'Ticket' })).toBeTruthy();
    expect(reads()).toBe(0);
  });

  test('no project chosen: who can choose one, and for administrators the way there', async () => {
    answers['ticket.form'] = () => said(form({ project: null }));
    open([]);
    await screen.findByText(/a Confluence administrator can choose one in the settings/);
    expect(screen.queryByRole('button', { name: 'Open settings' })).toBeNull();
    cleanup();
    answers['ticket.form'] = () => said(form({ project: null, isAdmin: true }));
    open([]);
    fireEvent.click(await screen.findByRole('button', { name: 'Open settings' }));
    await waitFor(() => expect(navigated.at(-1)).toMatchObject({ moduleKey: 'settings' }));
  });
});

test('the past shows which there were then, and nothing of what Jira says today', async () => {
  jira(issue('10012', 'OPS-12'));
  answers['board.at'] = () => said({ ...board(), at: T0 + 3 * MINUTE, tickets: [ticket()] });
  open([ticket(), ticket({ id: 'k2', issueId: '13', key: 'OPS-13' })]);
  show(<Board {...place} at={T0 + 3 * MINUTE} />);
  await screen.findByText(/What Jira says of them is of today/);
  const past = screen.getByText(/What Jira says of them is of today/).closest('section') as HTMLElement;
  expect([...past.querySelectorAll('li')].map((li) => li.textContent)).toEqual(['OPS-12Prevention']);
  expect(within(past).queryAllByRole('button')).toEqual([]);
});

describe('how fresh it is', () => {
  test('a ticket that Jira said changed is read at once, with all others in one question', async () => {
    jira(issue('10012', 'OPS-12'), issue('13', 'OPS-13'));
    open([ticket(), ticket({ id: 'k2', issueId: '13', key: 'OPS-13' })]);
    await screen.findByText('Summary of OPS-13');
    const before = reads();
    jira(issue('10012', 'OPS-12', { summary: 'Renamed' }), issue('13', 'OPS-13'));
    changed([ticket({ heardAt: T0 + 25 * MINUTE, v: 9 })]);
    await act(() => jest.advanceTimersByTimeAsync(26_000));
    await screen.findByText('Renamed');
    expect(reads()).toBeGreaterThan(before);
    expect(productCalls.at(-1)?.body).toMatchObject({ issueIdsOrKeys: ['10012', '13'] });
  });

  test('when Jira stops answering the last state stays, and it says since when', async () => {
    jira(issue('10012', 'OPS-12', { summary: 'Watch the pool' }));
    open([ticket()]);
    await screen.findByText('Watch the pool');
    product[BULK] = new Reply(503);
    await act(() => jest.advanceTimersByTimeAsync(26_000));
    await screen.findByText(/^Jira not read since/);
    expect(screen.getByText('Watch the pool')).toBeTruthy();
    jira(issue('10012', 'OPS-12', { summary: 'Watch both pools' }));
    fireEvent.click(within(await section()).getByRole('button', { name: 'Try again' }));
    await screen.findByText('Watch both pools');
    expect(screen.queryByText(/^Jira not read since/)).toBeNull();
  });
});

test('those that are dropped stand last, and are in no share', () => {
  const rows = [ticket({ id: 'b', at: 1, dropped: { reason: 'x', by: { accountId: 'a' }, at: 1 } }), ticket({ id: 'c', at: 3 }), ticket({ id: 'a', at: 2 })];
  expect(inOrder(rows).map(({ id }) => id)).toEqual(['a', 'c', 'b']);
  expect(doneShare(rows, () => null)).toBeNull();
});

test('a summary is the first line in plain words', () => {
  expect(summaryFrom('\n## See [the log](https://x.example/) *now*\nmore')).toBe('See the log now');
  expect(summaryFrom('あ'.repeat(300))).toHaveLength(255);
});
