import { useId } from 'react';
import type { ReportForm } from '../../../../../src/contract';
import { useWords } from '../../words';
import { CHOICES, choicesOf, choose, FORMS } from './draft';
import type { Desk } from './use-report';

/** Which report, in which language, and what leaves with it. */
export function Options(props: { readonly desk: Desk }) {
  const { t, timeZone } = useWords();
  const id = useId();
  const { written, change, zone, setZone } = props.desk;
  const chosen = choicesOf(written);
  const zones = [...new Set([timeZone, 'Asia/Tokyo', 'UTC'])];
  return (
    <div className="report-options">
      <div className="field">
        <label htmlFor={`${id}-form`}>{t('reports.form')}</label>
        <select id={`${id}-form`} className="select" value={written.form} onChange={(event) => change({ ...written, form: event.target.value as ReportForm })}>
          {FORMS.map((form) => (
            <option key={form} value={form}>
              {t(`reports.form.${form}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-lang`}>{t('reports.lang')}</label>
        <select id={`${id}-lang`} className="select" value={written.lang} onChange={(event) => change({ ...written, lang: event.target.value === 'ja' ? 'ja' : 'en' })}>
          <option value="ja" lang="ja">
            日本語
          </option>
          <option value="en" lang="en">
            English
          </option>
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-zone`}>{t('reports.zone')}</label>
        <select id={`${id}-zone`} className="select" value={zone} onChange={(event) => setZone(event.target.value)}>
          {zones.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </div>
      <fieldset className="report-choices">
        <legend>{t('reports.choices')}</legend>
        {CHOICES.map((name) => (
          <label key={name} className="check">
            <input type="checkbox" checked={chosen[name]} onChange={(event) => change(choose(written, name, event.target.checked))} />
            {t(`reports.choice.${name}`)}
          </label>
        ))}
        <p className="quiet small">{t('reports.choices.text')}</p>
      </fieldset>
    </div>
  );
}
