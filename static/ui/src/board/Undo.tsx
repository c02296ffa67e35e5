import { useEffect, useRef } from 'react';
import type { IncidentHeadView } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { usePress } from './use-press';

const OFFERED_MS = 15_000;

/** For a while after something was taken off it can be brought back with one press. */
export function Undo(props: { readonly said: string; readonly send: (opId: string) => Promise<IncidentHeadView>; readonly done: () => void }) {
  const { t } = useWords();
  const { pending, refusal, run } = usePress<'undo'>();
  const button = useRef<HTMLParagraphElement>(null);
  const done = useRef(props.done);
  done.current = props.done;
  const waits = pending === null && refusal === null;
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => done.current(), OFFERED_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  useEffect(() => {
    // What had the focus went away with what was taken off.
    if (document.activeElement === document.body) button.current?.querySelector('button')?.focus();
  }, []);
  const undo = async (): Promise<void> => {
    if ((await run('undo', props.send)) === 'accepted') done.current();
  };
  return (
    <p className="undo" role="status" ref={button}>
      <span>{props.said}</span>
      <Button className="small-button" busy={pending !== null} onClick={() => void undo()}>
        {t('common.undo')}
      </Button>
      {refusal !== null && <span className="refusal">{refusal.text}</span>}
    </p>
  );
}
