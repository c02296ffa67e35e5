import { useState } from 'react';
import type { ChangedSetting, SettingsChangeView } from '../../../../src/contract';
import { call } from '../api';
import { Button, Time } from '../parts/basics';
import { Person } from '../parts/people';
import { useWords } from '../words';

type Read = { readonly at: 'folded' | 'reading' } | { readonly at: 'failed'; readonly error: unknown } | { readonly at: 'read'; readonly more: boolean };

/** Who changed what of the settings, and when; read when somebody asks. */
export function Changes() {
  const words = useWords();
  const { t } = words;
  const [changes, setChanges] = useState<readonly SettingsChangeView[]>([]);
  const [read, setRead] = useState<Read>({ at: 'folded' });
  const ask = (before: number | null): void => {
    setRead({ at: 'reading' });
    call('settings.changes', { before }).then(
      (found) => {
        setChanges((known) => [...(before === null ? [] : known), ...found.changes]);
        setRead({ at: 'read', more: found.more });
      },
      (error: unknown) => setRead({ at: 'failed', error }),
    );
  };
  const oldest = changes.at(-1)?.n ?? null;
  return (
    <section className="card settings-card" aria-labelledby="changes-title">
      <h2 id="changes-title">{t('settings.changes.title')}</h2>
      <p className="quiet">{t('settings.changes.intro')}</p>
      {read.at === 'read' && changes.length === 0 && <p className="empty-box">{t('settings.changes.none')}</p>}
      {changes.length > 0 && (
        <ol className="changes">
          {changes.map((change) => (
            <li key={change.n}>
              <p>
                <Time at={change.at} now={Date.now()} /> <Person person={change.by} />
              </p>
              <dl>
                {change.changed.map((one) => (
                  <Changed key={one.field} one={one} />
                ))}
              </dl>
            </li>
          ))}
        </ol>
      )}
      {read.at === 'failed' && (
        <p className="refusal" role="alert">
          {words.reason(read.error)}
        </p>
      )}
      <p className="card-actions">
        {(read.at !== 'read' || read.more) && (
          <Button busy={read.at === 'reading'} onClick={() => ask(oldest)}>
            {t(read.at === 'reading' ? 'common.loading' : changes.length === 0 ? 'settings.changes.show' : 'settings.changes.more')}
          </Button>
        )}
        {read.at === 'read' && (
          <Button look="quiet" onClick={() => ask(null)}>
            {t('settings.changes.again')}
          </Button>
        )}
      </p>
    </section>
  );
}

function Changed(props: { readonly one: ChangedSetting }) {
  const { t } = useWords();
  const { field, before, after } = props.one;
  const isSecret = field === 'apiKey' || field === 'slackUrl' || field === 'webhookSecret';
  return (
    <div>
      <dt>{t(`settings.changes.field.${field}`)}</dt>
      {isSecret ? (
        <dd>{t('settings.changes.secret')}</dd>
      ) : (
        <>
          <dd>
            <span className="quiet small">{t('settings.changes.before')}</span> <span className="change-text">{before ?? t('settings.changes.nothing')}</span>
          </dd>
          <dd>
            <span className="quiet small">{t('settings.changes.after')}</span> <span className="change-text">{after ?? t('settings.changes.nothing')}</span>
          </dd>
        </>
      )}
    </div>
  );
}
