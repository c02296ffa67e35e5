import { useState } from 'react';
import type { Lang, ServiceView } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { row, type Row } from './draft';
import { SelectIn, TextIn } from './rules/fields';

const LANGS: readonly Lang[] = ['ja', 'en'];

/** Services of Mackerel nobody has given a space: all of them at once. `known`: those Mackerel has. */
export function Unmapped(props: { readonly rows: readonly Row<ServiceView>[]; readonly known: readonly string[]; readonly edit: (rows: readonly Row<ServiceView>[]) => void }) {
  const { t, lang: own, locale } = useWords();
  const [spaceKey, setSpaceKey] = useState('');
  const [lang, setLang] = useState<Lang>(own);
  const mapped = new Set(props.rows.map(({ value }) => value.name.trim()));
  const names = props.known.filter((name) => !mapped.has(name));
  if (names.length === 0) return null;
  const add = (): void => props.edit([...props.rows, ...names.map((name) => row<ServiceView>({ name, spaceKey: spaceKey.trim(), lang, parent: null }))]);
  return (
    // Enter in its field would save the page without what is typed there.
    <section className="unmapped" aria-labelledby="unmapped-title" onKeyDown={(event) => event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()}>
      <h3 id="unmapped-title">{t('settings.services.unmapped.label')}</h3>
      <p className="quiet small">{t('settings.services.unmapped', { names: new Intl.ListFormat(locale, { type: 'conjunction' }).format(names) })}</p>
      <div className="field-row">
        <TextIn label={t('settings.services.space')} value={spaceKey} max={255} edit={setSpaceKey} />
        <SelectIn label={t('settings.services.lang')} value={lang} options={LANGS.map((one) => ({ value: one, label: t(`settings.services.lang.${one}`) }))} edit={setLang} />
      </div>
      <Button className="add" aria-disabled={spaceKey.trim() === '' || undefined} onClick={() => spaceKey.trim() !== '' && add()}>
        {t('settings.services.unmapped.add', { n: names.length })}
      </Button>
    </section>
  );
}
