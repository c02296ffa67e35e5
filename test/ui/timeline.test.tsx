import { answers, dialogs, refused, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { EntryView } from '../../src/contract';
import { AccountProvider } from '../../static/ui/src/parts/account';
import { Timeline, type TimelineProps } from '../../static/ui/src/board/Timeline';
import { WordsProvider } from '../../static/ui/src/words';
import { alert, entry, head, MINUTE, show, T0, words } from './samples';

const note = (id: string, minute: number, text: string, part: Partial<EntryView> = {}): EntryView =>
  entry({ id, at: T0 + minute * MINUTE, source: 'person', messageKey: null, text, by: { accountId: 'acc-bob' }, recordedAt: T0 + minute * MINUTE, ...part });
const props = (part: Partial<TimelineProps> = {}): TimelineProps => ({
  head: head(), entries: [note('n1', 5, 'raised the pool'), entry()], older: 0, alerts: [alert()], flaps: [], tickets: [], sought: null, pass: 'pass-1', canEdit: true, writes: part.canEdit ?? true, skew: T0 + 20 * MINUTE - Date.now(), heardAt: T0, at: null,
  accept: () => undefined, refresh: () => undefined, loadOlder: () => Promise.resolve(), rewind: () => undefined, ...part,
});
const drawn = (given: TimelineProps) => (
  <WordsProvider words={words()}>
    <AccountProvider value="acc-alice">
      <Timeline {...given} />
    </AccountProvider>
  </WordsProvider>
);
const timeline = (part: Partial<TimelineProps> = {}) => render(drawn(props(part)));
const rows = (): readonly string[] => [...document.querySelectorAll('.entry-list > li .entry-text')].map((row) => row.textContent ?? '');
const row = (text: string): HTMLElement => screen.getByText(text).closest('article') as HTMLElement;
const press = (text: string, name: string): void => void fireEvent.click(within(row(text)).getByRole('button', { name }));

beforeEach(resetBridge);
afterEach(cleanup);

test('the newest stands first, each with its time to the second, its writer and its place in the list', async () => {
  timeline();
  await screen.findByText('Bob');
  expect(rows()).toEqual(['raised the pool', 'Declared the incident']);
  const items = screen.getAllByRole('listitem').filter((item) => item.hasAttribute('aria-posinset'));
  expect(items.map((item) => [item.getAttribute('aria-posinset'), item.getAttribute('aria-setsize')])).toEqual([['1', '2'], ['2', '2']]);
  expect(screen.getByText('02:16:00').getAttribute('title')).toBe('2026-11-23 17:16:00 UTC');
});

test('people in role entries are named', async () => {
  timeline({ entries: [entry({ messageKey: 'entry.role.handed-over', params: { role: 'commander', from: 'acc-alice', to: 'acc-bob' } })] });
  await screen.findByText('Commander: Alice handed over to Bob');
});

test('what was written later says when, and what was edited says by whom and opens its history', async () => {
  timeline({ entries: [note('n', 1, 'late', { recordedAt: T0 + 3 * MINUTE, edited: { at: T0 + 9 * MINUTE, by: { accountId: 'acc-alice' } }, link: 'https://g.example/d' }), note('m', 2, 'at once', { recordedAt: T0 + 3 * MINUTE })] });
  expect(within(row('late')).getByText('added 02:14')).toBeTruthy();
  expect(within(row('at once')).queryByText(/^added/)).toBeNull();
  expect(within(row('late')).getByRole('link', { name: 'Evidence: g.example' }).getAttribute('href')).toBe('https://g.example/d');
  fireEvent.click(await screen.findByRole('button', { name: 'Edited 02:20 by Alice. Show the history' }));
  await waitFor(() => expect(dialogs.opened.map(({ name, given }) => [name, given['entryId']])).toEqual([['note-history', 'n']]));
});

test('evidence that leads anywhere but to the web is no link', () => {
  timeline({ entries: [note('n', 1, 'see', { link: 'javascript:alert(1)' }), note('m', 2, 'ok', { link: 'https://g.example' })] });
  expect(within(row('see')).queryByRole('link')).toBeNull();
  expect(within(row('ok')).getByRole('link')).toBeTruthy();
});

test('filter, search and “hide automatic” choose rows; an empty choice can be undone', async () => {
  timeline({ entries: [note('n1', 5, 'raised the pool'), entry(), entry({ id: 'd', source: 'deploy', by: null, messageKey: 'entry.deploy', params: { title: '#4711' }, at: T0 - MINUTE })] });
  fireEvent.change(screen.getByRole('combobox', { name: 'Show' }), { target: { value: 'deploy' } });
  expect(rows()).toEqual(['#4711']);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Hide automatic' }));
  expect(screen.getByText(/Nothing matches/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Show everything' }));
  expect(rows()).toHaveLength(3);
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'POOL' } });
  await waitFor(() => expect(rows()).toEqual(['raised the pool']));
});

test('a search finds people by name, also those whose rows were never on screen', async () => {
  const rest = Array.from({ length: 80 }, (_, n) => entry({ id: `d${n}`, at: T0 + n, source: 'deploy', by: null, messageKey: 'entry.deploy', params: { title: `#${n}` } }));
  timeline({ entries: [...rest, note('n1', -5, 'raised the pool', { by: { accountId: 'acc-alice' } })] });
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'alice' } });
  await waitFor(() => expect(rows()).toEqual(['raised the pool']));
});

test('how a viewer looks at it is remembered for this viewer', () => {
  timeline();
  fireEvent.change(screen.getByRole('combobox', { name: 'Show' }), { target: { value: 'person' } });
  fireEvent.change(screen.getByRole('combobox', { name: 'Times in' }), { target: { value: 'UTC' } });
  cleanup();
  timeline();
  expect(rows()).toEqual(['raised the pool']);
  expect(screen.getByText('17:16:00')).toBeTruthy();
  cleanup();
  show(<Timeline {...props()} />);
  expect(rows()).toHaveLength(2);
});

test('who may only read finds no control that changes anything', () => {
  timeline({ canEdit: false });
  expect(screen.queryByRole('button', { name: /Edit|Pin|Delete|Paste|Record/ })).toBeNull();
  expect(screen.getByRole('button', { name: 'Copy' })).toBeTruthy();
});

test('a pin shows at once as pending, above everything; a refusal takes it back and says why', async () => {
  let refuse: (answer: unknown) => void = () => undefined;
  answers['entry.pin'] = () => new Promise((resolve) => (refuse = resolve));
  timeline();
  press('raised the pool', 'Pin');
  const pinned = await screen.findByRole('region', { name: 'Pinned' });
  expect(within(pinned).getByText('raised the pool')).toBeTruthy();
  expect(document.querySelectorAll('.entry.pending')).toHaveLength(1);
  await waitFor(() => expect(sent('entry.pin')).toMatchObject([{ incidentId: 'i1', entryId: 'n1', pinned: true }]));
  await act(async () => refuse(refused('forbidden')));
  await screen.findByText(/^Not changed\. You may read this/);
  expect(screen.queryByRole('region', { name: 'Pinned' })).toBeNull();
});

test('a deleted note stays in its place, struck out, until it is brought back', async () => {
  answers['note.remove'] = () => said(head({ version: 8 }));
  const { rerender } = timeline();
  within(row('raised the pool')).getByRole('button', { name: 'Delete' }).focus();
  press('raised the pool', 'Delete');
  const undo = await screen.findByRole('button', { name: 'Undo' });
  expect(document.activeElement).toBe(undo);
  await waitFor(() => expect(undo.getAttribute('aria-disabled')).toBeNull());
  rerender(drawn(props({ entries: [note('n1', 5, 'raised the pool', { removed: true, v: 8 }), entry()] })));
  expect(row('raised the pool').className).toContain('entry-removed');
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(document.activeElement).toBe(document.querySelector('.timeline-box'));
  await waitFor(() => expect(sent('note.remove').map(({ entryId, removed }) => [entryId, removed])).toEqual([['n1', true], ['n1', false]]));
  rerender(drawn(props({ entries: [note('n1', 5, 'raised the pool', { v: 9 }), entry()] })));
  await waitFor(() => expect(row('raised the pool').className).toContain('entry-person'));
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});

test('editing hands the dialog the note with the version it is edited from', async () => {
  timeline({ entries: [note('n1', 5, 'raised the pool', { v: 6, link: 'https://g.example/d' })] });
  press('raised the pool', 'Edit');
  await waitFor(() => expect(dialogs.opened).toHaveLength(1));
  expect(dialogs.opened[0]).toMatchObject({ name: 'note', title: 'Edit note', given: { incidentId: 'i1', pass: 'pass-1', entryId: 'n1', base: 6, text: 'raised the pool', at: T0 + 5 * MINUTE, link: 'https://g.example/d', zone: 'Asia/Tokyo' } });
});

test('a dialog that cannot be opened says so', async () => {
  dialogs.fails = true;
  timeline();
  fireEvent.click(screen.getByRole('button', { name: 'Paste' }));
  await screen.findByText('Something went wrong on our side. Try again; nothing you typed was lost.');
});

test('while the past is shown nothing can be changed, and what was being written waits', async () => {
  const { rerender } = timeline();
  const text = await screen.findByRole('textbox', { name: 'What happened, what was done?' });
  fireEvent.change(text, { target: { value: 'half a sent' } });
  rerender(drawn(props({ at: T0 + MINUTE })));
  expect(screen.queryByRole('button', { name: /Edit|Pin|Delete|Paste|Record/ })).toBeNull();
  expect(text.closest('[hidden]')).not.toBeNull();
  rerender(drawn(props()));
  expect(text.closest('[hidden]')).toBeNull();
  expect((text as HTMLTextAreaElement).value).toBe('half a sent');
});

describe('what comes in', () => {
  const news = (id: string, text: string): EntryView => note(id, 10, text, { v: 8 });
  /** Puts the reader somewhere down the list. */
  const scrolled = (to: number): HTMLElement => {
    const box = document.querySelector('.timeline-box') as HTMLElement;
    box.scrollTop = to;
    fireEvent.scroll(box);
    return box;
  };

  test('slides in for a reader at the top and is read out', async () => {
    const { rerender } = timeline();
    rerender(drawn(props({ entries: [...props().entries, news('n2', 'rolled back')] })));
    expect(document.querySelectorAll('.item-fresh')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: /new/ })).toBeNull();
    expect(screen.getByText('New entry: rolled back').getAttribute('aria-live')).toBe('polite');
  });

  test('waits behind a pill for a reader further down, who is not moved', () => {
    const { rerender } = timeline();
    const box = scrolled(120);
    rerender(drawn(props({ entries: [...props().entries, news('n2', 'rolled back'), news('n3', 'checking')] })));
    const pill = screen.getByRole('button', { name: '2 new ↑' });
    expect(document.querySelectorAll('.item-fresh')).toHaveLength(0);
    box.scrollTo = (() => scrolled(0)) as never;
    fireEvent.click(pill);
    expect(screen.queryByRole('button', { name: /new/ })).toBeNull();
  });

  test('is not read out more than once in five seconds', () => {
    jest.useFakeTimers();
    try {
      const { rerender } = timeline();
      const first = [...props().entries, note('n2', 10, 'one', { v: 8 })];
      rerender(drawn(props({ entries: first })));
      rerender(drawn(props({ entries: [...first, note('n3', 11, 'two', { v: 9 })] })));
      rerender(drawn(props({ entries: [...first, note('n3', 11, 'two', { v: 9 }), note('n4', 12, 'three', { v: 10 })] })));
      expect(screen.getByText('New entry: one')).toBeTruthy();
      act(() => void jest.advanceTimersByTime(5_000));
      expect(screen.getByText('2 new entries, the latest: three')).toBeTruthy();
    } finally {
      jest.useRealTimers();
    }
  });

  test('older entries that are read later are no news', async () => {
    let load: () => void = () => undefined;
    const { rerender } = timeline({ older: 2, loadOlder: () => new Promise((resolve) => (load = resolve)) });
    scrolled(120);
    fireEvent.click(screen.getByRole('button', { name: '2 older entries' }));
    rerender(drawn(props({ entries: [...props().entries, note('o1', -9, 'before', { v: 5 }), note('o2', -10, 'long before', { v: 6 })] })));
    await act(async () => load());
    expect(rows()).toHaveLength(4);
    expect(screen.queryByRole('button', { name: /new|older/ })).toBeNull();
  });
});

test('older entries that cannot be read are asked for again by hand', async () => {
  let tries = 0;
  timeline({ older: 3, loadOlder: () => ((tries += 1), Promise.reject(new Error('no'))) });
  fireEvent.click(screen.getByRole('button', { name: '3 older entries' }));
  await screen.findByText('The older entries could not be read.');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(tries).toBe(2));
});

test('of a thousand rows only those in view are in the document, with their place in the whole list', async () => {
  // jsdom lays nothing out: the box is given a height, every row another.
  const sizes = [jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400), jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(38)];
  Object.assign(globalThis, { ResizeObserver: class { observe(): void {} unobserve(): void {} disconnect(): void {} } });
  timeline({ entries: Array.from({ length: 1000 }, (_, n) => note(`n${n}`, -n, `note ${n}`)), older: 5 });
  await waitFor(() => expect(document.querySelector('.entry-list-virtual > li')).not.toBeNull());
  const items = [...document.querySelectorAll('.entry-list-virtual > li')];
  expect(items.length).toBeGreaterThan(0);
  expect(items.length).toBeLessThan(40);
  expect([items[0]?.getAttribute('aria-posinset'), items[0]?.getAttribute('aria-setsize')]).toEqual(['1', '1005']);
  for (const size of sizes) size.mockRestore();
});
