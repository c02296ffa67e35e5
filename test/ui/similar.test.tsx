import { answers, navigated, product, productCalls, Reply, resetBridge, said, sent } from './bridge';
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { SimilarIncident, SimilarView } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import { ticketsNow } from '../../static/ui/src/board/similar/tickets-now';
import { parseIssue } from '../../static/ui/src/jira/issues';
import { alert, board, delta, head, issue, MINUTE, show, T0 } from './samples';

const place = { target: { pageId: '11', incidentId: null }, place: 'page' as const };
const BULK = '/rest/api/3/issue/bulkfetch';
const HOSTILE = '<img src=x onerror=alert(1)>';
const one = (part: Partial<SimilarIncident> = {}): SimilarIncident => ({
  id: 's1', key: '2026-031', title: 'Payments time out', severity: 'sev2', status: 'closed', isPrivate: false, detectedAt: T0 - 30 * 24 * 60 * MINUTE, tookMs: 72 * MINUTE, url: 'https://site.example.com/wiki/31',
  reasons: [{ kind: 'alert', monitor: 'checkout http', on: 'web-01' }], moreReasons: 0, cause: null, factors: [], situation: null, tickets: [], moreTickets: 0, ...part,
});
const ticket = (n: number): SimilarIncident['tickets'][number] => ({ id: `k${n}`, issueId: String(n), key: `OPS-${n}`, url: null });
const done = { status: { name: 'Closed', statusCategory: { key: 'done' } } };
const found = (incidents: readonly SimilarIncident[], more = 0): unknown => said({ incidents, more, now: T0 } satisfies SimilarView);
const open = (macro = {}, lang: 'en' | 'ja' = 'en'): void => void show(<Board {...place} macro={{ sections: null, compact: false, spaceKey: 'OPS', link: null, ...macro }} />, lang);
const list = async (name = 'Similar past incidents'): Promise<HTMLElement> => (await screen.findByRole('heading', { name: new RegExp(`^${name}`) })).closest('section') as HTMLElement;
const row = async (key: string): Promise<HTMLElement> => (await screen.findByText(key)).closest('li') as HTMLElement;

beforeEach(() => {
  jest.useFakeTimers({ now: T0 + 24 * MINUTE, advanceTimers: true, doNotFake: ['requestAnimationFrame', 'queueMicrotask', 'performance'] });
  resetBridge();
  answers['board.load'] = () => said(board());
  answers['board.changes'] = () => said(delta());
});
afterEach(() => {
  cleanup();
  jest.useRealTimers();
});

test('each says why it is alike, what it came from, what was said last and what is still to be done, and leads to its page', async () => {
  product[BULK] = { issues: [issue('12', 'OPS-12', done), issue('13', 'OPS-13', { summary: HOSTILE })] };
  answers['board.similar'] = () => found([
    one({ title: HOSTILE, cause: { deploy: 'deploy #4600' }, factors: ['Pool too small'], situation: 'Rolled back', reasons: [{ kind: 'alert', monitor: HOSTILE, on: 'web-01' }, { kind: 'monitor', monitor: 'disk' }, { kind: 'host', host: 'db-01' }, { kind: 'role', role: 'shop: web' }], moreReasons: 2, tickets: [ticket(12), ticket(13)] }),
    one({ id: 's2', key: 'kqzvmwta', isPrivate: true, status: 'mitigated', tookMs: null, cause: { deploy: null }, reasons: [{ kind: 'alert', monitor: 'orders', on: null }], tickets: [ticket(12)] }),
  ], 3);
  open();
  const first = await row('2026-031');
  await within(first).findByText(HOSTILE, { selector: '.similar-summary' });
  expect(first.textContent).toBe(
    `2026-031 ${HOSTILE}SEV2ClosedOct 25, 2026took 1 h 12 minSame alert “${HOSTILE}” on web-01 · Same monitor “disk” · Same host db-01 · Same role shop: web · 2 more in common` +
      `CauseChange: deploy #4600Pool too smallLast situationRolled backTicketsOPS-13${HOSTILE}In Progress`,
  );
  expect((await row('kqzvmwta')).textContent).toBe('kqzvmwta Payments time outSEV2MitigatedPrivateOct 25, 2026Same monitor “orders”CauseA changeTicketsAll done');
  expect((await list()).querySelector('h2')?.textContent).toBe('Similar past incidents 5');
  await screen.findByText('3 more');
  expect(document.querySelectorAll('.similar-box img')).toHaveLength(0);
  fireEvent.click(within(first).getByRole('link', { name: `2026-031 ${HOSTILE}` }));
  expect(navigated.at(-1)).toMatchObject({ url: 'https://site.example.com/wiki/31' });
  fireEvent.click(within(first).getByRole('link', { name: 'Open OPS-13 in Jira' }));
  expect(navigated.at(-1)).toMatchObject({ url: '/browse/OPS-13' });
  expect(productCalls.filter(({ path }) => path === BULK).map(({ body }) => (body as { issueIdsOrKeys: unknown }).issueIdsOrKeys)).toEqual([['12', '13']]);
  expect(sent('board.similar')).toEqual([{ incidentId: 'i1', pass: expect.stringMatching(/^pass-/) }]);
});

test('Japanese says it as people there do, and tickets are told by their keys while Jira does not answer', async () => {
  product[BULK] = new Reply(503);
  answers['board.similar'] = () => found([one({ reasons: [{ kind: 'alert', monitor: 'checkout http', on: 'web-01' }, { kind: 'role', role: 'shop: web' }], tickets: [ticket(12)] })]);
  open({}, 'ja');
  expect((await row('2026-031')).textContent).toBe('2026-031 Payments time outSEV2対応完了2026/10/25復旧まで 1 時間 12 分同じアラート「checkout http」(web-01) · 同じロール shop: web原因記録なしチケットOPS-12');
  expect((await list('過去の類似障害')).querySelector('h2')?.textContent).toBe('過去の類似障害 1');
});

test('it is asked again when another alert is linked, not for anything else, and not twice within half a minute', async () => {
  let change = delta();
  answers['board.changes'] = () => said(change);
  answers['board.similar'] = () => found([one()]);
  open();
  await row('2026-031');
  const pass = async (ms: number): Promise<void> => await act(async () => void (await jest.advanceTimersByTimeAsync(ms)));
  change = delta({ incident: head({ version: 8, severity: 'sev2' }) });
  await pass(5 * MINUTE);
  await screen.findByRole('button', { name: 'Severity: SEV2' });
  expect(sent('board.similar')).toHaveLength(1);

  change = delta({ incident: head({ version: 9, linkedAlerts: 2 }), alerts: [alert(), alert({ id: 'a2', monitorName: 'db connections', v: 9 })] });
  await pass(MINUTE);
  await screen.findByText('db connections');
  await waitFor(() => expect(sent('board.similar')).toHaveLength(2));
  answers['board.similar'] = () => found([one({ key: '2026-035' })]);
  change = delta({ incident: head({ version: 10, linkedAlerts: 3 }), alerts: [alert(), alert({ id: 'a2', v: 9 }), alert({ id: 'a3', monitorName: 'disk', v: 10 })] });
  await pass(MINUTE);
  await row('2026-035');
  expect(sent('board.similar')).toHaveLength(3);
});

test('what cannot be looked up says so quietly, and is asked again by hand; none is said too', async () => {
  answers['board.similar'] = () => Promise.reject(new Error('gone'));
  open();
  await screen.findByText('Similar incidents could not be looked up.');
  answers['board.similar'] = () => found([]);
  fireEvent.click(within(await list()).getByRole('button', { name: 'Try again' }));
  await screen.findByText('No recent incident shares a monitor, host or role with this one.');
  expect(screen.queryByText('Similar incidents could not be looked up.')).toBeNull();
});

describe('where it has no place', () => {
  const shown = async (): Promise<boolean> => {
    await screen.findByText('HTTP 503');
    await act(async () => void (await jest.advanceTimersByTimeAsync(2_000)));
    return document.querySelector('.similar-place') !== null && sent('board.similar').length > 0;
  };
  test('a board with alerts has it', async () => {
    open();
    expect(await shown()).toBe(true);
  });
  test('a compact one and one of other sections have not', async () => {
    open({ compact: true });
    expect(await shown()).toBe(false);
    cleanup();
    open({ sections: ['alerts'] });
    expect([await shown(), sent('board.similar')]).toEqual([false, []]);
    cleanup();
    open({ sections: ['alerts', 'similar'] });
    expect(await shown()).toBe(true);
  });
  test('the past does not tell what came before it', async () => {
    const { incident, alerts, flaps, hosts, deploys, entries } = board();
    answers['board.at'] = () => said({ at: T0 + 3 * MINUTE, incident, alerts, flaps, hosts, deploys, entries, tickets: [] });
    show(<Board {...place} at={T0 + 3 * MINUTE} />);
    await waitFor(() => expect(sent('board.at')).toHaveLength(1));
    expect(await shown()).toBe(false);
    expect(sent('board.similar')).toEqual([]);
  });
});

test('of many tickets the first three that are open are told; what Jira does not show is not taken for done', () => {
  const of = one({ tickets: [1, 2, 3, 4, 5].map(ticket), moreTickets: 2 });
  const issues = new Map([1, 2].map((n) => [String(n), parseIssue(issue(String(n), `OPS-${n}`, n === 1 ? done : {}))] as const).flatMap(([id, read]) => (read === null ? [] : [[id, read] as const])));
  expect([ticketsNow(of, issues).shown.map(({ key, issue: read }) => [key, read?.summary ?? null]), ticketsNow(of, issues).rest]).toEqual([[['OPS-2', 'Summary of OPS-2'], ['OPS-3', null], ['OPS-4', null]], 3]);
  expect(ticketsNow(of, null)).toMatchObject({ rest: 4, isAllDone: false });
});
