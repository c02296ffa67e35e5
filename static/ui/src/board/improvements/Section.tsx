/** What is to get better after this incident, with what Jira says of it now. */
import '../../styles/review.css';
import { useEffect, useState } from 'react';
import type { TicketFormView, TicketView } from '../../../../../src/contract';
import { call, goToSettings, press } from '../../api';
import { faultText } from '../../jira/fault';
import { useIssues } from '../../jira/use-issues';
import { Button, useNow } from '../../parts/basics';
import { PlusIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { Undo } from '../Undo';
import { codeOf } from '../use-press';
import { ReviewRow } from '../../review/ReviewRow';
import type { SectionProps } from './Improvements';
import { useTicketDialog, type TicketDialog } from './open';
import { doneShare, inOrder, ticketState } from './row';
import { PastTicket, TicketRow } from './TicketRow';

export default function Section(props: SectionProps) {
  const { past } = useEnv();
  return past === null ? <Present {...props} /> : <Past {...props} />;
}

function Present(props: SectionProps) {
  const words = useWords();
  const { t } = words;
  const { can, skew, incidentId } = useEnv();
  const { tickets, entries } = props;
  const { issues, asOf, since, fault, look } = useIssues(tickets);
  const now = useNow(skew, 30_000);
  const [taken, setTaken] = useState<TicketView | null>(null);
  const { open, failure } = useTicketDialog();
  const form = useForm(can.edit && tickets.length === 0);
  const issueOf = (ticket: TicketView) => (ticket.issueId === null ? undefined : issues.get(ticket.issueId));
  const share = doneShare(tickets, issueOf);
  const absent = fault?.kind === 'absent' || form === 'absent';
  return (
    <>
      <div className="card-title">
        <h2 id="tickets-title">
          {t('ticket.title')} {share !== null && <span className="count tabular">{t('ticket.share', share)}</span>}
        </h2>
        {since !== null && !absent ? (
          <strong className="as-of not-live">{t('ticket.not-read-since', { time: words.clock(since + skew) })}</strong>
        ) : (
          asOf !== null && <span className="as-of tabular">{t('board.as-of', { time: words.clock(asOf + skew) })}</span>
        )}
      </div>
      {absent ? (
        <div className="ticket-note" role="status">
          <strong>{t('ticket.absent.title')}</strong> <span>{t('ticket.absent.text')}</span>
        </div>
      ) : (
        fault !== null && (
          <div className="ticket-note" role="status">
            <span>{faultText(fault, words)}</span>{' '}
            {fault.kind !== 'busy' && (
              <Button className="small-button" onClick={look}>
                {t('common.retry')}
              </Button>
            )}
          </div>
        )
      )}
      {taken !== null && can.edit && (
        <Undo
          said={t('ticket.taken-off', { ticket: taken.key ?? taken.summary ?? '' })}
          send={(opId) => press('ticket.link', { incidentId, opId, issue: taken.issueId ?? '', kind: taken.kind })}
          done={() => setTaken(null)}
        />
      )}
      {tickets.length === 0 ? (
        !absent && <Empty form={form} />
      ) : (
        <ul className={`ticket-list live-values ${since === null ? '' : 'old'}`}>
          {inOrder(tickets).map((ticket) => (
            <TicketRow
              key={ticket.id}
              ticket={ticket}
              state={ticketState(ticket, issueOf(ticket), now)}
              entry={entries.find(({ id }) => id === ticket.entryId) ?? null}
              now={now}
              unread={fault !== null}
              taken={(one) => setTaken(one.issueId === null ? null : one)}
            />
          ))}
        </ul>
      )}
      {props.isReviewed && <ReviewRow />}
      {can.edit && !absent && <Foot open={open} pageId={props.pageId} failure={failure} />}
    </>
  );
}

/** Where new tickets go; asked only where there is none yet. `absent`: there is no Jira. */
function useForm(wanted: boolean): TicketFormView | 'absent' | null {
  const { board, incidentId } = useEnv();
  const [form, setForm] = useState<TicketFormView | 'absent' | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    call('ticket.form', { incidentId, pass: board().pass }).then(
      (found) => current && setForm(found),
      (error: unknown) => current && codeOf(error) === 'jira-absent' && setForm('absent'),
    );
    return () => {
      current = false;
    };
  }, [wanted, incidentId, board]);
  return wanted ? form : null;
}

function Empty(props: { readonly form: TicketFormView | 'absent' | null }) {
  const { t } = useWords();
  const { form } = props;
  const missing = form !== null && form !== 'absent' && form.project === null;
  return (
    <p className="empty">
      {t('ticket.empty')}
      {missing && (
        <>
          {' '}
          {t(form.isAdmin ? 'ticket.no-project.admin' : 'ticket.no-project')}{' '}
          {form.isAdmin && (
            <button type="button" className="link-button" onClick={goToSettings}>
              {t('board.unconfigured.link')}
            </button>
          )}
        </>
      )}
    </p>
  );
}

function Foot(props: { readonly open: (name: TicketDialog, given?: Readonly<Record<string, unknown>>) => void; readonly pageId: string | null; readonly failure: string | null }) {
  const { t } = useWords();
  const { open, pageId } = props;
  return (
    <div className="ticket-foot">
      <button type="button" className="add" aria-haspopup="dialog" data-shortcut="i" onClick={() => open('ticket')}>
        <PlusIcon />
        {t('ticket.add')}
      </button>
      <button type="button" className="add" aria-haspopup="dialog" onClick={() => open('ticket-link')}>
        {t('ticket.link.open')}
      </button>
      {pageId !== null && (
        <button type="button" className="add" aria-haspopup="dialog" onClick={() => open('ticket-tasks', { pageId })}>
          {t('ticket.tasks.open')}
        </button>
      )}
      {props.failure !== null && (
        <span className="refusal" role="alert">
          {props.failure}
        </span>
      )}
    </div>
  );
}

/** Which tickets there were at that time. What Jira says is of today, so it is left out. */
function Past(props: SectionProps) {
  const { t } = useWords();
  const { tickets } = props;
  return (
    <>
      <div className="card-title">
        <h2 id="tickets-title">
          {t('ticket.title')} <span className="count tabular">{tickets.length}</span>
        </h2>
      </div>
      {tickets.length === 0 ? (
        <p className="empty">{t('ticket.past.none')}</p>
      ) : (
        <>
          <p className="ticket-note">{t('ticket.past.note')}</p>
          <ul className="ticket-list">
            {inOrder(tickets).map((ticket) => (
              <PastTicket key={ticket.id} ticket={ticket} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
