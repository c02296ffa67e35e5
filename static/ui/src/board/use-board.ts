import { useEffect, useState, useSyncExternalStore } from 'react';
import { call, onVersion, Refused } from '../api';
import { startSession, type BoardSession, type BoardSource, type BoardState } from './session';

export type BoardTarget = { readonly pageId: string | null; readonly incidentId: string | null };

function source(target: BoardTarget): BoardSource {
  const { pageId, incidentId } = target;
  return {
    // The page decides; a board on some other page (or a copy) falls back to the incident it was made for.
    load: async () => {
      if (pageId === null) return call('board.load', { incidentId: incidentId ?? '' });
      try {
        return await call('board.load', { pageId });
      } catch (error) {
        if (incidentId === null || !(error instanceof Refused) || error.error.code !== 'not-found') throw error;
        return call('board.load', { incidentId });
      }
    },
    changes: (id, since, pass) => call('board.changes', { incidentId: id, since, pass }),
    listen: onVersion,
    visible: () => document.visibilityState === 'visible',
  };
}

const nothing = (): (() => void) => () => undefined;
const loading = (): BoardState => LOADING;
const LOADING: BoardState = { kind: 'loading' };

/** The board of one page or incident, kept up to date while it is on screen. */
export function useBoard(target: BoardTarget): { readonly state: BoardState; readonly session: BoardSession | null } {
  const { pageId, incidentId } = target;
  const [session, setSession] = useState<BoardSession | null>(null);
  useEffect(() => {
    const started = startSession(source({ pageId, incidentId }));
    document.addEventListener('visibilitychange', started.refresh);
    setSession(started);
    return () => {
      document.removeEventListener('visibilitychange', started.refresh);
      started.stop();
      setSession(null);
    };
  }, [pageId, incidentId]);
  return { state: useSyncExternalStore(session?.subscribe ?? nothing, session?.state ?? loading), session };
}
