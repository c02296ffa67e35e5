import { useEffect, useRef, useState } from 'react';
import type { SimilarView } from '../../../../../src/contract';
import { call } from '../../api';
import { readIssues, type Issue } from '../../jira/issues';
import { useEnv } from '../env';

/** Alerts that come one after another are one reason to look again. */
const AGAIN_MS = 30_000;

export interface Found {
  /** null: not answered yet. */
  readonly view: SimilarView | null;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Asked once, and again when the set of linked alerts is another one; what was found stays until then. */
export function useSimilar(alerts: string): Found {
  const { incidentId, board } = useEnv();
  const [read, setRead] = useState<Omit<Found, 'retry'>>({ view: null, error: null });
  const [round, setRound] = useState(0);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  const asked = useRef(0);
  useEffect(() => {
    const ask = (): void => {
      askedAt.current = Date.now();
      const turn = (asked.current += 1);
      void call('board.similar', { incidentId, pass: board().pass }).then(
        (view) => turn === asked.current && setRead({ view, error: null }),
        (error: unknown) => turn === asked.current && setRead((old) => ({ view: old.view, error })),
      );
    };
    const timer = setTimeout(ask, Math.max(0, askedAt.current + AGAIN_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [incidentId, board, alerts, round]);
  const retry = (): void => {
    askedAt.current = Number.NEGATIVE_INFINITY;
    setRound((n) => n + 1);
  };
  return { ...read, retry };
}

/** By id, what Jira tells this viewer of the tickets; null: it has not answered, or does not. Read once for what was found. */
export function useTicketStates(view: SimilarView | null): ReadonlyMap<string, Issue> | null {
  const [issues, setIssues] = useState<ReadonlyMap<string, Issue> | null>(null);
  const ids = (view?.incidents ?? []).flatMap(({ tickets }) => tickets.flatMap(({ issueId }) => issueId ?? [])).join();
  useEffect(() => {
    if (ids === '') return;
    let current = true;
    readIssues(ids.split(',')).then(
      (found) => current && setIssues(found),
      () => undefined, // their keys are told all the same
    );
    return () => {
      current = false;
    };
  }, [ids]);
  return issues;
}
