import './bridge';
import type { BoardDelta, BoardView, EntryView } from '../../src/contract';
import { NoAnswer, Refused } from '../../static/ui/src/api';
import { startSession, type Asking, type BoardSource } from '../../static/ui/src/board/session';
import { alert, board, delta, entry, head, MINUTE, T0 } from './samples';

interface Host {
  load: () => Promise<BoardView>;
  changes: (since: number) => Promise<BoardDelta>;
  visible: boolean;
  online: boolean;
  key: string | null;
  entries: () => Promise<readonly EntryView[]>;
  listens: 'ok' | 'fails' | 'refused';
  hear: ((version: number) => void) | null;
  readonly asked: string[];
  readonly asking: Asking[];
}
function host(part: Partial<Host> = {}): Host & { source: BoardSource } {
  const it: Host = { load: () => Promise.resolve(board()), changes: () => Promise.resolve(delta()), visible: true, online: true, key: null, entries: () => Promise.resolve([]), listens: 'ok', hear: null, asked: [], asking: [], ...part };
  const source: BoardSource = {
    load: () => (it.asked.push('load'), it.load()),
    changes: (_id, asking) => {
      it.asked.push(`changes ${asking.since}`);
      it.asking.push(asking);
      return it.changes(asking.since);
    },
    viewingKey: () => Promise.resolve(it.key),
    entries: () => (it.asked.push('entries'), it.entries()),
    online: () => it.online,
    listen: (_channel, _token, heard, lost) => {
      it.asked.push('listen');
      if (it.listens === 'fails') return Promise.reject(new Error('no channel'));
      if (it.listens === 'refused') lost();
      it.hear = heard;
      return Promise.resolve({ close: () => undefined });
    },
    visible: () => it.visible,
  };
  return Object.assign(it, { source });
}
const never = (): Promise<never> => new Promise(() => undefined);
const channel = { name: 'c', token: 't', expiresAt: T0 + 24 * MINUTE + 15 * MINUTE };
const quiet = { channel, alerts: [alert({ open: false, status: 'OK', closedAt: T0 + 9 })] };
const no = (code: 'not-found' | 'not-configured' | 'no-incident' | 'internal'): Promise<never> =>
  Promise.reject(new Refused({ code, messageKey: `error.${code}`, params: {}, field: null, retryAfterMs: null }));

beforeEach(() => jest.useFakeTimers({ now: T0 + 24 * MINUTE }));
afterEach(() => jest.useRealTimers());

test('after the load it asks for changes at once: the load does not wait for Mackerel', async () => {
  const it = host();
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  expect(it.asked).toEqual(['load', 'changes 7']);
  expect(session.state().kind).toBe('shown');
  session.stop();
});

test('without an answer it says within three seconds since when, and shows the board once it comes', async () => {
  let answer: (view: BoardView) => void = () => undefined;
  const it = host({ load: () => new Promise((resolve) => (answer = resolve)) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(2_900);
  expect(session.state()).toEqual({ kind: 'silent', since: T0 + 24 * MINUTE, error: null });
  answer(board());
  await jest.advanceTimersByTimeAsync(10);
  expect(session.state().kind).toBe('shown');
  session.stop();
});

test('a function that fails is asked again, ever more slowly', async () => {
  const it = host({ load: () => Promise.reject(new NoAnswer()) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(2_000);
  const early = it.asked.length;
  await jest.advanceTimersByTimeAsync(60_000);
  expect([early, session.state().kind]).toEqual([2, 'silent']);
  expect(it.asked.length).toBeGreaterThan(5);
  expect(it.asked.length).toBeLessThan(10);
  it.load = () => Promise.resolve(board());
  await jest.advanceTimersByTimeAsync(20_000);
  expect(session.state().kind).toBe('shown');
  session.stop();
});

test('a call that never ends is given up and repeated', async () => {
  const it = host({ load: never });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(15_000);
  expect(it.asked.length).toBe(2);
  session.stop();
});

test('the data stays, with the time since when it is old, and the words go when it is fresh again', async () => {
  const it = host();
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  it.changes = () => Promise.reject(new NoAnswer());
  await jest.advanceTimersByTimeAsync(16_000);
  const state = session.state();
  expect(state.kind === 'shown' && state.silentSince).toBe(T0 + 24 * MINUTE);
  it.changes = () => Promise.resolve(delta());
  await jest.advanceTimersByTimeAsync(19_000); // the longest wait between two tries, with its spread
  const after = session.state();
  expect(after.kind === 'shown' && after.silentSince).toBeNull();
  session.stop();
});

test.each([['not-found', 'gone'], ['not-configured', 'unconfigured'], ['internal', 'silent']] as const)('%s ends in the state %s', async (code, kind) => {
  const it = host({ load: () => no(code) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  expect(session.state().kind).toBe(kind);
  session.stop();
});

test('access that is taken away hides the board', async () => {
  const it = host();
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  it.changes = () => no('not-found');
  await jest.advanceTimersByTimeAsync(16_000);
  expect(session.state()).toEqual({ kind: 'gone' });
  session.stop();
});

test('an announced version is fetched within a second; old and absurd ones are not', async () => {
  const it = host({ load: () => Promise.resolve(board(quiet)) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  expect(it.asked).toEqual(['load', 'listen', 'changes 7']);
  it.hear?.(7);
  it.hear?.(9_999_999);
  await jest.advanceTimersByTimeAsync(1_100);
  expect(it.asked).toHaveLength(3);
  it.changes = () => Promise.resolve(delta({ incident: head({ version: 8 }) }));
  it.hear?.(8);
  await jest.advanceTimersByTimeAsync(1_100);
  expect(it.asked.slice(3)).toEqual(['changes 7']);
  session.stop();
});

test('polling: 25 s with the live channel and nothing firing, 15 s without it or while something fires', async () => {
  const count = async (it: ReturnType<typeof host>): Promise<number> => {
    const session = startSession(it.source);
    await jest.advanceTimersByTimeAsync(10);
    const before = it.asked.length;
    await jest.advanceTimersByTimeAsync(61_000);
    session.stop();
    return it.asked.length - before;
  };
  expect(await count(host({ load: () => Promise.resolve(board(quiet)) }))).toBe(2);
  expect(await count(host({ load: () => Promise.resolve(board(quiet)), listens: 'fails' }))).toBeGreaterThanOrEqual(4);
  expect(await count(host({ load: () => Promise.resolve(board({ channel })) }))).toBe(4);
});

test('a channel that is up but announces nothing is not relied on', async () => {
  const it = host({ load: () => Promise.resolve(board(quiet)) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  it.changes = () => Promise.resolve(delta({ incident: head({ version: 8 }) }));
  await jest.advanceTimersByTimeAsync(61_000);
  const before = it.asked.length;
  await jest.advanceTimersByTimeAsync(31_000);
  expect(it.asked.length - before).toBe(2);
  session.stop();
});

test('the channel’s token is renewed by a delta before it expires', async () => {
  const it = host({ load: () => Promise.resolve(board(quiet)) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  it.changes = () => Promise.resolve(delta({ channel: it.asking.at(-1)?.channel === true ? { ...channel, token: 't2' } : null }));
  await jest.advanceTimersByTimeAsync(14.5 * MINUTE);
  expect(it.asked.filter((call) => call === 'listen')).toHaveLength(2);
  expect(it.asked.filter((call) => call === 'load')).toHaveLength(1);
  session.stop();
});

test.each([
  ['signed', { load: () => Promise.resolve(board({ ...quiet, channel: null })) }],
  ['opened', { load: () => Promise.resolve(board(quiet)), listens: 'fails' }],
] as const)('a channel that could not be %s is tried again with the polls, until it is there', async (_what, part) => {
  const it = host(part);
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  const tries = it.asked.filter((call) => call === 'listen').length;
  await jest.advanceTimersByTimeAsync(31_000);
  expect(it.asking.filter((asking) => asking.channel === true)).toHaveLength(2);
  it.listens = 'ok';
  it.changes = () => Promise.resolve(delta({ channel: it.asking.at(-1)?.channel === true ? channel : null }));
  await jest.advanceTimersByTimeAsync(15_000);
  expect(it.asked.filter((call) => call === 'listen')).toHaveLength(tries + 1);
  const settled = it.asked.length;
  await jest.advanceTimersByTimeAsync(46_000);
  expect(it.asked.length - settled).toBeLessThanOrEqual(2);
  session.stop();
});

test('a channel the platform refuses while it is opened counts as none, and is asked for again within seconds', async () => {
  const it = host({ load: () => Promise.resolve(board(quiet)), listens: 'refused' });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  expect(it.asked.filter((call) => call === 'listen')).toHaveLength(1);
  it.listens = 'ok';
  it.changes = () => Promise.resolve(delta({ channel: it.asking.at(-1)?.channel === true ? channel : null }));
  await jest.advanceTimersByTimeAsync(4_600);
  expect(it.asked.filter((call) => call === 'listen')).toHaveLength(2);
  const settled = it.asked.length;
  await jest.advanceTimersByTimeAsync(20_000);
  expect(it.asked.length - settled).toBe(0);
  session.stop();
});

test('a pass that runs out is renewed with the page’s viewing key', async () => {
  const it = host({ load: () => Promise.resolve(board({ ...quiet, passExpiresAt: T0 + 24 * MINUTE + 60_000 })), key: 'k1' });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  expect(it.asking[0]).toEqual({ since: 7, pass: 'pass-1', atLeast: 7 });
  it.changes = () => Promise.resolve(delta({ pass: 'pass-1', passExpiresAt: T0 + 24 * MINUTE + 60_000 }));
  await jest.advanceTimersByTimeAsync(121_000);
  expect(it.asking.at(-1)).toMatchObject({ viewing: 'k1' });
  session.stop();
});

test('an answer never shows less than what was announced', async () => {
  const it = host({ load: () => Promise.resolve(board(quiet)) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  it.hear?.(9);
  await jest.advanceTimersByTimeAsync(1_100);
  expect(it.asking.at(-1)).toEqual({ since: 7, pass: 'pass-2', atLeast: 9 });
  session.stop();
});

test('without a network it says so, and catches up the moment it is back', async () => {
  const it = host();
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  it.online = false;
  it.changes = () => Promise.reject(new NoAnswer());
  session.refresh();
  const away = session.state();
  expect(away.kind === 'shown' && [away.offline, away.silentSince]).toEqual([true, T0 + 24 * MINUTE]);
  await jest.advanceTimersByTimeAsync(5 * MINUTE);
  it.online = true;
  it.changes = () => Promise.resolve(delta({ incident: head({ version: 8, severity: 'sev2' }) }));
  session.refresh();
  await jest.advanceTimersByTimeAsync(10);
  const back = session.state();
  expect(back.kind === 'shown' && [back.offline, back.silentSince, back.board.incident.severity]).toEqual([false, null, 'sev2']);
  session.stop();
});

test('older entries come once, without what was removed meanwhile', async () => {
  let answer: (entries: readonly EntryView[]) => void = () => undefined;
  const it = host({ load: () => Promise.resolve(board({ olderEntries: 2 })), entries: () => new Promise((resolve) => (answer = resolve)) });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  const both = Promise.all([session.loadOlder(), session.loadOlder()]);
  it.changes = () => Promise.resolve(delta({ incident: head({ version: 8 }), entries: [entry({ id: 'old-1', removed: true, v: 8 })] }));
  session.refresh();
  await jest.advanceTimersByTimeAsync(10);
  answer([entry({ id: 'e1' }), entry({ id: 'old-1', v: 2 }), entry({ id: 'old-2', v: 2 })]);
  await both;
  const state = session.state();
  expect(state.kind === 'shown' && [state.board.entries.map(({ id }) => id), state.board.olderEntries]).toEqual([['e1', 'old-2'], 0]);
  expect(it.asked.filter((call) => call === 'entries')).toHaveLength(1);
  session.stop();
});

test('a page without an incident is a state of its own, looked at again each minute', async () => {
  const it = host({ load: () => no('no-incident') });
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  expect(session.state()).toEqual({ kind: 'no-incident' });
  it.load = () => Promise.resolve(board());
  await jest.advanceTimersByTimeAsync(61_000);
  expect(session.state().kind).toBe('shown');
  session.stop();
});

test('a hidden tab asks nothing and catches up when it is looked at', async () => {
  const it = host();
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  it.visible = false;
  session.refresh();
  const before = it.asked.length;
  await jest.advanceTimersByTimeAsync(5 * MINUTE);
  expect(it.asked).toHaveLength(before);
  it.visible = true;
  session.refresh();
  await jest.advanceTimersByTimeAsync(10);
  expect(it.asked.length).toBe(before + 1);
  session.stop();
});

test('the answer to a press shows at once, and its entry is still fetched', async () => {
  const it = host();
  const session = startSession(it.source);
  await jest.advanceTimersByTimeAsync(10);
  session.accept(head({ version: 8, severity: 'sev3' }));
  const state = session.state();
  expect(state.kind === 'shown' && state.board.incident.severity).toBe('sev3');
  await jest.advanceTimersByTimeAsync(10);
  expect(it.asked.at(-1)).toBe('changes 7');
  session.stop();
});
