import { useState } from 'react';
import Textfield from '@atlaskit/textfield';
import type { SettingsView } from '../../../../src/contract';
import { Button } from '../parts/basics';
import { useWords } from '../words';

export function Connection(props: { readonly stored: SettingsView; readonly apiKey: string; readonly problem: string | null; readonly edit: (apiKey: string) => void }) {
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
      <Webhook url={stored.webhookUrl} />
    </section>
  );
}

/** Hidden until asked for: it carries the secret that lets Mackerel in. */
function Webhook(props: { readonly url: string | null }) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const { url } = props;
  const copy = (): void => {
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(url ?? ''))
      .then(
        () => setCopied('yes'),
        () => setCopied('failed'),
      );
  };
  return (
    <div className="field">
      <span className="label">{t('settings.webhook.label')}</span>
      {url === null ? (
        <p className="quiet">{t('settings.webhook.none')}</p>
      ) : (
        <>
          <div className="webhook">
            <code className="secret">{shown ? url : '••••••••••••••••••••••••'}</code>
            <Button aria-pressed={shown} onClick={() => setShown(!shown)}>
              {t(shown ? 'settings.webhook.hide' : 'settings.webhook.reveal')}
            </Button>
            <Button onClick={copy}>{t('settings.webhook.copy')}</Button>
            <span className="quiet small" role="status">
              {copied === 'no' ? '' : t(copied === 'yes' ? 'settings.webhook.copied' : 'settings.webhook.copy-failed')}
            </span>
          </div>
          <p className="quiet small">{t('settings.webhook.intro')}</p>
        </>
      )}
    </div>
  );
}
