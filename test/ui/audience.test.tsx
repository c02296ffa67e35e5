import { answers, closed, dialogs, product, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Board } from '../../static/ui/src/board/Board';
import Audience from '../../static/ui/src/dialogs/Audience';
import { board, delta, head, role, show, words } from './samples';

const LIST = { people: [{ accountId: 'acc-bob', canEdit: true }, { accountId: 'acc-alice', canEdit: false }], groups: [{ id: 'g1', name: 'responders', canEdit: true }], app: { account: { accountId: 'acc-app' }, isNamed: true } };
beforeEach(() => {
  resetBridge();
  product['/wiki/rest/api/search/user'] = { results: [{ user: { accountId: 'acc-carol', displayName: 'Carol' } }, { user: { accountId: 'acc-bob', displayName: 'Bob' } }] };
  product['/wiki/rest/api/group/picker'] = { results: [{ id: 'g1', name: 'responders' }, { id: 'g2', name: 'dba-team' }] };
});
afterEach(cleanup);

describe('the dialog', () => {
  const open = async (list: object = LIST): Promise<(object | null)[]> => {
    answers['audience.load'] = () => said(list);
    const done: (object | null)[] = [];
    show(<Audience given={{ incidentId: 'i1' }} done={(answer) => void done.push(answer)} />);
    await screen.findByText('responders');
    return done;
  };

  test('lists people, groups and the app, which cannot be removed', async () => {
    await open();
    await screen.findByText('Alice');
    const rows = within(screen.getByRole('list', { name: 'People and groups' })).getAllByRole('listitem');
    expect(rows.map((row) => within(row).queryAllByRole('button').map((button) => button.textContent))).toEqual([['Leave'], ['Remove'], ['Remove'], []]);
  });

  test('adds a person or group that is found by name; those who are named already are not offered', async () => {
    answers['audience.add'] = () => said(head());
    const done = await open();
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'x' } });
    await waitFor(() => expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Carol', 'dba-team (group)']));
    fireEvent.click(screen.getByRole('option', { name: 'dba-team (group)' }));
    await screen.findByText('dba-team (group) was added.');
    expect(sent('audience.add')).toEqual([{ incidentId: 'i1', opId: expect.any(String), who: { groupId: 'g2' } }]);
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    expect(done).toEqual([{ changed: true }]);
  });

  test('removes with one press and says why not', async () => {
    answers['audience.remove'] = () => refused('conflict', 'who', { messageKey: 'error.audience-last' });
    const done = await open();
    fireEvent.click(await screen.findByRole('button', { name: 'Remove Alice' }));
    await screen.findByText(words().t('error.audience-last'));
    expect(sent('audience.remove')).toEqual([{ incidentId: 'i1', opId: expect.any(String), who: { accountId: 'acc-alice' } }]);
    fireEvent.click(screen.getByRole('button', { name: 'Done' }));
    expect(done).toEqual([null]);
  });

  test('adds the app again where somebody took it off', async () => {
    answers['audience.add'] = () => said(head());
    await open({ ...LIST, app: { account: { accountId: 'acc-app' }, isNamed: false } });
    fireEvent.click(screen.getByRole('button', { name: 'Add it again' }));
    await waitFor(() => expect(sent('audience.add')).toMatchObject([{ who: { accountId: 'acc-app' } }]));
    expect(closed).toEqual([]);
  });
});

const shown = async (part: Parameters<typeof head>[0], canEdit = true): Promise<void> => {
  const incident = head(part);
  answers['board.load'] = () => said(board({ incident, can: { edit: canEdit, mackerel: false } }));
  answers['board.changes'] = () => said(delta({ incident }));
  answers['ticket.form'] = () => refused('not-found');
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />);
  await screen.findByRole('heading', { name: 'Checkout is slow' });
};

describe('the board', () => {
  test.each([['private', true], ['public', false]] as const)('of a %s incident has the menu: %s', async (visibility, there) => {
    await shown({ visibility });
    fireEvent.click(await screen.findByRole('button', { name: 'More' }));
    expect(screen.queryByRole('button', { name: 'People and groups …' }) !== null).toBe(there);
    if (!there) return;
    fireEvent.click(screen.getByRole('button', { name: 'People and groups …' }));
    await waitFor(() => expect(dialogs.opened).toMatchObject([{ name: 'audience', given: { incidentId: 'i1' } }]));
  });

  test('says which account the app lost, and adds it with one press; readers are told as well', async () => {
    const hidden = { since: 1, account: { accountId: 'acc-app' } };
    answers['audience.add'] = () => said(head({ visibility: 'private', version: 9 }));
    await shown({ visibility: 'private', hidden });
    const banner = screen.getByRole('complementary', { name: 'The app cannot see the page' });
    expect(banner.textContent).toContain('acc-app');
    fireEvent.click(within(banner).getByRole('button', { name: 'Add it again' }));
    await waitFor(() => expect(screen.queryByRole('complementary', { name: 'The app cannot see the page' })).toBeNull());
    expect(sent('audience.add')).toMatchObject([{ incidentId: 'i1', who: { accountId: 'acc-app' } }]);
    cleanup();
    await shown({ visibility: 'private', hidden }, false);
    expect(within(screen.getByRole('complementary', { name: 'The app cannot see the page' })).queryByRole('button')).toBeNull();
  });

  test('offers to add somebody a role is given to who cannot see it, and gives the role then', async () => {
    let asked = 0;
    answers['incident.role'] = () => ((asked += 1) === 1 ? refused('conflict', 'audience', { messageKey: 'error.role-not-let-in' }) : said(head({ visibility: 'private', roles: [role({ person: { accountId: 'acc-carol' } })], version: 9 })));
    answers['audience.add'] = () => said(head({ visibility: 'private', version: 8 }));
    await shown({ visibility: 'private', roles: [role()] });
    const give = async (): Promise<void> => {
      fireEvent.click(await screen.findByRole('button', { name: words().t('role.menu', { role: 'Commander' }) }));
      fireEvent.change(screen.getByPlaceholderText('Type a name'), { target: { value: 'car' } });
      fireEvent.click(await screen.findByRole('option', { name: 'Carol' }));
    };
    // Rather not: nothing is changed, and it says why.
    dialogs.answer = {};
    await give();
    await screen.findByText(/cannot see the private incident/);
    expect([dialogs.opened.at(-1)?.name, sent('audience.add')]).toEqual(['confirm', []]);
    asked = 0;
    dialogs.answer = { reason: '' };
    await give();
    await waitFor(() => expect(sent('incident.role')).toHaveLength(3));
    expect(sent('audience.add')).toMatchObject([{ incidentId: 'i1', who: { accountId: 'acc-carol' } }]);
    expect(new Set([...sent('incident.role'), ...sent('audience.add')].map(({ opId }) => opId)).size).toBe(4);
  });
});
