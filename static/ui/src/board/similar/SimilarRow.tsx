import type { ReactNode } from 'react';
import type { SimilarIncident, SimilarReason } from '../../../../../src/contract';
import { issueUrl } from '../../api';
import type { Issue } from '../../jira/issues';
import { Facts, OutLink, SeverityMark } from '../../parts/basics';
import { StatusLozenge } from '../../parts/tickets';
import { useWords, type Words } from '../../words';
import { ticketsNow } from './tickets-now';

export function SimilarRow(props: { readonly incident: SimilarIncident; readonly issues: ReadonlyMap<string, Issue> | null }) {
  const words = useWords();
  const { t } = words;
  const { incident } = props;
  const { key, title, severity, status, isPrivate, tookMs, situation } = incident;
  const causes = causesOf(incident, words);
  return (
    <li className="similar-row">
      <div className="similar-name">
        <OutLink href={incident.url}>
          <span className="tabular">{key}</span> {title}
        </OutLink>
      </div>
      <Facts>
        <span>
          <SeverityMark severity={severity} over />
        </span>
        <span>{t(`status.${status}`)}</span>
        {isPrivate && <span>{t('board.private')}</span>}
        <span className="tabular">{words.day(incident.detectedAt)}</span>
        {tookMs !== null && <span className="tabular">{t('similar.took', { span: words.duration(tookMs) })}</span>}
      </Facts>
      <p className="similar-why">{[...incident.reasons.map((reason) => reasonText(reason, words)), ...(incident.moreReasons > 0 ? [t('similar.reason.more', { n: incident.moreReasons })] : [])].join(' · ')}</p>
      <dl className="similar-facts">
        <Line name={t('similar.cause')}>{causes.length === 0 ? <span className="quiet">{t('similar.cause.none')}</span> : causes.map((cause, n) => <p key={n}>{cause}</p>)}</Line>
        {situation !== null && <Line name={t('similar.situation')}>{situation}</Line>}
        {incident.tickets.length > 0 && <Tickets {...props} />}
      </dl>
    </li>
  );
}

function Line(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

/** A change that somebody judged to be the cause, and what the review found. */
function causesOf({ cause, factors }: SimilarIncident, { t }: Words): readonly string[] {
  const change = cause === null ? [] : [cause.deploy === null ? t('similar.cause.change') : t('similar.cause.deploy', { deploy: cause.deploy })];
  return [...change, ...factors];
}

function reasonText(reason: SimilarReason, { t }: Words): string {
  switch (reason.kind) {
    case 'alert':
      return reason.on === null ? t('similar.reason.monitor', { monitor: reason.monitor }) : t('similar.reason.alert', { monitor: reason.monitor, on: reason.on });
    case 'monitor':
      return t('similar.reason.monitor', { monitor: reason.monitor });
    case 'host':
      return t('similar.reason.host', { host: reason.host });
    case 'role':
      return t('similar.reason.role', { role: reason.role });
  }
}

/** Those that are open; what Jira does not tell is not taken for done. */
function Tickets(props: { readonly incident: SimilarIncident; readonly issues: ReadonlyMap<string, Issue> | null }) {
  const { t } = useWords();
  const { shown, rest, isAllDone } = ticketsNow(props.incident, props.issues);
  return (
    <Line name={t('similar.tickets')}>
      {isAllDone ? (
        <span className="quiet">{t('similar.tickets.done')}</span>
      ) : (
        <ul>
          {shown.map(({ id, key, url, issueId, issue }) => (
            <li key={id} className="similar-ticket">
              {url === null && issueId === null ? (
                <span className="tabular">{key}</span>
              ) : (
                <OutLink href={url ?? issueUrl(key)} label={t('ticket.open', { key })} className="tabular">
                  {key}
                </OutLink>
              )}
              {issue !== null && <span className="similar-summary">{issue.summary}</span>}
              {issue?.status != null && <StatusLozenge status={issue.status} />}
            </li>
          ))}
          {rest > 0 && <li className="quiet small">{t('similar.more', { n: rest })}</li>}
        </ul>
      )}
    </Line>
  );
}
