/** The fields of a note: when, what, and the evidence for it. Enter makes a line; Ctrl+Enter or ⌘Enter sends. */
import { useId, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useNow } from '../../parts/basics';
import { useInputMethod } from '../../parts/compose';
import { useWords, type Words } from '../../words';
import type { Draft, Problem } from './draft';
import { readMoment } from './moment';
import { halfWidth } from './stamp';
import { NOTE_MAX } from './limits';

const COUNT_FROM = 3_600;
export const SEND_KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ Enter' : 'Ctrl+Enter';

export interface NoteFieldsProps {
  readonly draft: Draft;
  readonly change: (draft: Draft) => void;
  readonly send: () => void;
  readonly problem: Problem | null;
  readonly skew: number;
  readonly textRef?: RefObject<HTMLTextAreaElement>;
  /** `data-shortcut` of the text field. */
  readonly shortcut?: string;
  readonly actions: ReactNode;
  readonly showLink: boolean;
  /** Labels stand above the fields; else only assistive technology reads them. */
  readonly labelled?: boolean;
}

export function NoteFields(props: NoteFieldsProps) {
  const { t } = useWords();
  const id = useId();
  const input = useInputMethod();
  const { draft, change, problem } = props;
  const labels = props.labelled === true ? 'note-label' : 'hidden';
  const message = (field: Problem['field']): ReactNode =>
    problem?.field === field && (
      <p className="refusal" role="alert" id={`${id}-problem`}>
        {t(problem.key, problem.key === 'note.too-long' ? { n: draft.text.trim().length } : {})}
      </p>
    );
  const described = (field: Problem['field']): string | undefined => (problem?.field === field ? `${id}-problem` : undefined);
  const onKeyDown = (event: KeyboardEvent): void => {
    const owned = input.owns(event);
    if (owned || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    props.send();
  };

  return (
    <div className="note-fields" onKeyDown={onKeyDown} {...input.handlers}>
      <TimeField id={`${id}-time`} labels={labels} time={draft.time} change={(time) => change({ ...draft, time })} skew={props.skew} invalid={problem?.field === 'time'} describedBy={described('time')} />
      <div className="grow-box note-words" data-text={draft.text}>
        <label className={labels} htmlFor={`${id}-text`}>
          {t('note.text')}
        </label>
        <textarea
          id={`${id}-text`}
          ref={props.textRef}
          className="input"
          rows={1}
          data-shortcut={props.shortcut}
          value={draft.text}
          placeholder={t('note.text')}
          aria-invalid={problem?.field === 'text' || undefined}
          aria-describedby={described('text')}
          onChange={(event) => change({ ...draft, text: event.target.value })}
        />
      </div>
      <div className="note-actions">{props.actions}</div>
      {props.showLink && (
        <div className="note-link">
          <label className={labels} htmlFor={`${id}-link`}>
            {t('note.link')}
          </label>
          <input
            id={`${id}-link`}
            className="input"
            type="url"
            inputMode="url"
            autoComplete="off"
            placeholder={`${t('note.link')} https://…`}
            value={draft.link}
            aria-invalid={problem?.field === 'link' || undefined}
            aria-describedby={described('link')}
            onChange={(event) => change({ ...draft, link: event.target.value })}
          />
        </div>
      )}
      <div className="note-messages">
        {message('time')}
        {message('text')}
        {message('link')}
        <ReadsAs time={draft.time} skew={props.skew} />
        {draft.text.length > COUNT_FROM && problem?.field !== 'text' && <p className={draft.text.length > NOTE_MAX ? 'refusal' : 'quiet small'}>{t('note.too-long', { n: draft.text.length })}</p>}
      </div>
    </div>
  );
}

/** A live clock until somebody writes into it; emptied, it is the clock again. */
function TimeField(props: { readonly id: string; readonly labels: string; readonly time: string | null; readonly change: (time: string | null) => void; readonly skew: number; readonly invalid: boolean; readonly describedBy: string | undefined }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(props.skew, 1_000);
  // While somebody stands in the field its clock rests, so that the caret and what is selected stay where they are.
  const [resting, setResting] = useState<string | null>(null);
  const { time } = props;
  return (
    <div className="time-box">
      <label className={props.labels} htmlFor={props.id}>
        {t('note.time')}
      </label>
      <input
        id={props.id}
        className={`input time-input tabular ${time === null ? 'time-live' : ''}`}
        title={t('note.time')}
        autoComplete="off"
        spellCheck={false}
        value={time ?? resting ?? words.clock(now)}
        aria-invalid={props.invalid || undefined}
        aria-describedby={props.describedBy}
        onFocus={(event) => {
          setResting(words.clock(now));
          event.currentTarget.select();
        }}
        onBlur={() => {
          setResting(null);
          if (time?.trim() === '') props.change(null);
        }}
        onChange={(event) => props.change(event.target.value)}
      />
      {time !== null && (
        <button type="button" className="time-now" title={t('note.time-now')} aria-label={t('note.time-now')} onClick={() => props.change(null)}>
          ×
        </button>
      )}
    </div>
  );
}

/** How a written time is understood, where it could surprise. */
function ReadsAs(props: { readonly time: string | null; readonly skew: number }) {
  const words = useWords();
  const now = useNow(props.skew, 30_000);
  const said = props.time === null || props.time.trim() === '' ? null : readsAs(props.time, words, now);
  return said === null ? null : <p className="quiet small">{said}</p>;
}
function readsAs(time: string, words: Words, now: number): string | null {
  const written = readMoment(time, words.timeZone, now);
  if (!written.ok) return null;
  const { at, doubt } = written.moment;
  if (doubt === null && /\d{4}/.test(halfWidth(time))) return null;
  return words.t(doubt === 'skipped' ? 'note.skipped' : doubt === 'twice' ? 'note.twice' : 'note.reads-as', { time: `${words.day(at)} ${words.clock(at)}` });
}
