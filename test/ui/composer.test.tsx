import { answers, dialogs, refused, resetBridge, said, sent, viewport } from './bridge';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { EntryView } from '../../src/contract';
import { AccountProvider } from '../../static/ui/src/parts/account';
import Composer, { type ComposerProps } from '../../static/ui/src/board/timeline/Composer';
import { WordsProvider } from '../../static/ui/src/words';
import { entry, head, MINUTE, T0, words } from './samples';

const accepted: number[] = [];
const props = (part: Partial<ComposerProps> = {}): ComposerProps => ({ incidentId: 'i1', entries: [], skew: T0 - Date.now(), heardAt: 1, accept: ({ version }) => void accepted.push(version), ...part });
const drawn = (part: Partial<ComposerProps> = {}, account = 'acc-alice') => (
  <WordsProvider words={words()}>
    <AccountProvider value={account}>
      <Composer {...props(part)} />
    </AccountProvider>
  </WordsProvider>
);
const composer = (part: Partial<ComposerProps> = {}, account?: string) => render(drawn(part, account));
const text = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'What happened, what was done?' });
const time = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Time' });
const write = (value: string): void => void fireEvent.change(text(), { target: { value } });
const send = (): void => void fireEvent.keyDown(text(), { key: 'Enter', ctrlKey: true });
const waiting = (): readonly string[] => [...document.querySelectorAll('.unsent')].map((row) => row.textContent ?? '');
/** Answers of note.add that the test gives out when it wants to. */
function held(): ((answer: unknown) => Promise<void>)[] {
  const given: ((answer: unknown) => Promise<void>)[] = [];
  answers['note.add'] = () => new Promise((resolve) => given.push((answer) => act(async () => resolve(answer))));
  return given;
}
const recorded = (opId: unknown): EntryView => entry({ id: `op:acc-alice:${String(opId)}:000`, source: 'person', messageKey: null, text: 'pool → 200' });

beforeEach(() => {
  resetBridge();
  accepted.length = 0;
  answers['note.add'] = () => said(head({ version: 8 }));
});
afterEach(cleanup);

test('a note is sent with Ctrl+Enter; it looks pending until the board has it', async () => {
  const given = held();
  const { rerender } = composer();
  write('pool → 200');
  send();
  expect(text().value).toBe('');
  await waitFor(() => expect(given).toHaveLength(1));
  expect(waiting()).toEqual([expect.stringMatching(/Recording\s*pool → 200/)]);
  await given[0]?.(said(head({ version: 8 })));
  await waitFor(() => expect(waiting()).toEqual([expect.stringMatching(/Recorded\s*pool → 200/)]));
  expect(accepted).toEqual([8]);
  const [payload] = sent('note.add');
  expect(payload).toMatchObject({ incidentId: 'i1', notes: [{ text: 'pool → 200', at: null, link: null }] });
  rerender(drawn({ entries: [recorded(payload?.['opId'])] }));
  expect(waiting()).toEqual([]);
});

test('⌘Enter sends too, Enter alone makes a line', async () => {
  composer();
  write('one');
  expect(fireEvent.keyDown(text(), { key: 'Enter' })).toBe(true); // left to the field
  expect(sent('note.add')).toEqual([]);
  fireEvent.keyDown(text(), { key: 'Enter', metaKey: true });
  await waitFor(() => expect(sent('note.add')).toHaveLength(1));
});

test.each<[string, () => void]>([
  ['in the middle of a conversion', () => void fireEvent.keyDown(text(), { key: 'Enter', ctrlKey: true, isComposing: true })],
  ['as the input method’s own key', () => void fireEvent.keyDown(text(), { key: 'Enter', ctrlKey: true, keyCode: 229 })],
  ['as Safari reports the one that ended the conversion', () => {
    fireEvent.keyDown(text(), { key: 'Control', ctrlKey: true, isComposing: true });
    fireEvent.compositionEnd(text());
    fireEvent.keyDown(text(), { key: 'Enter', ctrlKey: true });
  }],
  ['in the time field', () => void fireEvent.keyDown(time(), { key: 'Enter', ctrlKey: true, isComposing: true })],
])('Enter %s never sends; the next one does', async (_name, enter) => {
  composer();
  write('切り戻し');
  enter();
  fireEvent.keyUp(text(), { key: 'Enter' });
  expect(text().value).toBe('切り戻し');
  send();
  await waitFor(() => expect(sent('note.add').map(({ notes }) => notes)).toEqual([[{ text: '切り戻し', at: null, link: null }]]));
});

test('the time is a clock until somebody writes into it, and again when it is emptied', () => {
  jest.useFakeTimers({ now: T0 });
  try {
    composer({ skew: 0 });
    expect(time().value).toBe('02:11:00');
    act(() => void jest.advanceTimersByTime(5_000));
    expect(time().value).toBe('02:11:05');
    fireEvent.focus(time());
    act(() => void jest.advanceTimersByTime(5_000));
    expect(time().value).toBe('02:11:05');
    fireEvent.change(time(), { target: { value: '' } });
    expect(time().value).toBe('');
    fireEvent.blur(time());
    expect(time().value).toBe('02:11:10');
  } finally {
    jest.useRealTimers();
  }
});

test('a note is back-dated to the second, in full-width figures too, and says how the time is understood', async () => {
  composer();
  write('気づいた');
  fireEvent.change(time(), { target: { value: '２３：５９：３０' } });
  expect(screen.getByText('Recorded as Nov 23, 2026 23:59:30')).toBeTruthy();
  send();
  await waitFor(() => expect(sent('note.add').map(({ notes }) => notes)).toEqual([[{ text: '気づいた', at: Date.parse('2026-11-23T23:59:30+09:00'), link: null }]]));
});

test.each([
  ['nothing', () => undefined, 'Write something first.'],
  ['a time nobody can read', () => (write('x'), fireEvent.change(time(), { target: { value: 'soon' } })), 'Write a time such as 02:13, 02:13:05 or 11/24 02:13.'],
  ['a time to come', () => (write('x'), fireEvent.change(time(), { target: { value: '2026-11-25 10:00' } })), 'The time lies in the future.'],
  ['an address that is not https', () => {
    write('x');
    fireEvent.click(screen.getByRole('button', { name: 'Evidence' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Address of the evidence' }), { target: { value: 'http://g.example' } });
  }, 'Only addresses that begin with https:// can be linked.'],
])('%s is refused before it is sent, beside its field', (_name, fill, said) => {
  composer();
  fill();
  send();
  expect(screen.getByRole('alert').textContent).toBe(said);
  expect(sent('note.add')).toEqual([]);
});

test('a draft outlives a reload, for this person and this incident', () => {
  composer();
  write('half a sent');
  fireEvent.change(time(), { target: { value: '02:09' } });
  cleanup();
  composer();
  expect([text().value, time().value]).toEqual(['half a sent', '02:09']);
  cleanup();
  composer({}, 'acc-bob');
  expect(text().value).toBe('');
  cleanup();
  composer({ incidentId: 'i2' });
  expect(text().value).toBe('');
});

test('a browser that keeps nothing is no obstacle', async () => {
  const store = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('full');
  });
  composer();
  write('x');
  send();
  await waitFor(() => expect(sent('note.add')).toHaveLength(1));
  store.mockRestore();
});

test('a refused note comes back into the field with the reason', async () => {
  answers['note.add'] = () => refused('forbidden');
  composer();
  write('pool → 200');
  fireEvent.change(time(), { target: { value: '02:09' } });
  send();
  await screen.findByText(/^Not recorded\. You may read this/);
  expect([text().value, time().value, waiting()]).toEqual(['pool → 200', '02:09', []]);
});

test('while the next one is being written, a refused note waits beside it and loses nothing', async () => {
  const given = held();
  composer();
  write('first');
  send();
  await waitFor(() => expect(given).toHaveLength(1));
  write('second');
  await given[0]?.(refused('forbidden'));
  await waitFor(() => expect(waiting()).toEqual([expect.stringMatching(/Not recorded\s*first/)]));
  expect(text().value).toBe('second');
  write('');
  await waitFor(() => expect(text().value).toBe('first'));
});

test('a note nobody answered is sent again, as the same operation and with its own time, once the app answers again', async () => {
  answers['note.add'] = () => {
    throw new Error('lost');
  };
  const { rerender } = composer();
  write('pool → 200');
  send();
  await waitFor(() => expect(waiting()).toEqual([expect.stringContaining('Not confirmed')]), { timeout: 3_000 });
  answers['note.add'] = () => said(head({ version: 8 }));
  rerender(drawn({ heardAt: 2 }));
  await waitFor(() => expect(accepted).toEqual([8]));
  const calls = sent('note.add');
  expect(new Set(calls.map(({ opId }) => opId)).size).toBe(1);
  const ats = calls.map(({ notes }) => (notes as readonly { at: number | null }[])[0]?.at ?? null);
  expect(ats.slice(0, 2)).toEqual([null, null]);
  expect(Math.abs((ats.at(-1) ?? 0) - T0)).toBeLessThan(MINUTE);
});

test('a reload in the middle of sending sends again as the same operation, and finds its own effect', async () => {
  answers['note.add'] = () => new Promise(() => undefined);
  composer();
  write('pool → 200');
  send();
  await waitFor(() => expect(sent('note.add')).toHaveLength(1));
  const [first] = sent('note.add');
  cleanup();
  answers['note.add'] = () => said(head({ version: 8 }));
  const { rerender } = composer();
  await waitFor(() => expect(accepted).toEqual([8]));
  expect(sent('note.add').map(({ opId }) => opId)).toEqual([first?.['opId'], first?.['opId']]);
  rerender(drawn({ entries: [recorded(first?.['opId'])] }));
  expect(waiting()).toEqual([]);
  cleanup();
  composer();
  expect(sent('note.add')).toHaveLength(2);
});

test('two windows of one person do not forget each other’s notes', async () => {
  const given = held();
  composer();
  write('from one window');
  send();
  await waitFor(() => expect(given).toHaveLength(1));
  const kept = localStorage.getItem('unsent:i1:acc-alice') ?? '';
  localStorage.removeItem('unsent:i1:acc-alice');
  cleanup();
  composer();
  localStorage.setItem('unsent:i1:acc-alice', kept);
  write('from another');
  send();
  expect((JSON.parse(localStorage.getItem('unsent:i1:acc-alice') ?? '[]') as { note: { text: string } }[]).map(({ note }) => note.text)).toEqual(['from one window', 'from another']);
});

test('notes go out one after the other, in the order they were written', async () => {
  const given = held();
  composer();
  for (const words of ['one', 'two']) {
    write(words);
    send();
  }
  await waitFor(() => expect(given).toHaveLength(1));
  await given[0]?.(said(head({ version: 8 })));
  await waitFor(() => expect(given).toHaveLength(2));
  expect(sent('note.add').map(({ notes }) => (notes as readonly { text: string }[])[0]?.text)).toEqual(['one', 'two']);
});

test('as narrow as a phone, a note is written in a dialog and recorded from the board', async () => {
  viewport.narrow = true;
  dialogs.answer = { text: 'from the phone', time: null, link: '' };
  composer();
  expect(screen.queryByRole('textbox')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Write a note' }));
  await waitFor(() => expect(sent('note.add').map(({ notes }) => notes)).toEqual([[{ text: 'from the phone', at: null, link: null }]]));
  expect(dialogs.opened).toMatchObject([{ name: 'note', given: { incidentId: 'i1', zone: 'Asia/Tokyo' } }]);
});
