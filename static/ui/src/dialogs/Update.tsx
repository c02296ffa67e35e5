/** An update to everybody: drafted from the record, written on, published to the board and to Slack. */
import { useId, type KeyboardEvent } from 'react';
import type { UpdateView } from '../../../../src/contract';
import { SEND_KEY } from '../board/timeline/NoteFields';
import type { DialogProps } from '../dialog';
import { Button, Notice } from '../parts/basics';
import { useInputMethod } from '../parts/compose';
import { PausedNote, usePaused } from '../parts/paused';
import { Person, useName } from '../parts/people';
import { loadUpdateTexts, useWords } from '../words';
import { textOf } from './given';
import { Choices, LangChoice } from './report/Choices';
import { CHOICES, PARTS, type Part } from './update/draft';
import { useUpdate, type Updating } from './update/use-update';
import { WithTexts } from './WithTexts';

const MINUTE_MS = 60_000;

export default function Update(props: DialogProps) {
  return (
    <WithTexts load={loadUpdateTexts}>
      <Sheet incidentId={textOf(props.given, 'incidentId')} done={props.done} />
    </WithTexts>
  );
}

function Sheet(props: { readonly incidentId: string; readonly done: DialogProps['done'] }) {
  const words = useWords();
  const { t } = words;
  const id = useId();
  const isPaused = usePaused();
  const desk = useUpdate(props.incidentId);
  const inputMethod = useInputMethod();
  const { view, written } = desk;
  if (view === null) {
    if (desk.failure === null) return <p role="status" className="quiet">{t('common.loading')}</p>;
    return (
      <Notice tone="warning" title={t('updates.failed')} actions={<Button onClick={desk.load}>{t('common.retry')}</Button>}>
        <p>{words.reason(desk.failure)}</p>
      </Notice>
    );
  }
  const may = !isPaused && !desk.loading;
  const publish = (): void => void (may && desk.publish().then((published) => published && props.done({ published: true })));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (inputMethod.owns(event) || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    publish();
  };
  return (
    <div className="dialog-form update" {...inputMethod.handlers} onKeyDown={onKeyDown}>
      <PausedNote />
      <p className="quiet">{t('updates.intro')}</p>
      <div className="update-main">
        <div className="update-fields" aria-busy={desk.loading}>
          {desk.theirs !== null && <Theirs update={desk.theirs} />}
          {desk.restored && Object.keys(written.typed).length > 0 && (
            <p className="quiet" role="status">
              {t('updates.kept')}{' '}
              <Button look="quiet" className="small-button" onClick={desk.discard}>
                {t('updates.discard')}
              </Button>
            </p>
          )}
          {PARTS.map((part) => (
            <Field key={part} part={part} desk={desk} lang={view.lang} />
          ))}
        </div>
        <div className="update-side">
          <LangChoice id={`${id}-lang`} lang={view.lang} choose={(lang) => desk.change({ lang })} />
          <Choices names={CHOICES} chosen={written.choices} choose={(name, on) => desk.change({ choices: { ...written.choices, [name]: on } })} />
        </div>
      </div>
      <Published updates={view.published} />
      <div className="dialog-actions">
        <p className="small update-word">
          <span className="refusal" role="alert">
            {desk.refusal ?? (desk.failure === null ? null : words.reason(desk.failure))}
          </span>
          <span className="quiet">{t(`updates.slack.${view.slack}`)}</span>
          <span className="quiet">{view.nextMinutes === null ? t('updates.next.none') : t('updates.next', { duration: words.duration(view.nextMinutes * MINUTE_MS) })}</span>
        </p>
        <Button onClick={() => props.done(null)}>{t('common.cancel')}</Button>
        <Button look="primary" disabled={!may} busy={desk.busy} onClick={publish}>
          {t(desk.busy ? 'updates.publishing' : 'updates.publish')} <kbd className="key-hint">{SEND_KEY}</kbd>
        </Button>
      </div>
    </div>
  );
}

function Field(props: { readonly part: Part; readonly desk: Updating; readonly lang: string }) {
  const { t } = useWords();
  const id = useId();
  const { part, desk } = props;
  const typed = desk.isTyped(part);
  return (
    <div className="field">
      <label htmlFor={id}>{t(`updates.${part}`)}</label>
      <textarea id={id} lang={props.lang} className={`input ${typed ? 'update-typed' : ''}`} rows={part === 'needs' ? 2 : 4} value={desk.text(part)} placeholder={t(`updates.${part}.hint`)} onChange={(event) => desk.write(part, event.target.value)} />
      {typed && (
        <Button look="quiet" className="small-button" aria-label={`${t('updates.reset')}: ${t(`updates.${part}`)}`} onClick={() => desk.write(part, null)}>
          {t('updates.reset')}
        </Button>
      )}
    </div>
  );
}

/** What was published while this one was being written; what is written here stays. */
function Theirs(props: { readonly update: UpdateView }) {
  const words = useWords();
  const { t } = words;
  const { by, n, at } = props.update;
  const who = useName(by.accountId) ?? t('common.nobody');
  return (
    <div className="dialog-warning" role="status">
      <p>{t('updates.theirs', { who, n, time: words.clock(at) })}</p>
      <p className="update-said">{saidOf(props.update, words.t)}</p>
    </div>
  );
}

const saidOf = ({ n, conditions, actions, needs }: UpdateView, t: ReturnType<typeof useWords>['t']): string => t('entry.update', { n, conditions, actions, needs });

function Published(props: { readonly updates: readonly UpdateView[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <section className="update-published">
      <h2>{t('updates.published')}</h2>
      {props.updates.length === 0 ? (
        <p className="quiet">{t('updates.none')}</p>
      ) : (
        <ol className="rows" reversed>
          {props.updates.map((update) => (
            <li key={update.n} className="row">
              <span className="row-main">
                <span className="quiet small">
                  {words.day(update.at)} {words.clock(update.at)} · <Person person={update.by} />
                </span>
                <span className="update-said" lang={update.lang}>
                  {saidOf(update, t)}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
