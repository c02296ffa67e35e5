/** What is stored: taken out as a file, told to support, erased. For administrators of Confluence. */
import { useState, type FormEvent } from 'react';
import type { EraseView, SettingsView } from '../../../../../src/contract';
import { call } from '../../api';
import { Button } from '../../parts/basics';
import { useInputMethod } from '../../parts/compose';
import { useWords } from '../../words';
import { TextIn } from '../rules/fields';
import { useErase } from './use-erase';
import { useExport } from './use-export';

export function Data(props: { readonly stored: SettingsView }) {
  const { t } = useWords();
  return (
    <section className="card settings-card data-card" aria-labelledby="data-title">
      <h2 id="data-title">{t('settings.data.title')}</h2>
      <Export />
      <Diagnostics />
      <Erasing orgName={props.stored.orgName} />
    </section>
  );
}

function Export() {
  const words = useWords();
  const { t } = words;
  const { state, start, goOn } = useExport();
  return (
    <div className="rule-part">
      <h3>{t('settings.data.export.title')}</h3>
      <p className="quiet small">{t('settings.data.export.intro')}</p>
      <p className="card-actions">
        <Button busy={state.at === 'reading'} onClick={start}>
          {t('settings.data.export.start')}
        </Button>
        {state.at === 'failed' && <Button onClick={goOn}>{t('settings.data.export.go-on')}</Button>}
        <span className={state.at === 'failed' ? 'refusal' : 'quiet'} role="status">
          {state.at === 'reading' && t('settings.data.export.reading', { n: state.incidents })}
          {state.at === 'failed' && `${t('settings.data.export.stopped', { n: state.incidents })} ${words.reason(state.error)}`}
          {state.at === 'done' && t('settings.data.export.done', { n: state.incidents, name: state.name })}
        </span>
      </p>
    </div>
  );
}

type Read = { readonly at: 'not' | 'reading' } | { readonly at: 'read'; readonly text: string } | { readonly at: 'failed'; readonly error: unknown };
function Diagnostics() {
  const words = useWords();
  const { t } = words;
  const [read, setRead] = useState<Read>({ at: 'not' });
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const show = (): void => {
    setRead({ at: 'reading' });
    setCopied('no');
    call('data.diagnostics', {}).then(({ text }) => setRead({ at: 'read', text }), (error: unknown) => setRead({ at: 'failed', error }));
  };
  const copy = (text: string): void =>
    void Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(() => setCopied('yes'), () => setCopied('failed'));
  return (
    <div className="rule-part">
      <h3>{t('settings.data.diagnostics.title')}</h3>
      <p className="quiet small">{t('settings.data.diagnostics.intro')}</p>
      {/* Scrolls, so that it has to be reached by keyboard. */}
      {read.at === 'read' && (
        <pre className="diagnostics" tabIndex={0} role="region" aria-label={t('settings.data.diagnostics.title')}>
          {read.text}
        </pre>
      )}
      <p className="card-actions">
        <Button busy={read.at === 'reading'} onClick={show}>
          {t(read.at === 'read' ? 'settings.data.diagnostics.again' : 'settings.data.diagnostics.show')}
        </Button>
        {read.at === 'read' && <Button onClick={() => copy(read.text)}>{t('settings.webhook.copy')}</Button>}
        <span className={read.at === 'failed' ? 'refusal' : 'quiet'} role="status">
          {read.at === 'failed' ? words.reason(read.error) : copied === 'no' ? '' : t(copied === 'yes' ? 'settings.webhook.copied' : 'settings.webhook.copy-failed')}
        </span>
      </p>
    </div>
  );
}

/** Nothing dangerous stands open; what runs is told. */
function Erasing(props: { readonly orgName: string | null }) {
  const { t } = useWords();
  const erasing = useErase();
  const [open, setOpen] = useState(false);
  const { view } = erasing;
  return (
    <div className="rule-part erase">
      <h3>{t('settings.data.erase.title')}</h3>
      <p className="quiet small">{t('settings.data.erase.intro')}</p>
      {open && view?.state !== 'running' && <EraseForm orgName={props.orgName} erasing={erasing} />}
      <p className="card-actions">
        {!open && (
          <Button aria-disabled={view?.state === 'running' || undefined} onClick={() => setOpen(true)}>
            {t('settings.data.erase.open')}
          </Button>
        )}
        <span className="quiet" role="status">
          {view !== null && <Progress view={view} />}
        </span>
      </p>
    </div>
  );
}

const WHAT: readonly EraseView['of'][] = ['incident', 'everything'];
function EraseForm(props: { readonly orgName: string | null; readonly erasing: ReturnType<typeof useErase> }) {
  const words = useWords();
  const { t } = words;
  const inputMethod = useInputMethod();
  const { error, busy, begin } = props.erasing;
  const [of, setOf] = useState<EraseView['of']>('incident');
  const [typed, setTyped] = useState('');
  const word = props.orgName ?? 'Mackerel';
  const ready = of === 'everything' ? typed.trim() === word : typed.trim() !== '';
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy) begin(of, typed.trim());
  };
  return (
    <form className="rule-part" onSubmit={send} noValidate {...inputMethod.formHandlers}>
      <fieldset className="checks">
        <legend className="small quiet">{t('settings.data.erase.what')}</legend>
        {WHAT.map((one) => (
          <label key={one} className="check">
            <input
              type="radio"
              name="erase-what"
              checked={of === one}
              onChange={() => {
                setOf(one);
                setTyped('');
              }}
            />
            {t(`settings.data.erase.${one}`)}
          </label>
        ))}
      </fieldset>
      {of === 'everything' && <p>{t('settings.data.erase.everything.text')}</p>}
      <div className="narrow">
        <TextIn label={of === 'everything' ? t('settings.data.erase.type-word', { word }) : t('settings.data.erase.type-key')} value={typed} max={300} placeholder={of === 'everything' ? '' : '2026-042'} problem={error === null ? null : words.reason(error)} edit={setTyped} />
      </div>
      <p className="card-actions">
        <Button type="submit" look="danger" busy={busy} aria-disabled={!ready || undefined}>
          {t('settings.data.erase.yes')}
        </Button>
      </p>
    </form>
  );
}

function Progress(props: { readonly view: EraseView }) {
  const { t } = useWords();
  const { of, state, erased, left } = props.view;
  if (state === 'running') return t(of === 'everything' ? 'settings.data.erase.running' : 'settings.data.erase.running-one', { n: erased });
  const stays = left.pages + left.issues;
  return [
    t(of === 'everything' ? 'settings.data.erase.done' : 'settings.data.erase.done-one', { n: erased }),
    stays > 0 ? t('settings.data.erase.left', { pages: left.pages, issues: left.issues }) : '',
    left.channel ? t('settings.data.erase.left-channel') : '',
  ].filter((said) => said !== '').join(' ');
}
