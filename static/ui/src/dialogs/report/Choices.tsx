import type { Lang, ReportChoices } from '../../../../../src/contract';
import { useWords } from '../../words';

/** What of the record is told. */
export function Choices<C extends keyof ReportChoices>(props: { readonly names: readonly C[]; readonly chosen: Readonly<Record<C, boolean>>; readonly choose: (name: C, on: boolean) => void }) {
  const { t } = useWords();
  return (
    <fieldset className="report-choices">
      <legend>{t('reports.choices')}</legend>
      {props.names.map((name) => (
        <label key={name} className="check">
          <input type="checkbox" checked={props.chosen[name]} onChange={(event) => props.choose(name, event.target.checked)} />
          {t(`reports.choice.${name}`)}
        </label>
      ))}
      <p className="quiet small">{t('reports.choices.text')}</p>
    </fieldset>
  );
}

/** The language it is written in, whatever the reader's is. */
export function LangChoice(props: { readonly id: string; readonly lang: Lang; readonly choose: (lang: Lang) => void }) {
  const { t } = useWords();
  return (
    <div className="field">
      <label htmlFor={props.id}>{t('reports.lang')}</label>
      <select id={props.id} className="select" value={props.lang} onChange={(event) => props.choose(event.target.value === 'ja' ? 'ja' : 'en')}>
        <option value="ja" lang="ja">
          日本語
        </option>
        <option value="en" lang="en">
          English
        </option>
      </select>
    </div>
  );
}
