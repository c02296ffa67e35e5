/** The copies as they are read, again and again while one is being made. */
import { useCallback, useEffect, useState } from 'react';
import type { EvidenceView } from '../../../../../src/contract';
import { call } from '../../api';

const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 15_000;

export const isComing = ({ coming, copies }: EvidenceView): boolean => coming !== null || copies.some(({ underWay }) => underWay);

export interface EvidenceRead {
  /** null: not read yet. */
  readonly view: EvidenceView | null;
  /** Why the last reading failed; null: it did not. */
  readonly error: unknown;
  readonly readAgain: () => void;
}

export function useEvidence(incidentId: string, pass: string): EvidenceRead {
  const [view, setView] = useState<EvidenceView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (waitMs: number): Promise<void> => {
      const again = (): void => {
        timer = setTimeout(() => void read(Math.min(LONGEST_WAIT_MS, waitMs * 1.5)), waitMs);
      };
      try {
        const next = await call('board.evidence', { incidentId, pass });
        if (!current) return;
        setView(next);
        setError(null);
        if (isComing(next)) again();
      } catch (failure) {
        if (current) setError(failure);
      }
    };
    void read(FIRST_WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [incidentId, pass, round]);
  return { view, error, readAgain: useCallback(() => setRound((n) => n + 1), []) };
}
