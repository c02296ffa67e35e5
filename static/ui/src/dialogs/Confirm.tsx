import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { DialogProps } from '../dialog';
import { Button } from '../parts/basics';
import { useInputMethod } from '../parts/compose';
import { useWords } from '../words';
import { linesOf, partOf, textOf } from './given';

/** Asks before something that cannot be taken back, for the reason too where one is needed. */
export default function Confirm({ given, done }: DialogProps) {
  const { t } = useWords();
  const asked = partOf(given, 'reason');
  const [reason, setReason] = useState(asked === null ? '' : textOf(asked, 'kept'));
  const [missing, setMissing] = useState(false);
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const lines = linesOf(given, 'lines');
  const inputMethod = useInputMethod();
  /** Ctrl+Enter or ⌘Enter sends. */
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const composing = inputMethod.owns(event);
    if (composing || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };

  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (asked === null || reason.trim() !== '') return done({ reason: reason.trim() });
    setMissing(true);
    field.current?.focus();
  };
  return (
    <form onSubmit={confirm} className="dialog-form" noValidate>
      {linesOf(given, 'text').map((text) => (
        <p key={text}>{text}</p>
      ))}
      {lines.length > 0 && (
        <ul className="dialog-lines">
          {lines.map((line, index) => (
            <li key={`${index} ${line}`}>{line}</li>
          ))}
        </ul>
      )}
      {asked !== null && (
        <div className="field">
          <label htmlFor={id}>{textOf(asked, 'label')}</label>
          <textarea ref={field} id={id} className="input" rows={2} maxLength={300} value={reason} aria-invalid={missing} aria-describedby={`${id}-hint`} onChange={(event) => setReason(event.target.value)} onKeyDown={onKeyDown} {...inputMethod.handlers} />
          <p id={`${id}-hint`} className={missing ? 'refusal' : 'quiet small'} role={missing ? 'alert' : undefined}>
            {missing ? t('board.reason-missing') : textOf(asked, 'hint')}
          </p>
        </div>
      )}
      <div className="dialog-actions">
        <Button type="submit" look="primary">
          {textOf(given, 'yes')}
        </Button>
        <Button look="quiet" onClick={() => done(null)}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
