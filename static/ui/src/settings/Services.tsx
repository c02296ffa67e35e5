import type { ServiceView } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { changed, row, without, type Row } from './draft';
import { Parent } from './Parent';
import { Unmapped } from './Unmapped';

export function Services(props: { readonly rows: readonly Row<ServiceView>[]; readonly problem: string | null; readonly known: readonly string[]; readonly edit: (rows: readonly Row<ServiceView>[]) => void }) {
  const { t } = useWords();
  const { rows, edit } = props;
  return (
    <section className="card settings-card" aria-labelledby="services-title">
      <h2 id="services-title">{t('settings.services.title')}</h2>
      <p className="quiet">{t('settings.services.intro')}</p>
      <p className="quiet small">{t('settings.applies.services')}</p>
      {props.problem !== null && (
        <p className="refusal" role="alert">
          {props.problem}
        </p>
      )}
      {rows.length === 0 && <p className="empty-box">{t('settings.services.none')}</p>}
      {rows.map(({ id, value }, index) => (
        <div key={id} className="row row-service" role="group" aria-label={t('settings.services.row', { n: index + 1 })}>
          <label className="field">
            <span className="label">{t('settings.services.name')}</span>
            <input className="input" value={value.name} maxLength={63} onChange={(event) => edit(changed(rows, id, { name: event.target.value }))} />
          </label>
          <label className="field">
            <span className="label">{t('settings.services.space')}</span>
            <input className="input" value={value.spaceKey} maxLength={255} onChange={(event) => edit(changed(rows, id, { spaceKey: event.target.value, parent: null }))} />
          </label>
          <label className="field">
            <span className="label">{t('settings.services.lang')}</span>
            <select className="select" value={value.lang} onChange={(event) => edit(changed(rows, id, { lang: event.target.value === 'ja' ? 'ja' : 'en' }))}>
              <option value="ja">{t('settings.services.lang.ja')}</option>
              <option value="en">{t('settings.services.lang.en')}</option>
            </select>
          </label>
          <Button look="quiet" className="row-button" aria-label={t('settings.row.remove', { n: index + 1 })} onClick={() => edit(without(rows, id))}>
            ×
          </Button>
          <Parent n={index + 1} spaceKey={value.spaceKey.trim()} parent={value.parent} edit={(parent) => edit(changed(rows, id, { parent }))} />
        </div>
      ))}
      <Unmapped rows={rows} known={props.known} edit={edit} />
      <Button className="add" onClick={() => edit([...rows, row<ServiceView>({ name: '', spaceKey: '', lang: 'ja', parent: null })])}>
        {t('settings.services.add')}
      </Button>
    </section>
  );
}
