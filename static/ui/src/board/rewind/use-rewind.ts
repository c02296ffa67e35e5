import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { call } from '../../api';
import { createRewind, type RewindState, type RewindStore } from './rewind';

export interface Rewind extends RewindState {
  readonly store: RewindStore;
}

/** The past of one incident's board. `startAt`: the moment a link asked for, epoch ms; `skew`: server clock minus ours. */
export function useRewind(incidentId: string, pass: string, skew: number, startAt: number | null): Rewind {
  const latest = useRef({ pass, skew });
  latest.current = { pass, skew };
  const store = useMemo(
    () =>
      createRewind(
        (at) => call('board.at', { incidentId, pass: latest.current.pass, at }),
        () => Date.now() + latest.current.skew,
      ),
    [incidentId],
  );
  useEffect(() => {
    if (startAt !== null) store.go(startAt);
  }, [store, startAt]);
  const state = useSyncExternalStore(store.subscribe, store.state);
  return useMemo(() => ({ ...state, store }), [state, store]);
}
