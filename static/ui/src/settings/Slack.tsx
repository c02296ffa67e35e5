import Textfield from '@atlaskit/textfield';
import { useWords } from '../words';
import type { Draft } from './draft';

export function Slack(props: { readonly stored: boolean; readonly url: string; readonly remove: boolean; readonly problem: string | null; readonly edit: (part: Partial<Draft>) => void }) {
  const { t } = useWords();
  return (
    <section className="card settings-card" aria-labelledby="slack-title">
      <h2 id="slack-title">{t('settings.slack.title')}</h2>
      <p className="quiet">{t('settings.slack.intro')}</p>
      <p className="quiet small">{t('settings.applies.slack')}</p>
      <div className="field narrow">
        <label htmlFor="slack-url">{t('settings.slack.label')}</label>
        <Textfield
          id="slack-url"
          type="url"
          autoComplete="off"
          placeholder="https://hooks.slack.com/services/…"
          value={props.url}
          isDisabled={props.remove}
          isInvalid={props.problem !== null}
          aria-describedby="slack-hint"
          onChange={(event) => props.edit({ slackUrl: event.currentTarget.value })}
        />
        <p id="slack-hint" className={props.problem === null ? 'quiet small' : 'refusal'} role={props.problem === null ? undefined : 'alert'}>
          {props.problem ?? (props.stored ? t('settings.slack.saved') : '')}
        </p>
      </div>
      {props.stored && (
        <label className="check">
          <input type="checkbox" checked={props.remove} onChange={(event) => props.edit({ removeSlack: event.target.checked })} />
          {t('settings.slack.remove')}
        </label>
      )}
    </section>
  );
}
