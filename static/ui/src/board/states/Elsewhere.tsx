import type { IncidentHeadView } from '../../../../../src/contract';
import { goTo } from '../../api';
import { Button } from '../../parts/basics';
import { usePaused } from '../../parts/paused';
import { useWords } from '../../words';

/** Above a board that stands on a page which is not the incident's: a copy, or a page that only shows it. */
export function Elsewhere(props: { readonly head: IncidentHeadView; readonly chosen: boolean; readonly startHere: () => void; readonly chooseAgain: () => void }) {
  const { t } = useWords();
  const { page } = props.head;
  const isPaused = usePaused();
  return (
    <aside className="banner" aria-label={t('copy.label')}>
      <p>{t(props.chosen ? 'copy.chosen' : 'copy.text')}</p>
      <span className="banner-actions">
        {page !== null && page.state === 'current' && <Button onClick={() => goTo(page.url)}>{t('copy.original')}</Button>}
        {props.chosen && (
          <Button look="quiet" onClick={props.chooseAgain}>
            {t('copy.choose-again')}
          </Button>
        )}
        {!isPaused && (
          <Button look="quiet" onClick={props.startHere}>
            {t('copy.new')}
          </Button>
        )}
      </span>
    </aside>
  );
}
