/** Whether the app waits for its license. Only for what this screen offers; the backend refuses by itself. */
import { createContext, useContext } from 'react';
import { useWords } from '../words';

const Paused = createContext(false);
export const PausedProvider = Paused.Provider;

export function usePaused(): boolean {
  return useContext(Paused);
}

/** What a paused app still does, above everything else on the screen. */
export function PausedNote() {
  const { t } = useWords();
  if (!usePaused()) return null;
  return (
    <aside className="banner banner-warning" aria-label={t('license.title')}>
      <div>
        <p>
          <strong>{t('license.title')}</strong>
        </p>
        <p>{t('license.text')}</p>
      </div>
    </aside>
  );
}
