/** Merging as people see it: the menu, the dialog with what will happen, and the page that was left. */
import { answers, dialogs, navigated, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { BoardView, SurvivorView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import Merge from '../../static/ui/src/dialogs/Merge';
import { mergePlan, oldest } from '../../static/ui/src/dialogs/merge-plan';
import MoveAlert from '../../static/ui/src/dialogs/MoveAlert';
import { Home } from '../../static/ui/src/home/Home';
import { SCHEME } from '../../src/domain/scheme';
import { board, delta, entry, head, MINUTE, show, T0 } from './samples';

const done = jest.fn();
beforeEach(() => {
  resetBridge();
  done.mockReset();
  answers['ticket.form'] = () => refused('not-found');
});
afterEach(cleanup);

const one = head({ key: '2026-042', linkedAlerts: 2 });
const two = head({ id: 'i2', key: '2026-043', title: 'Payments fail', detectedAt: T0 - 9 * MINUTE, declaredAt: T0 + 5 * MINUTE, severity: 'sev1', linkedAlerts: 3 });
const three = head({ id: 'i3', key: '2026-044', title: 'Mails are late', declaredAt: T0 + 9 * MINUTE, severity: 'sev4', linkedAlerts: 0 });
const quiet = head({ id: 'i4', key: 'kqzvmwta', title: 'Quiet matter', visibility: 'private' });

describe('what a merge would do', () => {
  test('by itself the one declared first goes on; a choice decides', () => {
    expect(oldest([three, two, one])?.id).toBe('i1');
    expect(mergePlan([two, one], null)?.survivor.id).toBe('i1');
    expect(mergePlan([two, one], 'i2')?.survivor.id).toBe('i2');
    expect(mergePlan([two, one], 'not chosen')?.survivor.id).toBe('i1');
    expect([mergePlan([], null), mergePlan([one], 'i1')]).toEqual([null, null]);
  });

  test('alerts are counted, an earlier beginning and a worse severity are told', () => {
    const low = head({ severity: 'sev3' });
    expect(mergePlan([low, two, three], 'i1')).toMatchObject({ merged: [two, three], alerts: 3, earlier: T0 - 9 * MINUTE, worse: [two] });
    expect(mergePlan([one, three], 'i1')).toMatchObject({ alerts: 0, earlier: null, worse: [] });
    expect(mergePlan([head({ severity: 'pending' }), three], 'i1')?.worse).toEqual([three]);
  });
});

describe('the dialog', () => {
  const open = async (given: object = { ids: ['i1'], survivor: 'i1' }): Promise<void> => {
    answers['incidents.editable'] = () => said({ incidents: [one, two, three, quiet] });
    show(<Merge given={given as Record<string, unknown>} done={done} />);
    await screen.findByRole('group', { name: 'Incidents that are one' });
  };
  const box = (name: RegExp): HTMLInputElement => screen.getByRole('checkbox', { name });
  const preview = (): readonly (string | null)[] => [...document.querySelectorAll('.merge-preview > li')].map((row) => row.textContent);

  test('says what happens before it does, and then ends', async () => {
    await open();
    expect([box(/2026-042/).checked, box(/2026-043/).checked, box(/kqzvmwta/).disabled]).toEqual([true, false, true]);
    expect([screen.getByText('Choose at least two.') !== null, screen.getByRole<HTMLButtonElement>('button', { name: 'Merge' }).disabled]).toEqual([true, true]);
    fireEvent.click(box(/2026-043/));
    expect(preview()).toEqual([
      '3 alerts come over to 2026-042, and all improvement tickets.', '2026-042 counts as detected at 02:02.', 'Later alerts of the services of 2026-043 join 2026-042.',
      'The pages of 2026-043 stay readable with their notes and times, and point to 2026-042. Nobody can write there any more.',
      'This cannot be undone. Whoever sees the page of the one that goes on sees what comes over.',
    ]);
    fireEvent.click(box(/2026-044/));
    fireEvent.click(screen.getByRole('radio', { name: /2026-044/ }));
    expect(preview().slice(0, 3)).toEqual(['5 alerts come over to 2026-044, and all improvement tickets.', '2026-044 counts as detected at 02:02.', '2026-042 is SEV1; the response goes on as SEV4.']);
    answers['incident.merge'] = () => said(three);
    fireEvent.click(screen.getByRole('button', { name: 'Merge 2 incidents into 2026-044' }));
    await waitFor(() => expect(done.mock.calls).toEqual([[{ survivor: 'i3' }]]));
    expect(sent('incident.merge')).toEqual([{ incidentId: 'i3', opId: expect.any(String), from: ['i1', 'i2'] }]);
  });

  test('a refusal comes back with its reason and a fresh list, and nothing chosen is lost', async () => {
    await open({ ids: ['i1', 'i2'] });
    answers['incident.merge'] = () => refused('conflict', null, { messageKey: 'error.merge.merged', params: { key: '2026-043' } });
    answers['incidents.editable'] = () => said({ incidents: [one, three] });
    fireEvent.click(screen.getByRole('button', { name: 'Merge 1 incident into 2026-042' }));
    await screen.findByText('Incident 2026-043 was merged into another one already.');
    await screen.findByText('1 of those you chose is not open any more, or you cannot edit its page.');
    expect([box(/2026-042/).checked, box(/2026-044/).checked, sent('incidents.editable').length]).toEqual([true, false, 2]);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(done.mock.calls).toEqual([[null]]);
  });

  test('a list that cannot be had is asked for again', async () => {
    answers['incidents.editable'] = () => refused('internal');
    show(<Merge given={{ ids: [] }} done={done} />);
    answers['incidents.editable'] = () => said({ incidents: [one] });
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await screen.findByText('There is no other open incident that you can edit.');
  });
});

describe('moving an alert', () => {
  test('offers open incidents of the same visibility; one press moves it', async () => {
    answers['incidents.editable'] = () => said({ incidents: [one, two, quiet] });
    answers['alert.move'] = () => refused('conflict', null, { messageKey: 'error.move.ended', params: { key: '2026-043' } });
    show(<MoveAlert given={{ incidentId: 'i1', alertId: 'a1', line: 'Critical  checkout', visibility: 'public' }} done={done} />);
    await screen.findByText(/Payments fail/);
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Move here', 'Cancel']);
    fireEvent.click(screen.getByRole('button', { name: 'Move here: incident 2026-043' }));
    await screen.findByText('Incident 2026-043 is closed. An alert can only be moved to an open one.');
    answers['alert.move'] = () => said(one);
    fireEvent.click(screen.getByRole('button', { name: 'Move here: incident 2026-043' }));
    await waitFor(() => expect(done.mock.calls).toEqual([[{ to: 'i2', key: '2026-043' }]]));
    expect(sent('alert.move').at(-1)).toEqual({ incidentId: 'i1', opId: expect.any(String), alertId: 'a1', to: 'i2' });
  });
});

describe('on the board', () => {
  const survivor: SurvivorView = { incidentId: 'i9', key: '2026-039', title: '<b>Failover</b>', url: 'https://site.example.com/wiki/9' };
  const open = async (part: Partial<BoardView>, place: 'page' | 'full-screen' = 'page'): Promise<void> => {
    const view = board(part);
    answers['board.load'] = () => said(view);
    answers['board.changes'] = () => said(delta({ incident: view.incident, survivor: view.survivor }));
    show(<Board target={{ pageId: '11', incidentId: null }} place={place} />);
    await screen.findByRole('heading', { name: 'Checkout is slow' });
  };
  const merged = head({ status: 'merged', closedAt: T0 + 9 * MINUTE, openAlerts: 0, version: 9 });

  test('the menu opens the dialog with this incident in it, and looks again when it did something', async () => {
    await open({});
    const before = sent('board.changes').length;
    dialogs.answer = { survivor: 'i1' };
    fireEvent.click(await screen.findByRole('button', { name: 'More' }));
    fireEvent.click(screen.getByRole('button', { name: 'Merge with another incident …' }));
    await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'merge', title: 'Merge incidents', given: { ids: ['i1'], survivor: 'i1' } }]));
    await waitFor(() => expect(sent('board.changes').length).toBeGreaterThan(before));
  });

  test.each([
    ['page', 'Open the page of 2026-039', { type: 'url', url: 'https://site.example.com/wiki/9' }],
    ['full-screen', 'Open the board of 2026-039', { target: 'module', moduleKey: 'incidents', path: 'board/i9' }],
  ] as const)('merged, on a %s: it says where it goes on, and only what was said is left', async (place, name, to) => {
    await open({ incident: merged, survivor, alerts: [], entries: [entry({ id: 'm', messageKey: 'entry.merged.into', params: { key: '2026-039', incident: 'i9' } })] }, place);
    const banner = screen.getByRole('complementary', { name: 'Merged incident' });
    expect(within(banner).getByText('Merged into incident 2026-039: <b>Failover</b>')).toBeTruthy();
    fireEvent.click(within(banner).getByRole('button', { name }));
    await waitFor(() => expect(JSON.stringify(navigated)).toContain(JSON.stringify('url' in to ? to.url : to.path)));
    expect(screen.queryByRole('heading', { name: /Firing/ })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Improvements' })).toBeNull();
    expect(screen.queryByPlaceholderText('What happened, what was done?')).toBeNull();
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
    expect(screen.queryByText('Mackerel live')).toBeNull();
    expect(screen.getByText('Merged after')).toBeTruthy();
    expect(screen.getByText('Merged into incident 2026-039')).toBeTruthy();
  });

  test('merged into one this viewer may not see: that is all it says', async () => {
    await open({ incident: merged, survivor: null, alerts: [] });
    const banner = screen.getByRole('complementary', { name: 'Merged incident' });
    expect(within(banner).getByText('Merged into another incident that you cannot see')).toBeTruthy();
    expect(within(banner).queryByRole('button')).toBeNull();
  });

  test('what somebody was writing stays on their screen, and comes back with the reason when it is sent', async () => {
    await open({});
    const field = await screen.findByPlaceholderText<HTMLTextAreaElement>('What happened, what was done?');
    fireEvent.change(field, { target: { value: 'half a sentence' } });
    answers['board.changes'] = () => said(delta({ incident: merged, survivor, alerts: [] }));
    answers['note.add'] = () => refused('conflict', null, { messageKey: 'error.merged', params: { key: '2026-039' } });
    fireEvent.click(screen.getByRole('button', { name: /^Record/ }));
    await screen.findByText(/This incident was merged into incident 2026-039. Go on there./);
    await screen.findByRole('complementary', { name: 'Merged incident' });
    await waitFor(() => expect(screen.getByPlaceholderText<HTMLTextAreaElement>('What happened, what was done?').value).toBe('half a sentence'));
  });
});

test('on the Incidents page open incidents are picked and merged in the dialog', async () => {
  answers['home.load'] = () => said({ configured: true, isAdmin: false, keepsSettings: false, declareGroup: null, scheme: SCHEME, spaces: [], candidates: [], moreCandidates: false, inDowntime: [], pageTemplates: [], incidents: [one, two, three], now: T0 });
  show(<Home openRoute={() => Promise.resolve({ path: () => '/', go: () => undefined, listen: () => undefined })} />);
  for (const name of ['Choose incident 2026-043 for merging', 'Choose incident 2026-042 for merging']) fireEvent.click(await screen.findByRole('checkbox', { name }));
  const asked = sent('home.load').length;
  dialogs.answer = { survivor: 'i1' };
  fireEvent.click(screen.getByRole('button', { name: 'Merge 2 …' }));
  await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'merge', title: 'Merge incidents', given: { ids: ['i1', 'i2'] } }]));
  await screen.findByRole('button', { name: 'Merge …' });
  await waitFor(() => expect(sent('home.load').length).toBeGreaterThan(asked));
});
