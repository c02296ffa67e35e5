import { answers, dialogs, resetBridge, said, sent } from './bridge';
import { painted } from './canvas';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import '../../static/ui/src/board/graphs/Stack';
import { SCHEME } from '../../src/domain/scheme';
import type { AlertView, GraphPickView, GraphTarget, IncidentHeadView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import { EnvProvider, type BoardEnv } from '../../static/ui/src/board/env';
import Stack from '../../static/ui/src/board/graphs/Stack';
import { drawnGraphs } from '../../static/ui/src/board/graphs/targets';
import { alert, board, delta, graph, head, MINUTE, show, T0 } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
const metric = (id: string, part: Partial<AlertView> = {}): AlertView => alert({ id, metricLabel: `metric.${id}`, unit: 'milliseconds', now: { value: 2310, at: T0 + 24 * MINUTE }, ...part });
const pick = (id: string): GraphPickView => ({ id, host: { id: 'h9', name: 'db-01' }, service: null, metric: `pick.${id}`, unit: null });
let now: IncidentHeadView;
function open(alerts: readonly AlertView[], part: Partial<IncidentHeadView> = {}): void {
  now = head(part);
  answers['board.load'] = () => said(board({ incident: now, alerts }));
  show(<Board {...place} />);
}
const targets = (): readonly unknown[] => sent('board.graph').map(({ target }) => target);
const titles = (): readonly (string | null)[] => screen.getAllByRole('heading', { level: 3 }).map((title) => title.textContent);
beforeEach(() => {
  resetBridge();
  painted.length = 0;
  answers['board.changes'] = () => said(delta({ incident: now }));
  answers['board.graph'] = ({ target }: { target: GraphTarget }) => said(graph({ target }));
});
afterEach(() => {
  cleanup();
  Reflect.deleteProperty(globalThis, 'IntersectionObserver');
});

test('firing metrics come first, then the team’s own; beyond three they wait behind a button and are not read', async () => {
  open([metric('a'), metric('b'), metric('c', { open: false, status: 'OK', closedAt: T0 + 9 * MINUTE, now: null })], { graphs: [pick('g1')] });
  await waitFor(() => expect(titles()).toEqual(['metric.a · web-01', 'metric.b · web-01', 'pick.g1 · db-01']));
  await waitFor(() => expect(targets()).toEqual([{ alertId: 'a' }, { alertId: 'b' }, { graphId: 'g1' }]));
  fireEvent.click(screen.getByRole('button', { name: '1 more' }));
  await waitFor(() => expect(targets()).toHaveLength(4));
  expect(titles()).toContain('metric.c · web-01');
});

test('only what is on the screen is read', async () => {
  const watched = new Map<Element, (entries: { readonly isIntersecting: boolean }[]) => void>();
  Object.assign(globalThis, {
    IntersectionObserver: class {
      constructor(private readonly heard: (entries: { readonly isIntersecting: boolean }[]) => void) {}
      observe(element: Element): void {
        watched.set(element, this.heard);
      }
      disconnect(): void {}
    },
  });
  open([metric('a'), metric('b')]);
  await waitFor(() => expect(watched.size).toBe(2));
  const second = screen.getByRole('heading', { name: 'metric.b · web-01' }).closest('.graph') as Element;
  watched.get(second)?.([{ isIntersecting: true }]);
  await waitFor(() => expect(targets()).toEqual([{ alertId: 'b' }]));
});

test('the newest value stands beside its name, and the line can be read as a table', async () => {
  open([metric('a')]);
  await screen.findByRole('application', { name: /^metric\.a · web-01 from 01:41:00 to 02:35:00, latest 2,310 ms$/ });
  fireEvent.click(screen.getByText('Show as a table'));
  (document.querySelector('details') as HTMLDetailsElement).dispatchEvent(new Event('toggle'));
  await waitFor(() => expect([...document.querySelectorAll('tbody tr')].map((row) => row.textContent)).toEqual(['02:35:002,310 ms', '02:14:001,003 ms', '02:13:001,002 ms', '02:12:001,001 ms', '02:11:001,000 ms']));
  expect(screen.getByText('Critical > 800 ms')).toBeTruthy();
});

test('a graph that cannot be read says so and is asked for again by hand', async () => {
  answers['board.graph'] = () => {
    throw new Error('function failed');
  };
  open([metric('a')]);
  await screen.findByText(/The graph could not be read/);
  answers['board.graph'] = ({ target }: { target: GraphTarget }) => said(graph({ target }));
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('application');
});

test('keys and buttons zoom and move all graphs; the whole time comes back', async () => {
  open([metric('a'), metric('b')]);
  const [plot] = await screen.findAllByRole('application');
  const whole = (): HTMLElement | null => screen.queryByRole('button', { name: 'Whole time' });
  await waitFor(() => expect((screen.getByRole('button', { name: 'Look closer' }) as HTMLButtonElement).disabled).toBe(false));
  expect(whole()).toBeNull();
  fireEvent.keyDown(plot as HTMLElement, { key: '+' });
  expect(whole()).not.toBeNull();
  fireEvent.keyDown(plot as HTMLElement, { key: 'ArrowLeft' });
  fireEvent.keyDown(plot as HTMLElement, { key: '0' });
  expect(whole()).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Look closer' }));
  fireEvent.click(screen.getByRole('button', { name: 'Look from further away' }));
  expect(whole()).toBeNull();
});

test('a metric the team added is taken off and brought back with one press', async () => {
  answers['graph.remove'] = () => said((now = head({ version: 8, graphs: [] })));
  answers['graph.add'] = () => said((now = head({ version: 9, graphs: [{ ...pick('g1'), id: 'g2' }] })));
  open([metric('a')], { graphs: [pick('g1')] });
  fireEvent.click(await screen.findByRole('button', { name: 'Take off graph pick.g1 · db-01' }));
  await screen.findByText('Graph pick.g1 was taken off.');
  expect(titles()).toEqual(['metric.a · web-01']);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Undo' }));
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(titles()).toEqual(['metric.a · web-01', 'pick.g1 · db-01']));
  expect(sent('graph.add')).toEqual([{ incidentId: 'i1', opId: expect.any(String), target: { hostId: 'h9' }, metric: 'pick.g1' }]);
});

test('more metrics are chosen in a dialog that knows what is there', async () => {
  open([metric('a')], { graphs: [pick('g1')] });
  fireEvent.click(await screen.findByRole('button', { name: 'Graph' }));
  await waitFor(() => expect(dialogs.opened).toEqual([{ name: 'metrics', title: 'Add graphs', given: { incidentId: 'i1', pass: 'pass-2', known: ['h:h9 pick.g1'] } }]));
});

test('looking back, it tells the value of that time and veils what nobody knew yet', async () => {
  const env: BoardEnv = { incidentId: 'i1', scheme: SCHEME, board: () => board(), can: { edit: false, mackerel: false }, past: T0 + 2 * MINUTE + 5_000, skew: 0, accept: () => undefined, refresh: () => undefined, jump: () => undefined };
  show(
    <EnvProvider value={env}>
      <style>{'* { --surface: rgb(1, 2, 3); }'}</style>
      <Stack head={head()} drawn={drawnGraphs([metric('a', { now: null })], [], [])} deploys={[]} />
    </EnvProvider>,
  );
  await screen.findByText('At 02:13:05: 1,002 ms');
  await waitFor(() => expect(painted.some(({ fill }) => fill === 'rgb(1, 2, 3)')).toBe(true));
});
