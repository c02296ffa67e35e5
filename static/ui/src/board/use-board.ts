import { useEffect, useState, useSyncExternalStore } from 'react';
import { call, onVersion, viewingKey } from '../api';
import { startSession, type BoardSession, type BoardSource, type BoardState } from './session';

export type BoardTarget = { readonly pageId: string | null; readonly incidentId: string | null };

function source(target: BoardTarget): BoardSource {
  const { pageId, incidentId } = target;
  const named = incidentId === null ? {} : { incidentId };
  return {
    // The page decides; on a page that is no incident's home it is the one the macro names.
    load: () => call('board.load', pageId === null ? { incidentId: incidentId ?? '' } : { pageId, ...named }),
    changes: (id, asking) => call('board.changes', { incidentId: id, ...asking }),
    viewingKey,
    entries: (id, pass) => call('board.entries', { incidentId: id, pass }).then(({ entries }) => entries),
    listen: onVersion,
    visible: () => document.visibilityState === 'visible',
    online: () => navigator.onLine,
  };
}

const nothing = (): (() => void) => () => undefined;
const loading = (): BoardState => LOADING;
const LOADING: BoardState = { kind: 'loading' };

/** The board of one page or incident, kept up to date while it is on screen. Another `round` begins anew. */
export function useBoard(target: BoardTarget, round: number): { readonly state: BoardState; readonly session: BoardSession | null } {
  const { pageId, incidentId } = target;
  const [session, setSession] = useState<BoardSession | null>(null);
  useEffect(() => {
    const started = startSession(source({ pageId, incidentId }));
    document.addEventListener('visibilitychange', started.refresh);
    window.addEventListener('online', started.refresh);
    window.addEventListener('offline', started.refresh);
    setSession(started);
    return () => {
      document.removeEventListener('visibilitychange', started.refresh);
      window.removeEventListener('online', started.refresh);
      window.removeEventListener('offline', started.refresh);
      started.stop();
      setSession(null);
    };
  }, [pageId, incidentId, round]);
  return { state: useSyncExternalStore(session?.subscribe ?? nothing, session?.state ?? loading), session };
}
