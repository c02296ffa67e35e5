import { answers, refused, resetBridge, said, sent } from './bridge';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Blob as NodeBlob } from 'node:buffer';
import type { AttachableAlert, EvidenceCopyView, EvidenceView } from '../../src/contract';
import Attach from '../../static/ui/src/dialogs/Attach';
import Confirm from '../../static/ui/src/dialogs/Confirm';
import Evidence from '../../static/ui/src/dialogs/Evidence';
import Help from '../../static/ui/src/dialogs/Help';
import Metrics from '../../static/ui/src/dialogs/Metrics';
import { alert, head, MINUTE, show, T0 } from './samples';

const done = jest.fn();
beforeEach(() => {
  resetBridge();
  done.mockReset();
});
afterEach(cleanup);

describe('a question', () => {
  const given = { text: ['Sure?'], lines: ['<b>one</b>', 'two'], reason: { label: 'Reason', hint: 'It is recorded.', kept: '' }, yes: 'Close it' };

  test('shows what it is about as plain text and wants its reason', () => {
    show(<Confirm given={given} done={done} />);
    expect(screen.getByText('<b>one</b>')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Reason'));
    fireEvent.click(screen.getByRole('button', { name: 'Close it' }));
    expect(screen.getByRole('alert').textContent).toBe('A reason is needed.');
    expect(done).not.toHaveBeenCalled();
    fireEvent.change(screen.getByLabelText('Reason'), { target: { value: ' fixed ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Close it' }));
    expect(done.mock.calls).toEqual([[{ reason: 'fixed' }]]);
  });

  test('Ctrl+Enter sends, Enter and the input method’s Enter do not', () => {
    show(<Confirm given={{ ...given, reason: { ...given.reason, kept: 'typed before' } }} done={done} />);
    const reason = screen.getByLabelText('Reason');
    fireEvent.keyDown(reason, { key: 'Enter' });
    fireEvent.keyDown(reason, { key: 'Enter', ctrlKey: true, isComposing: true });
    expect(done).not.toHaveBeenCalled();
    fireEvent.keyDown(reason, { key: 'Enter', metaKey: true });
    expect(done.mock.calls).toEqual([[{ reason: 'typed before' }]]);
  });

  test('without a reason a yes is enough; cancel answers nothing', () => {
    show(<Confirm given={{ text: ['Sure?'], yes: 'Write it' }} done={done} />);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    fireEvent.click(screen.getByRole('button', { name: 'Write it' }));
    expect(done.mock.calls).toEqual([[null], [{ reason: '' }]]);
  });
});

describe('linking alerts', () => {
  const rows: readonly AttachableAlert[] = [
    { alert: alert({ id: 'old', monitorName: 'batch', open: false, status: 'OK', closedAt: T0 + 5 * MINUTE, openedAt: T0, linked: false }), taken: false, takenBy: null },
    { alert: alert({ id: 'a1', monitorName: '<img onerror=x>', host: { id: 'h2', name: 'ＷＥＢ-02' }, linked: false }), taken: false, takenBy: null },
    { alert: alert({ id: 'a2', monitorName: 'disk', linked: false }), taken: true, takenBy: '2026-041' },
    { alert: alert({ id: 'a3', monitorName: 'secret', linked: false }), taken: true, takenBy: null },
  ];
  const open = (): void => void show(<Attach given={{ incidentId: 'i1', pass: 'p' }} done={done} />);
  const names = (): readonly (string | null | undefined)[] => screen.getAllByRole('listitem').map((row) => row.querySelector('strong')?.textContent);
  beforeEach(() => {
    answers['board.attachable'] = () => said({ alerts: rows });
  });

  test('lists firing ones first, tells who has the taken ones, and finds by any part', async () => {
    open();
    await screen.findByText('disk');
    expect(names()).toEqual(['<img onerror=x>', 'disk', 'secret', 'batch']);
    expect([screen.getByText('On incident 2026-041'), screen.getByText('On another incident')]).toHaveLength(2);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'web-02 shop' } });
    expect(names()).toEqual(['<img onerror=x>']);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing' } });
    expect(screen.getByText('No alert matches.')).toBeTruthy();
  });

  test('each is linked with its own press, and a refusal stays beside it', async () => {
    answers['alert.attach'] = ({ alertId }: { alertId: string }) => (alertId === 'old' ? refused('conflict', null, { messageKey: 'error.alert-taken', params: { key: '2026-040' } }) : said(head({ version: 8 })));
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Link alert batch' }));
    await screen.findByText('This alert already belongs to incident 2026-040.');
    fireEvent.click(screen.getByRole('button', { name: 'Link alert <img onerror=x>' }));
    await screen.findByText('Linked');
    expect(sent('alert.attach').map(({ alertId }) => alertId)).toEqual(['old', 'a1']);
  });

  test('a list that cannot be read is asked for again', async () => {
    answers['board.attachable'] = () => refused('mackerel-unreachable');
    open();
    await screen.findByText(/Mackerel cannot be reached/);
    answers['board.attachable'] = () => said({ alerts: [] });
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Mackerel has no open or recent alerts to link.');
  });
});

describe('adding graphs', () => {
  const open = (): void => void show(<Metrics given={{ incidentId: 'i1', pass: 'p', known: ['h:h1 loadavg5'] }} done={done} />);
  beforeEach(() => {
    answers['board.metrics'] = ({ of }: { of: object | null }) => said({ hosts: [{ id: 'h1', name: 'web-01' }], services: ['shop'], metrics: of === null ? [] : ['loadavg5', 'cpu.user.percentage', 'custom.orders'] });
  });

  test('first whose, then which; what is there already is told', async () => {
    answers['graph.add'] = () => said(head({ version: 8 }));
    open();
    await screen.findByRole('option', { name: 'web-01' });
    fireEvent.change(screen.getByLabelText('Host or service'), { target: { value: 'h:h1' } });
    const known = (await screen.findByText('loadavg5')).closest('li') as HTMLElement;
    expect(within(known).getByText('Added')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Search metrics'), { target: { value: 'CPU user' } });
    expect(screen.queryByText('custom.orders')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Add metric cpu.user.percentage' }));
    await waitFor(() => expect(screen.getByText('Added')).toBeTruthy());
    expect(sent('graph.add')).toEqual([{ incidentId: 'i1', opId: expect.any(String), target: { hostId: 'h1' }, metric: 'cpu.user.percentage' }]);
    expect(sent('board.metrics').map(({ of }) => of)).toEqual([null, { hostId: 'h1' }]);
  });

  test('a refusal stays beside its metric', async () => {
    answers['graph.add'] = () => refused('bad-request', 'metric', { messageKey: 'error.graphs-full' });
    open();
    await screen.findByRole('option', { name: 'shop' });
    fireEvent.change(screen.getByLabelText('Host or service'), { target: { value: 's:shop' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Add metric custom.orders' }));
    await screen.findByText('There are as many graphs as fit. Remove one first.');
    expect(sent('graph.add')[0]).toMatchObject({ target: { service: 'shop' } });
  });
});

describe('evidence', () => {
  const copy = (n: number, part: Partial<EvidenceCopyView> = {}): EvidenceCopyView => ({ n, at: T0, by: null, phase: 'investigating', alerts: 1, series: 1, files: [], left: [], underWay: false, ...part });
  const view = (part: Partial<EvidenceView> = {}): EvidenceView => ({ copies: [copy(1)], work: 'due', trouble: null, coming: null, toDraw: [], now: T0, ...part });
  const open = (mayEdit = true): void => void show(<Evidence given={{ incidentId: 'i1', pass: 'p', mayEdit }} done={done} />);
  const pressed = async (): Promise<void> => void fireEvent.click(await screen.findByRole('button', { name: 'Freeze now' }));

  test('a copy that is asked for is seen coming, and there, without anybody reading again', async () => {
    const readings = [view(), view({ coming: { by: { accountId: 'acc-alice' } } }), view({ copies: [copy(2, { by: { accountId: 'acc-alice' } }), copy(1)] })];
    answers['board.evidence'] = () => said(readings.length > 1 ? readings.shift() : readings[0]);
    answers['evidence.freeze'] = () => said({ so: 'coming' });
    open();
    await pressed();
    await screen.findByText('A copy is being made, asked for by Alice.');
    await screen.findByText('Copy 2 is there.', {}, { timeout: 4000 });
    expect([screen.getByText(/asked for by Alice$/).tagName, sent('evidence.freeze')]).toEqual(['P', [{ incidentId: 'i1', opId: expect.any(String) }]]);
  });

  test.each([
    ['full', 'As many copies as may be made now are there already.'],
    ['nothing', 'There is nothing to freeze: no alert is linked, and no graph was picked.'],
    ['under-way', 'A copy is being made already.'],
  ])('%s is said', async (so, text) => {
    answers['board.evidence'] = () => said(view());
    answers['evidence.freeze'] = () => said({ so });
    open();
    await pressed();
    await screen.findByText(text);
  });

  test('a press without an answer is the same press when it is pressed again', async () => {
    answers['board.evidence'] = () => said(view());
    open();
    await pressed();
    await screen.findByRole('alert', {}, { timeout: 4000 });
    answers['evidence.freeze'] = () => said({ so: 'full' });
    await pressed();
    await screen.findByText('As many copies as may be made now are there already.');
    expect([sent('evidence.freeze').length, new Set(sent('evidence.freeze').map(({ opId }) => opId)).size]).toEqual([3, 1]);
  });

  test('an editor’s browser draws what is there as SVG only, a reader’s does not', async () => {
    const lacking = view({ toDraw: [{ n: 1, part: 0, width: 760, height: 120 }] });
    const Drawn = class {
      onload: (() => void) | null = null;
      set src(url: string) {
        drawnOf.push(url);
        setTimeout(() => this.onload?.(), 0);
      }
    };
    const drawnOf: string[] = [];
    const known = globalThis.Image;
    Object.assign(globalThis, { Image: Drawn });
    Object.defineProperty(HTMLCanvasElement.prototype, 'getContext', { configurable: true, value: () => ({ drawImage: () => undefined }) });
    Object.defineProperty(HTMLCanvasElement.prototype, 'toBlob', { configurable: true, value: (then: (blob: unknown) => void) => then(new NodeBlob(['picture'])) });
    answers['board.evidence'] = () => said(sent('evidence.picture').length === 0 ? lacking : view());
    answers['evidence.svg'] = () => said({ svg: '<svg>&#35;</svg>' });
    answers['evidence.picture'] = () => said({ so: 'kept' });
    open(false);
    await screen.findByText('Copy 1: Investigating');
    expect([screen.queryByRole('button', { name: 'Freeze now' }), sent('evidence.svg')]).toEqual([null, []]);
    cleanup();
    open();
    await waitFor(() => expect(sent('board.evidence')).toHaveLength(3));
    expect([sent('evidence.svg'), sent('evidence.picture')]).toEqual([[{ incidentId: 'i1', pass: 'p', n: 1, part: 0 }], [{ incidentId: 'i1', n: 1, part: 0, png: Buffer.from('picture').toString('base64') }]]);
    expect(drawnOf).toEqual(['data:image/svg+xml;charset=utf-8,%3Csvg%3E%26%2335%3B%3C%2Fsvg%3E']);
    Object.assign(globalThis, { Image: known });
  });
});

test('the keys’ list answers whether they are wanted', () => {
  show(<Help given={{ on: true }} done={done} />);
  expect([...document.querySelectorAll('kbd')].map((key) => key.textContent)).toEqual(['n', 's', 't', 'a', 'p', 'g', 'i', 'r', 'u', '/', '?']);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Use these keys' }));
  fireEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(done.mock.calls).toEqual([[{ on: false }]]);
});
