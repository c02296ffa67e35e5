import { NoteText } from '../board/timeline/NoteText';
import { Button, OutLink } from '../parts/basics';
import { useName } from '../parts/people';
import { useWords } from '../words';
import type { GivenNote } from './timeline-given';

/** What somebody else made of the note meanwhile, beside what is in the fields. */
export function Theirs(props: { readonly note: GivenNote; readonly who: string; readonly when: number; readonly take: () => void }) {
  const words = useWords();
  const { t } = words;
  const who = useName(props.who === '' ? null : props.who) ?? t('common.nobody');
  const { note } = props;
  return (
    <section className="theirs" aria-label={t('note.theirs')}>
      <p>{t('note.theirs-by', { who, time: words.clock(props.when) })}</p>
      <div className="theirs-note">
        <span className="quiet tabular">{`${words.day(note.at)} ${words.clock(note.at)}`}</span>
        <NoteText text={note.text} />
        {note.link !== null && <OutLink href={note.link}>{note.link}</OutLink>}
      </div>
      <Button onClick={props.take}>{t('note.take-theirs')}</Button>
    </section>
  );
}
