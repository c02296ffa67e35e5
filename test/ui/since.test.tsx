import { resetBridge } from './bridge';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { BoardView } from '../../src/contract';
import { parseSeen, seenOf, sinceLeft } from '../../static/ui/src/board/since';
import { SinceYouLeft } from '../../static/ui/src/board/SinceYouLeft';
import { AccountProvider } from '../../static/ui/src/parts/account';
import { WordsProvider } from '../../static/ui/src/words';
import { alert, board, entry, head, MINUTE, role, T0, words } from './samples';

const NOW = T0 + 24 * MINUTE;
const line = (text: string) => ({ text, by: { accountId: 'acc-bob' }, at: T0, v: 9 });
const note = (id: string, who: string, minute: number) => entry({ id, source: 'person', messageKey: null, text: id, by: { accountId: who }, recordedAt: T0 + minute * MINUTE, v: 9 });
const before = board({ incident: head({ version: 7 }) });
const then = seenOf(before, T0 + 5 * MINUTE);
const after = (part: Partial<BoardView> = {}): BoardView =>
  board({
    incident: head({ version: 12, status: 'mitigated', severity: 'sev2', roles: [role({ person: { accountId: 'acc-bob' } }), role({ id: 'x:DB', name: 'DB', person: { accountId: 'acc-alice' } })], situation: line('rolled back') }),
    alerts: [alert({ v: 3 }), alert({ id: 'a2', monitorName: 'db', host: null, openedAt: T0 + 9 * MINUTE, closedAt: T0 + 12 * MINUTE, open: false, v: 11 }), alert({ id: 'a3', openedAt: T0 + 8 * MINUTE, linked: false, v: 12 })],
    entries: [note('old', 'acc-bob', 1), note('theirs', 'acc-bob', 9), note('mine', 'acc-alice', 10)], now: NOW, ...part,
  });

test('all that changed fits five lines; my own notes and what was there before are no news', () => {
  expect(sinceLeft(then, after(), 'acc-alice')).toEqual([
    { kind: 'state', status: { from: 'investigating', to: 'mitigated' }, severity: { from: 'sev1', to: 'sev2' } },
    { kind: 'alerts', opened: ['db'], recovered: ['db'] },
    { kind: 'roles', roles: [{ id: 'commander', name: null, person: 'acc-bob' }, { id: 'x:DB', name: 'DB', person: 'acc-alice' }] },
    { kind: 'situation', text: 'rolled back', by: 'acc-bob' },
    { kind: 'notes', count: 1, people: ['acc-bob'] },
  ]);
});
test('nothing changed: nothing is told', () => {
  expect(sinceLeft(then, before, null)).toEqual([]);
  expect(sinceLeft(seenOf(after(), NOW), after(), null)).toEqual([]);
});
test('a role laid down and a situation cleared are told', () => {
  const had = seenOf(board({ incident: head({ version: 7, roles: [role({ person: { accountId: 'acc-bob' } })], situation: line('x') }) }), T0);
  expect(sinceLeft(had, board({ incident: head({ version: 8 }) }), null)).toEqual([{ kind: 'roles', roles: [{ id: 'commander', name: null, person: null }] }, { kind: 'situation', text: '', by: null }]);
});
test('what was seen survives being kept; anything else is as if nothing was', () => {
  expect(parseSeen(JSON.parse(JSON.stringify(then)))).toEqual(then);
  expect([parseSeen(null), parseSeen('x'), parseSeen({ ...then, at: 'x' }), parseSeen({ ...then, roles: null })]).toEqual([null, null, null, null]);
  expect(parseSeen({ ...then, roles: { commander: 3, scribe: 'acc-bob' } })?.roles).toEqual({ scribe: 'acc-bob' });
});

describe('for whoever comes back', () => {
  let visible = true;
  const drawn = (shown: BoardView) => (
    <WordsProvider words={words()}>
      <AccountProvider value="acc-alice">
        <SinceYouLeft board={shown} skew={0} />
      </AccountProvider>
    </WordsProvider>
  );
  const look = (now: boolean): void => {
    visible = now;
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
  };
  const lines = (): readonly string[] => [...document.querySelectorAll('.since li')].map((item) => item.textContent ?? '');
  const kept = (at: number): void => localStorage.setItem('seen:i1:acc-alice', JSON.stringify({ ...then, at }));

  beforeEach(() => {
    resetBridge();
    visible = true;
    jest.useFakeTimers({ now: NOW });
    jest.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (visible ? 'visible' : 'hidden'));
  });
  afterEach(() => {
    cleanup();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  test('a board opened again after five minutes says what changed, by name, until it is dismissed', async () => {
    kept(T0 + 5 * MINUTE);
    render(drawn(after()));
    await act(async () => jest.advanceTimersByTimeAsync(100));
    expect(screen.getByRole('heading', { name: 'Since you left at 02:16:00' })).toBeTruthy();
    expect(lines()).toEqual(['Status is now Mitigated · Severity is now SEV2', '1 alert fired: db · 1 recovered: db', 'Commander: Bob · DB: Alice', 'Current situation: rolled back', '1 new note']);
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(lines()).toEqual([]);
    cleanup();
    render(drawn(after()));
    expect(lines()).toEqual([]);
  });

  test('who was away for less is told nothing', () => {
    kept(NOW - 4 * MINUTE);
    render(drawn(after()));
    expect(lines()).toEqual([]);
  });

  test('a first visit is told nothing', () => {
    render(drawn(after()));
    expect(lines()).toEqual([]);
    expect(JSON.parse(localStorage.getItem('seen:i1:acc-alice') ?? 'null')).toMatchObject({ at: NOW, version: 12, status: 'mitigated' });
  });

  test('a tab looked at again waits for a fresh answer before it tells', () => {
    const { rerender } = render(drawn({ ...before, now: NOW }));
    look(false);
    jest.setSystemTime(NOW + 6 * MINUTE);
    look(true);
    expect(lines()).toEqual([]);
    rerender(drawn(after({ now: NOW + 6 * MINUTE + 500 })));
    expect(lines()).toContain('Current situation: rolled back');
  });

  test('what changes while somebody watches is no news to them', () => {
    const { rerender } = render(drawn({ ...before, now: NOW }));
    rerender(drawn(after()));
    act(() => void jest.advanceTimersByTime(20_000));
    look(false);
    jest.setSystemTime(NOW + 6 * MINUTE);
    look(true);
    rerender(drawn(after({ now: NOW + 7 * MINUTE })));
    expect(lines()).toEqual([]);
  });
});
