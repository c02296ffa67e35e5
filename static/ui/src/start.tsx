/** What every screen does first: context, texts, theme, then draw. */
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { followTheme, viewerContext } from './api';
import { parseContext, type ViewerContext } from './context';
import { AccountProvider } from './parts/account';
import { Boundary } from './parts/Boundary';
import { Button, Notice } from './parts/basics';
import { PausedProvider } from './parts/paused';
import { nameFormerUser } from './parts/people';
import { loadTexts, makeWords, useWords, WordsProvider } from './words';

/** `administration`: the screen says what administrators read, settings and health. */
export async function start(draw: (context: ViewerContext) => ReactNode, { administration = false } = {}): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('no #root');
  followTheme();
  const context = await viewerContext().catch(() => parseContext({ locale: navigator.language }));
  document.documentElement.lang = context.lang;
  if (context.dark && document.documentElement.dataset['colorMode'] === undefined) document.documentElement.dataset['colorMode'] = 'dark';
  const words = makeWords(await loadTexts(context.lang, administration), context);
  nameFormerUser(words.t('common.former-user'));
  createRoot(root).render(
    <StrictMode>
      <WordsProvider words={words}>
        <AccountProvider value={context.accountId}>
          <PausedProvider value={context.isPaused}>
            <Boundary fallback={<Broken />}>{isKnown(context) ? draw(context) : <NoAccount />}</Boundary>
          </PausedProvider>
        </AccountProvider>
      </WordsProvider>
    </StrictMode>,
  );
}

/** Whoever is not signed in is answered nothing, so nothing is asked. A host that says of itself nothing at all is asked all the same. */
const isKnown = ({ accountId, siteUrl }: ViewerContext): boolean => siteUrl === null || (accountId !== null && accountId !== 'unidentified');

function NoAccount() {
  const { t } = useWords();
  return (
    <main>
      <Notice top title={t('no-account.title')}>
        <p>{t('error.no-account')}</p>
      </Notice>
    </main>
  );
}

/** A fault in the screen itself: nothing is lost that a fresh start does not bring back. */
function Broken() {
  const { t } = useWords();
  return (
    <Notice top tone="warning" title={t('board.error.title')} actions={<Button onClick={() => location.reload()}>{t('common.retry')}</Button>}>
      <p>{t('error.internal')}</p>
    </Notice>
  );
}
