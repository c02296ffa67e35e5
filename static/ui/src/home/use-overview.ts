import { useCallback, useEffect, useRef, useState } from 'react';
import type { OverviewView } from '../../../../src/contract';
import { call } from '../api';

/** Whoever comes back after so long gets the list anew. */
const OLD_MS = 60_000;

export interface Overview {
  /** null: nothing read yet. */
  readonly view: OverviewView | null;
  readonly error: unknown;
  /** When it was last read, epoch ms of this computer. */
  readonly readAt: number;
  readonly refresh: () => void;
}

/** The tickets of all incidents the viewer may see, read when the tab is looked at. A failed refresh keeps what is there. */
export function useOverview(seen: boolean): Overview {
  const [state, setState] = useState<Omit<Overview, 'refresh'>>({ view: null, error: null, readAt: 0 });
  const round = useRef(0);
  const askedAt = useRef(0);
  const refresh = useCallback(() => {
    const mine = (round.current += 1);
    askedAt.current = Date.now();
    call('tickets.overview', {}).then(
      (view) => mine === round.current && setState({ view, error: null, readAt: Date.now() }),
      (error: unknown) => mine === round.current && setState((old) => ({ ...old, error })),
    );
  }, []);
  useEffect(() => {
    if (!seen) return;
    const look = (): void => {
      if (document.visibilityState === 'visible' && Date.now() - askedAt.current > OLD_MS) refresh();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [seen, refresh]);
  return { ...state, refresh };
}
