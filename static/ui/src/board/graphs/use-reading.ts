import { useEffect, useState } from 'react';
import type { GraphView } from '../../../../../src/contract';

const AGAIN_MS = 60_000;

export interface Reading {
  readonly graph: GraphView | null;
  /** Why the newest reading failed, null where it did not; what was read before stays. */
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * Reads a graph while it is looked at, again each minute, and at once when `changed` is another value. `what` tells which graph
 * `read` reads, which may be a new function at each drawing; null: nothing is read.
 */
export function useReading(what: string, read: (() => Promise<GraphView>) | null, seen: boolean, changed: unknown = null): Reading {
  const [loaded, setLoaded] = useState<(Omit<Reading, 'retry'> & { readonly what: string }) | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (read === null || !seen) return;
    let current = true;
    let readAt = 0;
    const look = (): void => {
      if (document.visibilityState !== 'visible' || Date.now() - readAt < AGAIN_MS - 1_000) return;
      readAt = Date.now();
      read().then(
        (graph) => current && setLoaded({ what, graph, error: null }),
        (error: unknown) => current && setLoaded((old) => ({ what, graph: old?.what === what ? old.graph : null, error })),
      );
    };
    look();
    const timer = setInterval(look, AGAIN_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      current = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [what, read === null, seen, changed, round]);
  const mine = loaded?.what === what ? loaded : null;
  return { graph: mine?.graph ?? null, error: mine?.error ?? null, retry: () => setRound((n) => n + 1) };
}
