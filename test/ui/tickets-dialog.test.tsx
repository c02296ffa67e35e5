import { answers, navigated, product, productCalls, refused, Reply, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import Ticket from '../../static/ui/src/dialogs/Ticket';
import TicketLink from '../../static/ui/src/dialogs/TicketLink';
import TicketTasks from '../../static/ui/src/dialogs/TicketTasks';
import { tasksOf } from '../../static/ui/src/dialogs/ticket/tasks';
import { jiraValue, parseForm } from '../../static/ui/src/jira/form';
import { keyIn, wordsJql } from '../../static/ui/src/jira/search';
import { head, issue, show } from './samples';

const META = '/rest/api/3/issue/createmeta/1/issuetypes';
const field = (key: string, part: object = {}): object => ({ fieldId: key, name: key, required: false, hasDefaultValue: false, schema: { type: 'string' }, ...part });
const OWN = [
  field('summary', { required: true }), field('assignee', { schema: { type: 'user' } }), field('duedate', { schema: { type: 'date' } }),
  field('priority', { schema: { type: 'priority' }, allowedValues: [{ id: '2', name: 'High' }, { id: '3', name: 'Medium' }], hasDefaultValue: true, defaultValue: { id: '3', name: 'Medium' } }),
];
const form = (part: object = {}): unknown => said({ project: { projectId: '1', projectKey: 'OPS', projectName: 'Operations', issueTypeId: '7', issueTypeName: 'Task' }, dueDate: '2026-12-21', isPrivate: false, isAdmin: false, ...part });
const done = jest.fn();
const open = (given: object = {}): unknown => show(<Ticket given={{ incidentId: 'i1', pass: 'p', ...given }} done={done} />);
const box = (name: string | RegExp): HTMLInputElement => screen.getByLabelText(name) as HTMLInputElement;
const write = async (name: string | RegExp, value: string): Promise<void> => void fireEvent.change(await screen.findByLabelText(name), { target: { value } });
const send = async (): Promise<void> => void fireEvent.click(await screen.findByRole('button', { name: /^Create ticket/ }));
const opIds = (): readonly unknown[] => sent('ticket.create').map((payload) => payload['opId']);
beforeEach(() => {
  resetBridge();
  done.mockReset();
  answers['ticket.form'] = () => form();
  product[`${META}?`] = { issueTypes: [{ id: '7', name: 'Task' }, { id: '9', name: 'Sub-task', subtask: true }] };
  product[`${META}/7`] = { fields: OWN };
  product['/rest/api/3/project/search'] = { values: [{ id: '1', key: 'OPS', name: 'Operations' }, { id: '2', key: 'SRE', name: 'Reliability' }], isLast: true };
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

describe('a new ticket', () => {
  test('begins with what it was called from, and is made with what was chosen', async () => {
    product['/rest/api/3/user/assignable/search'] = [{ accountId: 'acc-alice', displayName: 'Alice' }, { accountId: 'bot', displayName: 'Bot', accountType: 'app' }];
    answers['ticket.create'] = () => said(head());
    open({ entryId: 'e1', summary: 'Raise the pool' });
    await screen.findByLabelText('Priority');
    expect(box(/^Summary/).value).toBe('Raise the pool');
    expect(box('Due date').value).toBe('2026-12-21');
    expect(screen.getByText(/Operations \(OPS\) · Task/)).toBeTruthy();
    await write('Kind', 'detect');
    await write('Priority', '2');
    fireEvent.click(screen.getByRole('button', { name: 'Choose' }));
    fireEvent.change(screen.getByRole('combobox', { name: 'People who can be given it' }), { target: { value: 'al' } });
    const found = await screen.findAllByRole('option', { name: /Alice|Bot/ });
    expect(found.map((one) => one.textContent)).toEqual(['Alice']);
    fireEvent.click(found[0] as HTMLElement);
    await send();
    await waitFor(() => expect(done).toHaveBeenCalledWith({ changed: true }));
    expect(sent('ticket.create')).toEqual([
      {
        incidentId: 'i1', opId: expect.any(String), entryId: 'e1',
        ticket: { summary: 'Raise the pool', kind: 'detect', assignee: 'acc-alice', dueDate: '2026-12-21', priority: '2', projectId: '1', issueTypeId: '7', fields: {} },
      },
    ]);
    expect(productCalls.find(({ path }) => path.includes('assignable'))?.path).toContain('project=OPS&query=al');
  });

  test('Ctrl+Enter sends, the Enter of an input method and a plain one never do', async () => {
    answers['ticket.create'] = () => said(head());
    open({ summary: 'x' });
    await screen.findByLabelText('Priority');
    const summary = box(/^Summary/);
    fireEvent.keyDown(summary, { key: 'Enter' });
    fireEvent.keyDown(summary, { key: 'Enter', ctrlKey: true, isComposing: true });
    fireEvent.compositionEnd(summary);
    fireEvent.keyDown(summary, { key: 'Enter', ctrlKey: true });
    expect(sent('ticket.create')).toEqual([]);
    fireEvent.keyUp(summary, { key: 'Enter' });
    fireEvent.keyDown(summary, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(sent('ticket.create')).toHaveLength(1));
  });

  test('a refusal stands at its field, with Jira’s own sentence, and everything typed stays', async () => {
    answers['ticket.create'] = () => refused('jira-refused', 'dueDate', { params: { detail: 'Due date is in the past.' } });
    open({ summary: 'Raise the pool' });
    await screen.findByLabelText('Priority');
    await send();
    const said = await screen.findByText('Jira refused: Due date is in the past.');
    expect(said.id).toBe(box('Due date').getAttribute('aria-describedby'));
    expect(document.activeElement).toBe(box('Due date'));
    expect(box(/^Summary/).value).toBe('Raise the pool');
    expect(done).not.toHaveBeenCalled();
  });

  test.each([
    ['assignee', 'Owner'],
    ['projectId', 'Project'],
  ])('a refusal of %s stands at %s', async (name, label) => {
    answers['ticket.create'] = () => refused('jira-refused', name, { params: { detail: 'No.' } });
    open({ summary: 'x' });
    await screen.findByLabelText('Priority');
    await send();
    const problem = await screen.findByText('Jira refused: No.');
    expect(problem.closest('.field')?.textContent).toContain(label);
  });

  test('after a lost answer the same press is sent, whatever is typed; after a refusal other words are another press', async () => {
    answers['ticket.create'] = () => {
      throw new Error('lost');
    };
    open({ summary: 'one' });
    await screen.findByLabelText('Priority');
    await send();
    await screen.findByText(/The app did not answer/, {}, { timeout: 4_000 });
    await write(/^Summary/, 'two');
    answers['ticket.create'] = () => refused('jira-refused', 'summary', { params: { detail: 'No.' } });
    await send();
    await screen.findByText('Jira refused: No.');
    await send();
    await waitFor(() => expect(opIds()).toHaveLength(4));
    expect(new Set(opIds()).size).toBe(1);
    await screen.findByText('Jira refused: No.');
    await write(/^Summary/, 'three');
    await send();
    await waitFor(() => expect(opIds()).toHaveLength(5));
    expect(opIds()[4]).not.toBe(opIds()[3]);
  });

  test('what was typed is there again after the dialog was lost, with its press; discarding starts anew', async () => {
    open();
    await write(/^Summary/, 'half a thought');
    cleanup();
    open();
    await screen.findByText(/Restored from what you had typed/);
    expect(box(/^Summary/).value).toBe('half a thought');
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(box(/^Summary/).value).toBe('');
  });

  test('asked to wait it counts down, keeps everything, and can be sent afterwards', async () => {
    answers['ticket.create'] = () => ({ ok: false, error: { code: 'busy', messageKey: 'error.busy', params: {}, field: null, retryAfterMs: 30_000 } });
    open({ summary: 'x' });
    await screen.findByLabelText('Priority');
    jest.useFakeTimers({ doNotFake: ['queueMicrotask'] });
    await send();
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(screen.getByText(/You can send again in (29|30) seconds/)).toBeTruthy();
    expect((screen.getByRole('button', { name: /^Create ticket/ }) as HTMLButtonElement).disabled).toBe(true);
    await act(() => jest.advanceTimersByTimeAsync(31_000));
    expect((screen.getByRole('button', { name: /^Create ticket/ }) as HTMLButtonElement).disabled).toBe(false);
    expect(box(/^Summary/).value).toBe('x');
    expect(sent('ticket.create')).toHaveLength(1);
  });

  test('fields Jira asks for are shown as what they are and sent in Jira’s shape', async () => {
    product[`${META}/7`] = {
      fields: [
        ...OWN,
        field('customfield_1', { name: 'Team', required: true, schema: { type: 'option' }, allowedValues: [{ id: '31', value: 'SRE' }] }),
        field('customfield_2', { name: 'Areas', required: true, schema: { type: 'array', items: 'option' }, allowedValues: [{ id: '41', value: 'DB' }, { id: '42', value: 'Web' }] }),
        field('customfield_3', { name: 'Effort', required: true, schema: { type: 'number' } }),
        field('labels', { name: 'Labels', required: true, schema: { type: 'array', items: 'string' } }),
        field('customfield_4', { name: 'Why', required: true, schema: { type: 'string', custom: 'com.atlassian.jira.plugin.system.customfieldtypes:textarea' } }),
        field('customfield_5', { name: 'Not asked', schema: { type: 'string' } }),
        field('reporter', { name: 'Reporter', required: true, schema: { type: 'user' } }),
      ],
    };
    answers['ticket.create'] = () => said(head());
    open({ summary: 'x' });
    await write(/^Team/, '31');
    expect(screen.queryByLabelText(/Not asked|Reporter/)).toBeNull();
    await send();
    expect(await screen.findAllByText('Jira needs this.')).toHaveLength(1);
    fireEvent.click(screen.getByLabelText('Web'));
    await write(/^Effort/, '３');
    await write(/^Labels/, 'pool db');
    await write(/^Why/, 'it was full');
    await send();
    await waitFor(() => expect(done).toHaveBeenCalled());
    expect(sent('ticket.create')[0]?.['ticket']).toMatchObject({
      fields: {
        customfield_1: { id: '31' }, customfield_2: [{ id: '42' }], customfield_3: 3, labels: ['pool', 'db'],
        customfield_4: { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'it was full' }] }] },
      },
    });
  });

  test('a required field this form cannot ask for: the ticket has to be made in Jira', async () => {
    product[`${META}/7`] = { fields: [...OWN, field('customfield_9', { name: 'Approval chain', required: true, schema: { type: 'sd-approvals' } })] };
    open({ summary: 'x' });
    await screen.findByText(/cannot be filled in here: Approval chain/);
    expect((screen.getByRole('button', { name: /^Create ticket/ }) as HTMLButtonElement).disabled).toBe(true);
    fireEvent.click(screen.getByRole('link', { name: 'Create in Jira' }));
    expect(navigated.at(-1)).toMatchObject({ url: expect.stringContaining('pid=1&issuetype=7') });
  });

  test('another project can be chosen; its work type of the same name is meant', async () => {
    product['/rest/api/3/issue/createmeta/2/issuetypes?'] = { issueTypes: [{ id: '70', name: 'Bug' }, { id: '71', name: 'Task' }] };
    product['/rest/api/3/issue/createmeta/2/issuetypes/71'] = { fields: [field('summary', { required: true })] };
    answers['ticket.create'] = () => said(head());
    open({ summary: 'x' });
    fireEvent.click(await screen.findByRole('button', { name: 'Change' }));
    await screen.findByRole('option', { name: 'Reliability (SRE)' });
    await write('Project', '2');
    await waitFor(() => expect(box('Work type').value).toBe('71'));
    await waitFor(() => expect(screen.queryByLabelText('Due date')).toBeNull()); // this work type has none
    await send();
    await waitFor(() => expect(sent('ticket.create')[0]?.['ticket']).toMatchObject({ projectId: '2', issueTypeId: '71', dueDate: null, assignee: null }));
  });

  test('of a private incident: a warning that Jira’s readers see the summary', async () => {
    answers['ticket.form'] = () => form({ isPrivate: true });
    open();
    await screen.findByText(/everybody who can read the Jira project sees the summary/);
  });

  test('without Jira it says what an administrator can do', async () => {
    answers['ticket.form'] = () => refused('jira-absent');
    open();
    await screen.findByText(/A site administrator can add Jira to the site/);
  });

  test('shapes nobody expects are no inputs', () => {
    expect(parseForm(null).others).toEqual([]);
    const { others } = parseForm({ fields: [{ key: 'a', required: true, schema: null }, { key: 'b', required: true, schema: { type: 'array', items: 'user' } }, 7] });
    expect(others.map(({ input }) => input)).toEqual(['none', 'none']);
    expect(jiraValue({ key: 'n', name: 'n', input: 'number', options: [] }, 'many')).toBeNull();
  });
});

describe('linking an existing ticket', () => {
  const link = (given: object = {}): unknown => show(<TicketLink given={{ incidentId: 'i1', linked: ['1'], ...given }} done={done} />);
  beforeEach(() => {
    product['/rest/api/3/search/jql'] = { issues: [issue('1', 'OPS-1'), issue('5', 'OPS-5')] };
    product['/rest/api/3/issue/OPS-5'] = issue('5', 'OPS-5');
  });

  test.each([
    ['ops-5', 'OPS-5'],
    ['ＯＰＳ－５'.replace('－', '-'), 'OPS-5'],
    ['https://x.atlassian.net/browse/OPS-5?focusedId=1', 'OPS-5'],
    ['https://x.atlassian.net/jira/software/projects/OPS/boards/1?selectedIssue=OPS-5', 'OPS-5'],
    ['pool size', null],
    ['https://x.atlassian.net/wiki/x', null],
  ])('%s names %s', (typed, key) => expect(keyIn(typed)).toBe(key));

  test('what is typed cannot change the question', () => {
    expect(wordsJql('pool" OR project = SEC --')).toBe('(text ~ "pool OR project SEC" OR text ~ "pool OR project SEC*") ORDER BY created DESC');
    expect(wordsJql(' "*" ')).toBeNull();
  });

  test('one found is linked with its kind; one that is linked already says so', async () => {
    answers['ticket.link'] = () => said(head());
    link();
    await write('Kind', 'detect');
    await write('Ticket', 'pool');
    fireEvent.click(await screen.findByRole('button', { name: 'Link OPS-5' }));
    await waitFor(() => expect(screen.getAllByText('Linked')).toHaveLength(2));
    expect(sent('ticket.link')).toEqual([{ incidentId: 'i1', opId: expect.any(String), issue: '5', kind: 'detect' }]);
  });

  test.each([
    ['2026-041', 'It belongs to incident 2026-041.'],
    ['', 'It belongs to another incident.'],
  ])('one of another incident (%s) is moved only when asked to', async (key, text) => {
    answers['ticket.link'] = (payload: { move?: boolean }) => (payload.move === true ? said(head()) : refused('conflict', null, { messageKey: 'error.ticket-taken', params: { key } }));
    link();
    await write('Ticket', 'OPS-5');
    fireEvent.click(await screen.findByRole('button', { name: 'Link OPS-5' }));
    await screen.findByText(text);
    expect(sent('ticket.link')[0]).not.toHaveProperty('move');
    fireEvent.click(screen.getByRole('button', { name: 'Move it here' }));
    await waitFor(() => expect(sent('ticket.link').at(-1)).toMatchObject({ move: true, issue: '5' }));
  });

  test('nothing found, and Jira not answering, are different things', async () => {
    product['/rest/api/3/search/jql'] = { issues: [] };
    link();
    await write('Ticket', 'nothing');
    await screen.findByText('Nothing you can see matches.');
    product['/rest/api/3/search/jql'] = new Reply(503);
    await write('Ticket', 'silence');
    await screen.findByText(/Jira does not answer/);
  });
});

describe('tickets from the tasks of a page', () => {
  const task = (state: string, ...content: object[]): object => ({ type: 'taskItem', attrs: { localId: String(content.length), state }, content });
  const text = (value: string): object => ({ type: 'text', text: value });
  const page = (...content: object[]): void => void (product['/wiki/api/v2/pages/11?body-format=atlas_doc_format'] = { body: { atlas_doc_format: { value: JSON.stringify({ type: 'doc', content: [{ type: 'taskList', content }] }) } } });
  const tasks = (): unknown => show(<TicketTasks given={{ incidentId: 'i1', pass: 'p', pageId: '11' }} done={done} />);

  test('owner, date and an issue already there are read from the task', () => {
    const adf = {
      type: 'doc',
      content: [
        { type: 'taskList', content: [task('DONE', text('done one')), task('TODO', { type: 'mention', attrs: { id: 'acc-bob', text: '@Bob' } }, text(' raise the pool '), { type: 'date', attrs: { timestamp: '1797811200000' } }), task('TODO'), { type: 'taskList', content: [task('TODO', text('inner'))] }] },
        { type: 'expand', content: [{ type: 'taskList', content: [task('TODO', text('see '), { type: 'inlineCard', attrs: { url: 'https://x.atlassian.net/browse/OPS-9' } })] }] },
      ],
    };
    expect(tasksOf(adf).map(({ summary, done: over, owner, due, key }) => [summary, over, owner?.accountId ?? null, due, key])).toEqual([
      ['raise the pool', false, 'acc-bob', '2026-12-21', null], ['inner', false, null, null, null], ['see', false, null, null, 'OPS-9'], ['done one', true, null, null, null],
    ]);
    expect(tasksOf(null)).toEqual([]);
  });

  test('the chosen ones are made one by one; only what failed is tried again, as the same press', async () => {
    page(task('TODO', text('one')), task('TODO', text('two')), task('DONE', text('three')));
    let fails = true;
    answers['ticket.create'] = ({ ticket }: { ticket: { summary: string } }) => (ticket.summary === 'two' && fails ? refused('jira-refused', 'summary', { params: { detail: 'No.' } }) : said(head()));
    tasks();
    fireEvent.click(await screen.findByRole('button', { name: 'Create 2 tickets' }));
    await screen.findByText('Not created. Jira refused: No.');
    await screen.findByText('1 created, 1 failed');
    fails = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try 1 again' }));
    await screen.findByText('2 created, 0 failed');
    const made = sent('ticket.create');
    expect(made.map((payload) => (payload['ticket'] as { summary: string }).summary)).toEqual(['one', 'two', 'two']);
    expect(made[1]?.['opId']).toBe(made[2]?.['opId']);
    expect(made[0]?.['opId']).not.toBe(made[1]?.['opId']);
    expect(made[0]?.['ticket']).toMatchObject({ dueDate: '2026-12-21', projectId: '1', issueTypeId: '7' });
  });

  test('without tasks it says how to write them; a page that cannot be read is said to be so', async () => {
    page();
    tasks();
    await screen.findByText('No tasks on the page');
    cleanup();
    product['/wiki/api/v2/pages/11?body-format=atlas_doc_format'] = new Reply(404);
    tasks();
    await screen.findByText('The page could not be read');
  });

  test('a work type that needs more is not made from tasks', async () => {
    product[`${META}/7`] = { fields: [...OWN, field('customfield_1', { name: 'Team', required: true, schema: { type: 'option' }, allowedValues: [{ id: '31', value: 'SRE' }] })] };
    page(task('TODO', text('one')));
    tasks();
    await screen.findByText(/This work type needs more: Team/);
    expect((within(document.querySelector('.dialog-actions') as HTMLElement).getByRole('button', { name: 'Create 1 ticket' }) as HTMLButtonElement).disabled).toBe(true);
  });
});
