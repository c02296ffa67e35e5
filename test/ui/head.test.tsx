import { answers, dialogs, invoked, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { IncidentHeadView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import { alert, board, delta, entry, head, MINUTE, role, show, T0 } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
let now: IncidentHeadView;
/** The board of an incident as the backend has it; later reads bring `now`. */
function open(part: Parameters<typeof board>[0] = {}, lang: 'en' | 'ja' = 'en'): void {
  now = part.incident ?? head();
  answers['board.load'] = () => said(board({ ...part, incident: now }));
  show(<Board {...place} />, lang);
}
const change = (part: Partial<IncidentHeadView>): unknown => {
  now = head({ ...now, version: now.version + 1, ...part });
  return said(now);
};
beforeEach(() => {
  resetBridge();
  answers['board.changes'] = () => said(delta({ incident: now }));
});
afterEach(cleanup);

test('severity is one press, with the value that was seen and what was noted beside it', async () => {
  answers['incident.severity'] = ({ severity }: { severity: 'sev3' }) => change({ severity });
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Severity: SEV1' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Note (optional)' }), { target: { value: ' only one shop ' } });
  fireEvent.click(screen.getByRole('menuitemradio', { name: /SEV3/ }));
  expect(screen.getByRole('button', { name: 'Severity: SEV3 (Saving)' })).toBeTruthy();
  await screen.findByRole('button', { name: 'Severity: SEV3' });
  expect(sent('incident.severity')).toEqual([{ incidentId: 'i1', opId: expect.any(String), severity: 'sev3', seen: 'sev1', note: 'only one shop' }]);
});

test('a refused change comes back with the reason', async () => {
  answers['incident.severity'] = () => refused('forbidden');
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Severity: SEV1' }));
  fireEvent.click(screen.getByRole('menuitemradio', { name: /SEV3/ }));
  await screen.findByText(/^Not changed\. You may read this/);
  expect(screen.getByRole('button', { name: 'Severity: SEV1' })).toBeTruthy();
});

test('in the menu keys only move; Enter in the note goes to the choices, Escape back to the button; nothing is sent', async () => {
  open();
  const button = await screen.findByRole('button', { name: 'Status: Investigating' });
  button.focus();
  fireEvent.keyDown(button, { key: 'ArrowDown' });
  const menu = screen.getByRole('menu', { name: 'Status' });
  fireEvent.keyDown(menu, { key: 'ArrowDown' });
  expect(document.activeElement?.textContent).toBe('Identified');
  const note = screen.getByRole('textbox', { name: 'Note (optional)' });
  note.focus();
  fireEvent.keyDown(note, { key: 'Enter', keyCode: 229 });
  expect(document.activeElement).toBe(note);
  fireEvent.keyDown(note, { key: 'Enter' });
  expect(document.activeElement?.textContent).toBe('Investigating');
  fireEvent.keyDown(menu, { key: 'Escape' });
  expect(document.activeElement).toBe(button);
  expect(sent('incident.status')).toEqual([]);
});

test('who was slower sees the other’s change and still has the own note', async () => {
  answers['incident.severity'] = () => {
    now = head({ version: 9, severity: 'sev2' });
    return refused('conflict', 'severity', { messageKey: 'error.changed-by-other' });
  };
  answers['board.changes'] = () => said(delta({ incident: now, entries: now.version < 9 ? [] : [entry({ id: 's9', at: T0 + 3 * MINUTE, messageKey: 'entry.severity', params: { from: 'sev1', to: 'sev2' }, v: 9 })] }));
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Severity: SEV1' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Note (optional)' }), { target: { value: 'my reason' } });
  fireEvent.click(screen.getByRole('menuitemradio', { name: /SEV4/ }));
  await waitFor(() => expect(document.querySelector('.overtaken')?.textContent).toBe('Alice was faster, at 02:14:00: Severity SEV1 → SEV2. Choose again if yours still holds.'));
  expect(screen.getByRole('menuitemradio', { name: /SEV2/ }).getAttribute('aria-checked')).toBe('true');
  expect((screen.getByRole('textbox', { name: 'Note (optional)' }) as HTMLInputElement).value).toBe('my reason');
  answers['incident.severity'] = () => change({ severity: 'sev4' });
  fireEvent.click(screen.getByRole('menuitemradio', { name: /SEV4/ }));
  await screen.findByRole('button', { name: 'Severity: SEV4' });
  expect(sent('incident.severity').at(-1)).toMatchObject({ seen: 'sev2', note: 'my reason' });
});

test('resolving while alerts fire asks for a reason over the list of them, and sends it', async () => {
  answers['incident.status'] = ({ reason }: { reason?: string }) => (reason === undefined ? refused('bad-request', 'reason', { messageKey: 'error.alerts-open', params: { n: 1 } }) : change({ status: 'resolved', resolvedAt: T0 + 20 * MINUTE }));
  dialogs.answer = { reason: 'a test monitor' };
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Status: Investigating' }));
  fireEvent.click(screen.getByRole('menuitemradio', { name: 'Resolved' }));
  await screen.findByRole('button', { name: 'Status: Resolved' });
  expect(dialogs.opened).toEqual([
    expect.objectContaining({ name: 'confirm', title: '1 alert is still firing', given: expect.objectContaining({ lines: ['Critical  checkout http  web-01 · shop'] }) }),
  ]);
  expect(sent('incident.status').map(({ reason }) => reason)).toEqual([undefined, 'a test monitor']);
});

test('who turns back in that dialog has changed nothing', async () => {
  answers['incident.status'] = () => refused('bad-request', 'reason', { messageKey: 'error.alerts-open', params: { n: 1 } });
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Status: Investigating' }));
  fireEvent.click(screen.getByRole('menuitemradio', { name: 'Closed' }));
  await waitFor(() => expect(dialogs.opened).toHaveLength(1));
  await screen.findByRole('button', { name: 'Status: Investigating' });
  expect(sent('incident.status')).toHaveLength(1);
});

test('a closed incident can be reopened', async () => {
  answers['incident.status'] = () => change({ status: 'investigating', closedAt: null });
  open({ incident: head({ status: 'closed', closedAt: T0 + 30 * MINUTE }) });
  fireEvent.click(await screen.findByRole('button', { name: 'Reopen' }));
  await screen.findByRole('button', { name: 'Status: Investigating' });
  expect(sent('incident.status')).toEqual([{ incidentId: 'i1', opId: expect.any(String), status: 'investigating', seen: 'closed' }]);
});

test('all alerts recovered: resolved is proposed and one press does it', async () => {
  answers['incident.status'] = () => change({ status: 'resolved', resolvedAt: T0 + 20 * MINUTE });
  open({ incident: head({ openAlerts: 0 }), alerts: [alert({ open: false, status: 'OK', closedAt: T0 + 9 * MINUTE })] });
  await screen.findByText('All alerts recovered. Mark as resolved?');
  expect(sent('incident.status')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Mark as resolved' }));
  await screen.findByRole('button', { name: 'Status: Resolved' });
  expect(screen.queryByText('All alerts recovered. Mark as resolved?')).toBeNull();
  expect(sent('incident.status')).toEqual([{ incidentId: 'i1', opId: expect.any(String), status: 'resolved', seen: 'investigating' }]);
});

describe('hints', () => {
  const late = { incident: head({ severity: 'pending', lastUpdateAt: T0 - 25 * MINUTE }) };

  test('come one at a time, the most urgent first, and answer with one press', async () => {
    answers['incident.role'] = () => change({ roles: [role({ person: { accountId: 'acc-bob' } }), role({ id: 'scribe' })] });
    open(late, 'ja');
    const hint = (await screen.findByText('指揮官がまだいません。')).closest('[role=status]') as HTMLElement;
    expect(hint.textContent).toContain('ほか 2 件');
    fireEvent.click(within(hint).getByRole('button', { name: '引き受ける' }));
    await screen.findByText('重大度が未判定です。');
    expect(sent('incident.role')).toEqual([{ incidentId: 'i1', opId: expect.any(String), role: { id: 'commander' }, person: 'me', seen: null }]);
  });

  test('one that is dismissed gives way, and stays away after a reload', async () => {
    open(late);
    await screen.findByText('No commander yet.');
    fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
    await screen.findByText('Severity not judged yet.');
    cleanup();
    open(late);
    await screen.findByText('Severity not judged yet.');
  });

  test('the one for the severity only opens its menu, the one for the update its dialog', async () => {
    open(late);
    await screen.findByText('No commander yet.');
    fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Judge' }));
    expect(screen.getByRole('menu', { name: 'Severity' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Not now' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Write it' }));
    await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'update', title: 'Update to everybody', given: { incidentId: 'i1' } }]));
    expect(invoked.some(({ verb }) => verb.startsWith('incident.'))).toBe(false);
  });

  test('readers are not told what they cannot do', async () => {
    open(late);
    await screen.findByText('No commander yet.');
    cleanup();
    open({ ...late, can: { edit: false, mackerel: false } });
    await waitFor(() => expect((screen.getByRole('button', { name: 'web-01' }) as HTMLButtonElement).disabled).toBe(false)); // the code with the hints is there
    expect(screen.queryByText('No commander yet.')).toBeNull();
  });
});

test('the clock to the next update turns into words when it is late', async () => {
  const from = Date.now();
  open({ incident: head({ lastUpdateAt: from - 33 * MINUTE - 5_000 }), now: from });
  await screen.findByText(/^Update overdue by 3 min \d s \(due \d\d:\d\d\)$/);
});
