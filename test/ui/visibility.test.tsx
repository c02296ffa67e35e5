import { answers, dialogs, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { Board } from '../../static/ui/src/board/Board';
import { board, delta, head, show } from './samples';

const open = async (part: Parameters<typeof head>[0], can = { edit: true, mackerel: false }): Promise<void> => {
  const incident = head(part);
  answers['board.load'] = () => said(board({ incident, can }));
  answers['board.changes'] = () => said(delta({ incident }));
  answers['ticket.form'] = () => refused('not-found');
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />);
  await screen.findByRole('heading', { name: 'Checkout is slow' });
};
const choose = async (name: string): Promise<void> => {
  fireEvent.click(await screen.findByRole('button', { name: 'More' }));
  fireEvent.click(screen.getByRole('button', { name }));
};
beforeEach(resetBridge);
afterEach(cleanup);

test.each([
  ['public', 'private', 'Make private …', /keep only a neutral link/],
  ['private', 'public', 'Make public …', /show the incident/],
] as const)('a %s incident is made %s only after a yes to what that means, in Jira too', async (from, to, name, jira) => {
  answers['incident.visibility'] = () => said(head({ visibility: to, version: 8 }));
  await open({ visibility: from });
  await choose(name);
  await waitFor(() => expect(dialogs.opened).toMatchObject([{ name: 'confirm', given: { text: [expect.any(String), expect.stringMatching(jira)] } }]));
  expect(sent('incident.visibility')).toEqual([]);
  dialogs.answer = { reason: '' };
  await choose(name);
  await waitFor(() => expect(sent('incident.visibility')).toEqual([{ incidentId: 'i1', opId: expect.any(String), visibility: to }]));
});

test('a refusal says why; readers have no such menu', async () => {
  dialogs.answer = { reason: '' };
  answers['incident.visibility'] = () => refused('page-refused', null, { messageKey: 'error.page-refused.private' });
  await open({});
  await choose('Make private …');
  await screen.findByText(/This site cannot restrict pages/);
  cleanup();
  await open({}, { edit: false, mackerel: false });
  expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
});
