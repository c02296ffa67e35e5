import { answers, dialogs, navigated, refused, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { HealthView, HomeView, StuckView } from '../../src/contract';
import { Home } from '../../static/ui/src/home/Home';
import { healthy } from '../shots/health-data';
import { SCHEME } from '../../src/domain/scheme';
import { show, T0 } from './samples';

const home = (part: Partial<HomeView> = {}): HomeView => ({ configured: true, isAdmin: true, keepsSettings: false, declareGroup: null, scheme: SCHEME, spaces: [], candidates: [], moreCandidates: false, inDowntime: [], pageTemplates: [], incidents: [], now: T0, ...part });
const at = (path: string) => () => Promise.resolve({ path: () => path, go: () => undefined, listen: () => undefined });
const saga: StuckView = { kind: 'saga', id: 's1', state: 'dead', incident: { id: 'i7', key: '2026-007', title: 'Checkout is slow' }, isPrivate: false, attempts: 20, reasonKey: 'error.busy', can: { retry: true, discard: true } };
const hidden: StuckView = { ...saga, id: 's2', state: 'needs-person', incident: null, isPrivate: true, attempts: 1, reasonKey: null, can: { retry: false, discard: true } };
const tell = (part: Partial<HealthView> = {}): void => void (answers['health.get'] = () => said(healthy(part)));

beforeEach(() => {
  resetBridge();
  answers['home.load'] = () => said(home());
  tell();
});
afterEach(cleanup);

test('who is no administrator has no such tab, at its address neither, and nothing is asked', async () => {
  answers['home.load'] = () => said(home({ isAdmin: false }));
  show(<Home openRoute={at('/health')} />);
  await screen.findByText(/No open incidents/);
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['Now', 'All', 'Improvements', 'Reviews']);
  expect(sent('health.get')).toEqual([]);
});

test('an administrator sees in one line what needs them, and gets there', async () => {
  tell({ needs: [{ key: 'health.need.suspended', params: { name: 'hook' } }, { key: 'health.need.notices', params: { n: 2 } }] });
  show(<Home openRoute={at('/')} />);
  const line = await screen.findByText(/Mackerel has suspended the channel “hook”/);
  expect(line.textContent).toContain('and 1 more');
  fireEvent.click(screen.getByRole('button', { name: 'See health' }));
  await screen.findByRole('heading', { name: 'What needs you' });
  expect(screen.getByText('2 notices did not reach Slack.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'See health' })).toBeNull();
});

test('a need of a newer app is told in general words', async () => {
  tell({ needs: [{ key: 'health.need.from-the-future', params: {} }] });
  show(<Home openRoute={at('/')} />);
  expect(await screen.findAllByText(/The intake needs an administrator/)).toHaveLength(2);
});

test('the facts are told with their times, and what is not known as not known', async () => {
  tell({
    webhook: { lastAt: T0, channel: { state: 'ok', name: 'hook', suspendedAt: null }, rotatedAt: null, oldUntil: null, turnedAway: { limited: 21, foreign: 2, since: T0 } },
    poll: { lastAt: T0, reconciledAt: null, unheard: { changes: 3, since: T0 }, rateLimitedAt: null },
    lastError: { at: T0 - 60_000, messageKey: 'error.mackerel-unreachable' }, quota: null,
  });
  show(<Home openRoute={at('/health')} />);
  const fact = async (name: string | RegExp): Promise<string> => (await screen.findByText(name, { selector: 'dt' })).nextElementSibling?.textContent ?? '';
  expect(await fact('Channel in Mackerel')).toBe('hook: in order');
  expect(await fact(/^Turned away since/)).toBe('21 too many at once, 2 of other organizations');
  expect(await fact('Last full comparison')).toBe('never');
  expect(await fact('Changes no webhook told of')).toMatch(/^3 since /);
  expect(await fact('Last error')).toMatch(/Mackerel cannot be reached\. Try again in a minute\. Fine since\.$/);
  expect(await fact('Atlassian REST points left')).toBe('not known: no answer has said');
  expect(await fact('Key')).toBe('…9f3k: valid');
});

test('stuck work is let go on, or given up after a question; of a private incident nothing is told', async () => {
  tell({ stuck: [saga, hidden] });
  answers['health.retry'] = () => said(healthy({ stuck: [hidden] }));
  answers['health.discard'] = () => said(healthy());
  show(<Home openRoute={at('/health')} />);
  const rows = await screen.findAllByRole('listitem');
  const row = (text: string): HTMLElement => rows.find((one) => one.textContent?.includes(text)) ?? document.body;
  expect(within(row('Private incident')).queryByRole('button', { name: /Try again|Open board/ })).toBeNull();
  expect(row('Incident 2026-007 Checkout is slow').textContent).toContain('20 attempts');
  fireEvent.click(within(row('2026-007')).getByRole('button', { name: 'Try again' }));
  await screen.findByText('Tried again.');
  expect(sent('health.retry')).toEqual([{ opId: expect.stringMatching(/^[0-9a-f-]{36}$/), kind: 'saga', id: 's1' }]);
  dialogs.answer = {};
  fireEvent.click(screen.getByRole('button', { name: 'Give up' }));
  await waitFor(() => expect(dialogs.opened.at(-1)).toMatchObject({ name: 'confirm', title: 'Give this declaration up?', given: { lines: ['Private incident'] } }));
  await act(() => new Promise((done) => setTimeout(done, 0)));
  expect(sent('health.discard')).toEqual([]);
  dialogs.answer = { reason: '' };
  fireEvent.click(screen.getByRole('button', { name: 'Give up' }));
  await screen.findByText('Nothing is stuck.');
  expect(sent('health.discard')).toMatchObject([{ kind: 'saga', id: 's2' }]);
});

test('a refusal is said and the row stays', async () => {
  tell({ stuck: [saga] });
  answers['health.retry'] = () => refused('conflict', null, { messageKey: 'error.saga-over' });
  show(<Home openRoute={at('/health')} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  await screen.findByText(/This declaration was taken back/);
  expect(screen.getByText('Incident 2026-007 Checkout is slow')).toBeTruthy();
});

test('looking now is asked for and said; where the remedy is in the settings the way there is offered', async () => {
  tell({ needs: [{ key: 'health.need.key-refused', params: {} }] });
  answers['health.poll'] = () => said({ requested: false });
  show(<Home openRoute={at('/health')} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Look at Mackerel now' }));
  await screen.findByText('The queue is full. The next look comes within five minutes.');
  fireEvent.click(screen.getByRole('button', { name: 'Open settings' }));
  await waitFor(() => expect(navigated).toContainEqual(expect.objectContaining({ moduleKey: 'settings' })));
});

test('what cannot be read is said with a way to try again', async () => {
  answers['health.get'] = () => refused('busy');
  show(<Home openRoute={at('/health')} />);
  await screen.findByText('The state could not be read', undefined, { timeout: 20_000 });
  tell();
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Nothing needs you. Alerts are heard and looked at.');
}, 30_000);
