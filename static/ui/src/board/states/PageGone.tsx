import type { IncidentHeadView } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';
import { useLonePress } from '../use-press';

/** What became of the incident's page. Who sees a deleted one is an administrator and can have a new one made. */
export function PageGone(props: { readonly head: IncidentHeadView; readonly canEdit: boolean; readonly accept: (head: IncidentHeadView) => void }) {
  const { t } = useWords();
  const { id, page } = props.head;
  const { sending, refusal, send } = useLonePress();
  if (page === null || page.state === 'current') return null;
  return (
    <aside className="banner banner-warning" aria-label={t('board.page.label')}>
      <p>{t(`board.page.${page.state}`)}</p>
      {page.state === 'deleted' && props.canEdit && (
        <span className="banner-actions">
          <Button busy={sending} onClick={() => send((opId) => press('incident.rehome', { incidentId: id, opId }), props.accept)}>
            {t(sending ? 'board.page.making' : 'board.page.make')}
          </Button>
        </span>
      )}
      <p className="refusal" role="alert">
        {refusal}
      </p>
    </aside>
  );
}
