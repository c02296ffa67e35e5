/** Improvement tickets of all incidents: what is late, whose it is, and whether it happened again. */
import { useMemo, useRef, useState } from 'react';
import type { OverviewTicket, TicketView } from '../../../../src/contract';
import { goTo, issueUrl } from '../api';
import { faultText } from '../jira/fault';
import { dayIn } from '../jira/due';
import { useIssues } from '../jira/use-issues';
import { Button, Notice, OutLink, useNow } from '../parts/basics';
import { LockIcon } from '../parts/icons';
import { DueWord, KINDS, KindWord, StatusLozenge } from '../parts/tickets';
import { useSeen } from '../parts/use-seen';
import { useWords } from '../words';
import { download } from '../parts/download';
import { toCsv } from './csv';
import { AGES, ageDays, EVERY, fileRows, isOver, listed, NOBODY, overdue, type OverviewFilter, type OverviewRow } from './overview';
import { useOverview } from './use-overview';

const NONE: readonly TicketView[] = [];
/** More rows than these wait behind a button. */
const PAGE = 100;

export default function Improvements(props: { readonly openBoard: (incidentId: string) => void }) {
  const words = useWords();
  const { t } = words;
  const box = useRef<HTMLDivElement>(null);
  const seen = useSeen(box);
  const { view, error, readAt, refresh } = useOverview(seen);
  const tickets = useMemo(() => view?.tickets.map(({ ticket }) => ticket) ?? NONE, [view]);
  const { issues, since, fault, look } = useIssues(seen ? tickets : NONE);
  const skew = view === null ? 0 : view.now - readAt;
  const now = useNow(skew, 60_000);
  const rows = useMemo<readonly OverviewRow[]>(
    () => view?.tickets.filter(({ ticket }) => ticket.linked).map((one) => ({ ...one, issue: one.ticket.issueId === null ? undefined : issues.get(one.ticket.issueId) })) ?? [],
    [view, issues],
  );
  return (
    <div className="all" ref={box}>
      {view === null && error === null && <div className="skeleton card bone-card" role="status" aria-label={t('common.loading')} />}
      {error !== null && (
        <Notice tone="warning" live title={view === null ? t('home.error.title') : t('home.stale', { time: words.clock(readAt) })} actions={<Button onClick={refresh}>{t('common.retry')}</Button>}>
          <p>{words.reason(error)}</p>
        </Notice>
      )}
      {fault !== null && (
        <Notice
          tone="warning"
          live
          title={fault.kind === 'absent' ? t('ticket.absent.title') : t('ticket.not-read-since', { time: words.clock((since ?? Date.now()) + skew) })}
          actions={fault.kind !== 'busy' && <Button onClick={look}>{t('common.retry')}</Button>}
        >
          <p>{fault.kind === 'absent' ? t('ticket.absent.text') : faultText(fault, words)}</p>
        </Notice>
      )}
      {view !== null && (rows.length === 0 ? <p className="empty-box">{t('ticket.overview.empty')}</p> : <Listed rows={rows} unread={fault !== null} more={view.more} now={now} openBoard={props.openBoard} />)}
    </div>
  );
}

function Listed(props: { readonly rows: readonly OverviewRow[]; readonly unread: boolean; readonly more: boolean; readonly now: number; readonly openBoard: (incidentId: string) => void }) {
  const words = useWords();
  const { t } = words;
  const { rows, now } = props;
  const [filter, setFilter] = useState<OverviewFilter>(EVERY);
  const [pages, setPages] = useState(1);
  const found = listed(rows, filter, now);
  const late = found.filter((row) => overdue(row, words.timeZone, now)).length;
  const save = (): void => download(`${t('ticket.csv.file')}-${dayIn(words.timeZone, now)}.csv`, toCsv(fileRows(found, words, now, issueUrl)), 'text/csv');
  return (
    <>
      <Filters
        rows={rows}
        filter={filter}
        change={(part) => {
          setFilter({ ...filter, ...part });
          setPages(1);
        }}
      />
      <div className="overview-head">
        <p className="as-of" role="status">
          {t('ticket.overview.count', { n: found.length })}
          {late > 0 && (
            <>
              {' · '}
              <strong className="overdue">{t('ticket.overview.overdue', { n: late })}</strong>
            </>
          )}
        </p>
        <Button onClick={save} disabled={found.length === 0}>
          {t('ticket.csv')}
        </Button>
      </div>
      {props.more && <p className="quiet small">{t('ticket.overview.more', { n: rows.length })}</p>}
      {found.length === 0 ? (
        <p className="empty-box">{t('ticket.overview.none')}</p>
      ) : (
        <div className="table-box" tabIndex={0} role="region" aria-label={t('home.tab.improvements')}>
          <table className="overview">
            <thead>
              <tr>
                {(['ticket', 'due', 'status', 'owner', 'incident', 'age'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`ticket.col.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.slice(0, pages * PAGE).map((row) => (
                <Row key={row.ticket.id} row={row} unread={props.unread} now={now} openBoard={props.openBoard} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {found.length > pages * PAGE && <Button onClick={() => setPages(pages + 1)}>{t('ticket.overview.next', { n: Math.min(PAGE, found.length - pages * PAGE) })}</Button>}
    </>
  );
}

function Filters(props: { readonly rows: readonly OverviewRow[]; readonly filter: OverviewFilter; readonly change: (part: Partial<OverviewFilter>) => void }) {
  const { t, locale } = useWords();
  const { rows, filter, change } = props;
  const services = [...new Set(rows.flatMap(({ incident }) => incident.service ?? []))].sort();
  const owners = [...new Map(rows.flatMap(({ issue }) => (issue?.owner == null ? [] : [[issue.owner.accountId, issue.owner.name] as const])))].sort((a, b) => a[1].localeCompare(b[1], locale));
  return (
    <div className="overview-filters" role="group" aria-label={t('ticket.filter')}>
      <Choice label={t('home.col.service')} value={filter.service} any={t('settings.rules.service.any')} options={services.map((name) => [name, name])} choose={(service) => change({ service })} />
      <Choice label={t('ticket.kind')} value={filter.kind} any={t('ticket.filter.kind')} options={KINDS.map((kind) => [kind, t(`ticket.kind.${kind}`)])} choose={(kind) => change({ kind: KINDS.find((one) => one === kind) ?? '' })} />
      <Choice label={t('ticket.owner')} value={filter.owner} any={t('ticket.filter.owner')} options={[[NOBODY, t('ticket.nobody')], ...owners]} choose={(owner) => change({ owner })} />
      <Choice label={t('ticket.col.age')} value={filter.age === 0 ? '' : String(filter.age)} any={t('ticket.filter.age')} options={AGES.filter((age) => age > 0).map((age) => [String(age), t('ticket.filter.age-days', { n: age })])} choose={(age) => change({ age: Number(age) })} />
      <label className="check">
        <input type="checkbox" checked={filter.over} onChange={(event) => change({ over: event.target.checked })} />
        {t('ticket.filter.over')}
      </label>
    </div>
  );
}

function Choice(props: { readonly label: string; readonly value: string; readonly any: string; readonly options: readonly (readonly [string, string])[]; readonly choose: (value: string) => void }) {
  return (
    <select className="select" aria-label={props.label} value={props.value} onChange={(event) => props.choose(event.target.value)}>
      <option value="">{props.any}</option>
      {props.options.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Row(props: { readonly row: OverviewRow; readonly unread: boolean; readonly now: number; readonly openBoard: (incidentId: string) => void }) {
  const words = useWords();
  const { t } = words;
  const { row, now } = props;
  const { ticket, incident, issue } = row;
  const key = issue?.key ?? ticket.key;
  const over = isOver(row);
  const { url } = incident;
  return (
    <tr className={over ? 'overview-over' : ''}>
      <td>
        <span className="ticket-main">
          {key !== null && (
            <OutLink href={issueUrl(key)} label={t('ticket.open', { key })} className="ticket-key tabular">
              {key}
            </OutLink>
          )}
          <span className="ticket-summary">{issue?.summary ?? ticket.summary ?? ''}</span>
        </span>
        <span className="quiet small found-facts">
          {ticket.kind !== null && <KindWord kind={ticket.kind} />}
          {ticket.dropped !== null && <span>{t('ticket.dropped', { reason: ticket.dropped.reason })}</span>}
        </span>
        {row.firedAgain !== null && <FiredAgain again={row.firedAgain} now={now} />}
      </td>
      <td>{issue?.due == null ? t('common.nobody') : <DueWord due={issue.due} now={now} open={!over} />}</td>
      <td>{issue?.status != null ? <StatusLozenge status={issue.status} /> : <span className="quiet small">{unseen(row, props.unread, t)}</span>}</td>
      <td>{issue == null ? t('common.nobody') : (issue.owner?.name ?? <span className="quiet">{t('ticket.nobody')}</span>)}</td>
      <td>
        <button type="button" className="link-button" onClick={() => (url === null ? props.openBoard(incident.id) : goTo(url))}>
          <span className="tabular">{incident.key}</span> {incident.title}
        </button>
        <span className="quiet small found-facts">
          {incident.isPrivate && (
            <span className="with-icon">
              <LockIcon />
              {t('board.private')}
            </span>
          )}
          {incident.service !== null && <span>{incident.service}</span>}
        </span>
      </td>
      <td className="tabular nowrap" data-label={t('ticket.col.age')} title={words.utc(ticket.at)}>
        {t('ticket.age', { n: ageDays(row, now) })}
      </td>
    </tr>
  );
}

function unseen({ ticket, issue }: OverviewRow, unread: boolean, t: ReturnType<typeof useWords>['t']): string {
  if (ticket.state !== 'linked') return t(`ticket.state.${ticket.state}`);
  return t(issue === null ? 'ticket.state.hidden' : unread ? 'ticket.unread' : 'ticket.reading');
}

function FiredAgain(props: { readonly again: NonNullable<OverviewTicket['firedAgain']>; readonly now: number }) {
  const words = useWords();
  const { again } = props;
  return (
    <p className={`fired-again small ${again.open ? 'firing-text' : ''}`}>
      {words.t(again.open ? 'ticket.fired-again.open' : 'ticket.fired-again', { monitor: again.monitorName, time: words.minute(again.at, props.now) })}
    </p>
  );
}
