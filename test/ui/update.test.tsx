/** The dialog of updates: a draft that is written on, kept, and published once. */
import { answers, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { UpdateDraftView, UpdateView } from '../../src/contract';
import Update from '../../static/ui/src/dialogs/Update';
import { Board } from '../../static/ui/src/board/Board';
import { board, delta, entry, head, show, T0 } from './samples';

beforeEach(resetBridge);
afterEach(cleanup);

const DRAFT = { conditions: 'SEV1, Investigating.', actions: 'We are looking for the cause.', needs: 'None' };
const theirs: UpdateView = { n: 1, lang: 'en', conditions: 'From Alice', actions: 'a', needs: 'None', by: { accountId: 'acc-alice' }, at: T0 };
const serve = (part: Partial<UpdateDraftView> = {}): void => {
  answers['update.draft'] = ({ lang }: { lang: 'ja' | 'en' | null }) => said({ lang: lang ?? 'en', draft: lang === 'ja' ? { conditions: '調査中', actions: '調査', needs: 'なし' } : DRAFT, published: [], slack: 'sends', nextMinutes: 30, ...part });
};
let closed: unknown[] = [];
async function open(): Promise<void> {
  closed = [];
  show(<Update given={{ incidentId: 'i1' }} done={(answer) => closed.push(answer)} />);
  await screen.findByLabelText('Conditions');
}
const fieldOf = (label: string): HTMLTextAreaElement => screen.getByLabelText(label);
const type = (label: string, text: string): void => void fireEvent.change(fieldOf(label), { target: { value: text } });
const settled = (): Promise<void> => waitFor(() => expect((screen.getByRole('button', { name: /^Publish/ }) as HTMLButtonElement).disabled).toBe(false));
const publish = async (): Promise<void> => {
  await settled();
  fireEvent.click(screen.getByRole('button', { name: /^Publish/ }));
};

test('nothing that nobody chose is asked for; what is chosen is drawn again and what was typed stays', async () => {
  serve();
  await open();
  expect(sent('update.draft')).toEqual([{ incidentId: 'i1', lang: null, zone: 'Asia/Tokyo', choices: { notes: false, alerts: false, hosts: false, links: false } }]);
  expect([fieldOf('Conditions').value, fieldOf('Actions').value, fieldOf('Needs').value]).toEqual(['SEV1, Investigating.', 'We are looking for the cause.', 'None']);
  type('Actions', 'Rolling back');
  serve({ draft: { ...DRAFT, conditions: 'web-01 fails' } });
  fireEvent.click(screen.getByRole('checkbox', { name: 'Host names and addresses' }));
  await waitFor(() => expect(fieldOf('Conditions').value).toBe('web-01 fails'));
  expect([fieldOf('Actions').value, sent('update.draft').at(-1)]).toEqual(['Rolling back', { incidentId: 'i1', lang: null, zone: 'Asia/Tokyo', choices: { notes: false, alerts: false, hosts: true, links: false } }]);
});

test('what is typed stays when the window closes, for each language, until it is discarded', async () => {
  serve();
  await open();
  type('Conditions', 'Half of payments fail');
  cleanup();
  await open();
  expect([fieldOf('Conditions').value, screen.queryByText(/Restored from/) !== null]).toEqual(['Half of payments fail', true]);
  fireEvent.change(screen.getByLabelText('Language'), { target: { value: 'ja' } });
  await waitFor(() => expect(fieldOf('Conditions').value).toBe('調査中'));
  fireEvent.change(screen.getByLabelText('Language'), { target: { value: 'en' } });
  await waitFor(() => expect(fieldOf('Conditions').value).toBe('Half of payments fail'));
  fireEvent.click(screen.getByRole('button', { name: 'Discard what was typed' }));
  expect(fieldOf('Conditions').value).toBe('SEV1, Investigating.');
  cleanup();
  await open();
  expect([fieldOf('Conditions').value, screen.queryByText(/Restored from/)]).toEqual(['SEV1, Investigating.', null]);
});

test('what is read is what is published; then nothing of it is kept', async () => {
  serve({ published: [theirs] });
  answers['update.publish'] = () => said(head());
  await open();
  type('Needs', 'A database person');
  await publish();
  await waitFor(() => expect(closed).toEqual([{ published: true }]));
  expect(sent('update.publish')).toEqual([{ incidentId: 'i1', opId: expect.any(String), lang: 'en', update: { ...DRAFT, needs: 'A database person' }, seen: 1 }]);
  cleanup();
  await open();
  expect(fieldOf('Needs').value).toBe('None');
});

test('a lost answer is the same press again, also from a window opened anew', async () => {
  serve();
  answers['update.publish'] = () => {
    throw new Error('no answer');
  };
  await open();
  type('Conditions', 'Half of payments fail');
  await publish();
  await waitFor(() => expect(screen.getAllByRole('alert').some((alert) => alert.textContent !== '')).toBe(true), { timeout: 5_000 });
  cleanup();
  answers['update.publish'] = () => said(head());
  await open();
  await publish();
  await waitFor(() => expect(closed).toEqual([{ published: true }]));
  const ids = sent('update.publish').map(({ opId }) => opId);
  expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
});

test('somebody was first: theirs is shown, nothing is lost, and another press publishes after it', async () => {
  serve();
  answers['update.publish'] = () => {
    serve({ published: [theirs] });
    answers['update.publish'] = () => said(head());
    return refused('conflict', 'seen', { messageKey: 'error.update-changed' });
  };
  await open();
  type('Conditions', 'Mine');
  await publish();
  await screen.findByText(/Read it first: yours is kept/);
  expect([(await screen.findByText(/published update 1 at/)) !== null, screen.getAllByText(/From Alice/).length, fieldOf('Conditions').value]).toEqual([true, 2, 'Mine']);
  await publish();
  await waitFor(() => expect(closed).toEqual([{ published: true }]));
  const [first, second] = sent('update.publish');
  expect([first?.['seen'], second?.['seen'], first?.['opId'] === second?.['opId'], second?.['update']]).toEqual([0, 1, false, { ...DRAFT, conditions: 'Mine' }]);
});

test('an older draft says what was published since it was typed', async () => {
  serve();
  await open();
  type('Conditions', 'Typed before');
  cleanup();
  serve({ published: [theirs] });
  await open();
  expect([(await screen.findByText(/published update 1 at/)) !== null, fieldOf('Conditions').value]).toEqual([true, 'Typed before']);
});

test('who is told is said, and a reader has no way in', async () => {
  serve({ slack: 'private', nextMinutes: null });
  await open();
  expect([screen.queryByText(/the incident is private/) !== null, screen.queryByText(/No further update is owed/) !== null]).toEqual([true, true]);
  cleanup();
  for (const [edit, status, there] of [[true, 'investigating', true], [false, 'investigating', false], [true, 'closed', false]] as const) {
    answers['board.load'] = () => said(board({ incident: head({ status }), can: { edit, mackerel: false } }));
    answers['board.changes'] = () => said(delta({ incident: head({ status }) }));
    answers['ticket.form'] = () => refused('not-found');
    show(<Board target={{ pageId: '11', incidentId: null }} place="page" />);
    await screen.findByRole('heading', { name: 'Checkout is slow' });
    expect([status, edit, screen.queryByRole('button', { name: 'Post an update' }) !== null]).toEqual([status, edit, there]);
    cleanup();
  }
});

test('on the board it reads as what it is, and can be looked for by itself', async () => {
  const update = entry({ id: 'u1', source: 'update', messageKey: 'entry.update', params: { n: 3, lang: 'en', conditions: 'Payments fail', actions: 'Rolling back', needs: 'None' } });
  answers['board.load'] = () => said(board({ entries: [update, entry({ id: 'e2' })] }));
  answers['board.changes'] = () => said(delta());
  answers['ticket.form'] = () => refused('not-found');
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />);
  await screen.findByText(/Update 3\s+Conditions: Payments fail\s+Actions: Rolling back\s+Needs: None/);
  expect(screen.queryByText('Declared the incident')).not.toBeNull();
  fireEvent.change(screen.getByRole('combobox', { name: 'Show' }), { target: { value: 'update' } });
  await waitFor(() => expect(screen.queryByText('Declared the incident')).toBeNull());
  expect(screen.queryByText(/Payments fail/)).not.toBeNull();
});
