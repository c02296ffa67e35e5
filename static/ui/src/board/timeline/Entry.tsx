/** One entry of the timeline. */
import type { ReactNode } from 'react';
import type { EntryView } from '../../../../../src/contract';
import { goToIncidents, issueUrl } from '../../api';
import { AlertWord, OutLink, Time, Unverified } from '../../parts/basics';
import { PencilIcon, PinIcon, RemoveIcon, TicketIcon } from '../../parts/icons';
import { Person, useName } from '../../parts/people';
import { useWords } from '../../words';
import { webAddress } from './address';
import { useDesk } from './desk';
import { NoteText } from './NoteText';
import { detailsOf, peopleIn, saidBy, writerOf } from './said';

/** Written down later than this after it happened: the time of writing stands beside it. */
const LATE_MS = 60_000;

export function Entry(props: { readonly entry: EntryView }) {
  const words = useWords();
  const desk = useDesk();
  const { entry } = props;
  return (
    <article className={`entry entry-${entry.source} ${desk.pending(entry.id) ? 'pending' : ''}`}>
      <Time at={entry.at} />
      <span className="entry-who">{entry.by === null ? writerOf(entry, words, () => '') : <Person person={entry.by} />}</span>
      <div className="entry-text">
        {entry.status !== null && <AlertWord status={entry.status} />}
        <Said entry={entry} />
        {entry.unverified && <Unverified />}
        <Details entry={entry} />
      </div>
      {desk.canEdit && <EntryTools entry={entry} />}
    </article>
  );
}

/** The sentence alone, with the people in it by name. */
export function Said(props: { readonly entry: EntryView }): ReactNode {
  const words = useWords();
  const { entry } = props;
  const { from, to } = peopleIn(entry);
  const names = { from: useName(from), to: useName(to) };
  if (entry.text !== null) return <NoteText text={entry.text} />;
  const nameOf = (id: string): string => (id === from ? names.from : names.to) ?? words.t('common.nobody');
  return <span className="entry-said">{saidBy(entry, words, nameOf)}</span>;
}

function Details(props: { readonly entry: EntryView }) {
  const words = useWords();
  const { t } = words;
  const { entry } = props;
  const desk = useDesk();
  const link = entry.link === null ? null : webAddress(entry.link);
  return (
    <>
      {detailsOf(entry, desk.alertOf(entry), words).map((detail) => (
        <span key={detail} className="quiet tabular">
          {detail}
        </span>
      ))}
      {link !== null && <OutLink href={link}>{t('timeline.evidence', { host: new URL(link).hostname })}</OutLink>}
      {entry.recordedAt - entry.at > LATE_MS && (
        <span className="quiet tabular" title={words.utc(entry.recordedAt)}>
          {t('timeline.added', { time: words.minute(entry.recordedAt, entry.at) })}
        </span>
      )}
      {desk.ticketsOf(entry.id).map(({ id, key }) => (key === null ? null : (
        <OutLink key={id} href={issueUrl(key)} label={t('ticket.open', { key })} className="tabular">
          {key}
        </OutLink>
      )))}
      <Another entry={entry} />
      {entry.edited !== null && <Edited entry={entry} at={entry.edited.at} by={entry.edited.by.accountId} />}
    </>
  );
}

const OF_ANOTHER: ReadonlySet<string> = new Set(['entry.merged.from', 'entry.merged.into', 'entry.alert.moved-away', 'entry.alert.moved-here']);
/** The incident an entry tells of, where it is another one; its board proves who may see it. */
function Another(props: { readonly entry: EntryView }) {
  const { t } = useWords();
  const { messageKey, params } = props.entry;
  const { incident, key } = params;
  if (messageKey === null || !OF_ANOTHER.has(messageKey) || typeof incident !== 'string' || typeof key !== 'string') return null;
  return (
    <button type="button" className="text-button" aria-label={t('merge.open-board', { key })} onClick={() => goToIncidents(incident)}>
      {t('timeline.open-incident')}
    </button>
  );
}

function Edited(props: { readonly entry: EntryView; readonly at: number; readonly by: string }) {
  const words = useWords();
  const { t } = words;
  const desk = useDesk();
  const who = useName(props.by) ?? t('common.nobody');
  const said = t('timeline.edited-by', { time: words.minute(props.at, props.entry.at), who });
  return (
    <button type="button" className="text-button" title={said} aria-label={said} onClick={() => desk.history(props.entry)}>
      {t('timeline.edited')}
    </button>
  );
}

function EntryTools(props: { readonly entry: EntryView }) {
  const { t } = useWords();
  const desk = useDesk();
  const { entry } = props;
  const tool = (label: string, icon: ReactNode, run: () => void, pressed?: boolean): ReactNode => (
    <button type="button" className="icon-only" title={label} aria-label={label} aria-pressed={pressed} aria-disabled={desk.pending(entry.id) || undefined} onClick={run}>
      {icon}
    </button>
  );
  return (
    <span className="entry-tools">
      {entry.source === 'person' && tool(t('timeline.edit'), <PencilIcon />, () => desk.edit(entry))}
      {tool(t('timeline.pin'), <PinIcon on={entry.pinned} />, () => desk.pin(entry, !entry.pinned), entry.pinned)}
      {tool(t('ticket.from-this'), <TicketIcon />, () => desk.ticket(entry))}
      {entry.source === 'person' && tool(t('timeline.remove'), <RemoveIcon />, () => desk.remove(entry))}
    </span>
  );
}
