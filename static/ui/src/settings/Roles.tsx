import { useState } from 'react';
import { STANDARD_ROLES } from '../board/logic';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { TextIn } from './rules/fields';
import { NAMED_AT_MOST, type SchemeDraft } from './scheme';

/** Which roles every board offers before somebody takes one. */
export function Roles(props: { readonly scheme: SchemeDraft; readonly problem: string | null; readonly edit: (scheme: SchemeDraft) => void }) {
  const { t } = useWords();
  const { scheme, edit } = props;
  const [typed, setTyped] = useState('');
  const clean = typed.trim();
  const twice = scheme.named.includes(clean);
  const full = scheme.named.length >= NAMED_AT_MOST;
  const add = (): void => {
    if (clean === '' || twice || full) return;
    edit({ ...scheme, named: [...scheme.named, clean] });
    setTyped('');
  };
  return (
    <section className="card settings-card" aria-labelledby="roles-title">
      <h2 id="roles-title">{t('settings.roles.title')}</h2>
      <p className="quiet">{t('settings.roles.intro')}</p>
      <p className="quiet small">{t('settings.applies.roles')}</p>
      <fieldset className="checks">
        <legend className="small quiet">{t('settings.roles.standard')}</legend>
        {STANDARD_ROLES.map((role) => (
          <label key={role} className="check">
            <input
              type="checkbox"
              checked={scheme.standard.includes(role)}
              onChange={(event) => edit({ ...scheme, standard: STANDARD_ROLES.filter((one) => (one === role ? event.target.checked : scheme.standard.includes(one))) })}
            />
            {t(`role.${role}`)}
          </label>
        ))}
      </fieldset>
      {scheme.named.length > 0 && (
        <ul className="named-roles" aria-label={t('settings.roles.named')}>
          {scheme.named.map((name) => (
            <li key={name}>
              {name}
              <Button look="quiet" className="row-button" aria-label={t('settings.roles.remove', { name })} onClick={() => edit({ ...scheme, named: scheme.named.filter((one) => one !== name) })}>
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      {/* Enter in its field would save the page without what is typed there. */}
      <div className="webhook" onKeyDown={(event) => event.key === 'Enter' && event.target instanceof HTMLInputElement && event.preventDefault()}>
        <TextIn label={t('settings.roles.new')} value={typed} max={40} placeholder={t('role.new.hint')} problem={props.problem ?? (twice ? t('role.new.taken') : null)} edit={setTyped} />
        <Button className="add" aria-disabled={clean === '' || twice || full || undefined} onClick={add}>
          {t('settings.roles.add')}
        </Button>
      </div>
      {full && <p className="quiet small">{t('error.roles-many')}</p>}
    </section>
  );
}
