import { useEffect, useState } from 'react';
import type { GraphTarget, GraphView } from '../../../../../src/contract';
import { call } from '../../api';
import { useEnv } from '../env';

const AGAIN_MS = 60_000;

export interface GraphState {
  readonly graph: GraphView | null;
  readonly failed: boolean;
  readonly retry: () => void;
}

/** Reads the graph while it is looked at, again each minute, and when its alert closes. The old line stays until the new one is there. */
export function useGraph(target: GraphTarget, closedAt: number | null, seen: boolean): GraphState {
  const { incidentId, board } = useEnv();
  const key = 'alertId' in target ? target.alertId : target.graphId;
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly graph: GraphView | null; readonly failed: boolean } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (!seen) return;
    let current = true;
    let readAt = 0;
    const read = (): void => {
      if (document.visibilityState !== 'visible' || Date.now() - readAt < AGAIN_MS - 1_000) return;
      readAt = Date.now();
      void call('board.graph', { incidentId, target, pass: board().pass }).then(
        (graph) => current && setLoaded({ key, graph, failed: false }),
        () => current && setLoaded((old) => ({ key, graph: old?.key === key ? old.graph : null, failed: true })),
      );
    };
    read();
    const timer = setInterval(read, AGAIN_MS);
    document.addEventListener('visibilitychange', read);
    return () => {
      current = false;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', read);
    };
    // `key` tells the target, which is a new object at each drawing.
  }, [incidentId, key, closedAt, seen, round, board]);
  const mine = loaded?.key === key ? loaded : null;
  return { graph: mine?.graph ?? null, failed: mine?.failed ?? false, retry: () => setRound((n) => n + 1) };
}
