import { answers, navigated, product, productCalls, refused, Reply, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { OverviewTicket, OverviewView } from '../../src/contract';
import { toCsv } from '../../static/ui/src/home/csv';
import Improvements from '../../static/ui/src/home/Improvements';
import { fileRows, type OverviewRow } from '../../static/ui/src/home/overview';
import { parseIssue } from '../../static/ui/src/jira/issues';
import { issue, MINUTE, show, T0, ticket, words } from './samples';

const BULK = '/rest/api/3/issue/bulkfetch';
const DAY = 24 * 60 * MINUTE;
const one = (n: number, part: Partial<OverviewTicket> = {}, ticketPart: Parameters<typeof ticket>[0] = {}): OverviewTicket => ({
  ticket: ticket({ id: `k${n}`, issueId: String(n), key: `OPS-${n}`, at: Date.now() - n * DAY, ...ticketPart }),
  incident: { id: `i${n}`, key: `2026-0${n}`, title: `Incident ${n}`, severity: 'sev2', service: 'shop', url: `https://x.example/${n}`, isPrivate: false },
  firedAgain: null, ...part,
});
const overview = (tickets: readonly OverviewTicket[], part: Partial<OverviewView> = {}): void => void (answers['tickets.overview'] = () => said({ tickets, more: false, now: Date.now(), ...part }));
const dayOf = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const open = (): unknown => show(<Improvements openBoard={(id) => navigated.push(id)} />);
const keys = (): readonly string[] => [...document.querySelectorAll('tbody .ticket-key')].map((key) => key.textContent ?? '');
const filter = (name: string, value: string): void => void fireEvent.change(screen.getByLabelText(name), { target: { value } });
beforeEach(() => {
  resetBridge();
  product[BULK] = (_path: string, body: { issueIdsOrKeys: string[] }) => ({ issues: body.issueIdsOrKeys.map((id) => issue(id, `OPS-${id}`)) });
});
afterEach(cleanup);

test('overdue ones stand first, then by due date; done and dropped ones only when asked for', async () => {
  product[BULK] = { issues: [issue('1', 'OPS-1', { duedate: dayOf(9) }), issue('2', 'OPS-2', { duedate: dayOf(-3) }), issue('3', 'OPS-3'), issue('4', 'OPS-4', { duedate: dayOf(-9), status: { name: 'Done', statusCategory: { key: 'done' } } })] };
  overview([one(1), one(2), one(3), one(4), one(5, {}, { dropped: { reason: 'no', by: { accountId: 'acc-bob' }, at: T0 } })]);
  open();
  await screen.findByText('1 overdue');
  expect(keys()).toEqual(['OPS-2', 'OPS-1', 'OPS-3']);
  fireEvent.click(screen.getByLabelText('Done and dropped too'));
  expect(keys()).toEqual(['OPS-2', 'OPS-1', 'OPS-3', 'OPS-4', 'OPS-5']);
});

test('filters by service, kind, owner and age', async () => {
  product[BULK] = { issues: [issue('1', 'OPS-1'), issue('2', 'OPS-2', { assignee: null }), issue('40', 'OPS-40', { assignee: { accountId: 'acc-alice', displayName: 'Alice' } })] };
  overview([one(1, {}, { kind: 'detect' }), one(2, { incident: { ...one(2).incident, service: 'blog' } }), one(40)]);
  open();
  await screen.findByRole('option', { name: 'Alice' });
  const with_ = (name: string, value: string): readonly string[] => {
    filter(name, value);
    const found = keys();
    filter(name, '');
    return found;
  };
  expect(with_('Service', 'blog')).toEqual(['OPS-2']);
  expect(with_('Kind', 'detect')).toEqual(['OPS-1']);
  expect(with_('Owner', 'acc-alice')).toEqual(['OPS-40']);
  expect(with_('Owner', 'nobody')).toEqual(['OPS-2']);
  expect(with_('Age', '30')).toEqual(['OPS-40']);
  filter('Service', 'blog');
  filter('Kind', 'detect');
  expect(screen.getByText('No ticket matches.')).toBeTruthy();
});

test('Jira is asked in batches of a hundred', async () => {
  overview(Array.from({ length: 230 }, (_, n) => one(n + 1)));
  open();
  await screen.findByText('230 tickets');
  await waitFor(() => expect(productCalls.filter(({ path }) => path === BULK).map(({ body }) => (body as { issueIdsOrKeys: string[] }).issueIdsOrKeys.length)).toEqual([100, 100, 30]));
  expect(keys()).toHaveLength(100);
  fireEvent.click(screen.getByRole('button', { name: 'Show 100 more' }));
  expect(keys()).toHaveLength(200);
});

test('it says where the same monitor fired again, and leads to the incident', async () => {
  overview([one(1, { firedAgain: { monitorName: 'checkout p95', at: Date.now(), open: true } }), one(2, { incident: { ...one(2).incident, url: null, isPrivate: true } })]);
  open();
  await screen.findByText(/^Firing again: checkout p95, since /);
  fireEvent.click(screen.getByRole('button', { name: '2026-01 Incident 1' }));
  fireEvent.click(screen.getByRole('button', { name: '2026-02 Incident 2' }));
  await waitFor(() => expect(navigated).toEqual(expect.arrayContaining(['i2', expect.objectContaining({ url: 'https://x.example/1' })])));
  expect(within(screen.getByText('2026-02').closest('td') as HTMLElement).getByText('Private')).toBeTruthy();
});

test('a ticket this viewer cannot see in Jira says so', async () => {
  product[BULK] = { issues: [] };
  overview([one(1), one(2, {}, { state: 'unsure', issueId: null, key: null, summary: 'Watch the pool' })]);
  open();
  await screen.findByText('not visible to you');
  expect(screen.getByText('Watch the pool').closest('tr')?.textContent).toContain('not known whether it was made');
});

test('nothing yet, not answering, and no Jira are different things', async () => {
  overview([]);
  open();
  await screen.findByText(/No improvement tickets yet/);
  cleanup();
  answers['tickets.overview'] = () => refused('forbidden');
  open();
  await screen.findByText('The list could not be read');
  overview([one(1)]);
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('OPS-1');
  cleanup();
  product[BULK] = new Reply(404);
  open();
  await screen.findByText('Jira is not available here');
  expect(keys()).toEqual(['OPS-1']);
});

describe('the file', () => {
  const row = (part: Partial<OverviewTicket> = {}, fields: Readonly<Record<string, unknown>> = {}): OverviewRow => ({ ...one(1, part, { at: T0 }), issue: parseIssue(issue('1', 'OPS-1', fields)) });

  test('quotes what has to be quoted, ends every line as the standard says, and begins with the mark of UTF-8', () => {
    expect(toCsv([['a', 'b,"c"\nd', 3], ['再発防止', '', -2]])).toBe('\uFEFFa,"b,""c""\nd",3\r\n再発防止,,-2\r\n');
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1'])('%s is no formula', (text) => {
    expect(toCsv([[text]])).toBe(`\uFEFF'${text}\r\n`);
  });

  test('has what the list has', () => {
    const [head, first] = fileRows([row({}, { duedate: '2026-11-29' })], words(), T0, (key) => `https://x.example/browse/${key}`);
    expect(Object.fromEntries((head ?? []).map((name, n) => [name, first?.[n]]))).toEqual({
      Ticket: 'OPS-1', Summary: 'Summary of OPS-1', Kind: 'Prevention', Status: 'In Progress', Owner: 'Bob', 'Due date': '2026-11-29', 'Days left': 5, Resolution: '', 'Not done because': '',
      'Made or linked at': '2026-11-23T17:11:00.000Z', Incident: '2026-01', 'Incident title': 'Incident 1', Severity: 'SEV2', Service: 'shop', Address: 'https://x.example/browse/OPS-1',
    });
  });

  test('of a private incident nothing but what Jira tells of the ticket is in it', () => {
    const file = (isPrivate: boolean): string => {
      const rowOf = row({ incident: { ...one(1).incident, isPrivate, title: 'secret', key: 'kqzvmwta', service: 'vault' } });
      const dropped = { reason: 'the vault is empty', by: { accountId: 'acc-bob' }, at: T0 };
      return JSON.stringify(fileRows([{ ...rowOf, ticket: { ...rowOf.ticket, dropped } }], words(), T0, (key) => key)[1]);
    };
    const told = /secret|kqzvmwta|vault|SEV2|Prevention/g;
    expect(file(false).match(told)).toEqual(['Prevention', 'vault', 'kqzvmwta', 'secret', 'SEV2', 'vault']);
    expect(file(true).match(told)).toBeNull();
    expect(file(true)).toContain('Summary of OPS-1');
  });

  test('is what the filter shows', async () => {
    const files: Blob[] = [];
    Object.assign(URL, { createObjectURL: (blob: Blob) => (files.push(blob), 'blob:x'), revokeObjectURL: () => undefined });
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    overview([one(1, {}, { kind: 'detect' }), one(2)]);
    open();
    await screen.findByText('Summary of OPS-2');
    filter('Kind', 'detect');
    fireEvent.click(screen.getByRole('button', { name: 'Download CSV' }));
    const text = await new Promise<string>((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsText(files[0] as Blob);
    });
    expect(text.trim().split('\r\n')).toHaveLength(2);
    expect(text).toContain('OPS-1,Summary of OPS-1');
    clicked.mockRestore();
  });
});
