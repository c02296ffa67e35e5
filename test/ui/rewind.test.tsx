import { answers, clipboard, refused, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { PastView } from '../../src/contract';
import { momentOfPath, urlAt } from '../../static/ui/src/board/rewind/link';
import { boardAt, createRewind, stepFrom, ticksOf } from '../../static/ui/src/board/rewind/rewind';
import RewindBar from '../../static/ui/src/board/rewind/RewindBar';
import { useRewind } from '../../static/ui/src/board/rewind/use-rewind';
import { Home } from '../../static/ui/src/home/Home';
import { WordsProvider } from '../../static/ui/src/words';
import { alert, board, delta, entry, head, MINUTE, T0, words } from './samples';

const past = (at: number, part: Partial<PastView> = {}): PastView => ({ at, incident: head({ severity: 'sev3' }), alerts: [], flaps: [], hosts: [], deploys: [], entries: [], tickets: [], ...part });

describe('the past', () => {
  /** Questions asked of the app, each answered when the test wants. */
  const asked = (now = T0 + 60 * MINUTE) => {
    const questions: { at: number; answer: (past: PastView) => void; fail: (error: Error) => void }[] = [];
    const store = createRewind((at) => new Promise((answer, fail) => questions.push({ at, answer, fail })), () => now);
    return { store, questions };
  };
  const settled = async (): Promise<void> => {
    await Promise.resolve();
    await Promise.resolve();
  };
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('an answer to an older question is dropped, however late it comes', async () => {
    const { store, questions } = asked();
    store.go(T0 + 1);
    jest.advanceTimersByTime(200);
    store.go(T0 + 2);
    jest.advanceTimersByTime(200);
    questions[1]?.answer(past(T0 + 2));
    await settled();
    questions[0]?.answer(past(T0 + 1));
    await settled();
    expect(store.state()).toMatchObject({ at: T0 + 2, past: { at: T0 + 2 }, waiting: false });
  });

  test('after going back to now no answer brings the past again', async () => {
    const { store, questions } = asked();
    store.go(T0 + 1);
    jest.advanceTimersByTime(200);
    store.close();
    questions[0]?.answer(past(T0 + 1));
    await settled();
    expect(store.state()).toEqual({ open: false, at: null, past: null, waiting: false, error: null });
  });

  test('while the slider moves only where it rests is asked for', async () => {
    const { store, questions } = asked();
    store.go(T0);
    jest.advanceTimersByTime(0);
    questions[0]?.answer(past(T0));
    await settled();
    for (let step = 1; step <= 20; step += 1) {
      store.go(T0 + step * 1_000);
      jest.advanceTimersByTime(50);
    }
    jest.advanceTimersByTime(200);
    expect(questions.map(({ at }) => at - T0)).toEqual([0, 20_000]);
  });

  test('a moment that was read is not asked for again, the youngest past is', async () => {
    const { store, questions } = asked(T0 + 20_000);
    for (const at of [T0, T0 + 15_000, T0, T0 + 15_000]) {
      store.go(at);
      jest.advanceTimersByTime(200);
      questions.at(-1)?.answer(past(questions.at(-1)?.at ?? 0));
      await settled();
      expect(store.state().past?.at).toBe(at);
    }
    expect(questions.map(({ at }) => at - T0)).toEqual([0, 15_000, 15_000]);
  });

  test('what cannot be read leaves the last past and says so', async () => {
    const { store, questions } = asked();
    store.go(T0);
    jest.advanceTimersByTime(0);
    questions[0]?.answer(past(T0));
    await settled();
    store.go(T0 + 5);
    jest.advanceTimersByTime(200);
    questions[1]?.fail(new Error('no'));
    await settled();
    expect(store.state()).toMatchObject({ at: T0 + 5, past: { at: T0 }, waiting: false, error: new Error('no') });
  });
});

test('the whole board shows the past, and nothing of it can be changed', () => {
  const now = board();
  expect(boardAt(now, { at: null, past: null })).toBe(now);
  expect(boardAt(now, { at: T0, past: null })).toEqual({ ...now, can: { edit: false, mackerel: false } });
  const then = boardAt(now, { at: T0, past: past(T0, { alerts: [alert({ id: 'then' })], entries: [entry({ id: 'then' })] }) });
  expect([then.incident.severity, then.alerts.map(({ id }) => id), then.entries.map(({ id }) => id), then.hosts, then.olderEntries, then.can]).toEqual(['sev3', ['then'], ['then'], [], 0, { edit: false, mackerel: false }]);
});

test('ticks are the moments at which something was recorded, once each', () => {
  const at = (recordedAt: number) => entry({ id: `${recordedAt}`, recordedAt });
  const ticks = ticksOf([at(30), at(10), at(30), at(5), at(99)], 8, 40);
  expect(ticks).toEqual([10, 30]);
  expect([stepFrom(10, 1, ticks, 8, 40), stepFrom(30, 1, ticks, 8, 40), stepFrom(30, -1, ticks, 8, 40), stepFrom(10, -1, ticks, 8, 40), stepFrom(20, -1, ticks, 8, 40)]).toEqual([30, 40, 10, 8, 10]);
});

test.each([
  ['/board/i1?at=1795454260000', 1795454260000], ['board/i1?x=1&at=1795454260000#y', 1795454260000], ['/board/i1', null], ['/board/i1?at=soon', null], ['/board/i1?at=1', null], ['/board/i1?at=1795454260000000', null], ['/board/i1?cat=1795454260000', null],
])('the path %s asks for %j', (path, at) => {
  expect(momentOfPath(path)).toBe(at);
});
test('a link to a moment can be followed back', () => {
  const link = urlAt('https://site.example.com/wiki/apps/incidents/board/i%2F1', T0);
  expect(link).toBe(`https://site.example.com/wiki/apps/incidents/board/i%2F1?at=${T0}`);
  expect(momentOfPath(new URL(link).pathname + new URL(link).search)).toBe(T0);
});

test('a link of the Incidents page opens the board at its moment', async () => {
  resetBridge();
  answers['board.load'] = () => said(board());
  answers['board.changes'] = () => said(delta());
  answers['board.at'] = ({ at }: { at: number }) => said(past(at, { incident: head({ title: 'As it was' }) }));
  const route = { path: () => `/board/i1?at=${T0 + 5 * MINUTE}`, go: () => undefined, listen: () => undefined };
  render(
    <WordsProvider words={words()}>
      <Home openRoute={async () => route} />
    </WordsProvider>,
  );
  await screen.findByRole('heading', { level: 1, name: 'As it was' });
  expect(sent('board.at')).toMatchObject([{ incidentId: 'i1', at: T0 + 5 * MINUTE }]);
  expect(screen.queryByRole('button', { name: "I'm on it" })).toBeNull();
  fireEvent.click(await screen.findByRole('button', { name: 'Back to now' }));
  await screen.findByRole('heading', { level: 1, name: 'Checkout is slow' });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Rewind' }));
  expect(screen.getByRole('button', { name: "I'm on it" })).toBeTruthy();
  cleanup();
});

describe('the slider', () => {
  function Bar(props: { readonly startAt: number | null }) {
    const rewind = useRewind('i1', 'pass-1', 0, props.startAt);
    const entries = [2, 5, 9].map((minute) => entry({ id: `e${minute}`, recordedAt: T0 + minute * MINUTE }));
    return (
      <>
        <button type="button" onClick={rewind.store.open}>
          open
        </button>
        <p>{rewind.past === null ? 'now' : rewind.past.incident.title}</p>
        {rewind.open && <RewindBar rewind={rewind} head={head({ resolvedAt: T0 + 20 * MINUTE })} entries={entries} older={0} loadOlder={() => Promise.resolve()} skew={0} />}
      </>
    );
  }
  const bar = (startAt: number | null = null) =>
    render(
      <WordsProvider words={words()}>
        <Bar startAt={startAt} />
      </WordsProvider>,
    );
  const slider = (): HTMLInputElement => screen.getByRole('slider', { name: 'Time looked back to' });
  const key = (name: string): void => void fireEvent.keyDown(slider(), { key: name });
  const where = (): string | null => slider().getAttribute('aria-valuetext');

  beforeEach(() => {
    resetBridge();
    answers['board.at'] = ({ at }: { at: number }) => said(past(at, { incident: head({ title: `at ${(at - T0) / MINUTE}` }) }));
  });
  afterEach(cleanup);

  test('opens at now and takes the focus; arrow keys go from event to event, Home and End to the ends', async () => {
    bar();
    fireEvent.click(screen.getByRole('button', { name: 'open' }));
    expect([document.activeElement, where(), screen.getByText('now').textContent]).toEqual([slider(), 'Now', 'now']);
    for (const [name, minute, said] of [['ArrowLeft', 9, '02:20'], ['ArrowLeft', 5, '02:16'], ['ArrowRight', 9, '02:20'], ['Home', 0, '02:11'], ['End', 20, '02:31']] as const) {
      key(name);
      expect(where()).toContain(said);
      await screen.findByText(`at ${minute}`);
    }
    expect(document.querySelectorAll('.rewind-ticks span')).toHaveLength(3);
  });

  test('one press leads back to now', async () => {
    bar(T0 + 5 * MINUTE);
    await screen.findByText('at 5');
    expect(screen.getByText(/^Nothing recorded later is shown/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Back to now' }));
    expect(screen.getByText('now')).toBeTruthy();
    expect(screen.queryByRole('slider')).toBeNull();
  });

  test('a link to the moment is copied; where that is not allowed it stands there to be taken', async () => {
    bar(T0 + 5 * MINUTE);
    fireEvent.click(await screen.findByRole('button', { name: 'Copy link to this time' }));
    await screen.findByText('Copied');
    expect(clipboard.text).toBe(`https://site.example.com/wiki/apps/incidents/board/i1?at=${T0 + 5 * MINUTE}`);
    clipboard.fails = true;
    fireEvent.click(screen.getByRole('button', { name: 'Copy link to this time' }));
    await waitFor(() => expect((screen.getByRole('textbox', { name: 'Copy link to this time' }) as HTMLInputElement).value).toContain(`at=${T0 + 5 * MINUTE}`));
  });

  test('a moment that cannot be read can be asked for again', async () => {
    answers['board.at'] = () => refused('not-found');
    bar(T0 + 5 * MINUTE);
    await screen.findByRole('alert');
    answers['board.at'] = ({ at }: { at: number }) => said(past(at, { incident: head({ title: 'read' }) }));
    await act(async () => void fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
    await screen.findByText('read');
    expect(sent('board.at')).toHaveLength(2);
  });
});
