import { useId } from 'react';
import type { ReportForm } from '../../../../../src/contract';
import { useWords } from '../../words';
import { Choices, LangChoice } from './Choices';
import { CHOICES, choicesOf, choose, FORMS } from './draft';
import type { Desk } from './use-report';

/** Which report, in which language, and what leaves with it. */
export function Options(props: { readonly desk: Desk }) {
  const { t, timeZone } = useWords();
  const id = useId();
  const { written, change, zone, setZone } = props.desk;
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
      <LangChoice id={`${id}-lang`} lang={written.lang} choose={(lang) => change({ ...written, lang })} />
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
      <Choices names={CHOICES} chosen={choicesOf(written)} choose={(name, on) => change(choose(written, name, on))} />
    </div>
  );
}
