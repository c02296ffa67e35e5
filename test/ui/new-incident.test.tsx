import { answers, invoked, resetBridge, said } from './bridge';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { HomeView, SpaceView } from '../../src/contract';
import { advise, type Answers } from '../../static/ui/src/home/advise';
import { Home } from '../../static/ui/src/home/Home';
import { pastOf } from '../../static/ui/src/home/past';
import { similarOpen } from '../../static/ui/src/home/similar-open';
import { SCHEME } from '../../src/domain/scheme';
import { head, show, T0 } from './samples';

const space: SpaceView = { id: '1', key: 'OPS', name: 'Operations', services: ['shop'], canDeclare: true };
const incidents = [
  head({ id: 'i1', key: '2026-001', title: 'Checkout is slow', service: 'shop', declaredAt: T0 }),
  head({ id: 'i2', key: '2026-002', title: 'Login fails for some', service: 'auth', declaredAt: T0 + 1 }),
  head({ id: 'i3', key: '2026-003', title: 'Checkout fails', service: 'shop', status: 'closed', closedAt: T0 }),
  head({ id: 'i4', key: '2026-004', title: '決済が遅い', service: null, declaredAt: T0 + 2 }),
];
const found = (title: string, services: readonly string[] = [], locale = 'en-US') => similarOpen(title, services, incidents, locale).map(({ id }) => id);

describe('incidents like the one being typed', () => {
  test('are open ones that share a telling word; the closed one of the same words is none', () => {
    expect(found('checkout broken')).toEqual(['i1']);
    expect(found('Ｃｈｅｃｋｏｕｔ fails')).toEqual(['i2', 'i1']);
    expect(found('the database is down')).toEqual([]);
  });
  test('or of the same service, which counts less than a word', () => expect(found('login', ['shop'])).toEqual(['i2', 'i1']));
  test('in Japanese as well', () => expect(found('決済エラー', [], 'ja-JP')).toEqual(['i4']));
  test('and none before something is typed', () => expect([found('', ['shop']), found(' \u200b', ['shop'])]).toEqual([[], []]));
});

test.each<[Answers, ReturnType<typeof advise>]>([
  [{}, null],
  [{ safety: false, users: false, core: false }, null],
  [{ safety: false, users: false, core: false, help: false }, { declare: false }],
  [{ help: true }, { declare: true, severity: 'sev4' }],
  [{ users: true }, { declare: true, severity: 'sev3' }],
  [{ users: true, core: true }, { declare: true, severity: 'sev2' }],
  [{ safety: true }, { declare: true, severity: 'sev2' }],
  [{ safety: true, users: true }, { declare: true, severity: 'sev1' }],
])('in doubt, %j comes to %j', (given, advice) => expect(advise(given)).toEqual(advice));

describe('times of an incident that is over', () => {
  const typed = (begun: string, ended: string) => {
    const [[a = '', b = ''], [c = '', d = '']] = [begun.split(' '), ended.split(' ')];
    return { begun: { date: a, clock: b }, ended: { date: c, clock: d } };
  };
  test.each([
    ['Asia/Tokyo', '2026-11-24 02:11', '2026-11-24 03:40', { begunAt: Date.UTC(2026, 10, 23, 17, 11), endedAt: Date.UTC(2026, 10, 23, 18, 40) }],
    ['UTC', '2026-11-24 23:50', '2026-11-25 00:10', { begunAt: Date.UTC(2026, 10, 24, 23, 50), endedAt: Date.UTC(2026, 10, 25, 0, 10) }],
    ['UTC', '2026-11-24 03:40', '2026-11-24 02:11', null],
    ['UTC', '2026-11-24 03:40', '', null],
    ['America/New_York', '2026-03-08 02:30', '2026-03-08 04:00', null],
  ])('in %s, from %s to %s', (zone, begun, ended, times) => expect(pastOf(typed(begun, ended), zone)).toEqual(times));
});

describe('the form', () => {
  const home: HomeView = { configured: true, isAdmin: false, keepsSettings: false, declareGroup: null, scheme: SCHEME, spaces: [space], candidates: [], moreCandidates: false, inDowntime: [], pageTemplates: [], incidents, now: T0 };
  beforeEach(async () => {
    resetBridge();
    answers['home.load'] = () => said(home);
    answers['template.preview'] = () => said({ template: 'short', lang: 'ja', lines: [{ is: 'board', text: '障害ボード' }, { is: 'task', text: '<img src=x onerror=alert(1)>' }] });
    answers['incident.declare'] = () => said({ incidentId: 'i9', key: '2026-043', page: null, already: false });
    show(<Home openRoute={() => Promise.resolve({ path: () => '/', go: () => undefined, listen: () => undefined })} />);
    await waitFor(() => expect(screen.getByRole('button', { name: 'New incident' }).hasAttribute('disabled')).toBe(false));
    fireEvent.click(screen.getByRole('button', { name: 'New incident' }));
  });
  afterEach(cleanup);
  const calls = (verb: string) => invoked.filter((one) => one.verb === verb).map(({ payload }) => payload);

  test('shows open incidents like it, and opens one', async () => {
    expect(screen.queryByText(/Already declared/)).toBeNull();
    fireEvent.change(screen.getByLabelText(/What is happening/), { target: { value: 'login' } });
    expect(screen.getByText(/Already declared/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open 2026-002' })).toBeTruthy();
  });

  test('asks for a preview only once it is opened, and draws it as text in the language of the page', async () => {
    expect(calls('template.preview')).toEqual([]);
    const details = screen.getByText('Preview of the page').closest('details');
    if (details === null) throw new Error('no preview');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    const region = await screen.findByRole('region', { name: 'Preview of the page' });
    expect(calls('template.preview')).toEqual([{ template: null, spaceKey: 'OPS', title: '', kind: 'incident', severity: 'pending', candidateId: null }]);
    expect(region.getAttribute('lang')).toBe('ja');
    expect(region.textContent).toBe('障害ボード☐ <img src=x onerror=alert(1)>');
    expect(screen.getByText('As the settings say: Short incident')).toBeTruthy();
  });

  test('asks for both times of one that is over, and keeps what is typed', async () => {
    fireEvent.change(screen.getByLabelText(/What is happening/), { target: { value: 'Cache was cold' } });
    fireEvent.click(screen.getByLabelText(/already over/));
    const fill = (label: string, value: string): void => void fireEvent.change(screen.getByLabelText(label), { target: { value } });
    fill('Began: date', '2026-01-05');
    fill('Began: time', '01:00');
    fireEvent.click(screen.getByRole('button', { name: 'Declare incident' }));
    await screen.findByText(/when it began and when it ended/);
    expect(calls('incident.declare')).toEqual([]);
    fill('Ended: date', '2026-01-05');
    fill('Ended: time', '02:30');
    fireEvent.click(screen.getByRole('button', { name: 'Declare incident' }));
    await waitFor(() => expect(calls('incident.declare')).toHaveLength(1));
    const { past } = calls('incident.declare')[0] as { past: { begunAt: number; endedAt: number } };
    expect(past.endedAt - past.begunAt).toBe(90 * 60_000);
  });

  test('takes over the severity it recommends, and sends kind and template', async () => {
    fireEvent.change(screen.getByLabelText(/What is happening/), { target: { value: 'Card data seen in logs' } });
    const [yes] = screen.getAllByLabelText('Yes');
    if (yes === undefined) throw new Error('no question');
    fireEvent.click(yes);
    fireEvent.click(screen.getByText('Use SEV2'));
    fireEvent.change(screen.getByLabelText('Kind'), { target: { value: 'near-miss' } });
    fireEvent.change(screen.getByLabelText('Template'), { target: { value: 'security' } });
    fireEvent.click(screen.getByRole('button', { name: 'Declare incident' }));
    await waitFor(() => expect(calls('incident.declare')).toEqual([
      { opId: expect.any(String), spaceKey: 'OPS', title: 'Card data seen in logs', severity: 'sev2', visibility: 'public', candidateId: null, kind: 'near-miss', template: 'security' },
    ]));
  });
});
