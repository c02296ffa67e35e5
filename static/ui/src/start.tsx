/** What every screen does first: context, texts, theme, then draw. */
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { followTheme, viewerContext } from './api';
import type { ViewerContext } from './context';
import { loadTexts, makeWords, WordsProvider } from './words';

export async function start(draw: (context: ViewerContext) => ReactNode): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) throw new Error('no #root');
  followTheme();
  const context = await viewerContext();
  document.documentElement.lang = context.lang;
  if (context.dark && document.documentElement.dataset['colorMode'] === undefined) document.documentElement.dataset['colorMode'] = 'dark';
  const words = makeWords(await loadTexts(context.lang), context);
  createRoot(root).render(
    <StrictMode>
      <WordsProvider words={words}>{draw(context)}</WordsProvider>
    </StrictMode>,
  );
}
