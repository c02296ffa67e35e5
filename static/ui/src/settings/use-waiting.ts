import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../api';

const ASK_MS = 2_000;
const PATIENCE_MS = 5 * 60_000;

export type Waiting =
  | { readonly kind: 'off' }
  /** `began`: epoch ms of this computer. */
  | { readonly kind: 'waiting'; readonly began: number }
  | { readonly kind: 'heard'; readonly at: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Waits for a delivery with the present secret, from the moment `begin` is called. The server's clock says what is since. */
export function useWaiting(): { readonly waiting: Waiting; readonly begin: () => void; readonly end: () => void } {
  const [waiting, setWaiting] = useState<Waiting>({ kind: 'off' });
  const round = useRef(0);
  const begin = useCallback(() => {
    const mine = (round.current += 1);
    const began = Date.now();
    const mineStill = (): boolean => mine === round.current;
    const ask = (since: number): void => {
      void call('webhook.wait', { since }).then(
        ({ heardAt }) => {
          if (!mineStill()) return;
          if (heardAt !== null) setWaiting({ kind: 'heard', at: heardAt });
          else if (Date.now() - began > PATIENCE_MS) setWaiting({ kind: 'silent' });
          else setTimeout(() => mineStill() && ask(since), ASK_MS);
        },
        (error: unknown) => mineStill() && setWaiting({ kind: 'failed', error }),
      );
    };
    setWaiting({ kind: 'waiting', began });
    void call('webhook.wait', { since: null }).then(
      ({ now }) => mineStill() && ask(now),
      (error: unknown) => mineStill() && setWaiting({ kind: 'failed', error }),
    );
  }, []);
  const end = useCallback(() => {
    round.current += 1;
    setWaiting({ kind: 'off' });
  }, []);
  useEffect(() => () => void (round.current += 1), []);
  return { waiting, begin, end };
}
