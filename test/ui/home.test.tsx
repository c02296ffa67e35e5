import { answers, invoked, navigated, refused, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { SCHEME } from '../../src/domain/scheme';
import type { HomeView } from '../../src/contract';
import type { Route } from '../../static/ui/src/api';
import { Home } from '../../static/ui/src/home/Home';
import { alert, board, delta, head, MINUTE, show, T0 } from './samples';

const home = (part: Partial<HomeView> = {}): HomeView => ({
  configured: true,
  isAdmin: false,
  keepsSettings: false,
  declareGroup: null,
  scheme: SCHEME,
  spaces: [
    { id: '1', key: 'OPS', name: 'Operations', services: ['shop'], canDeclare: true },
    { id: '2', key: 'SRE', name: 'SRE', services: ['blog'], canDeclare: true },
    { id: '3', key: 'RO', name: 'Read only', services: [], canDeclare: false },
  ],
  candidates: [{ id: 'c1', alert: alert({ id: 'c1', status: 'WARNING', monitorName: 'disk%', service: 'blog' }), why: { messageKey: 'candidate.why.rule', params: { n: 2 } } }],
  moreCandidates: false,
  inDowntime: [],
  pageTemplates: [],
  incidents: [head(), head({ id: 'i2', key: '2026-041', title: 'Old one', status: 'closed', closedAt: T0 })],
  now: T0 + 30 * MINUTE,
  ...part,
});
function route(start: string): () => Promise<Route> {
  let path = start;
  const heard: (() => void)[] = [];
  return () =>
    Promise.resolve({
      path: () => path,
      go: (to) => {
        path = to;
        for (const listener of heard) listener();
      },
      listen: (listener) => void heard.push(listener),
    });
}
const lists = (): Promise<Route> => route('/')();
const declared = (part: object = {}): unknown => said({ incidentId: 'i9', key: '2026-043', page: { id: '43', url: '/wiki/spaces/SRE/pages/43' }, already: false, ...part });

/** Presses a button once there is something to press it for. */
async function press(name: string): Promise<void> {
  await waitFor(() => expect(screen.getByRole('button', { name }).hasAttribute('disabled')).toBe(false));
  fireEvent.click(screen.getByRole('button', { name }));
}

beforeEach(() => {
  resetBridge();
  answers['home.load'] = () => said(home());
});
afterEach(cleanup);

test('Now shows open incidents and what waits for a decision, with the reason', async () => {
  show(<Home openRoute={lists} />);
  await screen.findByRole('heading', { name: 'Open incidents 1' });
  expect(screen.getByRole('heading', { name: 'Checkout is slow' })).toBeTruthy();
  expect(screen.queryByText('Old one')).toBeNull();
  expect(screen.getByText('Rule 2 leaves it to a person.')).toBeTruthy();
});

test('what a downtime keeps quiet stands apart, with its name as it is and the time in the viewer\'s words', async () => {
  show(<Home openRoute={lists} />);
  await screen.findByRole('heading', { name: 'To judge 1' });
  expect(screen.queryByRole('heading', { name: /In a downtime/ })).toBeNull();
  cleanup();
  const why = { messageKey: 'candidate.why.downtime', params: { name: '<b>DB</b>', until: T0 + 90 * MINUTE } };
  answers['home.load'] = () => said(home({ inDowntime: [{ id: 'c2', alert: alert({ id: 'c2', monitorName: 'db lag' }), why }] }));
  show(<Home openRoute={lists} />);
  const quiet = await screen.findByRole('region', { name: 'In a downtime 1' });
  expect(within(quiet).getByText(/^In the downtime “<b>DB<\/b>” until \d\d:\d\d\.$/)).toBeTruthy();
  expect(within(quiet).getByRole('button', { name: 'Declare' })).toBeTruthy();
});

test('what recovered before anybody judged it stands apart, with its end and not its age; more than are listed are told of', async () => {
  show(<Home openRoute={lists} />);
  await screen.findByRole('heading', { name: 'To judge 1' });
  expect(screen.queryByRole('heading', { name: /Recovered meanwhile/ })).toBeNull();
  expect(screen.queryByText(/^The newest are listed/)).toBeNull();
  cleanup();
  const why = { messageKey: 'candidate.why.default', params: {} };
  const over = (id: string, monitorName: string, closedBy: string | null) => ({ id, alert: alert({ id, status: 'OK', open: false, monitorName, openedAt: T0, closedAt: T0 + 8 * MINUTE, closedBy }), why });
  answers['home.load'] = () => said(home({ candidates: [...home().candidates, over('c2', 'swap%', null), over('c3', 'cron', 'manual')], moreCandidates: true }));
  show(<Home openRoute={lists} />);
  await screen.findByRole('heading', { name: 'To judge 3' });
  expect(screen.getByRole('heading', { name: 'Recovered meanwhile 2' })).toBeTruthy();
  const card = (name: string): string => screen.getByText(name).closest('li')?.textContent ?? '';
  expect(card('swap%')).toMatch(/Recovered \d\d:\d\d/);
  expect(card('swap%')).toContain('lasted 8 min');
  expect(card('cron')).toMatch(/Closed by hand \d\d:\d\d/);
  expect(card('disk%')).toContain('for 30 min');
  expect(screen.getByText(/^The newest are listed/)).toBeTruthy();
  fireEvent.keyDown(screen.getByText('swap%').closest('li') as HTMLElement, { code: 'KeyX', key: 'x' });
  expect(screen.getByRole('button', { name: 'Dismiss it' })).toBeTruthy();
});

test('d on a focused card opens the filled form with the press ready; nothing is sent until then', async () => {
  answers['incident.declare'] = () => declared();
  show(<Home openRoute={lists} />);
  const card = (await screen.findByText('disk%')).closest('li') as HTMLElement;
  fireEvent.keyDown(card, { code: 'KeyD', key: 'd' });
  const submit = await screen.findByRole('button', { name: 'Declare incident' });
  expect(document.activeElement).toBe(submit);
  expect((screen.getByLabelText(/What is happening/) as HTMLInputElement).value).toBe('disk% · web-01');
  expect(invoked.some(({ verb }) => verb === 'incident.declare')).toBe(false);
  fireEvent.click(submit);
  await screen.findByText('Incident 2026-043 is declared. Opening its page.');
  expect(invoked.find(({ verb }) => verb === 'incident.declare')?.payload).toMatchObject({ candidateId: 'c1', spaceKey: 'SRE', severity: 'pending', visibility: 'public' });
  await waitFor(() => expect(navigated).toContainEqual({ url: '/wiki/spaces/SRE/pages/43', type: 'same-tab' }));
});

test('x on a focused card asks, with the answer focused, and dismisses only then', async () => {
  answers['candidate.dismiss'] = () => said({ candidateId: 'c1' });
  show(<Home openRoute={lists} />);
  const card = (await screen.findByText('disk%')).closest('li') as HTMLElement;
  fireEvent.keyDown(card, { code: 'KeyX', key: 'x' });
  const yes = within(card).getByRole('button', { name: 'Dismiss it' });
  expect(document.activeElement).toBe(yes);
  expect(invoked.some(({ verb }) => verb === 'candidate.dismiss')).toBe(false);
  fireEvent.click(yes);
  await screen.findByText('Dismissed disk%');
});

test('keys are left alone while composing or with a modifier', async () => {
  show(<Home openRoute={lists} />);
  const card = (await screen.findByText('disk%')).closest('li') as HTMLElement;
  fireEvent.keyDown(card, { code: 'KeyD', key: 'd', isComposing: true });
  fireEvent.keyDown(card, { code: 'KeyD', key: 'd', ctrlKey: true });
  expect(screen.queryByRole('button', { name: 'Declare incident' })).toBeNull();
});

test('a second declare is told so and ends on the same page', async () => {
  answers['incident.declare'] = () => declared({ already: true });
  show(<Home openRoute={lists} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Declare' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Declare incident' }));
  await screen.findByText('This was already declared as incident 2026-043. Opening its page.');
  await waitFor(() => expect(navigated).toHaveLength(1), { timeout: 4000 });
});

test('an empty title is refused on the field; a refusal keeps every word; a lost answer keeps the operation id', async () => {
  let round = 0;
  answers['incident.declare'] = () => {
    round += 1;
    if (round <= 2) throw new Error('lost');
    return round === 3 ? refused('page-refused') : declared();
  };
  show(<Home openRoute={lists} />);
  await press('New incident');
  const title = screen.getByLabelText(/What is happening/) as HTMLInputElement;
  expect(document.activeElement).toBe(title);
  const submit = screen.getByRole('button', { name: 'Declare incident' });
  fireEvent.click(submit);
  await screen.findByText('Enter a title.');
  fireEvent.change(title, { target: { value: 'Checkout is slow' } });
  fireEvent.click(submit);
  await screen.findByText(/The app did not answer/, undefined, { timeout: 4000 });
  fireEvent.click(submit);
  await screen.findByText(/Confluence refused the page/);
  expect(title.value).toBe('Checkout is slow');
  fireEvent.click(submit);
  await screen.findByText(/Incident 2026-043 is declared/);
  const ids = invoked.filter(({ verb }) => verb === 'incident.declare').map(({ payload }) => payload['opId']);
  expect([ids[1], ids[2]]).toEqual([ids[0], ids[0]]);
  expect(ids[3]).not.toBe(ids[0]);
});

test('while the page is being made it waits for it', async () => {
  answers['incident.declare'] = () => declared({ page: null });
  answers['board.load'] = () => said(board({ incident: head({ id: 'i9', page: { id: '44', url: '/wiki/spaces/SRE/pages/44', state: 'current' } }) }));
  show(<Home openRoute={lists} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Declare' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Declare incident' }));
  await screen.findByText('Incident 2026-043 is declared. Its page is being made.');
  await waitFor(() => expect(navigated).toContainEqual({ url: '/wiki/spaces/SRE/pages/44', type: 'same-tab' }), { timeout: 4000 });
});

test('only spaces where one may declare are offered, and the form says when there is none', async () => {
  show(<Home openRoute={lists} />);
  await press('New incident');
  expect(within(screen.getByLabelText('Space for the page')).getAllByRole('option').map((option) => option.textContent)).toEqual(['Operations (OPS)', 'SRE (SRE)']);
  cleanup();
  answers['home.load'] = () => said(home({ spaces: [] }));
  show(<Home openRoute={lists} />);
  await press('New incident');
  expect(screen.getByText(/cannot create pages in any space/)).toBeTruthy();
});

test('All finds by text and status', async () => {
  show(<Home openRoute={lists} />);
  fireEvent.click(await screen.findByRole('tab', { name: 'All' }));
  await screen.findByText('Old one');
  fireEvent.change(screen.getByLabelText('Search by key, title or service'), { target: { value: '041' } });
  expect(within(screen.getByRole('table')).queryByText('Checkout is slow')).toBeNull();
  expect(screen.getByText('1 shown')).toBeTruthy();
});

test('an address of one incident shows its board in full, and leads back', async () => {
  answers['board.load'] = () => said(board());
  answers['board.changes'] = () => said(delta());
  show(<Home openRoute={route('/board/i1')} />);
  await screen.findByRole('heading', { level: 1, name: 'Checkout is slow' });
  expect(invoked[0]).toEqual({ verb: 'board.load', payload: { incidentId: 'i1' } });
  fireEvent.click(screen.getByRole('button', { name: /All incidents/ }));
  await screen.findByRole('heading', { name: 'Open incidents 1' });
});

test('before Mackerel is connected the three steps are shown, with the way there for admins only', async () => {
  answers['home.load'] = () => said(home({ configured: false }));
  show(<Home openRoute={lists} />);
  await screen.findByRole('heading', { name: 'Connect Mackerel to begin' });
  expect(screen.queryByRole('button', { name: 'Open settings' })).toBeNull();
  cleanup();
  answers['home.load'] = () => said(home({ configured: false, isAdmin: true }));
  show(<Home openRoute={lists} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Open settings' }));
  await waitFor(() => expect(navigated).toContainEqual({ target: 'module', moduleKey: 'settings', type: 'same-tab' }));
});

test('a list that cannot be read says so and tries again', async () => {
  answers['home.load'] = () => refused('internal');
  show(<Home openRoute={lists} />);
  await screen.findByRole('heading', { name: 'The list could not be read' });
  answers['home.load'] = () => said(home());
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('heading', { name: 'Open incidents 1' });
});

test('a tab has an address of its own', async () => {
  const opened = route('/all');
  show(<Home openRoute={opened} />);
  await waitFor(() => expect(screen.getByRole('tab', { name: 'All' }).getAttribute('aria-selected')).toBe('true'));
  fireEvent.click(screen.getByRole('tab', { name: 'Now' }));
  await waitFor(() => expect(screen.getByRole('tab', { name: 'Now' }).getAttribute('aria-selected')).toBe('true'));
  expect((await opened()).path()).toBe('/');
});
