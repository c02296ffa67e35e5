import { useRef, useState } from 'react';
import type { IncidentHeadView } from '../../../../src/contract';
import { NoAnswer, Refused } from '../api';
import { useWords } from '../words';
import { useEnv } from './env';

export interface Refusal {
  readonly error: unknown;
  /** The reason in the viewer's language. */
  readonly text: string;
}
export interface Presses<T> {
  /** What is under way, for the screen to show as pending; null: nothing. */
  readonly pending: T | null;
  readonly refusal: Refusal | null;
  /** Sends one press; `busy`: not begun, because one is under way. */
  run(what: T, send: (opId: string) => Promise<IncidentHeadView>): Promise<'accepted' | 'busy' | Refusal>;
  /** Takes the last refusal off the screen. */
  settle(): void;
}

export const codeOf = (error: unknown): string | null => (error instanceof Refused ? error.error.code : null);
/** A role of a private incident was refused because its page is hidden from the person. */
export const isNotLetIn = (result: 'accepted' | 'busy' | Refusal): result is Refusal => typeof result === 'object' && fieldOf(result.error) === 'audience';
export const fieldOf = (error: unknown): string | null => (error instanceof Refused ? error.error.field : null);

/** One press of a banner beside the board; pressed again after a refusal it is the same press. */
export function useLonePress(): { readonly sending: boolean; readonly refusal: string | null; send(press: (opId: string) => Promise<IncidentHeadView>, accept: (head: IncidentHeadView) => void): void } {
  const words = useWords();
  const [state, setState] = useState<{ readonly opId: string; readonly sending: boolean; readonly refusal: string | null } | null>(null);
  return {
    sending: state?.sending === true,
    refusal: state?.refusal ?? null,
    send(press, accept) {
      const opId = state?.opId ?? crypto.randomUUID();
      setState({ opId, sending: true, refusal: null });
      void press(opId).then(
        (head) => {
          setState(null);
          accept(head);
        },
        (error: unknown) => setState({ opId, sending: false, refusal: words.reason(error) }),
      );
    },
  };
}

/**
 * One press at a time; while it is under way it looks pending, and a refusal comes back with its reason. The same wish pressed
 * again after a lost answer is the same press.
 */
export function usePress<T>(): Presses<T> {
  const words = useWords();
  const { accept, refresh } = useEnv();
  const [pending, setPending] = useState<T | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const busy = useRef(false);
  const lost = useRef<{ readonly what: string; readonly opId: string } | null>(null);

  const run: Presses<T>['run'] = async (what, send) => {
    if (busy.current) return 'busy';
    busy.current = true;
    setPending(what);
    setRefusal(null);
    const same = JSON.stringify(what);
    const opId = lost.current?.what === same ? lost.current.opId : crypto.randomUUID();
    try {
      accept(await send(opId));
      lost.current = null;
      return 'accepted';
    } catch (error) {
      lost.current = error instanceof NoAnswer ? { what: same, opId } : null;
      const refused = { error, text: words.t('board.change-refused', { reason: words.reason(error) }) };
      setRefusal(refused);
      if (codeOf(error) === 'conflict') refresh(); // whoever was first shows at once
      return refused;
    } finally {
      busy.current = false;
      setPending(null);
    }
  };
  return { pending, refusal, run, settle: () => setRefusal(null) };
}
