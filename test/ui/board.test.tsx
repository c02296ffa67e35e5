import { answers, invoked, live, navigated, refused, resetBridge, said } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Board } from '../../static/ui/src/board/Board';
import { alert, board, delta, entry, head, MINUTE, show, T0 } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
beforeEach(() => {
  resetBridge();
  answers['board.load'] = () => said(board());
  answers['board.changes'] = () => said(delta());
});
afterEach(cleanup);

test('while it loads, the board’s shape says so', () => {
  answers['board.load'] = () => new Promise(() => undefined);
  show(<Board {...place} />);
  expect(screen.getByRole('status', { name: 'Loading' })).toBeTruthy();
});

test('it is filled by one call that names the page', async () => {
  show(<Board {...place} />);
  await screen.findByRole('heading', { level: 1, name: 'Checkout is slow' });
  expect(invoked[0]).toEqual({ verb: 'board.load', payload: { pageId: '11' } });
  expect(screen.getByText('checkout http')).toBeTruthy();
  expect(screen.getByText('Working')).toBeTruthy();
  expect(screen.getByText('HTTP 503')).toBeTruthy();
  expect(await screen.findAllByText('Alice')).not.toHaveLength(0);
});

test('on a page, the incident its macro names goes along as a hint', async () => {
  show(<Board target={{ pageId: '99', incidentId: 'i1' }} place="page" />);
  await screen.findByRole('heading', { level: 1 });
  expect(invoked[0]).toEqual({ verb: 'board.load', payload: { pageId: '99', incidentId: 'i1' } });
});

test('until somebody responds the first control is “I’m on it”; one press names the responder', async () => {
  answers['incident.respond'] = () => said(head({ version: 8, firstResponse: { at: T0 + 4 * MINUTE, by: { accountId: 'acc-bob' } } }));
  show(<Board {...place} />);
  await screen.findByRole('heading', { level: 1 });
  const [first] = screen.getAllByRole('button');
  expect(first?.textContent).toBe("I'm on it");
  fireEvent.click(first as HTMLElement);
  fireEvent.click(first as HTMLElement);
  await screen.findByText('Bob');
  expect(screen.queryByRole('button', { name: "I'm on it" })).toBeNull();
  expect(screen.getByText(/4 min after detection/)).toBeTruthy();
  expect(invoked.filter(({ verb }) => verb === 'incident.respond')).toHaveLength(1);
});

test('a lost answer is asked for again with the same operation id', async () => {
  let lost = true;
  answers['incident.respond'] = () => {
    if (!lost) return said(head({ version: 8, firstResponse: { at: T0, by: { accountId: 'acc-bob' } } }));
    lost = false;
    throw new Error('lost');
  };
  show(<Board {...place} />);
  fireEvent.click(await screen.findByRole('button', { name: "I'm on it" }));
  await screen.findByText('Bob', undefined, { timeout: 3000 });
  const presses = invoked.filter(({ verb }) => verb === 'incident.respond').map(({ payload }) => payload['opId']);
  expect(presses).toHaveLength(2);
  expect(presses[0]).toBe(presses[1]);
});

test('who may only read sees words in place of controls', async () => {
  answers['board.load'] = () => said(board({ can: { edit: false, mackerel: false } }));
  show(<Board {...place} />);
  await screen.findByRole('heading', { level: 1 });
  expect(screen.queryByRole('button', { name: /Severity|Status|on it/ })).toBeNull();
  expect(screen.getByText('Nobody has responded yet')).toBeTruthy();
});

test('an announced version brings new rows without a reload', async () => {
  answers['board.load'] = () => said(board({ channel: { name: 'c', token: 't', expiresAt: T0 + 60 * MINUTE } }));
  show(<Board {...place} />);
  await waitFor(() => expect(live.hear).not.toBeNull());
  await waitFor(() => expect(invoked.filter(({ verb }) => verb === 'board.changes')).toHaveLength(1));
  answers['board.changes'] = () =>
    said(delta({ incident: head({ version: 8, openAlerts: 0 }), alerts: [alert({ open: false, status: 'OK', closedAt: T0 + 20 * MINUTE, v: 8 })], entries: [entry({ id: 'e2', text: 'raised the pool', messageKey: null, source: 'person', at: T0 + 9 * MINUTE, v: 8 })] }));
  act(() => live.hear?.({ ver: 8 }));
  await screen.findByText('raised the pool', undefined, { timeout: 3000 });
  expect(screen.getByText('Nothing is firing now.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Recovered 1' }));
  expect(screen.getByText(/^Recovered 02:31:00/)).toBeTruthy();
  expect(invoked.filter(({ verb }) => verb === 'board.load')).toHaveLength(1);
});

test('recovery is told from an end by hand', async () => {
  answers['board.load'] = () => said(board({ alerts: [alert({ open: false, status: 'OK', closedAt: T0, closedBy: 'manual' })] }));
  show(<Board {...place} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Recovered 1' }));
  expect(screen.getByText('Closed by hand 02:11:00')).toBeTruthy();
});

test('an incident without alerts teaches what will appear', async () => {
  answers['board.load'] = () => said(board({ alerts: [], hosts: [], entries: [] }));
  show(<Board {...place} />, 'ja');
  await screen.findByText(/リンクされたアラートはまだありません/);
  expect(screen.getByText('関係するホストはありません。')).toBeTruthy();
});

test('when Mackerel cannot be read the words say since when, and link there', async () => {
  const stale = { asOf: T0 + 20 * MINUTE, state: 'stale' as const, since: T0 + 21 * MINUTE, reasonKey: 'live.reason.unreachable' };
  answers['board.load'] = () => said(board({ live: stale }));
  answers['board.changes'] = () => said(delta({ live: stale }));
  show(<Board {...place} />, 'ja');
  await screen.findByText('02:32:00 から更新が止まっています');
  expect(screen.getByText('Mackerel に接続できません。')).toBeTruthy();
  fireEvent.click(screen.getByRole('link', { name: 'Mackerel でアラートを見る' }));
  await waitFor(() => expect(navigated).toContainEqual({ url: 'https://mackerel.io/my/alerts', type: 'new-tab' }));
});

test('with failing functions it says so and links to Mackerel', async () => {
  answers['board.load'] = () => {
    throw new Error('function failed');
  };
  show(<Board {...place} />);
  const title = await screen.findByText(/^Not live since \d\d:\d\d:\d\d$/, undefined, { timeout: 3000 });
  expect(within(title.closest('section') as HTMLElement).getByRole('link', { name: 'See alerts in Mackerel' })).toBeTruthy();
});

test.each([
  ['not-found', 'There is no incident here that you can see'],
  ['forbidden', 'There is no incident here that you can see'],
  ['not-configured', 'Mackerel is not connected yet'],
])('%s is explained', async (code, title) => {
  answers['board.load'] = () => refused(code);
  show(<Board {...place} />);
  await screen.findByRole('heading', { name: title });
});

test('full screen opens the same incident on the Incidents page', async () => {
  show(<Board {...place} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Full screen' }));
  await waitFor(() => expect(navigated).toContainEqual({ target: 'module', moduleKey: 'incidents', path: 'board/i1', type: 'same-tab' }));
});
