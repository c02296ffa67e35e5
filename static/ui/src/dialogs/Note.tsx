/**
 * Edits a note, or on a phone writes one. An edit is sent from here, and the dialog stays open with the reason when it is
 * refused; a new note goes back to the board, which shows it as pending and keeps it until it is recorded.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import type { NoteInput } from '../../../../src/contract';
import { call, press, Refused } from '../api';
import { draftStore, EMPTY, isEmpty, noteOf, type Draft, type Problem } from '../board/timeline/draft';
import { stampWithOffset } from '../board/timeline/zoned';
import { NoteFields, SEND_KEY } from '../board/timeline/NoteFields';
import type { DialogProps } from '../dialog';
import { useAccount } from '../parts/account';
import { Button } from '../parts/basics';
import { useWords, WordsProvider, type Words } from '../words';
import { noteGiven, placeOf, type GivenNote, type GivenPlace } from './timeline-given';
import { Theirs } from './Theirs';

export default function Note(props: DialogProps) {
  const words = useWords();
  const place = useMemo(() => placeOf(props.given), [props.given]);
  const given = useMemo(() => noteGiven(props.given), [props.given]);
  return (
    <WordsProvider words={place.zone === null ? words : words.inZone(place.zone)}>
      <Form place={place} given={given} done={props.done} />
    </WordsProvider>
  );
}

const draftOf = (note: GivenNote, words: Words): Draft => ({ text: note.text, time: stampWithOffset(note.at, words.timeZone).slice(0, 19), link: note.link ?? '' });
const alike = (a: NoteInput, b: NoteInput): boolean => a.text === b.text && a.at === b.at && a.link === b.link;
const same = (a: Draft, b: Draft): boolean => a.text === b.text && a.time === b.time && a.link === b.link;

function Form(props: { readonly place: GivenPlace; readonly given: GivenNote | null; readonly done: DialogProps['done'] }) {
  const words = useWords();
  const { t } = words;
  const account = useAccount();
  const { place, given } = props;
  const store = useMemo(() => draftStore(place.incidentId, account, given?.entryId ?? 'new'), [place.incidentId, account, given?.entryId]);
  const start = useMemo(() => (given === null ? EMPTY : draftOf(given, words)), [given, words]);
  const [draft, setDraft] = useState(() => store.read() ?? start);
  const [restored, setRestored] = useState(() => given !== null && !same(draft, start));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [reason, setReason] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<{ readonly note: GivenNote; readonly who: string; readonly when: number } | null>(null);
  const [sending, setSending] = useState(false);
  const base = useRef(given);
  const op = useRef({ id: crypto.randomUUID(), for: '' });

  const change = useCallback(
    (next: Draft) => {
      setDraft(next);
      setProblem(null);
      store.write(given === null ? (isEmpty(next) ? null : next) : same(next, start) ? null : next);
    },
    [store, given, start],
  );
  /** The same press keeps its operation id; other words are another press. */
  const opFor = (content: string): string => {
    if (op.current.for !== '' && op.current.for !== content) op.current.id = crypto.randomUUID();
    op.current.for = content;
    return op.current.id;
  };
  const save = async (known: GivenNote, note: NoteInput): Promise<void> => {
    const { incidentId } = place;
    try {
      await press('note.edit', { incidentId, opId: opFor(JSON.stringify([note, known.base])), entryId: known.entryId, note, base: known.base });
    } catch (error) {
      if (!(error instanceof Refused) || error.error.code !== 'conflict') throw error;
      const { entries } = await call('board.changes', { incidentId, pass: place.pass, since: known.base });
      const now = entries.find((entry) => entry.id === known.entryId);
      if (now === undefined || now.removed) throw error;
      const fresh = { entryId: now.id, base: now.v, text: now.text ?? '', at: now.at, link: now.link };
      base.current = fresh;
      if (alike(fresh, note)) return; // an earlier try of this very edit arrived after all
      if (alike(fresh, known)) return save(fresh, note); // somebody only pinned it
      setTheirs({ note: fresh, who: now.edited?.by.accountId ?? '', when: now.edited?.at ?? now.at });
      throw error;
    }
  };
  const send = (): void => {
    if (sending) return;
    const ready = noteOf(draft, words.timeZone, Date.now() + place.skew);
    if (!ready.ok) return setProblem(ready.problem);
    if (given === null || base.current === null) return props.done({ ...draft });
    // Untouched, the time is the note's own to the millisecond.
    const at = draft.time === start.time ? given.at : ready.note.at;
    setSending(true);
    setReason(null);
    save(base.current, { ...ready.note, at }).then(
      () => {
        store.write(null);
        props.done({ changed: true });
      },
      (error: unknown) => {
        setReason(words.reason(error));
        setSending(false);
      },
    );
  };

  return (
    <div className="dialog-form">
      {restored && (
        <p className="quiet" role="status">
          {t('note.restored')}{' '}
          <Button look="quiet" onClick={() => (change(start), setRestored(false))}>
            {t('note.discard')}
          </Button>
        </p>
      )}
      <NoteFields draft={draft} change={change} send={send} problem={problem} skew={place.skew} showLink labelled actions={null} />
      <p className="quiet small">{t('note.markdown')}</p>
      {theirs !== null && <Theirs note={theirs.note} who={theirs.who} when={theirs.when} take={() => (change(draftOf(theirs.note, words)), setTheirs(null), setReason(null))} />}
      {reason !== null && (
        <p className="refusal" role="alert">
          {t('note.not-saved', { reason })}
        </p>
      )}
      <div className="dialog-actions">
        <Button onClick={() => props.done(null)}>{t('common.cancel')}</Button>
        <Button look="primary" busy={sending} onClick={send}>
          {t(sending ? 'common.saving' : given === null ? 'note.send' : 'note.save')} <kbd className="key-hint">{SEND_KEY}</kbd>
        </Button>
      </div>
    </div>
  );
}
