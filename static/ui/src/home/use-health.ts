import { useCallback, useEffect, useRef, useState } from 'react';
import type { HealthView } from '../../../../src/contract';
import { call } from '../api';

const AGAIN_MS = 60_000;

export interface Health {
  /** null: nothing read yet. */
  readonly view: HealthView | null;
  readonly error: unknown;
  /** When it was read, epoch ms of this computer. */
  readonly readAt: number;
  readonly refresh: () => void;
  /** What a press answered. */
  readonly take: (view: HealthView) => void;
}

/** The state of the intake, once a minute while an administrator looks at the page. A failed refresh keeps what is there. */
export function useHealth(active: boolean): Health {
  const [state, setState] = useState<Pick<Health, 'view' | 'error' | 'readAt'>>({ view: null, error: null, readAt: 0 });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const round = useRef(0);
  const take = useCallback((view: HealthView) => {
    round.current += 1;
    setState({ view, error: null, readAt: Date.now() });
  }, []);
  const refresh = useCallback(() => {
    const mine = (round.current += 1);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => document.visibilityState === 'visible' && refresh(), AGAIN_MS);
    call('health.get', {}).then(
      (view) => mine === round.current && setState({ view, error: null, readAt: Date.now() }),
      (error: unknown) => mine === round.current && setState((old) => ({ ...old, error })),
    );
  }, []);
  useEffect(() => {
    if (!active) return;
    const look = (): void => void (document.visibilityState === 'visible' && refresh());
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      round.current += 1;
      clearTimeout(timer.current);
    };
  }, [active, refresh]);
  return { ...state, refresh, take };
}
