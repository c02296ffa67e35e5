import { useId, useState } from 'react';
import type { IncidentHeadView } from '../../../../src/contract';
import { press } from '../api';
import type { DialogProps } from '../dialog';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { linesOf, textOf } from './given';
import { FEW, IncidentName, NoList, useEditable, useSought } from './incidents';
import { mergePlan, type MergePlan } from './merge-plan';

const NONE: readonly IncidentHeadView[] = [];
const AT_MOST = 21;

/** Which incidents are one, which of them goes on, and what that means; then it is done for good. */
export default function Merge({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const wanted = linesOf(given, 'ids');
  const { state, again } = useEditable();
  const all = state.at === 'shown' ? state.incidents : NONE;
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set(wanted));
  const [survivorId, setSurvivorId] = useState<string | null>(textOf(given, 'survivor') || null);
  const { sought, seek, found } = useSought(all);
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const chosen = all.filter(({ id }) => ids.has(id));
  const plan = mergePlan(chosen, survivorId);
  const visibility = chosen[0]?.visibility ?? null;
  const missing = state.at === 'shown' ? wanted.filter((id) => !all.some((incident) => incident.id === id)).length : 0;

  const choose = (id: string, on: boolean): void => {
    const next = new Set(ids);
    if (on) next.add(id);
    else next.delete(id);
    setIds(next);
    setRefusal(null);
  };
  const merge = (decided: MergePlan): void => {
    setSending(true);
    setRefusal(null);
    void press('incident.merge', { incidentId: decided.survivor.id, opId: crypto.randomUUID(), from: decided.merged.map(({ id }) => id) }).then(
      () => done({ survivor: decided.survivor.id }),
      (error: unknown) => {
        setSending(false);
        setRefusal(words.reason(error));
        again();
      },
    );
  };

  return (
    <div className="dialog-list">
      <p>{t('merge.text')}</p>
      {all.length > FEW && <input type="search" className="input" value={sought} placeholder={t('home.search')} aria-label={t('home.search')} onChange={(event) => seek(event.target.value)} />}
      <NoList state={state} again={again} />
      {missing > 0 && <p className="refusal">{t('merge.missing', { n: missing })}</p>}
      {state.at === 'shown' && all.length < 2 && <p className="quiet">{t('merge.none')}</p>}
      {state.at === 'shown' && all.length > 0 && (
        <fieldset className="one-of">
          <legend>{t('merge.choose')}</legend>
          <ul className="rows">
            {found.map((incident) => (
              <Choice
                key={incident.id}
                incident={incident}
                now={state.now}
                on={ids.has(incident.id)}
                off={!ids.has(incident.id) && ((visibility !== null && incident.visibility !== visibility) || chosen.length >= AT_MOST)}
                choose={(on) => choose(incident.id, on)}
              />
            ))}
            {found.length === 0 && <li className="quiet">{t('home.all.none')}</li>}
          </ul>
        </fieldset>
      )}
      {plan !== null && <Survivor chosen={chosen} survivor={plan.survivor} choose={setSurvivorId} />}
      {plan === null ? state.at === 'shown' && all.length > 1 && <p className="quiet">{t('merge.choose-more')}</p> : <Preview plan={plan} />}
      <p className="refusal" role="alert">
        {refusal}
      </p>
      <div className="dialog-actions">
        <Button look="primary" disabled={plan === null} busy={sending} onClick={() => plan !== null && merge(plan)}>
          {sending ? t('common.saving') : plan === null ? t('merge.yes-none') : t('merge.yes', { n: plan.merged.length, key: plan.survivor.key })}
        </Button>
        <Button look="quiet" onClick={() => done(null)}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Choice(props: { readonly incident: IncidentHeadView; readonly now: number; readonly on: boolean; readonly off: boolean; readonly choose: (on: boolean) => void }) {
  const { incident, on, off } = props;
  return (
    <li className="row">
      <label className="choice">
        <input type="checkbox" checked={on} disabled={off} onChange={(event) => props.choose(event.target.checked)} />
        <IncidentName incident={incident} now={props.now} />
      </label>
    </li>
  );
}

function Survivor(props: { readonly chosen: readonly IncidentHeadView[]; readonly survivor: IncidentHeadView; readonly choose: (id: string) => void }) {
  const { t } = useWords();
  const name = useId();
  return (
    <fieldset className="one-of">
      <legend>{t('merge.survivor')}</legend>
      {props.chosen.map(({ id, key, title }) => (
        <label key={id} className="choice">
          <input type="radio" name={name} checked={id === props.survivor.id} onChange={() => props.choose(id)} />
          <span>
            <span className="tabular">{key}</span> {title}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Said before it is done: there is no way back. */
function Preview({ plan }: { readonly plan: MergePlan }) {
  const words = useWords();
  const { t } = words;
  const { survivor, merged, worse } = plan;
  const keys = merged.map(({ key }) => key).join(t('common.list-separator'));
  return (
    <div role="status">
      <h2 className="overline">{t('merge.preview')}</h2>
      <ul className="dialog-lines merge-preview">
        <li>{t('merge.preview.alerts', { n: plan.alerts, key: survivor.key })}</li>
        {plan.earlier !== null && <li>{t('merge.preview.earlier', { time: words.minute(plan.earlier, survivor.detectedAt), key: survivor.key })}</li>}
        {worse.map(({ id, key, severity }) => (
          <li key={id}>{t('merge.preview.severity', { key, severity: t(`severity.${severity}`), own: t(`severity.${survivor.severity}`) })}</li>
        ))}
        <li>{t('merge.preview.later', { keys, key: survivor.key })}</li>
        <li>{t('merge.preview.pages', { keys, key: survivor.key })}</li>
        <li>{t('merge.preview.final')}</li>
      </ul>
    </div>
  );
}
