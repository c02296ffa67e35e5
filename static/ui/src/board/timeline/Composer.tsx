/** The first row of the timeline's box: writes notes, and shows those on their way. */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { EntryView, IncidentHeadView } from '../../../../../src/contract';
import { openDialog, press, Refused } from '../../api';
import { useAccount } from '../../parts/account';
import { Button, Time } from '../../parts/basics';
import { PlusIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { draftStore, EMPTY, isEmpty, noteOf, parseDraft, type Draft, type Problem } from './draft';
import { NoteFields, SEND_KEY } from './NoteFields';
import { NoteText } from './NoteText';
import { createOutbox, outboxStore, type Outbox, type Unsent } from './outbox';
import { useNarrow } from './use-narrow';

export interface ComposerProps {
  readonly incidentId: string;
  readonly entries: readonly EntryView[];
  readonly skew: number;
  /** When the app last answered this board, epoch ms: from then on what nobody answered can be sent again. */
  readonly heardAt: number;
  readonly accept: (head: IncidentHeadView) => void;
}

function useOutbox(props: ComposerProps): { readonly outbox: Outbox; readonly list: readonly Unsent[] } {
  const account = useAccount();
  const latest = useRef({ words: useWords(), accept: props.accept });
  latest.current = { words: useWords(), accept: props.accept };
  const { incidentId } = props;
  const outbox = useMemo(
    () =>
      createOutbox({
        store: outboxStore(incidentId, account),
        send: (note, opId) => press('note.add', { incidentId, opId, notes: [note] }),
        accept: (head) => latest.current.accept(head),
        explain: (error) => ({ reason: latest.current.words.reason(error), answered: error instanceof Refused }),
      }),
    [incidentId, account],
  );
  useEffect(() => {
    outbox.start();
    window.addEventListener('online', outbox.retry);
    return () => window.removeEventListener('online', outbox.retry);
  }, [outbox]);
  useEffect(() => outbox.retry(), [outbox, props.heardAt]);
  useEffect(() => outbox.seen(props.entries.map((entry) => entry.id)), [outbox, props.entries]);
  return { outbox, list: useSyncExternalStore(outbox.subscribe, outbox.list) };
}

export default function Composer(props: ComposerProps) {
  const words = useWords();
  const { t } = words;
  const account = useAccount();
  const narrow = useNarrow();
  const { outbox, list } = useOutbox(props);
  const { incidentId, skew } = props;
  const store = useMemo(() => draftStore(incidentId, account, 'new'), [incidentId, account]);
  const [draft, setDraft] = useState<Draft>(() => store.read() ?? EMPTY);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [linking, setLinking] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const text = useRef<HTMLTextAreaElement>(null);

  const change = useCallback(
    (next: Draft) => {
      setDraft(next);
      setProblem(null);
      store.write(isEmpty(next) && next.time === null ? null : next);
    },
    [store],
  );
  const sendDraft = (written: Draft): void => {
    const now = Date.now() + skew;
    const ready = noteOf(written, words.timeZone, now);
    if (!ready.ok) return setProblem(ready.problem);
    setReason(null);
    outbox.add(written, ready.note, now);
    change(EMPTY);
    setLinking(false);
  };
  const send = (): void => {
    sendDraft(draft);
    text.current?.focus();
  };
  const takeBack = useCallback(
    (one: Unsent) => {
      outbox.drop(one.opId);
      setReason(one.reason);
      change(one.draft);
      setLinking(one.draft.link !== '');
    },
    [outbox, change],
  );
  // A refused note comes back into the field, unless somebody is already writing the next one there.
  const refused = list.find((one) => one.state === 'refused');
  const free = isEmpty(draft);
  useEffect(() => {
    if (refused !== undefined && free && !narrow) takeBack(refused);
  }, [refused, free, narrow, takeBack]);

  const write = (): void =>
    void openDialog('note', t('note.write'), { incidentId, zone: words.timeZone, skew }, 'medium').then(
      (answer) => {
        const written = parseDraft(answer);
        if (written === null) setDraft(store.read() ?? EMPTY);
        else sendDraft(written);
      },
      (error: unknown) => setReason(words.reason(error)),
    );

  return (
    <div className="composer">
      {narrow ? (
        <Button className="write" data-shortcut="n" onClick={write}>
          {t('note.write')}
        </Button>
      ) : (
        <NoteFields
          draft={draft}
          change={change}
          send={send}
          problem={problem}
          skew={skew}
          textRef={text}
          shortcut="n"
          showLink={linking || draft.link !== ''}
          actions={
            <>
              {!linking && draft.link === '' && (
                <Button look="quiet" onClick={() => setLinking(true)}>
                  <PlusIcon />
                  {t('note.add-link')}
                </Button>
              )}
              <Button look={free ? 'default' : 'primary'} onClick={send} aria-keyshortcuts="Control+Enter Meta+Enter">
                {t('note.send')} <kbd className="key-hint">{SEND_KEY}</kbd>
              </Button>
            </>
          }
        />
      )}
      {reason !== null && (
        <p className="refusal" role="alert">
          {t('note.refused', { reason })}
        </p>
      )}
      <ul className="unsent-list" aria-live="polite">
        {[...list].reverse().map((one) => (
          <Waiting key={one.opId} one={one} free={free} takeBack={(one) => (takeBack(one), narrow && write())} outbox={outbox} />
        ))}
      </ul>
    </div>
  );
}

/** A note that is not on the board yet. */
function Waiting(props: { readonly one: Unsent; readonly free: boolean; readonly takeBack: (one: Unsent) => void; readonly outbox: Outbox }) {
  const { t } = useWords();
  const { one, outbox } = props;
  return (
    <li className={`entry entry-person unsent unsent-${one.state}`}>
      <Time at={one.note.at ?? one.pressedAt} />
      <span className="entry-who">{t(`note.state.${one.state}`)}</span>
      <div className="entry-text">
        <NoteText text={one.note.text} />
        {one.state === 'unanswered' && <p className="refusal">{t('note.unanswered')}</p>}
        {one.state === 'refused' && <p className="refusal">{t('note.refused', { reason: one.reason ?? '' })}</p>}
      </div>
      {(one.state === 'unanswered' || one.state === 'refused') && (
        <span className="unsent-actions">
          {one.state === 'unanswered' && <Button onClick={outbox.retry}>{t('common.retry')}</Button>}
          {one.state === 'refused' && props.free && <Button onClick={() => props.takeBack(one)}>{t('note.back')}</Button>}
          <Button look="quiet" onClick={() => outbox.drop(one.opId)}>
            {t('note.discard')}
          </Button>
        </span>
      )}
    </li>
  );
}
