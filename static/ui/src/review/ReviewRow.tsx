/** The review on the board: how far it is, and the way into it. */
import { useCallback, useEffect, useState } from 'react';
import type { ReviewView } from '../../../../src/contract';
import { call, openDialog } from '../api';
import { Button } from '../parts/basics';
import { Person } from '../parts/people';
import { useWords } from '../words';
import { useEnv } from '../board/env';
import { DueDate, StateWord } from './parts';
import { ReviewTexts } from './ReviewTexts';

export function ReviewRow() {
  return (
    <ReviewTexts failed={null}>
      <Row />
    </ReviewTexts>
  );
}

function Row() {
  const words = useWords();
  const { t } = words;
  const { incidentId, board, refresh } = useEnv();
  const [view, setView] = useState<ReviewView | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const load = useCallback(() => {
    call('review.load', { incidentId }).then(
      (found) => {
        setView(found);
        setFailure(null);
      },
      (error: unknown) => setFailure(words.reason(error)),
    );
  }, [incidentId, words]);
  useEffect(load, [load]);
  const open = (): void => {
    const { page } = board().incident;
    void openDialog('review', t('review.title'), { incidentId, pageId: page?.state === 'current' ? page.id : '' }, 'xlarge').then(
      () => {
        load();
        refresh();
      },
      (error: unknown) => setFailure(words.reason(error)),
    );
  };
  const closed = view?.checks.filter(({ how }) => how !== null).length ?? 0;
  return (
    <div className="review-row" role="group" aria-label={t('review.title')}>
      <strong>{t('review.title')}</strong>
      {view !== null && (
        <>
          <StateWord state={view.state} />
          {view.state !== 'done' && view.dueDate !== null && <DueDate dueDate={view.dueDate} overdueDays={view.overdueDays} />}
          <span className="quiet tabular">{t('review.progress', { n: closed, of: view.checks.length })}</span>
          <span className="quiet">{view.plan.owner === null ? t('review.owner.none') : <Person person={view.plan.owner} />}</span>
        </>
      )}
      {failure !== null && (
        <span className="refusal" role="alert">
          {failure}
        </span>
      )}
      <Button className="small-button" aria-haspopup="dialog" onClick={open}>
        {t('review.open')}
      </Button>
    </div>
  );
}
