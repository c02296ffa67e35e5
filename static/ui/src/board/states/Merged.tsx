import type { IncidentHeadView, SurvivorView } from '../../../../../src/contract';
import { goTo, goToIncidents } from '../../api';
import { Button } from '../../parts/basics';
import { useWords } from '../../words';

/** Above the board of a merged incident: where it goes on, as far as this viewer may know. */
export function Merged(props: { readonly head: IncidentHeadView; readonly survivor: SurvivorView | null; readonly place: 'page' | 'full-screen' }) {
  const { t } = useWords();
  const { survivor, place } = props;
  if (props.head.status !== 'merged') return null;
  return (
    <aside className="banner banner-warning" aria-label={t('merge.label')}>
      <div role="status">
        <p>
          <strong>{survivor === null ? t('merge.gone-on.hidden') : t('merge.gone-on', { key: survivor.key, title: survivor.title })}</strong>
        </p>
        <p className="quiet">{t('merge.read-only')}</p>
      </div>
      {survivor !== null && (
        <span className="banner-actions">
          {place === 'page' && survivor.url !== null ? (
            <Button look="primary" onClick={() => goTo(survivor.url ?? '')}>
              {t('merge.open-page', { key: survivor.key })}
            </Button>
          ) : (
            <Button look="primary" onClick={() => goToIncidents(survivor.incidentId)}>
              {t('merge.open-board', { key: survivor.key })}
            </Button>
          )}
        </span>
      )}
    </aside>
  );
}
