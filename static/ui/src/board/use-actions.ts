import { useEffect, useState } from 'react';
import { afterPaint } from '../parts/after-paint';

export type Actions = typeof import('./actions');

let loaded: Actions | null = null;

/**
 * Menus and editors: not needed to read the board, so their code comes after the first paint. null until then; places that
 * will hold them keep their size.
 */
export function useActions(): Actions | null {
  const [actions, setActions] = useState(loaded);
  useEffect(() => {
    if (actions !== null) return;
    let current = true;
    const load = (): void => {
      void afterPaint()
        .then(() => import('./actions'))
        .then(
          (code) => {
            loaded = code;
            if (current) setActions(code);
          },
          () => undefined, // asked for again when somebody comes back; reading goes on
        );
    };
    load();
    document.addEventListener('visibilitychange', load);
    return () => {
      current = false;
      document.removeEventListener('visibilitychange', load);
    };
  }, [actions]);
  return actions;
}
