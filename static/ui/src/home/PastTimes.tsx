import { useWords } from '../words';
import { NO_TIMES, type TypedMoment, type TypedPast } from './past';

const ENDS = ['begun', 'ended'] as const;

/** When an incident that is over began and ended, told by the clock of the viewer's zone. */
export function PastTimes(props: { readonly past: TypedPast | null; readonly problem: string | null; readonly edit: (past: TypedPast | null) => void }) {
  const { t, timeZone } = useWords();
  const { past, edit } = props;
  return (
    <>
      <label className="check">
        <input type="checkbox" checked={past !== null} onChange={(event) => edit(event.target.checked ? NO_TIMES : null)} />
        {t('home.form.past')}
      </label>
      {past !== null && (
        <div className="field-row">
          {ENDS.map((end) => {
            const what = t(`home.form.past.${end}`);
            const put = (part: Partial<TypedMoment>): void => edit({ ...past, [end]: { ...past[end], ...part } });
            return (
              <div key={end} className="field">
                <span className="label">
                  {what} <span className="quiet">({timeZone})</span>
                </span>
                <div className="past-moment">
                  <input className="input" type="date" aria-label={t('home.form.past.date', { what })} aria-invalid={props.problem !== null} value={past[end].date} onChange={(event) => put({ date: event.target.value })} />
                  <input className="input" type="time" aria-label={t('home.form.past.time', { what })} aria-invalid={props.problem !== null} value={past[end].clock} onChange={(event) => put({ clock: event.target.value })} />
                </div>
              </div>
            );
          })}
        </div>
      )}
      {past !== null && props.problem !== null && (
        <p className="refusal" role="alert">
          {props.problem}
        </p>
      )}
    </>
  );
}
