/** The summary, a heading that turns into a field. */
import { useRef, useState, type FormEvent, type KeyboardEvent, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from '@atlaskit/button/new';
import CheckIcon from '@atlaskit/icon/core/check-mark';
import CloseIcon from '@atlaskit/icon/core/close';
import { useWords } from '../words';

interface Props {
  readonly summary: string;
  readonly canEdit: boolean;
  /** False: it was refused, and what was typed stays. */
  readonly onSave: (summary: string) => Promise<boolean>;
}
export function Summary({ summary, canEdit, onSave }: Props): ReactElement {
  const say = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    flushSync(() => setTyped(null));
    opener.current?.focus();
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (typed === null || typed.trim() === '') return;
    if (typed.trim() === summary || (await onSave(typed.trim()))) close();
  };
  if (!canEdit) return <h1 className="page-title">{summary}</h1>;
  if (typed === null) {
    return (
      <h1 className="page-title">
        <button ref={opener} type="button" className="issue-summary" title={say('editSummary')} onClick={() => setTyped(summary)}>
          {summary}
        </button>
      </h1>
    );
  }
  return (
    <form className="issue-summary-form" onSubmit={(event) => void save(event)}>
      <textarea
        className="issue-summary-field"
        aria-label={say('summary')}
        autoFocus
        rows={1}
        maxLength={255}
        value={typed}
        onChange={(event) => setTyped(event.target.value.replace(/\n/g, ' '))}
        onKeyDown={(event: KeyboardEvent<HTMLTextAreaElement>) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') close();
          if (event.key === 'Enter') void save(event);
        }}
      />
      <IconButton type="submit" icon={CheckIcon} label={say('save')} isDisabled={typed.trim() === ''} />
      <IconButton icon={CloseIcon} label={say('cancel')} onClick={close} />
    </form>
  );
}
