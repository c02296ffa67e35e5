import Textfield from '@atlaskit/textfield';
import { useWords } from '../words';
import type { Draft } from './draft';

/** Who may change things in Mackerel from a board; nobody until a group is named. */
export function Writes(props: { readonly writes: Draft['writes']; readonly canWrite: boolean | null; readonly mayGrant: boolean; readonly problem: string | null; readonly edit: (writes: Draft['writes']) => void }) {
  const { t } = useWords();
  const { writes } = props;
  return (
    <section className="card settings-card" aria-labelledby="writes-title">
      <h2 id="writes-title">{t('settings.writes.title')}</h2>
      <p className="quiet">{t('settings.writes.intro')}</p>
      <p className="quiet small">{t('settings.applies.writes')}</p>
      <label className="check">
        <input type="checkbox" checked={writes.enabled} disabled={!props.mayGrant} onChange={(event) => props.edit({ ...writes, enabled: event.target.checked })} />
        {t('settings.writes.enabled')}
      </label>
      {writes.enabled && (
        <div className="field narrow">
          <label htmlFor="writes-group">{t('settings.writes.group')}</label>
          <Textfield
            id="writes-group"
            value={writes.group}
            isDisabled={!props.mayGrant}
            isInvalid={props.problem !== null}
            aria-describedby="writes-hint"
            onChange={(event) => props.edit({ ...writes, group: event.currentTarget.value })}
          />
          <p id="writes-hint" className={props.problem === null ? 'quiet small' : 'refusal'} role={props.problem === null ? undefined : 'alert'}>
            {props.problem ?? (props.canWrite === false ? t('settings.writes.read-only') : t('settings.writes.group.hint'))}
          </p>
        </div>
      )}
    </section>
  );
}
