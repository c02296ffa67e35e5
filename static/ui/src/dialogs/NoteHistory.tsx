/** Every state a note was in, the newest first: who changed what, and when. */
import { useEffect, useMemo, useState } from 'react';
import type { RevisionView } from '../../../../src/contract';
import { call } from '../api';
import { NoteText } from '../board/timeline/NoteText';
import type { DialogProps } from '../dialog';
import { Button, OutLink } from '../parts/basics';
import { field, textOf } from '../parts/kept';
import { Person } from '../parts/people';
import { useWords, WordsProvider, type TextKey } from '../words';
import { placeOf } from './timeline-given';

/** What made a state out of the one before it. */
export function deedOf(revision: RevisionView, before: RevisionView | undefined): TextKey {
  if (before === undefined) return 'note.history.first';
  if (revision.removed !== before.removed) return revision.removed ? 'note.history.removed' : 'note.history.restored';
  return 'note.history.edited';
}

export default function NoteHistory(props: DialogProps) {
  const words = useWords();
  const place = useMemo(() => placeOf(props.given), [props.given]);
  const entryId = textOf(field(props.given, 'entryId')) ?? '';
  const [read, setRead] = useState<{ readonly revisions: readonly RevisionView[] } | { readonly error: unknown } | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    void call('note.history', { incidentId: place.incidentId, pass: place.pass, entryId }).then(
      ({ revisions }) => current && setRead({ revisions }),
      (error: unknown) => current && setRead({ error }),
    );
    return () => {
      current = false;
    };
  }, [place, entryId, round]);

  if (read === null) return <p role="status">{words.t('common.loading')}</p>;
  if ('error' in read) {
    return (
      <p role="alert">
        {words.reason(read.error)} <Button onClick={() => setRound((n) => n + 1)}>{words.t('common.retry')}</Button>
      </p>
    );
  }
  return (
    <WordsProvider words={place.zone === null ? words : words.inZone(place.zone)}>
      <ol className="revisions">
        {[...read.revisions].reverse().map((revision, n) => (
          <Revision key={revision.recordedAt} revision={revision} before={read.revisions[read.revisions.length - 2 - n]} current={n === 0} />
        ))}
      </ol>
    </WordsProvider>
  );
}

function Revision(props: { readonly revision: RevisionView; readonly before: RevisionView | undefined; readonly current: boolean }) {
  const words = useWords();
  const { t } = words;
  const { revision, before } = props;
  const stamp = (ms: number): string => `${words.day(ms)} ${words.clock(ms)}`;
  return (
    <li className={`revision ${revision.removed ? 'revision-removed' : ''}`}>
      <p className="revision-head">
        <strong>{t(deedOf(revision, before))}</strong> <Person person={revision.by} /> <span className="quiet tabular">{stamp(revision.recordedAt)}</span>
        {props.current && <span className="mark mark-plain">{t('note.history.current')}</span>}
      </p>
      {revision.at !== before?.at && <p className="quiet tabular">{t('note.history.at', { time: stamp(revision.at) })}</p>}
      <NoteText text={revision.text} />
      {revision.link !== null && <OutLink href={revision.link}>{revision.link}</OutLink>}
    </li>
  );
}
