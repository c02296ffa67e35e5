/** Makes existing issues tickets of this incident; each with its own press, which says at once what came of it. */
import { useEffect, useRef, useState } from 'react';
import type { TicketKind } from '../../../../src/contract';
import { issueUrl, press, Refused } from '../api';
import type { DialogProps } from '../dialog';
import { faultText } from '../jira/fault';
import type { Issue } from '../jira/issues';
import { findIssues } from '../jira/search';
import { Button, OutLink } from '../parts/basics';
import { DueWord, KINDS, StatusLozenge } from '../parts/tickets';
import { useWords } from '../words';
import { linesOf, textOf } from './given';

const PAUSE_MS = 350;

type Search = { readonly typed: string; readonly found: readonly Issue[]; readonly error: unknown };
type Sent = { readonly at: 'sending' | 'linked' } | { readonly at: 'refused'; readonly reason: string } | { readonly at: 'taken'; readonly key: string };

export default function TicketLink({ given, done }: DialogProps) {
  const words = useWords();
  const { t } = words;
  const incidentId = textOf(given, 'incidentId');
  const [already] = useState(() => new Set(linesOf(given, 'linked')));
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<TicketKind | null>(null);
  const [search, setSearch] = useState<Search>({ typed: '', found: [], error: null });
  const [round, setRound] = useState(0);
  const [sent, setSent] = useState<ReadonlyMap<string, Sent>>(new Map());
  const ops = useRef(new Map<string, string>());
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const wanted = typed.trim();
  useEffect(() => {
    if (wanted === '') return setSearch({ typed: '', found: [], error: null });
    let current = true;
    const timer = setTimeout(() => {
      findIssues(wanted).then(
        (found) => current && setSearch({ typed: wanted, found, error: null }),
        (error: unknown) => current && setSearch({ typed: wanted, found: [], error }),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, round]);

  const tell = (id: string, news: Sent): void => setSent((old) => new Map(old).set(id, news));
  const link = (issue: Issue, move: boolean): void => {
    // The same wish pressed again after a lost answer is the same press.
    const wish = `${issue.id} ${kind} ${move}`;
    const opId = ops.current.get(wish) ?? crypto.randomUUID();
    ops.current.set(wish, opId);
    tell(issue.id, { at: 'sending' });
    void press('ticket.link', { incidentId, opId, issue: issue.id, kind, ...(move ? { move } : {}) }).then(
      () => tell(issue.id, { at: 'linked' }),
      (error: unknown) => {
        if (error instanceof Refused) ops.current.delete(wish);
        if (error instanceof Refused && error.error.code === 'conflict' && !move) tell(issue.id, { at: 'taken', key: String(error.error.params['key'] ?? '') });
        else tell(issue.id, { at: 'refused', reason: words.reason(error) });
      },
    );
  };
  const waiting = wanted !== '' && search.typed !== wanted;

  return (
    <div className="dialog-list">
      <div className="field-row link-search">
        <div className="field">
          <label htmlFor="link-search">{t('ticket.link.search')}</label>
          <input ref={field} id="link-search" type="search" className="input" value={typed} placeholder={t('ticket.link.search.hint')} onChange={(event) => setTyped(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="link-kind">{t('ticket.kind')}</label>
          <select id="link-kind" className="select" value={kind ?? ''} onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? null)}>
            <option value="">{t('ticket.kind.none')}</option>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`ticket.kind.${one}`)}
              </option>
            ))}
          </select>
        </div>
      </div>
      <p className="quiet small" role="status">
        {wanted === '' ? t('ticket.link.start') : waiting ? t('common.loading') : search.error === null && search.found.length === 0 ? t('ticket.link.none') : ''}
      </p>
      {search.error !== null && !waiting && (
        <p role="alert">
          {faultText(search.error, words)}{' '}
          <Button className="small-button" onClick={() => setRound((n) => n + 1)}>
            {t('common.retry')}
          </Button>
        </p>
      )}
      <ul className="rows">
        {search.found.map((issue) => (
          <Row key={issue.id} issue={issue} already={already.has(issue.id)} sent={sent.get(issue.id) ?? null} link={(move) => link(issue, move)} />
        ))}
      </ul>
      <div className="dialog-actions">
        <Button onClick={() => done(null)}>{t('common.done')}</Button>
      </div>
    </div>
  );
}

function Row(props: { readonly issue: Issue; readonly already: boolean; readonly sent: Sent | null; readonly link: (move: boolean) => void }) {
  const { t } = useWords();
  const { issue, already, sent, link } = props;
  const linked = already || sent?.at === 'linked';
  return (
    <li className="row">
      <div className="row-main">
        <span className="ticket-main">
          <OutLink href={issueUrl(issue.key)} label={t('ticket.open', { key: issue.key })} className="ticket-key tabular">
            {issue.key}
          </OutLink>
          <span className="ticket-summary">{issue.summary}</span>
        </span>
        <span className="quiet small found-facts">
          {issue.status !== null && <StatusLozenge status={issue.status} />}
          <span>{issue.owner?.name ?? t('ticket.nobody')}</span>
          {issue.due !== null && <DueWord due={issue.due} now={Date.now()} open={issue.status?.category !== 'done'} />}
        </span>
        {sent?.at === 'refused' && (
          <span className="refusal small" role="alert">
            {sent.reason}
          </span>
        )}
        {sent?.at === 'taken' && (
          <span className="taken small" role="alert">
            {sent.key === '' ? t('ticket.link.taken-hidden') : t('ticket.link.taken', { key: sent.key })}{' '}
            <Button className="small-button" onClick={() => link(true)}>
              {t('ticket.link.move')}
            </Button>
          </span>
        )}
      </div>
      {linked ? (
        <span className="row-said" role="status">
          {t('ticket.link.done')}
        </span>
      ) : (
        sent?.at !== 'taken' && (
          <Button busy={sent?.at === 'sending'} aria-label={t('ticket.link.yes-named', { key: issue.key })} onClick={() => link(false)}>
            {t(sent?.at === 'sending' ? 'common.saving' : 'ticket.link.yes')}
          </Button>
        )
      )}
    </li>
  );
}
