import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import type { LineView } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { useInputMethod } from '../../parts/compose';
import { Person } from '../../parts/people';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { codeOf, usePress } from '../use-press';
import { keepDraft, keptDraft } from './drafts';
import type { LineName } from './Lines';

const LINE_MAX = 200;

/**
 * One line, edited in its place. What is typed is kept until it is saved or given up. When somebody else changes the line
 * meanwhile, theirs is shown above and saving asks for a second press.
 */
export function LineEditor(props: { readonly line: LineName; readonly value: LineView | null; readonly autoFocus: boolean; readonly close: () => void }) {
  const words = useWords();
  const { t } = words;
  const { incidentId } = useEnv();
  const { line, value } = props;
  const [draft, setDraft] = useState(() => keptDraft(incidentId, line) ?? { text: value?.text ?? '', base: value?.v ?? 0 });
  const { pending, refusal, run } = usePress<object>();
  const field = useRef<HTMLInputElement>(null);
  const inputMethod = useInputMethod();
  const version = value?.v ?? 0;
  const overtaken = draft.base !== version;

  useEffect(() => {
    if (props.autoFocus) field.current?.focus();
  }, [props.autoFocus]);

  const write = (text: string): void => {
    const next = { ...draft, text };
    setDraft(next);
    keepDraft(incidentId, line, next);
  };
  const give = (): void => {
    keepDraft(incidentId, line, null);
    props.close();
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { text } = draft;
    if (text === (value?.text ?? '')) return give();
    // Whoever saves over another's words has them before their eyes.
    const base = version;
    setDraft({ text, base });
    if ((await run({ text, base }, (opId) => press('incident.line', { incidentId, opId, line, text, base }))) === 'accepted') give();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const composing = inputMethod.owns(event);
    if (event.key === 'Enter' && composing) event.preventDefault();
    if (event.key !== 'Escape' || composing) return;
    event.preventDefault();
    props.close(); // the draft stays for the next time
  };

  return (
    <form className="line-editor" aria-label={t(`board.${line}`)} onSubmit={(event) => void save(event)}>
      {overtaken && (
        <p className="overtaken small" role="status">
          {value === null ? (
            t('board.overtaken.cleared')
          ) : (
            <>
              <Person person={value.by} /> {t('board.overtaken', { time: words.clock(value.at), text: value.text })}
            </>
          )}
        </p>
      )}
      <input
        ref={field}
        className="input"
        value={draft.text}
        maxLength={LINE_MAX}
        aria-label={t(`board.${line}`)}
        placeholder={t(`board.${line}.hint`)}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
        {...inputMethod.handlers}
      />
      <span className="editor-buttons">
        <Button type="submit" className="small-button" busy={pending !== null}>
          {t(pending !== null ? 'common.saving' : overtaken ? 'board.replace' : 'common.save')}
        </Button>
        <Button look="quiet" className="small-button" onClick={give}>
          {t('common.cancel')}
        </Button>
      </span>
      {refusal !== null && !(overtaken && codeOf(refusal.error) === 'conflict') && (
        <p className="refusal" role="alert">
          {refusal.text}
        </p>
      )}
    </form>
  );
}
