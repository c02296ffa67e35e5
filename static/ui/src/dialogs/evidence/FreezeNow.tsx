/** The button that makes a copy now, and what became of pressing it. */
import { useEffect, useRef, useState } from 'react';
import type { EvidenceView, FreezeAnswer } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';
import { isComing } from './use-evidence';

/** `newest`: the last copy there was when it was pressed. */
interface Pressed {
  readonly so: FreezeAnswer;
  readonly newest: number;
}

export function FreezeNow(props: { readonly incidentId: string; readonly view: EvidenceView; readonly pressed: () => void }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, view, pressed } = props;
  const [answer, setAnswer] = useState<Pressed | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  /** The same until it is answered: a press whose answer was lost makes no second copy. */
  const opId = useRef<string | null>(null);
  const newest = view.copies[0]?.n ?? 0;
  const isThere = answer !== null && newest > answer.newest && !isComing(view);
  const freeze = (): void => {
    setBusy(true);
    setError(null);
    setAnswer(null);
    opId.current ??= crypto.randomUUID();
    void press('evidence.freeze', { incidentId, opId: opId.current })
      .then(
        ({ so }) => {
          opId.current = null;
          setAnswer({ so, newest });
        },
        (failure: unknown) => setError(failure),
      )
      .finally(() => setBusy(false));
  };
  // What is coming is read until it is there.
  useEffect(() => {
    if (answer?.so === 'coming' || answer?.so === 'under-way') pressed();
  }, [answer, pressed]);
  const said = (): string => {
    if (error !== null) return words.reason(error);
    if (answer === null) return '';
    if (isThere) return t('evidence.freeze.there', { n: newest });
    return answer.so === 'coming' ? '' : t(`evidence.freeze.${answer.so}`);
  };
  return (
    <div className="evidence-now">
      <Button busy={busy} onClick={freeze}>
        {t('evidence.freeze')}
      </Button>
      <span role={error === null ? 'status' : 'alert'}>{said()}</span>
    </div>
  );
}
