/** A record from a file becomes an incident: chosen, looked at, made. For administrators. */
import '../styles/import.css';
import { useEffect, useId, useRef, useState, type ChangeEvent, type ReactNode } from 'react';
import type { ImportLook, ImportResult, SpaceView } from '../../../../src/contract';
import { call, goTo } from '../api';
import { Button, Notice, SeverityMark, StatusMark, Time } from '../parts/basics';
import { namesOf } from '../parts/people';
import { useWords } from '../words';
import { FILE_MAX, packed } from './pack';

interface Found {
  readonly file: string;
  readonly look: ImportLook;
  /** Of those it names, who is known here. */
  readonly names: readonly string[];
}
type State =
  | { readonly at: 'choosing' | 'reading' }
  | { readonly at: 'failed'; readonly text: string }
  | { readonly at: 'shown'; readonly found: Found; readonly busy: boolean; readonly refusal: string | null }
  | { readonly at: 'made'; readonly result: ImportResult };

interface Props {
  readonly spaces: readonly SpaceView[];
  readonly changed: () => void;
  readonly close: () => void;
}

export default function Import(props: Props) {
  const words = useWords();
  const { t } = words;
  const [state, setState] = useState<State>({ at: 'choosing' });
  const [name, setName] = useState('');
  const [space, setSpace] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLElement>(null);
  const turn = useRef(0);
  const title = useId();
  const spaces = props.spaces.filter(({ canDeclare }) => canDeclare);
  useEffect(() => panel.current?.focus(), []);

  async function read(file: File, own: number): Promise<State> {
    const whole = await packed(file);
    if (whole === null) return { at: 'failed', text: t('error.import-too-large', { mb: FILE_MAX / 1_000_000 }) };
    const look = await call('import.look', { file: whole });
    const names = [...(await namesOf(look.people)).values()].sort((a, b) => a.localeCompare(b, words.locale));
    if (own === turn.current) setSpace((spaces.find(({ key }) => key === look.spaceKey) ?? spaces[0])?.key ?? '');
    return { at: 'shown', found: { file: whole, look, names }, busy: false, refusal: null };
  }
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    if (file === undefined) return;
    event.target.value = ''; // the same file, mended, is a new choice
    turn.current += 1;
    const own = turn.current;
    setName(file.name);
    setState({ at: 'reading' });
    void read(file, own)
      .catch((error: unknown): State => ({ at: 'failed', text: words.reason(error) }))
      .then((next) => own === turn.current && setState(next));
  };
  const make = (found: Found): void => {
    setState({ at: 'shown', found, busy: true, refusal: null });
    void call('incident.import', { file: found.file, spaceKey: space }).then(
      (result) => {
        setState({ at: 'made', result });
        props.changed();
      },
      (error: unknown) => setState({ at: 'shown', found, busy: false, refusal: words.reason(error) }),
    );
  };
  const busy = state.at === 'reading' || (state.at === 'shown' && state.busy);
  return (
    <section ref={panel} tabIndex={-1} className="card import" aria-labelledby={title}>
      <h2 id={title}>{t('settings.import.title')}</h2>
      <p className="quiet">{t('settings.import.intro')}</p>
      {spaces.length === 0 && <Notice tone="warning" title={t('settings.import.no-space')} />}
      <p role="status">
        {state.at === 'reading' && t('settings.import.reading')}
        {state.at === 'shown' && state.busy && t('settings.import.making')}
        {state.at === 'made' && <Made result={state.result} />}
      </p>
      {state.at === 'failed' && (
        <p className="refusal" role="alert">
          <strong>{name}</strong> {state.text}
        </p>
      )}
      {state.at === 'shown' && (
        <>
          <Preview name={name} found={state.found} />
          {state.found.look.already === null && spaces.length > 0 && (
            <label className="field">
              <span>{t('settings.import.space')}</span>
              <select className="select" value={space} disabled={busy} onChange={(event) => setSpace(event.target.value)}>
                {spaces.map((one) => (
                  <option key={one.key} value={one.key}>
                    {one.name}
                  </option>
                ))}
              </select>
            </label>
          )}
          {state.refusal !== null && (
            <p className="refusal" role="alert">
              {state.refusal}
            </p>
          )}
        </>
      )}
      <p className="card-actions">
        {state.at === 'shown' && state.found.look.already === null && (
          <Button look="primary" busy={busy} disabled={space === ''} onClick={() => make(state.found)}>
            {t('settings.import.yes')}
          </Button>
        )}
        <Button disabled={busy} onClick={() => input.current?.click()}>
          {t(state.at === 'choosing' ? 'settings.import.choose' : 'settings.import.other')}
        </Button>
        <input ref={input} type="file" hidden accept=".json,application/json" aria-label={t('settings.import.choose')} onChange={choose} />
        <Button look="quiet" disabled={busy} onClick={props.close}>
          {t(state.at === 'made' ? 'common.done' : 'common.cancel')}
        </Button>
      </p>
    </section>
  );
}

function Here(props: { readonly text: string; readonly url: string | null }) {
  const { t } = useWords();
  const { url } = props;
  return (
    <>
      {props.text}{' '}
      {url !== null && (
        <button type="button" className="link-button" onClick={() => goTo(url)}>
          {t('settings.import.page')}
        </button>
      )}
    </>
  );
}
function Made(props: { readonly result: ImportResult }) {
  const { t } = useWords();
  const { key, page, already } = props.result;
  const text = key === null ? t('settings.import.already.hidden') : t(already ? 'settings.import.already' : 'settings.import.done', { key });
  return <Here text={text} url={page} />;
}

function Preview(props: { readonly name: string; readonly found: Found }) {
  const words = useWords();
  const { t } = words;
  const { look, names } = props.found;
  const { already, now } = look;
  const strangers = look.people.length - names.length;
  const end = look.resolvedAt ?? look.closedAt;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t('settings.import.was'), t('settings.import.was.value', { key: look.key })],
    [t('settings.import.status'), <span className="marks"><SeverityMark severity={look.severity} over /> <StatusMark status={look.status} /></span>],
    [t('settings.import.when'), <><Time at={look.detectedAt} now={now} /> – {end !== null && <Time at={end} now={now} />}</>],
    [t('settings.import.service'), look.service ?? t('common.nobody')],
    [t('settings.import.rows'), t('settings.import.rows.value', look.counts)],
    [t('settings.import.review'), t(look.review === null ? 'settings.import.review.none' : `settings.import.review.${look.review}`)],
    [t('settings.import.people'), <>{new Intl.ListFormat(words.locale, { type: 'conjunction' }).format(names)}{strangers > 0 && <div>{t('settings.import.people.unknown', { n: strangers })}</div>}</>],
  ];
  return (
    <>
      <h3>{t('settings.import.of', { name: props.name })}</h3>
      <p>
        <strong>{look.title}</strong>
      </p>
      <dl className="import-facts" aria-label={t('settings.import.preview')}>
        {rows.map(([label, content]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet small">{t('settings.import.tickets.note')}</p>
      {look.visibility === 'private' && already === null && <p>{t('settings.import.private')}</p>}
      {already !== null && (
        <p role="status">
          <Here text={already.key === null ? t('settings.import.already.hidden') : t('settings.import.already', { key: already.key })} url={already.url} />
        </p>
      )}
    </>
  );
}
