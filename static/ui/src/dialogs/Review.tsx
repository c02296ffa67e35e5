/** The review of an incident: who looks back until when, what is open, what contributed, and what was learned. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { ReviewPart } from '../../../../src/contract';
import { SEND_KEY } from '../board/timeline/NoteFields';
import type { DialogProps } from '../dialog';
import { Button, Notice } from '../parts/basics';
import { useInputMethod } from '../parts/compose';
import { PausedNote, usePaused } from '../parts/paused';
import { DueDate, StateWord } from '../review/parts';
import { ReviewTexts } from '../review/ReviewTexts';
import { useWords } from '../words';
import { textOf } from './given';
import { Checks } from './review/Checks';
import { Factors } from './review/Factors';
import { Fill } from './review/Fill';
import { LessonFields } from './review/Lessons';
import { Plan } from './review/Plan';
import { useReview } from './review/use-review';
import { Whys } from './review/Whys';

export default function Review(props: DialogProps) {
  const { t } = useWords();
  return (
    <ReviewTexts failed={<p role="alert">{t('error.internal')}</p>}>
      <Shown {...props} />
    </ReviewTexts>
  );
}

function Shown({ given, done }: DialogProps) {
  const incidentId = textOf(given, 'incidentId');
  const words = useWords();
  const { t } = words;
  const isPaused = usePaused();
  const review = useReview(incidentId);
  const { view, draft } = review;
  const [filling, setFilling] = useState(false);
  const inputMethod = useInputMethod();
  const root = useRef<HTMLDivElement>(null);
  const wasFilling = useRef(false);
  useEffect(() => {
    // What had the focus is gone.
    if (wasFilling.current && !filling) root.current?.focus();
    wasFilling.current = filling;
  }, [filling]);
  if (view === null || draft === null) {
    if (review.failure === null) return <p role="status">{t('common.loading')}</p>;
    return (
      <Notice tone="warning" title={t('review.failed')} actions={<Button onClick={review.load}>{t('common.retry')}</Button>}>
        <p>{words.reason(review.failure)}</p>
      </Notice>
    );
  }
  const may = view.canEdit && !isPaused;
  if (filling) return <Fill incidentId={incidentId} back={() => (setFilling(false), review.load())} />;
  const close = (): void => done({ changed: true });
  const next = view.state === 'draft' ? 'in-review' : 'done';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (inputMethod.owns(event) || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void review.save();
  };
  return (
    <div ref={root} tabIndex={-1} className="dialog-form review" {...inputMethod.handlers} onKeyDown={onKeyDown}>
      <PausedNote />
      <div className="review-head">
        <StateWord state={view.state} />
        {view.dueDate === null ? <span className="quiet">{t('review.due.none')}</span> : <DueDate dueDate={view.dueDate} overdueDays={view.overdueDays} />}
        {may && view.state !== 'done' && (
          <Button className="small-button" busy={review.busy} onClick={() => review.advance(next)}>
            {t(`review.move.${next}`)}
          </Button>
        )}
        {may && view.state !== 'draft' && (
          <Button look="quiet" className="small-button" busy={review.busy} onClick={() => review.advance(view.state === 'done' ? 'in-review' : 'draft')}>
            {t(view.state === 'done' ? 'review.move.again' : 'review.move.draft')}
          </Button>
        )}
      </div>
      <p className="quiet">{t('review.blameless')}</p>
      <Checks checks={view.checks} canEdit={may} busy={review.busy} tick={review.tick} fill={may && textOf(given, 'pageId') !== '' ? () => setFilling(true) : null} />
      <Plan plan={draft.plan} canEdit={may} edit={(plan) => review.edit({ plan })} />
      <Factors factors={draft.factors} canEdit={may} edit={(factors) => review.edit({ factors })} />
      <Whys whys={draft.whys} canEdit={may} edit={(whys) => review.edit({ whys })} />
      <LessonFields lessons={draft.lessons} canEdit={may} edit={(lessons) => review.edit({ lessons })} />
      {view.state === 'done' && (
        <label className="check">
          <input type="checkbox" checked={view.club !== null} disabled={!may} onChange={(event) => review.tick('club', event.target.checked)} />
          {t('review.club')}
        </label>
      )}
      {review.theirs !== null && <Theirs part={review.theirs} take={review.takeTheirs} />}
      {review.refusal !== null && (
        <p className="refusal" role="alert">
          {review.refusal}
        </p>
      )}
      <div className="dialog-actions">
        <p className="quiet" role="status">
          {review.unsaved.length > 0 ? t('review.unsaved') : review.said}
        </p>
        <Button onClick={close}>{t('review.close')}</Button>
        {may && (
          <Button look="primary" busy={review.busy} disabled={review.unsaved.length === 0} onClick={() => void review.save()}>
            {t(review.busy ? 'common.saving' : 'review.save')} <kbd className="key-hint">{SEND_KEY}</kbd>
          </Button>
        )}
      </div>
    </div>
  );
}

/** What was written here stays, and saving it again puts it in place of theirs. */
function Theirs(props: { readonly part: ReviewPart; readonly take: () => void }) {
  const { t } = useWords();
  return (
    <p className="dialog-warning" role="status">
      {t('review.theirs', { part: t(`review.part.${props.part}`) })}{' '}
      <Button className="small-button" onClick={props.take}>
        {t('review.theirs.take')}
      </Button>
    </p>
  );
}
