import { useEffect, useRef, useState } from 'react';
import type { EraseView } from '../../../../../src/contract';
import { call, press } from '../../api';

const AGAIN_MS = 1_500;

export interface Erasing {
  /** null: none was begun, or nobody knows yet. */
  readonly view: EraseView | null;
  readonly error: unknown;
  readonly busy: boolean;
}

/** Begins an erasure and keeps it going while somebody looks; without anybody it goes on by itself, slower. */
export function useErase(): Erasing & { readonly begin: (of: EraseView['of'], typed: string) => void } {
  const [state, setState] = useState<Erasing>({ view: null, error: null, busy: false });
  const sent = useRef<{ readonly what: string; readonly opId: string } | null>(null);
  const running = state.view?.state === 'running';
  useEffect(() => {
    let gone = false;
    call('erase.state', {}).then(
      (view) => gone || setState((old) => ({ ...old, view: old.view ?? view })),
      () => undefined,
    );
    return () => void (gone = true);
  }, []);
  useEffect(() => {
    if (!running) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout>;
    const goOn = (): void =>
      void call('erase.continue', {}).then(
        (view) => {
          if (gone) return;
          setState({ view, error: null, busy: false });
          if (view?.state === 'running') timer = setTimeout(goOn, AGAIN_MS);
        },
        // The sweeper goes on; whether it is done is asked again.
        () => {
          if (!gone) timer = setTimeout(goOn, 4 * AGAIN_MS);
        },
      );
    goOn();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [running]);
  const begin = (of: EraseView['of'], typed: string): void => {
    const what = JSON.stringify([of, typed]);
    if (sent.current?.what !== what) sent.current = { what, opId: crypto.randomUUID() };
    setState((old) => ({ ...old, error: null, busy: true }));
    press('erase.begin', { of, typed, opId: sent.current.opId }).then(
      (view) => {
        sent.current = null;
        setState({ view, error: null, busy: false });
      },
      (error: unknown) => setState((old) => ({ ...old, error, busy: false })),
    );
  };
  return { ...state, begin };
}
