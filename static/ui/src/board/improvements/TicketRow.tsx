import { memo } from 'react';
import type { EntryView, TicketView } from '../../../../../src/contract';
import { issueUrl, openLink, press } from '../../api';
import { askToConfirm } from '../../dialogs/ask';
import { Button, Facts, OutLink } from '../../parts/basics';
import { MoreIcon } from '../../parts/icons';
import { Person } from '../../parts/people';
import { Popover } from '../../parts/Popover';
import { DueWord, KindWord, StatusLozenge } from '../../parts/tickets';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { usePress, type Presses } from '../use-press';
import type { TicketState } from './row';

type Wish = 'check' | 'again' | 'unlink' | 'undrop' | { readonly drop: string };

interface RowProps {
  readonly ticket: TicketView;
  readonly state: TicketState;
  /** The entry it came from, if the board has it. */
  readonly entry: EntryView | null;
  readonly now: number;
  /** Jira does not answer now. */
  readonly unread: boolean;
  readonly taken: (ticket: TicketView) => void;
}

export const TicketRow = memo(function TicketRow(props: RowProps) {
  const { t } = useWords();
  const { can } = useEnv();
  const { ticket, state } = props;
  const issue = state.kind === 'shown' ? state.issue : null;
  const key = issue?.key ?? ticket.key;
  const presses = usePress<Wish>();
  const act = useActs(props, presses, key);
  const over = issue?.status?.category === 'done';
  return (
    <li className={`ticket ${ticket.dropped === null ? '' : 'ticket-dropped'} ${over ? 'ticket-over' : ''} ${state.kind === 'reading' && !props.unread ? 'ticket-reading' : ''}`}>
      <div className="ticket-main">
        {key !== null && (
          <OutLink href={ticket.url ?? issueUrl(key)} label={t('ticket.open', { key })} className="ticket-key tabular">
            {key}
          </OutLink>
        )}
        <Summary {...props} />
      </div>
      <Told {...props} />
      {can.edit && (
        <div className="ticket-more">
          <Popover label={t('ticket.actions', { ticket: key ?? ticket.summary ?? '' })} className="icon-only" busy={presses.pending !== null} button={presses.pending === null ? <MoreIcon /> : <span className="pending-dot" />}>
            {(close) => {
              const item = (text: string, work: () => void) => (
                <button type="button" className="menu-item" onClick={() => (close(), work())}>
                  {text}
                </button>
              );
              return (
                <>
                  {key !== null && item(t('ticket.open-in-jira'), () => openLink(ticket.url ?? issueUrl(key)))}
                  {ticket.dropped === null ? item(t('ticket.drop.open'), act.drop) : item(t('ticket.undrop'), act.undrop)}
                  {item(t('ticket.take-off'), act.unlink)}
                </>
              );
            }}
          </Popover>
        </div>
      )}
      <Doubt {...props} pending={presses.pending} act={act} />
      {presses.refusal !== null && (
        <p className="refusal ticket-doubt" role="alert">
          {presses.refusal.text}
        </p>
      )}
    </li>
  );
});

interface Acts {
  readonly check: () => void;
  readonly again: () => void;
  readonly unlink: () => void;
  readonly drop: () => void;
  readonly undrop: () => void;
}
function useActs(props: RowProps, presses: Presses<Wish>, key: string | null): Acts {
  const { t } = useWords();
  const { incidentId } = useEnv();
  const { ticket } = props;
  const of = (opId: string): { incidentId: string; opId: string; ticketId: string } => ({ incidentId, opId, ticketId: ticket.id });
  const { run } = presses;
  const lines = [[key, props.state.kind === 'shown' ? props.state.issue.summary : ticket.summary].filter((part) => part !== null).join('  ')];
  const again = async (): Promise<void> => {
    const yes = await askToConfirm({ title: t('ticket.again.title'), text: [t('ticket.again.text')], lines, yes: t('ticket.again.yes') });
    if (yes !== null) await run('again', (opId) => press('ticket.again', of(opId)));
  };
  const drop = async (): Promise<void> => {
    const reason = await askToConfirm({ title: t('ticket.drop.title'), text: [t('ticket.drop.text')], lines, reason: { label: t('ticket.drop.reason'), hint: t('board.resolve.reason.hint') }, yes: t('ticket.drop.yes') });
    if (reason !== null) await run({ drop: reason }, (opId) => press('ticket.drop', { ...of(opId), reason }));
  };
  const unlink = async (): Promise<void> => {
    if ((await run('unlink', (opId) => press('ticket.unlink', of(opId)))) === 'accepted') props.taken(ticket);
  };
  return {
    check: () => void run('check', (opId) => press('ticket.check', of(opId))),
    again: () => void again(),
    unlink: () => void unlink(),
    drop: () => void drop(),
    undrop: () => void run('undrop', (opId) => press('ticket.drop', { ...of(opId), reason: null })),
  };
}

function Summary(props: RowProps) {
  const { t } = useWords();
  const { ticket, state, unread } = props;
  if (state.kind === 'shown') return <span className="ticket-summary">{state.issue.summary}</span>;
  if (ticket.summary !== null) return <span className="ticket-summary">{ticket.summary}</span>;
  return state.kind === 'reading' ? <span className="quiet">{t(unread ? 'ticket.unread' : 'ticket.reading')}</span> : null;
}

/** What is known of it, in a row. */
function Told(props: RowProps) {
  const words = useWords();
  const { t } = words;
  const { jump } = useEnv();
  const { ticket, state, entry, now } = props;
  const issue = state.kind === 'shown' ? state.issue : null;
  const open = issue !== null && issue.status?.category !== 'done' && ticket.dropped === null;
  const { entryId, dropped } = ticket;
  return (
    <div className="ticket-told">
      {issue?.status != null && <StatusLozenge status={issue.status} />}
      <Facts>
        {ticket.kind !== null && <KindWord kind={ticket.kind} />}
        {issue !== null && (issue.owner === null ? <span>{t('ticket.nobody')}</span> : <span>{issue.owner.name}</span>)}
        {issue !== null && (issue.due !== null ? <DueWord due={issue.due} now={now} open={open} /> : open && <span>{t('ticket.no-due')}</span>)}
        {issue?.resolution != null && <span>{t('ticket.resolution', { name: issue.resolution })}</span>}
        {entryId !== null && (
          <span>
            {jump === null ? (
              t('ticket.from-entry')
            ) : (
              <button type="button" className="link-button" onClick={() => jump(entryId)}>
                {entry === null ? t('ticket.from-entry') : t('ticket.from-entry-at', { time: words.minute(entry.at, now) })}
              </button>
            )}
          </span>
        )}
        {dropped !== null && (
          <span title={words.utc(dropped.at)}>
            <strong>{t('ticket.dropped', { reason: dropped.reason })}</strong> (<Person person={dropped.by} />)
          </span>
        )}
      </Facts>
    </div>
  );
}

/** What is not as it should be, in words, and what can be done about it. */
function Doubt(props: RowProps & { readonly pending: Wish | null; readonly act: Acts }) {
  const { t } = useWords();
  const { can } = useEnv();
  const { ticket, state, pending, act } = props;
  const button = (text: string, wish: Wish, work: () => void) => (
    <Button className="small-button" busy={pending !== null} onClick={work}>
      {pending === wish ? t('common.saving') : text}
    </Button>
  );
  const say = (text: string, actions: React.ReactNode = null) => (
    <div className="ticket-doubt">
      <span role="status">{text}</span>
      {can.edit && actions}
    </div>
  );
  switch (state.kind) {
    case 'searching':
      return say(t('ticket.searching'));
    case 'unsure':
      return say(
        t('ticket.unsure'),
        <>
          {button(t('ticket.look-again'), 'check', act.check)}
          {button(t('ticket.again.open'), 'again', act.again)}
        </>,
      );
    case 'deleted':
      return say(t('ticket.deleted'), button(t('ticket.take-off'), 'unlink', act.unlink));
    case 'elsewhere':
      return say(t('ticket.elsewhere'));
    case 'hidden':
      return say(t('ticket.hidden'));
    case 'reading':
      return null;
    case 'shown':
      if (state.unlinked) {
        return say(
          t('ticket.unlinked'),
          <>
            {button(t('ticket.relink'), 'check', act.check)}
            {button(t('ticket.take-off'), 'unlink', act.unlink)}
          </>,
        );
      }
      return ticket.shownInJira ? null : say(t('ticket.not-shown', { project: state.issue.projectKey ?? '' }), button(t('ticket.relink.again'), 'check', act.check));
  }
}

/** As it was linked at a time of the past. */
export function PastTicket(props: { readonly ticket: TicketView }) {
  const { t } = useWords();
  const { ticket } = props;
  return (
    <li className={`ticket ${ticket.dropped === null ? '' : 'ticket-dropped'}`}>
      <div className="ticket-main">
        {ticket.key === null ? (
          <span className="ticket-summary">{ticket.summary}</span>
        ) : (
          <OutLink href={ticket.url ?? issueUrl(ticket.key)} label={t('ticket.open', { key: ticket.key })} className="ticket-key tabular">
            {ticket.key}
          </OutLink>
        )}
      </div>
      <div className="ticket-told">
        <Facts>
          {ticket.kind !== null && <KindWord kind={ticket.kind} />}
          {ticket.dropped !== null && <span>{t('ticket.dropped', { reason: ticket.dropped.reason })}</span>}
        </Facts>
      </div>
    </li>
  );
}
