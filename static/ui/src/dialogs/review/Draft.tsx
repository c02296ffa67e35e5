/** One part in sentences, by a model, to be read and copied; it never writes anything itself. */
import { useState } from 'react';
import type { FillSection } from '../../../../../src/contract';
import { call } from '../../api';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';

export function Draft(props: { readonly incidentId: string; readonly section: FillSection; readonly title: string; readonly entries: readonly string[] | null }) {
  const words = useWords();
  const { t } = words;
  const { incidentId, section, title, entries } = props;
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const ended = (draft: string | null, why: string | null): void => {
    setBusy(false);
    setText(draft);
    setRefusal(why);
  };
  const ask = (): void => {
    if (busy) return;
    setBusy(true);
    call('review.draft', { incidentId, section, entries }).then(
      (draft) => ended(draft.text, null),
      (error: unknown) => ended(text, words.reason(error)),
    );
  };
  return (
    <div className="review-draft">
      <Button className="small-button" busy={busy} aria-label={t('review.draft.of', { section: title })} onClick={ask}>
        {t(busy ? 'review.draft.asking' : 'review.draft.ask')}
      </Button>
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      {text !== null && (
        <>
          <textarea className="input copy-box" readOnly rows={5} value={text} aria-label={t('review.draft.text', { section: title })} onFocus={(event) => event.currentTarget.select()} />
          <p className="quiet small" role="status">
            {t('review.draft.hint')}
          </p>
        </>
      )}
    </div>
  );
}
