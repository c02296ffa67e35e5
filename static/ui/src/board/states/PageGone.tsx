import { useState } from 'react';
import type { IncidentHeadView } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';

/** What became of the incident's page. Who sees a deleted one is an administrator and can have a new one made. */
export function PageGone(props: { readonly head: IncidentHeadView; readonly canEdit: boolean; readonly accept: (head: IncidentHeadView) => void }) {
  const words = useWords();
  const { t } = words;
  const { id, page } = props.head;
  const [state, setState] = useState<{ readonly opId: string; readonly sending: boolean; readonly refusal: string | null } | null>(null);
  if (page === null || page.state === 'current') return null;
  const rehome = (): void => {
    const opId = state?.opId ?? crypto.randomUUID();
    setState({ opId, sending: true, refusal: null });
    void press('incident.rehome', { incidentId: id, opId }).then(
      (head) => {
        setState(null);
        props.accept(head);
      },
      (error: unknown) => setState({ opId, sending: false, refusal: words.reason(error) }),
    );
  };
  return (
    <aside className="banner banner-warning" aria-label={t('board.page.label')}>
      <p>{t(`board.page.${page.state}`)}</p>
      {page.state === 'deleted' && props.canEdit && (
        <span className="banner-actions">
          <Button busy={state?.sending === true} onClick={rehome}>
            {t(state?.sending === true ? 'board.page.making' : 'board.page.make')}
          </Button>
        </span>
      )}
      <p className="refusal" role="alert">
        {state?.refusal}
      </p>
    </aside>
  );
}
