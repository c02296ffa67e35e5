import { answers, invoked, navigated, product, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { BoardView, HomeView } from '../../src/contract';
import { Board, type MacroPlace } from '../../static/ui/src/board/Board';
import { StillCard, TemplateCard } from '../../static/ui/src/board/states/Cards';
import '../../static/ui/src/board/states/Start';
import { SCHEME } from '../../src/domain/scheme';
import { alert, board, delta, head, MINUTE, show, T0 } from './samples';

const macro = (part: Partial<MacroPlace> = {}): MacroPlace => ({ sections: null, compact: false, spaceKey: 'OPS', link: null, ...part });
const home = (part: Partial<HomeView> = {}): HomeView => ({
  configured: true, isAdmin: false, keepsSettings: false, declareGroup: null, scheme: SCHEME, spaces: [{ id: '1', key: 'OPS', name: 'Operations', services: ['shop'], canDeclare: true }],
  candidates: [{ id: 'c:a9', alert: alert({ id: 'a9', monitorName: 'disk%', linked: false }), why: { messageKey: 'candidate.why.default', params: {} } }],
  moreCandidates: false,
  inDowntime: [],
  pageTemplates: [],
  incidents: [head({ status: 'closed', closedAt: T0 + 60 * MINUTE, key: '2026-041', id: 'i0', title: 'Old one' }), head({ page: { id: '12', url: '/wiki/p/12', state: 'current' } })], now: T0 + 30 * MINUTE, ...part,
});
function open(part: Partial<MacroPlace> = {}, lang: 'en' | 'ja' = 'en'): void {
  show(<Board target={{ pageId: '77', incidentId: null }} place="page" macro={macro(part)} />, lang);
}
const shown = (part: Partial<BoardView>): void => {
  answers['board.load'] = () => said(board(part));
  answers['board.changes'] = () => said(delta(part.incident === undefined ? {} : { incident: part.incident }));
};
beforeEach(() => {
  resetBridge();
  answers['board.load'] = () => refused('no-incident');
  answers['board.changes'] = () => said(delta());
  answers['home.load'] = () => said(home());
  product['/wiki/api/v2/pages/77'] = { id: '77', title: 'Payments are down' };
});
afterEach(cleanup);

describe('a page without an incident', () => {
  test('offers to start one here, named after the page; the page becomes its home', async () => {
    answers['incident.declare'] = () => said({ incidentId: 'i9', key: '2026-043', page: { id: '77', url: '/wiki/p/77' }, already: false });
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Start an incident on this page' }));
    const title = screen.getByLabelText('What is happening') as HTMLInputElement;
    await waitFor(() => expect(title.value).toBe('Payments are down'));
    expect(screen.getByText('This page, in space Operations, becomes the incident’s page.')).toBeTruthy();
    expect(fireEvent.keyDown(title, { key: 'Enter', keyCode: 229 })).toBe(false);
    expect(sent('incident.declare')).toEqual([]);
    shown({ incident: head({ id: 'i9', title: 'Payments are down' }) });
    fireEvent.click(screen.getByRole('button', { name: 'Declare incident' }));
    await screen.findByRole('heading', { level: 1, name: 'Payments are down' });
    expect(sent('incident.declare')).toEqual([{ opId: expect.any(String), pageId: '77', spaceKey: 'OPS', title: 'Payments are down', severity: 'pending', visibility: 'public', candidateId: null }]);
    expect(sent('board.load').at(-1)).toEqual({ pageId: '77' });
  });

  test('what was typed is not overwritten by the page’s title, and a refusal keeps it', async () => {
    answers['incident.declare'] = () => refused('forbidden', 'pageId', { messageKey: 'error.page-no-edit' });
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Start an incident on this page' }));
    const title = screen.getByLabelText('What is happening') as HTMLInputElement;
    fireEvent.change(title, { target: { value: 'mine' } });
    fireEvent.click(screen.getByRole('button', { name: 'Declare incident' }));
    await screen.findByText('You cannot edit this page.');
    expect(title.value).toBe('mine');
    fireEvent.change(title, { target: { value: ' ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Declare incident' }));
    expect(screen.getByText('Enter a title.')).toBeTruthy();
    expect(sent('incident.declare')).toHaveLength(1);
  });

  test('what was declared on another page already leads there', async () => {
    answers['incident.declare'] = () => said({ incidentId: 'i1', key: '2026-042', page: { id: '12', url: '/wiki/p/12' }, already: true });
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Start an incident on this page' }));
    fireEvent.change(screen.getByLabelText('What is happening'), { target: { value: 'again' } });
    fireEvent.click(screen.getByRole('button', { name: 'Declare incident' }));
    await screen.findByText('This was already declared as incident 2026-042, on another page.');
    fireEvent.click(screen.getByRole('button', { name: 'Open page' }));
    await waitFor(() => expect(navigated).toContainEqual(expect.objectContaining({ url: '/wiki/p/12' })));
  });

  test('shows an existing one, open ones first, for this viewer only', async () => {
    open();
    await screen.findByRole('heading', { name: 'Show an existing incident' });
    expect(screen.getAllByRole('button', { name: /^Show here/ }).map((button) => button.getAttribute('aria-label'))).toEqual(['Show here: incident 2026-042', 'Show here: incident 2026-041']);
    shown({ atHome: false });
    fireEvent.click(screen.getByRole('button', { name: 'Show here: incident 2026-042' }));
    await screen.findByText(/^Shown here for you only/);
    expect(sent('board.load').at(-1)).toEqual({ pageId: '77', incidentId: 'i1' });
    answers['board.load'] = () => refused('no-incident');
    fireEvent.click(screen.getByRole('button', { name: 'Choose another' }));
    await screen.findByRole('heading', { name: 'Show an existing incident' });
  });

  test('keeps a pasted alert: its link stays, and starting takes the alert along', async () => {
    answers['incident.declare'] = () => said({ incidentId: 'i9', key: '2026-043', page: { id: '77', url: '/wiki/p/77' }, already: false });
    open({ link: 'https://mackerel.io/orgs/demo/alerts/a9' }, 'ja');
    const link = await screen.findByRole('link', { name: 'disk%' });
    expect(link.getAttribute('href')).toBe('https://mackerel.io/orgs/demo/alerts/a9');
    fireEvent.click(screen.getByRole('button', { name: 'このページで障害対応を開始' }));
    fireEvent.click(screen.getByRole('button', { name: '障害対応を開始' }));
    await waitFor(() => expect(sent('incident.declare')).toEqual([expect.objectContaining({ title: 'disk% · web-01', candidateId: 'c:a9' })]));
  });

  test('a list that cannot be read says so and is asked for again', async () => {
    answers['home.load'] = () => refused('internal');
    open();
    await screen.findByRole('heading', { name: 'The list could not be read' });
    answers['home.load'] = () => said(home({ incidents: [] }));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('No incidents yet.');
  });
});

describe('a copy of the page', () => {
  test('says in one calm line whose board it shows, and leads to the original', async () => {
    shown({ atHome: false });
    show(<Board target={{ pageId: '77', incidentId: 'i1' }} place="page" macro={macro()} />);
    await screen.findByText('This page is not the page of this incident.');
    fireEvent.click(screen.getByRole('button', { name: 'Open its page' }));
    await waitFor(() => expect(navigated).toContainEqual(expect.objectContaining({ url: '/wiki/spaces/OPS/pages/11' })));
  });

  test('a new incident can begin from it; who turns back sees the board again', async () => {
    shown({ atHome: false });
    show(<Board target={{ pageId: '77', incidentId: 'i1' }} place="page" macro={macro()} />);
    fireEvent.click(await screen.findByRole('button', { name: 'New incident from this page' }));
    await screen.findByLabelText('What is happening');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await screen.findByText('This page is not the page of this incident.');
    expect(sent('incident.declare')).toEqual([]);
  });

  test('at home, and on the Incidents page, there is no such line', async () => {
    shown({ atHome: false });
    show(<Board target={{ pageId: null, incidentId: 'i1' }} place="full-screen" />);
    await screen.findByRole('heading', { level: 1 });
    expect(screen.queryByText('This page is not the page of this incident.')).toBeNull();
    expect(screen.getByRole('button', { name: 'Open page' })).toBeTruthy();
  });
});

test('a page in the trash is told of; for a deleted one a new page can be made', async () => {
  shown({ incident: head({ page: { id: '11', url: '/x', state: 'trashed' } }) });
  open();
  await screen.findByText(/^The incident’s page is in the trash/);
  expect(screen.queryByRole('button', { name: 'Make a new page' })).toBeNull();
  cleanup();
  shown({ incident: head({ page: { id: '11', url: '/x', state: 'deleted' } }) });
  answers['incident.rehome'] = () => refused('forbidden', null, { messageKey: 'error.admin-only' });
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Make a new page' }));
  await screen.findByText('Only Confluence administrators may do this.');
  answers['incident.rehome'] = () => said(head({ version: 9, page: { id: '88', url: '/y', state: 'current' } }));
  fireEvent.click(screen.getByRole('button', { name: 'Make a new page' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Make a new page' })).toBeNull());
});

test('the macro shows the parts its author chose', async () => {
  shown({});
  open({ sections: ['alerts', 'timeline'] });
  await screen.findByRole('heading', { name: 'Timeline' });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Incident 2026-042 Checkout is slow');
  for (const name of ['Hosts', 'Graph']) expect(screen.queryByRole('heading', { name })).toBeNull();
  cleanup();
  open({ compact: true });
  await screen.findByRole('button', { name: "I'm on it" });
  for (const name of ['Hosts', 'Graph', 'Timeline']) expect(screen.queryByRole('heading', { name })).toBeNull();
  expect(screen.queryByText('Current situation')).toBeNull();
  cleanup();
  open();
  await screen.findByText('Current situation');
  for (const name of ['Hosts', 'Graph', 'Timeline']) expect(screen.getByRole('heading', { name })).toBeTruthy();
});

test('without a network the words say since when, and that typing is safe', async () => {
  shown({});
  open();
  await screen.findByText('Mackerel live');
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
  answers['board.changes'] = () => {
    throw new Error('offline');
  };
  fireEvent(window, new Event('offline'));
  await screen.findByText(/^Offline since \d\d:\d\d:\d\d$/);
  expect(screen.getByText('What you type is kept here. The board catches up when the network is back.')).toBeTruthy();
  Object.defineProperty(navigator, 'onLine', { configurable: true, value: true });
  answers['board.changes'] = () => said(delta());
  fireEvent(window, new Event('online'));
  await screen.findByText('Mackerel live');
});

test.each([['the editor', <StillCard key="1" />], ['a template', <TemplateCard key="2" />]])('in %s it is a still card that calls nothing', (_where, card) => {
  show(card);
  expect(screen.getByRole('heading', { name: 'Incident board' })).toBeTruthy();
  expect(invoked).toEqual([]);
});
