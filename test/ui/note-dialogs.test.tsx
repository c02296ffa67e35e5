import { answers, clipboard, invoked, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ComponentType } from 'react';
import { AccountProvider } from '../../static/ui/src/parts/account';
import type { DialogProps } from '../../static/ui/src/dialog';
import CopyTimeline from '../../static/ui/src/dialogs/CopyTimeline';
import Note from '../../static/ui/src/dialogs/Note';
import NoteHistory from '../../static/ui/src/dialogs/NoteHistory';
import Paste from '../../static/ui/src/dialogs/Paste';
import { WordsProvider } from '../../static/ui/src/words';
import { delta, entry, head, MINUTE, T0, words } from './samples';

const place = { incidentId: 'i1', pass: 'pass-1', zone: 'Asia/Tokyo', skew: T0 + 9 * MINUTE - Date.now() };
const note = { ...place, entryId: 'n1', base: 5, text: 'raised the pool', at: T0 + 1_234, link: null };
const done: (Readonly<Record<string, unknown>> | null)[] = [];
function open(Dialog: ComponentType<DialogProps>, given: Readonly<Record<string, unknown>>) {
  return render(
    <WordsProvider words={words()}>
      <AccountProvider value="acc-alice">
        <Dialog given={given} done={(answer) => void done.push(answer)} />
      </AccountProvider>
    </WordsProvider>,
  );
}
const field = (name: string): HTMLTextAreaElement => screen.getByRole('textbox', { name });
const text = (): HTMLTextAreaElement => field('What happened, what was done?');
const write = (value: string): void => void fireEvent.change(text(), { target: { value } });
const save = (): void => void fireEvent.click(screen.getByRole('button', { name: /^Save/ }));

beforeEach(() => {
  resetBridge();
  done.length = 0;
});
afterEach(cleanup);

describe('editing a note', () => {
  test('text, time and link are saved together; an untouched time stays as it is to the millisecond', async () => {
    answers['note.edit'] = () => said(head({ version: 9 }));
    open(Note, note);
    expect([text().value, field('Time').value, field('Address of the evidence').value]).toEqual(['raised the pool', '2026-11-24 02:11:01', '']);
    write('raised the pool to 200');
    fireEvent.change(field('Address of the evidence'), { target: { value: 'https://g.example/d' } });
    save();
    await waitFor(() => expect(done).toEqual([{ changed: true }]));
    expect(sent('note.edit')).toMatchObject([{ entryId: 'n1', base: 5, note: { text: 'raised the pool to 200', at: T0 + 1_234, link: 'https://g.example/d' } }]);
  });

  test('a new time is read like any other', async () => {
    answers['note.edit'] = () => said(head({ version: 9 }));
    open(Note, note);
    fireEvent.change(field('Time'), { target: { value: '02:09:30' } });
    save();
    await waitFor(() => expect(sent('note.edit')).toMatchObject([{ note: { at: T0 - 90_000 } }]));
  });

  test('when it fails the dialog stays open with the reason and every word', async () => {
    answers['note.edit'] = () => refused('forbidden');
    open(Note, note);
    write('my words');
    save();
    await screen.findByText(/^Not saved\. You may read this/);
    expect([text().value, done]).toEqual(['my words', []]);
  });

  test('the same words pressed again are the same operation; other words are another', async () => {
    answers['note.edit'] = () => refused('busy-not', 'x');
    open(Note, note);
    for (const words of ['mine', 'mine', 'mine, again']) {
      write(words);
      const before = sent('note.edit').length;
      save();
      await waitFor(() => expect(sent('note.edit')).toHaveLength(before + 1));
      await screen.findByText(/^Not saved/);
    }
    const [first, second, third] = sent('note.edit').map(({ opId }) => opId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test('somebody else was faster: theirs stands beside mine, mine is kept, and saving replaces theirs', async () => {
    answers['note.edit'] = ({ base }: { base: number }) => (base === 5 ? refused('conflict', 'note', { messageKey: 'error.changed-by-other' }) : said(head({ version: 10 })));
    answers['board.changes'] = () => said(delta({ entries: [entry({ id: 'n1', source: 'person', messageKey: null, text: 'raised it to 100', at: T0, v: 9, edited: { at: T0 + 3 * MINUTE, by: { accountId: 'acc-bob' } } })] }));
    open(Note, note);
    write('raised it to 200');
    save();
    const theirs = await screen.findByRole('region', { name: 'Changed meanwhile' });
    await within(theirs).findByText('Bob changed this note at 02:14:00. Yours is kept beside it; saving replaces theirs.');
    expect(within(theirs).getByText('raised it to 100')).toBeTruthy();
    expect(text().value).toBe('raised it to 200');
    expect(sent('board.changes')).toEqual([{ incidentId: 'i1', pass: 'pass-1', since: 5 }]);
    save();
    await waitFor(() => expect(done).toEqual([{ changed: true }]));
    expect(sent('note.edit').map(({ base }) => base)).toEqual([5, 9]);
  });

  test('theirs can be taken instead', async () => {
    answers['note.edit'] = () => refused('conflict');
    answers['board.changes'] = () => said(delta({ entries: [entry({ id: 'n1', source: 'person', messageKey: null, text: 'raised it to 100', at: T0, v: 9 })] }));
    open(Note, note);
    write('mine');
    save();
    fireEvent.click(await screen.findByRole('button', { name: 'Take theirs' }));
    expect([text().value, field('Time').value]).toEqual(['raised it to 100', '2026-11-24 02:11:00']);
  });

  test('when only a pin changed, or an earlier try arrived after all, nobody is asked anything', async () => {
    answers['note.edit'] = ({ base }: { base: number }) => (base === 5 ? refused('conflict') : said(head({ version: 10 })));
    const now = (words: string) => () => said(delta({ entries: [entry({ id: 'n1', source: 'person', messageKey: null, text: words, at: T0 + 1_234, v: 9, pinned: true })] }));
    answers['board.changes'] = now('raised the pool');
    open(Note, note);
    write('mine');
    save();
    await waitFor(() => expect(done).toHaveLength(1));
    expect(sent('note.edit').map(({ base }) => base)).toEqual([5, 9]);
    cleanup();
    answers['board.changes'] = now('mine');
    open(Note, note);
    write('mine');
    save();
    await waitFor(() => expect(done).toHaveLength(2));
    expect(sent('note.edit').map(({ base }) => base)).toEqual([5, 9, 5]);
  });

  test('what was typed outlives a dialog closed by accident, and can be discarded', () => {
    open(Note, note);
    write('half a sent');
    cleanup();
    open(Note, note);
    expect(text().value).toBe('half a sent');
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(text().value).toBe('raised the pool');
    cleanup();
    open(Note, note);
    expect(screen.queryByText(/^Restored/)).toBeNull();
  });

  test('Enter that ends a conversion never saves', () => {
    open(Note, note);
    write('切り戻し');
    fireEvent.keyDown(text(), { key: 'Enter', ctrlKey: true, isComposing: true });
    expect(invoked).toEqual([]);
  });
});

test('a new note goes back to the board as it was written; an empty one does not', async () => {
  open(Note, place);
  fireEvent.click(screen.getByRole('button', { name: /^Record/ }));
  expect(screen.getByRole('alert').textContent).toBe('Write something first.');
  write('from the phone');
  fireEvent.click(screen.getByRole('button', { name: /^Record/ }));
  expect(done).toEqual([{ text: 'from the phone', time: null, link: '' }]);
  expect(invoked).toEqual([]);
});

test('the history tells every state of a note, the newest first', async () => {
  const state = (minute: number, who: string, words: string, removed = false) => ({ recordedAt: T0 + minute * MINUTE, by: { accountId: who }, at: T0, text: words, link: null, removed });
  answers['note.history'] = () => said({ revisions: [state(1, 'acc-alice', 'one'), state(2, 'acc-bob', 'two'), state(3, 'acc-bob', 'two', true), state(4, 'acc-alice', 'two')] });
  open(NoteHistory, { ...place, entryId: 'n1' });
  await waitFor(() => expect([screen.getAllByText('Bob'), screen.getAllByText('Alice')].map((found) => found.length)).toEqual([2, 2]));
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'Restored Alice Nov 24, 2026 02:15:00Currenttwo', 'Deleted Bob Nov 24, 2026 02:14:00two', 'Edited Bob Nov 24, 2026 02:13:00two', 'Written Alice Nov 24, 2026 02:12:00Happened at Nov 24, 2026 02:11:00one',
  ]);
  expect(sent('note.history')).toEqual([{ incidentId: 'i1', pass: 'pass-1', entryId: 'n1' }]);
});

describe('pasting', () => {
  const given = { ...place, detectedAt: T0 };
  const box = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: /^Lines that begin/ });
  const paste = (value: string): void => void fireEvent.change(box(), { target: { value } });
  const table = (): readonly string[][] => screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell').slice(1).map((cell) => cell.textContent ?? ''));

  test('every line shows how it was read; what cannot be recorded says why and is left out', async () => {
    answers['note.add'] = () => said(head({ version: 9 }));
    open(Paste, given);
    paste('before\n02:13 restarted\n０２：１５ 切り戻し\nalice  2:16 AM\nback to normal\n02:17\n11/24 23:00 to come');
    expect(table()).toEqual([
      ['1', '', 'beforeNo time was found for this line.'],
      ['2', '2026-11-24 02:13:00', 'restarted'],
      ['3', '2026-11-24 02:15:00', '切り戻し'],
      ['4', '2026-11-24 02:16:00', 'alice: back to normal'],
      ['6', '2026-11-24 02:17:00', 'There are no words beside this time.'],
      ['7', '2026-11-24 23:00:00', 'to comeThis time lies in the future.'],
    ]);
    fireEvent.click(screen.getByRole('checkbox', { name: 'Record line 3' }));
    expect(screen.getByText('2 of 6 will be recorded')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /^Record 2 notes/ }));
    await waitFor(() => expect(done).toEqual([{ changed: true }]));
    expect(sent('note.add').map(({ notes }) => notes)).toEqual([[{ text: 'restarted', at: T0 + 2 * MINUTE, link: null }, { text: 'alice: back to normal', at: T0 + 5 * MINUTE, link: null }]]);
  });

  test('times can be told in another zone', () => {
    open(Paste, given);
    paste('17:13 restarted');
    fireEvent.change(screen.getByRole('combobox', { name: 'Times are in' }), { target: { value: 'UTC' } });
    expect(table()).toEqual([['1', '2026-11-23 17:13:00', 'restarted']]);
  });

  test('a refused row is pointed out, nothing is lost, and the same lines are the same operation even after a reload', async () => {
    answers['note.add'] = () => refused('bad-request', 'notes.1.at');
    open(Paste, given);
    paste('02:13 one\n02:14 two');
    fireEvent.keyDown(box(), { key: 'Enter', ctrlKey: true });
    await screen.findByText(/^Not recorded\./);
    expect(document.querySelector('.paste-refused')?.textContent).toContain('two');
    cleanup();
    answers['note.add'] = () => said(head({ version: 9 }));
    open(Paste, given);
    expect(box().value).toBe('02:13 one\n02:14 two');
    fireEvent.keyDown(box(), { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(done).toEqual([{ changed: true }]));
    const ids = sent('note.add').map(({ opId }) => opId);
    expect(ids).toEqual([ids[0], ids[0]]);
    cleanup();
    open(Paste, given);
    expect(box().value).toBe('');
  });

  test('more than 500 are not sent', () => {
    open(Paste, given);
    paste(Array.from({ length: 502 }, (_, n) => `02:0${n % 10} line ${n}`).join('\n'));
    expect(screen.getByRole('alert').textContent).toBe('At most 500 at once. Take out 2 more.');
    fireEvent.keyDown(box(), { key: 'Enter', ctrlKey: true });
    expect(invoked).toEqual([]);
  });

  test('Enter that ends a conversion never sends', () => {
    open(Paste, given);
    paste('02:13 x');
    fireEvent.keyDown(box(), { key: 'Enter', ctrlKey: true, keyCode: 229 });
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(invoked).toEqual([]);
  });
});

describe('copying', () => {
  const entries = [entry({ id: 'a', source: 'person', messageKey: null, text: 'raised the pool', by: { accountId: 'acc-bob' } })];
  const given = { ...place, title: '2026-042 Checkout is slow', alerts: [], at: null };
  const shown = (): string => field('The timeline as text').value;

  test('the whole timeline is read, shown as text or Markdown, and put on the clipboard', async () => {
    answers['board.entries'] = () => said({ entries });
    open(CopyTimeline, given);
    await waitFor(() => expect(shown()).toBe('2026-042 Checkout is slow\n\n2026-11-24 02:11:00 +09:00  Bob  raised the pool\n'));
    fireEvent.click(screen.getByRole('radio', { name: 'Markdown' }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await screen.findByText('Copied');
    expect(clipboard.text).toBe('## 2026-042 Checkout is slow\n\n- `2026-11-24 02:11:00 +09:00` **Bob** raised the pool\n');
  });

  test('where the clipboard is closed the text is selected and the keys are named', async () => {
    clipboard.fails = true;
    answers['board.entries'] = () => said({ entries });
    open(CopyTimeline, given);
    await waitFor(() => expect(shown()).toContain('raised the pool'));
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await screen.findByText(/press Ctrl\+C or ⌘C/);
    const box = field('The timeline as text');
    expect([box.selectionStart, box.selectionEnd]).toEqual([0, box.value.length]);
  });

  test('while the past is shown, the past is copied', async () => {
    answers['board.at'] = () => said({ at: T0, incident: head(), alerts: [], hosts: [], deploys: [], entries });
    open(CopyTimeline, { ...given, at: T0 });
    await waitFor(() => expect(shown()).toContain('raised the pool'));
    expect(sent('board.at')).toEqual([{ incidentId: 'i1', pass: 'pass-1', at: T0 }]);
  });
});
