import { answers, refused, resetBridge, said, sent } from './bridge';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { Lang } from '../../src/contract';
import { Board } from '../../static/ui/src/board/Board';
import { parseContext } from '../../static/ui/src/context';
import { Home } from '../../static/ui/src/home/Home';
import { AccountProvider } from '../../static/ui/src/parts/account';
import { PausedProvider } from '../../static/ui/src/parts/paused';
import { WordsProvider } from '../../static/ui/src/words';
import { alert, board, delta, head, words } from './samples';

beforeEach(resetBridge);
afterEach(cleanup);
const show = (element: ReactElement, isPaused: boolean, lang: Lang = 'en') =>
  render(
    <WordsProvider words={words(lang)}>
      <AccountProvider value="acc-bob">
        <PausedProvider value={isPaused}>{element}</PausedProvider>
      </AccountProvider>
    </WordsProvider>,
  );

test('the host says whether the license is active; told nothing, as in development, the app is not paused', () => {
  const told = (license?: unknown): boolean => parseContext({ accountId: 'a', ...(license === undefined ? {} : { license }) }).isPaused;
  expect([told(), told({ active: true }), told({}), told({ active: false })]).toEqual([false, false, false, true]);
});

test.each(['en', 'ja'] as const)('a paused board shows everything and offers nothing (%s)', async (lang) => {
  const incident = head({ situation: { text: 'Rolling back', by: { accountId: 'acc-bob' }, at: 1, v: 1 } });
  answers['board.load'] = () => said(board({ can: { edit: true, mackerel: true }, incident }));
  answers['board.changes'] = () => said(delta({ incident }));
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />, true, lang);
  await screen.findByRole('heading', { name: 'Checkout is slow' });
  screen.getByText('Rolling back');
  screen.getByRole('complementary', { name: words(lang).t('license.title') });
  screen.getByText(words(lang).t('license.text'));
  expect(screen.queryByRole('textbox')?.closest('.composer') ?? null).toBeNull();
  expect(screen.queryByRole('button', { name: words(lang).t('board.more') })).toBeNull();
  expect(screen.queryByText(words(lang).t('board.respond'))).toBeNull();
});

test('without a pause the same board offers it, so that there is something to miss', async () => {
  answers['board.load'] = () => said(board());
  answers['board.changes'] = () => said(delta());
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />, false);
  await screen.findByRole('button', { name: 'More' });
  screen.getByText(words().t('board.respond'));
  expect(screen.queryByText(words().t('license.text'))).toBeNull();
});

test('an account without a license is told so, and not that the board is not live', async () => {
  answers['board.load'] = () => refused('no-account');
  show(<Board target={{ pageId: '11', incidentId: null }} place="page" />, false);
  await screen.findByRole('heading', { name: words().t('no-account.title') });
  screen.getByText(words().t('error.no-account'));
  expect(screen.queryByRole('button')).toBeNull();
});

test('the Incidents page lists what there is; nothing can be declared or dismissed', async () => {
  const candidate = { id: 'c1', alert: alert(), why: { messageKey: 'candidate.why.rule', params: { n: 1 } } };
  answers['home.load'] = () => said({ configured: true, isAdmin: false, spaces: [], candidates: [candidate], moreCandidates: false, inDowntime: [], incidents: [head(), head({ id: 'i2', key: '2026-043' })], now: 1 });
  show(<Home openRoute={() => Promise.reject(new Error('none'))} />, true);
  await screen.findByText(words().t('license.text'));
  await screen.findByRole('heading', { name: words().t('home.open-count', { n: 2 }) });
  for (const name of [words().t('home.new'), words().t('home.declare'), words().t('home.dismiss')]) expect((screen.getByRole('button', { name }) as HTMLButtonElement).disabled).toBe(true);
  expect(screen.queryByRole('checkbox')).toBeNull();
  await waitFor(() => expect(sent('home.load').length).toBeGreaterThan(0));
});
