import { useEffect, useState, type FormEvent } from 'react';
import SectionMessage from '@atlaskit/section-message';
import type { SettingsView } from '../../../../src/contract';
import { call, Refused } from '../api';
import { useInputMethod } from '../parts/compose';
import { Button, Notice } from '../parts/basics';
import { useWords } from '../words';
import { Connection } from './Connection';
import { differs, draftOf, inputOf, type Draft } from './draft';
import { Rules } from './Rules';
import { Services } from './Services';
import { Slack } from './Slack';
import { Writes } from './Writes';

type Loaded = { readonly kind: 'loading' } | { readonly kind: 'refused' } | { readonly kind: 'failed'; readonly error: unknown } | { readonly kind: 'ready'; readonly stored: SettingsView };

export function Settings() {
  const words = useWords();
  const { t } = words;
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    void call('settings.get', {}).then(
      (stored) => setLoaded({ kind: 'ready', stored }),
      (error: unknown) => setLoaded(error instanceof Refused && (error.error.code === 'forbidden' || error.error.code === 'not-found') ? { kind: 'refused' } : { kind: 'failed', error }),
    );
  }, [round]);

  return (
    <main className="settings">
      <h1>{t('settings.title')}</h1>
      {loaded.kind === 'loading' && (
        <div className="skeleton" role="status" aria-label={t('common.loading')}>
          <div className="card bone-card" />
        </div>
      )}
      {loaded.kind === 'refused' && (
        <Notice title={t('settings.refused.title')}>
          <p>{t('settings.refused.text')}</p>
        </Notice>
      )}
      {loaded.kind === 'failed' && (
        <Notice tone="warning" title={t('settings.error.title')} actions={<Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>}>
          <p>{words.reason(loaded.error)}</p>
        </Notice>
      )}
      {loaded.kind === 'ready' && <Editor first={loaded.stored} />}
    </main>
  );
}

interface Problem {
  readonly field: string | null;
  readonly text: string;
  readonly conflict: boolean;
}

function Editor(props: { readonly first: SettingsView }) {
  const words = useWords();
  const inputMethod = useInputMethod();
  const { t } = words;
  const [stored, setStored] = useState(props.first);
  const [draft, setDraft] = useState<Draft>(() => draftOf(props.first));
  const [saving, setSaving] = useState(false);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** Somebody else's newer settings, met while saving ours. */
  const [theirs, setTheirs] = useState<SettingsView | null>(null);
  const edit = (part: Partial<Draft>): void => setDraft((old) => ({ ...old, ...part }));

  const take = (fresh: SettingsView): void => {
    setStored(fresh);
    setDraft(draftOf(fresh));
    setProblem(null);
    setTheirs(null);
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (saving) return;
    setSaving(true);
    setProblem(null);
    void call('settings.save', inputOf(draft, theirs?.version ?? stored.version))
      .then(
        (fresh) => {
          take(fresh);
          setSavedAt(Date.now());
        },
        async (error: unknown) => {
          const refused = error instanceof Refused ? error.error : null;
          const conflict = refused?.code === 'conflict';
          if (conflict) setTheirs(await call('settings.get', {}).catch(() => null));
          setProblem({ field: refused?.field ?? null, text: conflict ? t('settings.conflict') : words.reason(error), conflict });
        },
      )
      .finally(() => setSaving(false));
  };
  /** The problem of one field or one of its rows (`rules`, `rules.0.severity`). */
  const at = (field: string): string | null => (problem !== null && (problem.field === field || problem.field?.startsWith(`${field}.`) === true) ? problem.text : null);
  const placed = ['apiKey', 'slackUrl', 'services', 'rules', 'writes'].some((field) => at(field) !== null);

  return (
    <form className="settings-form" onSubmit={save} noValidate {...inputMethod.formHandlers}>
      <Connection stored={stored} apiKey={draft.apiKey} problem={at('apiKey')} edit={(apiKey) => edit({ apiKey })} />
      <Services rows={draft.services} problem={at('services')} edit={(services) => edit({ services })} />
      <Rules rows={draft.rules} services={draft.services.map(({ value }) => value.name).filter((name) => name !== '')} problem={at('rules')} edit={(rules) => edit({ rules })} />
      <Slack stored={stored.slackConfigured} url={draft.slackUrl} remove={draft.removeSlack} problem={at('slackUrl')} edit={edit} />
      <Writes writes={draft.writes} canWrite={stored.canWrite} problem={at('writes')} edit={(writes) => edit({ writes })} />
      {problem !== null && !placed && (
        <div role="alert">
          <SectionMessage appearance={problem.conflict ? 'warning' : 'error'}>
            <p>{problem.text}</p>
            {theirs !== null && (
              <p className="card-actions">
                <Button onClick={() => take(theirs)}>{t('settings.conflict.load')}</Button>
              </p>
            )}
          </SectionMessage>
        </div>
      )}
      <div className="save-bar">
        <Button type="submit" look="primary" busy={saving}>
          {t(saving ? 'common.saving' : 'settings.submit')}
        </Button>
        <span className="quiet" role="status">
          {differs(draft, stored) ? t('settings.unsaved') : savedAt !== null ? t('settings.saved', { time: words.clock(savedAt) }) : ''}
        </span>
      </div>
    </form>
  );
}
