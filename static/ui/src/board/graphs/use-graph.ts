import type { GraphTarget } from '../../../../../src/contract';
import { call } from '../../api';
import { useEnv } from '../env';
import { useReading, type Reading } from './use-reading';

/** A graph of the board; read at once when its alert closes. */
export function useGraph(target: GraphTarget, closedAt: number | null, seen: boolean): Reading {
  const { incidentId, board } = useEnv();
  const what = `${incidentId} ${'alertId' in target ? target.alertId : target.graphId}`;
  return useReading(what, () => call('board.graph', { incidentId, target, pass: board().pass }), seen, closedAt);
}
