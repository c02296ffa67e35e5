import { useState } from 'react';
import type { IncidentHeadView } from '../../../../src/contract';
import { press } from '../api';
import type { DialogProps } from '../dialog';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { textOf } from './given';
import { FEW, IncidentName, NoList, useEditable, useSought } from './incidents';

const NONE: readonly IncidentHeadView[] = [];

/** To which incident an alert goes: one press moves it and ends the dialog. */
export default function MoveAlert({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const [incidentId, alertId, visibility] = [textOf(given, 'incidentId'), textOf(given, 'alertId'), textOf(given, 'visibility')];
  const { state, again } = useEditable();
  const offered = state.at === 'shown' ? state.incidents.filter((incident) => incident.id !== incidentId && incident.visibility === visibility) : NONE;
  const { sought, seek, found } = useSought(offered);
  const [sending, setSending] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const move = ({ id, key }: IncidentHeadView): void => {
    setSending(id);
    setRefusal(null);
    void press('alert.move', { incidentId, opId: crypto.randomUUID(), alertId, to: id }).then(
      () => done({ to: id, key }),
      (error: unknown) => {
        setSending(null);
        setRefusal(words.reason(error));
      },
    );
  };
  return (
    <div className="dialog-list">
      <ul className="dialog-lines">
        <li>{textOf(given, 'line')}</li>
      </ul>
      <p>{t('alert.move.text')}</p>
      {offered.length > FEW && <input type="search" className="input" value={sought} placeholder={t('home.search')} aria-label={t('home.search')} onChange={(event) => seek(event.target.value)} />}
      <NoList state={state} again={again} />
      {state.at === 'shown' && found.length === 0 && <p className="quiet">{t(offered.length === 0 ? 'alert.move.none' : 'home.all.none')}</p>}
      <ul className="rows">
        {state.at === 'shown' &&
          found.map((incident) => (
            <li key={incident.id} className="row">
              <IncidentName incident={incident} now={state.now} />
              <Button busy={sending !== null} aria-label={t('alert.move.to', { key: incident.key })} onClick={() => move(incident)}>
                {t(sending === incident.id ? 'common.saving' : 'alert.move.yes')}
              </Button>
            </li>
          ))}
      </ul>
      <p className="refusal" role="alert">
        {refusal}
      </p>
      <div className="dialog-actions">
        <Button look="quiet" onClick={() => done(null)}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
