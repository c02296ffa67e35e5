import type { IncidentHeadView } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';

/** Open incidents that may be the one that is being typed. */
export function Similar(props: { readonly incidents: readonly IncidentHeadView[]; readonly openBoard: (incidentId: string) => void }) {
  const { t } = useWords();
  return (
    <div className="similar" role="status">
      {props.incidents.length > 0 && (
        <>
          <p>{t('home.form.similar')}</p>
          <ul>
            {props.incidents.map(({ id, key, title, severity, status }) => (
              <li key={id}>
                <span className="similar-title">{title}</span>{' '}
                <span className="quiet small">
                  {t(`severity.${severity}`)} · {t(`status.${status}`)}
                </span>{' '}
                <Button className="small-button" onClick={() => props.openBoard(id)}>
                  {t('home.form.similar.open', { key })}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
