import Textfield from '@atlaskit/textfield';
import type { ReactNode } from 'react';
import type { SettingsView } from '../../../../src/contract';
import { useWords } from '../words';

export function Connection(props: { readonly stored: SettingsView; readonly apiKey: string; readonly problem: string | null; readonly edit: (apiKey: string) => void; readonly children?: ReactNode }) {
  const { t } = useWords();
  const { stored } = props;
  return (
    <section className="card settings-card" aria-labelledby="connection-title">
      <div className="section-title">
        <h2 id="connection-title">{t('settings.connection.title')}</h2>
        <span className={stored.apiKeyLast4 === null ? 'quiet' : 'connected'}>
          {t(stored.apiKeyLast4 === null ? 'settings.key.not-connected' : 'settings.key.connected')}
          {stored.orgName !== null && ` · ${t('settings.key.org', { org: stored.orgName })}`}
          {stored.canWrite !== null && ` · ${t(stored.canWrite ? 'settings.key.write' : 'settings.key.read')}`}
        </span>
      </div>
      <p className="quiet">{t('settings.connection.intro')}</p>
      <p className="quiet small">{t('settings.applies.connection')}</p>
      <div className="field narrow">
        <label htmlFor="api-key">{t(stored.apiKeyLast4 === null ? 'settings.key.label' : 'settings.key.label-new')}</label>
        <Textfield
          id="api-key"
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={props.apiKey}
          isInvalid={props.problem !== null}
          aria-describedby="api-key-hint"
          onChange={(event) => props.edit(event.currentTarget.value)}
        />
        <p id="api-key-hint" className={props.problem === null ? 'quiet small' : 'refusal'} role={props.problem === null ? undefined : 'alert'}>
          {props.problem ?? (stored.apiKeyLast4 === null ? t('settings.key.none') : t('settings.key.saved', { last4: stored.apiKeyLast4 }))}
        </p>
      </div>
      {props.children}
    </section>
  );
}
