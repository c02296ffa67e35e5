/** One ticket after another, in one dialog. */
import { answers, product, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import Ticket from '../../static/ui/src/dialogs/Ticket';
import { head, show } from './samples';

const done = jest.fn();
const open = (given: object = {}): unknown => show(<Ticket given={{ incidentId: 'i1', pass: 'p', ...given }} done={done} />);
const box = (name: string | RegExp): HTMLInputElement => screen.getByLabelText(name) as HTMLInputElement;
const write = async (name: string | RegExp, value: string): Promise<void> => void fireEvent.change(await screen.findByLabelText(name), { target: { value } });
const opIds = (): readonly unknown[] => sent('ticket.create').map((payload) => payload['opId']);
const META = '/rest/api/3/issue/createmeta/1/issuetypes';
beforeEach(() => {
  resetBridge();
  localStorage.clear();
  done.mockReset();
  answers['ticket.form'] = () => said({ project: { projectId: '1', projectKey: 'OPS', projectName: 'Operations', issueTypeId: '7', issueTypeName: 'Task' }, dueDate: '2026-12-21', isPrivate: false, isAdmin: false });
  product[`${META}?`] = { issueTypes: [{ id: '7', name: 'Task' }] };
  product[`${META}/7`] = { fields: [{ fieldId: 'priority', name: 'priority', required: false, hasDefaultValue: false, schema: { type: 'priority' }, allowedValues: [{ id: '2', name: 'High' }] }] };
});
afterEach(cleanup);

test('another one follows in the same dialog: the summary is empty again, the rest stays, and each is a press of its own', async () => {
  let refuse = false;
  answers['ticket.create'] = () => (refuse ? refused('bad-request', 'summary', { messageKey: 'error.summary-empty' }) : said(head()));
  open();
  await screen.findByLabelText('Priority');
  await write(/^Summary/, 'First');
  await write('Kind', 'detect');
  fireEvent.click(screen.getByRole('button', { name: /^Create, then another/ }));
  await screen.findByText('1 ticket created.');
  expect([box(/^Summary/).value, box('Kind').value, document.activeElement, done.mock.calls, localStorage.length]).toEqual(['', 'detect', box(/^Summary/), [], 0]);
  // Refused, it stays what was typed.
  refuse = true;
  await write(/^Summary/, 'Second');
  fireEvent.keyDown(box(/^Summary/), { key: 'Enter', ctrlKey: true, shiftKey: true });
  await screen.findByRole('alert');
  expect(box(/^Summary/).value).toBe('Second');
  refuse = false;
  fireEvent.keyDown(box(/^Summary/), { key: 'Enter', ctrlKey: true, shiftKey: true });
  await screen.findByText('2 tickets created.');
  expect(sent('ticket.create').map(({ ticket }) => [(ticket as { summary: string }).summary, (ticket as { kind: string }).kind])).toEqual([['First', 'detect'], ['Second', 'detect'], ['Second', 'detect']]);
  expect(opIds()[0]).not.toBe(opIds()[1]);
  fireEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(done).toHaveBeenCalledWith({ changed: true });
  cleanup();
  // From an entry there is one.
  open({ entryId: 'e1', summary: 'x' });
  await screen.findByLabelText('Priority');
  expect(screen.queryByRole('button', { name: /^Create, then another/ })).toBeNull();
});
