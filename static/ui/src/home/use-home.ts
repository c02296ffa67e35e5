import { useCallback, useEffect, useRef, useState } from 'react';
import type { HomeView } from '../../../../src/contract';
import { call } from '../api';

const AGAIN_MS = 20_000;
const FAILED_AGAIN_MS = 6_000;

export interface HomeState {
  /** null: nothing read yet. */
  readonly home: HomeView | null;
  readonly error: unknown;
  /** Since when the list could not be refreshed, epoch ms of this computer; null: fine. */
  readonly staleSince: number | null;
  readonly readAt: number;
}

/** The lists, read again while the tab is looked at. A failed refresh keeps what is there. */
export function useHome(active: boolean): HomeState & { readonly refresh: () => void } {
  const [state, setState] = useState<HomeState>({ home: null, error: null, staleSince: null, readAt: Date.now() });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const round = useRef(0);

  const refresh = useCallback(() => {
    const mine = (round.current += 1);
    clearTimeout(timer.current);
    if (document.visibilityState !== 'visible') return;
    const later = (ms: number): void => {
      if (mine === round.current) timer.current = setTimeout(refresh, ms);
    };
    void call('home.load', {}).then(
      (home) => {
        if (mine === round.current) setState({ home, error: null, staleSince: null, readAt: Date.now() });
        later(AGAIN_MS);
      },
      (error: unknown) => {
        if (mine === round.current) setState((old) => ({ ...old, error, staleSince: old.staleSince ?? old.readAt }));
        later(FAILED_AGAIN_MS);
      },
    );
  }, []);

  useEffect(() => {
    if (!active) return;
    refresh();
    document.addEventListener('visibilitychange', refresh);
    return () => {
      document.removeEventListener('visibilitychange', refresh);
      round.current += 1;
      clearTimeout(timer.current);
    };
  }, [active, refresh]);
  return { ...state, refresh };
}
