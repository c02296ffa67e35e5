import Textfield from '@atlaskit/textfield';
import { useWords } from '../words';
import type { Draft } from './draft';

const MAY = ['declare', 'settings'] as const;

/** Who may declare and who may change these settings, by group of Confluence; for its administrators to say. */
export function Groups(props: { readonly groups: Draft['groups']; readonly mayGrant: boolean; readonly problem: (may: (typeof MAY)[number]) => string | null; readonly edit: (groups: Draft['groups']) => void }) {
  const { t } = useWords();
  const { groups } = props;
  return (
    <section className="card settings-card" aria-labelledby="groups-title">
      <h2 id="groups-title">{t('settings.groups.title')}</h2>
      <p className="quiet">{t('settings.groups.intro')}</p>
      <p className="quiet small">{t('settings.applies.groups')}</p>
      {!props.mayGrant && <p className="quiet small">{t('error.grants-admin-only')}</p>}
      {MAY.map((may) => {
        const problem = props.problem(may);
        return (
          <div key={may} className="field narrow">
            <label htmlFor={`group-${may}`}>{t(`settings.groups.${may}`)}</label>
            <Textfield
              id={`group-${may}`}
              value={groups[may]}
              maxLength={255}
              isDisabled={!props.mayGrant}
              isInvalid={problem !== null}
              aria-describedby={`group-${may}-hint`}
              onChange={(event) => props.edit({ ...groups, [may]: event.currentTarget.value })}
            />
            <p id={`group-${may}-hint`} className={problem === null ? 'quiet small' : 'refusal'} role={problem === null ? undefined : 'alert'}>
              {problem ?? t(`settings.groups.${may}.hint`)}
            </p>
          </div>
        );
      })}
    </section>
  );
}
