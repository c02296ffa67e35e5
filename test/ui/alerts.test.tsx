import { answers, dialogs, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { AlertView, BoardView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import { alert, board, delta, head, MINUTE, show, T0 } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
let now: BoardView;
/** `news`: rows of the next delta. */
let news: readonly AlertView[] = [];
function open(part: Partial<BoardView> = {}): void {
  now = board(part);
  news = [];
  answers['board.load'] = () => said(now);
  show(<Board {...place} />);
}
const changed = (rows: readonly AlertView[] = [], part: Parameters<typeof head>[0] = {}): unknown => {
  news = rows;
  now = { ...now, incident: head({ ...now.incident, version: now.incident.version + 1, ...part }) };
  return said(now.incident);
};
const actions = async (monitor = 'checkout http'): Promise<void> => void fireEvent.click(await screen.findByRole('button', { name: `Actions for alert ${monitor}` }));
beforeEach(() => {
  resetBridge();
  answers['board.changes'] = () => said(delta({ incident: now.incident, alerts: news, flaps: now.flaps }));
});
afterEach(cleanup);

test('an alert is taken off, and put back with one press', async () => {
  answers['alert.detach'] = () => changed([alert({ linked: false, v: 8 })], { openAlerts: 0, linkedAlerts: 0 });
  open();
  await actions();
  fireEvent.click(screen.getByRole('button', { name: 'Take off this incident' }));
  await screen.findByText('checkout http was taken off.');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Actions for alert checkout http' })).toBeNull());
  answers['alert.attach'] = () => changed([alert({ v: 9 })]);
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByRole('button', { name: 'Actions for alert checkout http' });
  expect(screen.queryByText('checkout http was taken off.')).toBeNull();
  expect(sent('alert.attach')).toEqual([{ incidentId: 'i1', opId: expect.any(String), alertId: 'a1' }]);
});

test('writing to Mackerel is offered only to those who may', async () => {
  open({ can: { edit: true, mackerel: true } });
  await actions();
  expect(screen.getByRole('button', { name: 'Close in Mackerel …' })).toBeTruthy();
  cleanup();
  open();
  await actions();
  expect(screen.queryByRole('button', { name: 'Close in Mackerel …' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Write the page address into its memo …' })).toBeNull();
});

test('closing in Mackerel asks for a reason; when it is refused the reason is there the next time', async () => {
  dialogs.answer = { reason: 'fixed by hand' };
  answers['alert.close'] = () => refused('mackerel-refused', null, { messageKey: 'error.mackerel-read-only' });
  open({ can: { edit: true, mackerel: true } });
  await actions();
  fireEvent.click(screen.getByRole('button', { name: 'Close in Mackerel …' }));
  await screen.findByText(/The Mackerel API key can only read/);
  expect(dialogs.opened[0]).toMatchObject({ name: 'confirm', given: { lines: ['Critical  checkout http  web-01 · shop'], reason: { kept: '' } } });
  expect(sent('alert.close')).toEqual([{ incidentId: 'i1', opId: expect.any(String), alertId: 'a1', reason: 'fixed by hand' }]);
  await actions();
  fireEvent.click(screen.getByRole('button', { name: 'Close in Mackerel …' }));
  await waitFor(() => expect(dialogs.opened[1]).toMatchObject({ given: { reason: { kept: 'fixed by hand' } } }));
});

test('the memo is written only after a yes', async () => {
  answers['alert.memo'] = () => changed();
  open({ can: { edit: true, mackerel: true } });
  await actions();
  fireEvent.click(screen.getByRole('button', { name: 'Write the page address into its memo …' }));
  await waitFor(() => expect(dialogs.opened).toHaveLength(1));
  dialogs.answer = { reason: '' };
  await actions();
  fireEvent.click(screen.getByRole('button', { name: 'Write the page address into its memo …' }));
  await waitFor(() => expect(sent('alert.memo')).toHaveLength(1));
});

test('more alerts are linked in a dialog of their own, which gets what it needs', async () => {
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Alert' }));
  await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'attach', title: 'Link alerts of Mackerel', given: { incidentId: 'i1', pass: 'pass-2' } }]));
});

test('an alert says why it is here; it is moved in a dialog of its own, and brought back with one press', async () => {
  const why = { messageKey: 'alert.why.service', params: { service: 'shop' }, by: null, at: T0 };
  const unknown = { messageKey: 'alert.why.of-the-future', params: {}, by: { accountId: 'acc-alice' }, at: T0 };
  open({ alerts: [alert({ why }), alert({ id: 'a2', monitorName: 'disk', why: unknown })] });
  await screen.findByText('Joined by its service shop');
  expect((await screen.findByText('Linked')).title).toContain('Alice');
  await actions();
  expect(screen.getByRole('dialog', { name: 'Actions for alert checkout http' }).textContent).toBe('Joined by its service shopTake off this incidentMove to another incident …');
  dialogs.answer = { to: 'i2', key: '2026-050' };
  changed([alert({ linked: false, v: 8 })]);
  fireEvent.click(screen.getByRole('button', { name: 'Move to another incident …' }));
  await screen.findByText('checkout http was moved to incident 2026-050.');
  expect(dialogs.opened).toEqual([{ name: 'move-alert', title: 'Move an alert to another incident', given: { incidentId: 'i1', alertId: 'a1', line: 'Critical  checkout http  web-01 · shop', visibility: 'public' } }]);
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Actions for alert checkout http' })).toBeNull());
  // The answer is of the other incident; this board stays its own.
  answers['alert.move'] = () => (changed([alert({ v: 9 })]), said(head({ id: 'i2', title: 'Another one', version: 900 })));
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByRole('button', { name: 'Actions for alert checkout http' });
  expect(sent('alert.move')).toEqual([{ incidentId: 'i2', opId: expect.any(String), alertId: 'a1', to: 'i1' }]);
  expect(screen.queryByText('Another one')).toBeNull();
});

test('a dialog that was closed, or cannot be opened, moves nothing', async () => {
  open();
  for (const fails of [false, true]) {
    dialogs.fails = fails;
    await actions();
    fireEvent.click(screen.getByRole('button', { name: 'Move to another incident …' }));
    await waitFor(() => expect(dialogs.opened).toHaveLength(1));
  }
  expect(screen.queryByText(/was moved to incident/)).toBeNull();
});

test('alerts that came and went are one row; what fires is never under another', async () => {
  const over = (id: string, minute: number): AlertView => alert({ id, open: false, status: 'OK', openedAt: T0 + minute * MINUTE, closedAt: T0 + (minute + 2) * MINUTE });
  open({ alerts: [alert({ id: 'f', openedAt: T0 + 15 * MINUTE }), over('b', 8), over('a', 0), alert({ id: 'd2', monitorName: 'disk', open: false, status: 'OK', closedAt: T0 + 5 * MINUTE }), alert({ id: 'd1', monitorName: 'disk' })], flaps: [['f', 'b', 'a'], ['d2', 'd1']] });
  const names = (): readonly (string | undefined)[] => [...document.querySelectorAll('.alert-list > .alert .alert-name')].map((name) => name.textContent ?? undefined);
  await screen.findByText('within 15 min, since 02:11');
  expect(names()).toEqual(['Criticaldisk', 'Criticalcheckout http']);
  const again = screen.getByRole('button', { name: /×3/ });
  expect(again.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(again);
  expect(names()).toEqual(['Criticaldisk', 'Criticalcheckout http', 'OKcheckout http', 'OKcheckout http']);
  fireEvent.click(screen.getByRole('button', { name: 'Recovered 1' }));
  expect(names()).toHaveLength(5);
});

test('a person judges the cause; the app only puts likely deploys first', async () => {
  const deploys = [{ id: 'd1', title: 'deploy #1', from: T0 - 200 * MINUTE, to: T0 - 190 * MINUTE }, { id: 'd2', title: 'deploy #2', from: T0 - 20 * MINUTE, to: T0 - 10 * MINUTE }];
  answers['incident.cause'] = () => changed([], { cause: { deploy: deploys[1] ?? null, by: { accountId: 'acc-bob' }, at: T0 + 5 * MINUTE } });
  open({ deploys });
  fireEvent.click(await screen.findByRole('button', { name: 'Caused by a change: not judged' }));
  const menu = screen.getByRole('dialog', { name: 'Caused by a change: not judged' });
  expect([...menu.querySelectorAll('.popover-title, .menu-item')].map((row) => row.textContent)).toEqual([
    'Ended within 60 min before the first alert', 'deploy #201:51 – 02:01', 'Other deploys', 'deploy #1Nov 23, 22:51 – Nov 23, 23:01', 'a change without a deploy mark',
  ]);
  fireEvent.click(screen.getByRole('button', { name: /^deploy #2/ }));
  await screen.findByRole('button', { name: 'Caused by a change: deploy #2' });
  expect(sent('incident.cause')).toEqual([{ incidentId: 'i1', opId: expect.any(String), cause: { deployId: 'd2' } }]);
  answers['incident.cause'] = () => changed([], { cause: null });
  fireEvent.click(screen.getByRole('button', { name: 'Caused by a change: deploy #2' }));
  fireEvent.click(screen.getByRole('button', { name: 'Not a change after all' }));
  await screen.findByRole('button', { name: 'Caused by a change: not judged' });
  expect(sent('incident.cause').at(-1)).toMatchObject({ cause: 'none' });
});
