import type { IncidentHeadView } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { useName } from '../../parts/people';
import { useWords } from '../../words';
import { useLonePress } from '../use-press';

/** The app's account was taken off the page by hand: who sees the page can add it again. */
export function HiddenPage(props: { readonly head: IncidentHeadView; readonly canEdit: boolean; readonly accept: (head: IncidentHeadView) => void }) {
  const words = useWords();
  const { t } = words;
  const { id, hidden } = props.head;
  const name = useName(hidden?.account.accountId ?? null);
  const { sending, refusal, send } = useLonePress();
  if (hidden === null) return null;
  const { account, since } = hidden;
  return (
    <aside className="banner banner-warning" aria-label={t('board.hidden.label')}>
      <div>
        <p>
          <strong>{t('board.hidden.title')}</strong>
        </p>
        <p>{t('board.hidden.text', { name: name ?? account.accountId, account: account.accountId, time: words.minute(since, Date.now()) })}</p>
      </div>
      {props.canEdit && (
        <span className="banner-actions">
          <Button busy={sending} onClick={() => send((opId) => press('audience.add', { incidentId: id, opId, who: account }), props.accept)}>
            {t('board.hidden.add')}
          </Button>
        </span>
      )}
      <p className="refusal" role="alert">
        {refusal}
      </p>
    </aside>
  );
}
