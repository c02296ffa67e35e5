import { memo, useRef, useState } from 'react';
import type { EntryView, IncidentHeadView, IncidentStatus, Severity } from '../../../../src/contract';
import { goTo, goToIncidents, press } from '../api';
import { Button, SeverityMark, StatusMark, Time, useNow } from '../parts/basics';
import { ExpandIcon, LockIcon } from '../parts/icons';
import { Menu } from '../parts/Menu';
import { Person } from '../parts/people';
import { useWords } from '../words';
import { elapsed, phases, stopwatch } from './logic';

const SEVERITIES: readonly Severity[] = ['sev1', 'sev2', 'sev3', 'sev4', 'pending'];
const STATUSES = ['investigating', 'identified', 'mitigated', 'resolved', 'closed', 'cancelled'] as const;

type Change = { readonly kind: 'respond' } | { readonly kind: 'severity'; readonly to: Severity } | { readonly kind: 'status'; readonly to: Exclude<IncidentStatus, 'merged'> };

/** One press at a time; while it is under way it looks pending, and a refusal says why. */
function useChange(incidentId: string, accept: (head: IncidentHeadView) => void) {
  const words = useWords();
  const [pending, setPending] = useState<Change | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const busy = useRef(false);

  const send = (change: Change): Promise<IncidentHeadView> => {
    const opId = crypto.randomUUID();
    switch (change.kind) {
      case 'respond':
        return press('incident.respond', { incidentId, opId });
      case 'severity':
        return press('incident.severity', { incidentId, severity: change.to, opId });
      case 'status':
        return press('incident.status', { incidentId, status: change.to, opId });
    }
  };
  const run = (change: Change): void => {
    if (busy.current) return;
    busy.current = true;
    setPending(change);
    setRefusal(null);
    void send(change)
      .then(accept, (error: unknown) => setRefusal(words.t('board.change-refused', { reason: words.reason(error) })))
      .finally(() => {
        busy.current = false;
        setPending(null);
      });
  };
  return { pending, refusal, run };
}

export const Header = memo(function Header(props: {
  readonly head: IncidentHeadView;
  readonly entries: readonly EntryView[];
  readonly canEdit: boolean;
  readonly skew: number;
  readonly place: 'page' | 'full-screen';
  readonly accept: (head: IncidentHeadView) => void;
}) {
  const { t } = useWords();
  const { head, canEdit } = props;
  const { pending, refusal, run } = useChange(head.id, props.accept);
  const over = head.resolvedAt !== null || head.closedAt !== null;
  const severity = pending?.kind === 'severity' ? pending.to : head.severity;
  const status = pending?.kind === 'status' ? pending.to : head.status;
  const editable = canEdit && head.status !== 'merged';

  return (
    <header className="card board-head">
      <div className="head-line">
        <p className="overline">
          <span className="tabular">{t('board.key', { key: head.key })}</span>
          {head.service !== null && <span>{head.service}</span>}
          {head.kind !== 'incident' && <span className="mark mark-plain">{t(`board.kind.${head.kind}`)}</span>}
          {head.visibility === 'private' && (
            <span className="with-icon">
              <LockIcon />
              {t('board.private')}
            </span>
          )}
        </p>
        <Elapsed head={head} skew={props.skew} />
      </div>
      <h1 className="board-title">{head.title}</h1>
      <div className="head-controls">
        <Response head={head} canEdit={editable} over={over} pending={pending?.kind === 'respond'} respond={() => run({ kind: 'respond' })} />
        <div className="head-menus">
          {editable ? (
            <>
              <Menu
                label={t('severity.label')}
                value={severity}
                choices={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`), hint: t(`severity.${value}.meaning`) }))}
                onChoose={(to) => run({ kind: 'severity', to })}
                pending={pending?.kind === 'severity'}
                pendingLabel={t('common.saving')}
                className={`severity-${over ? 'over' : severity}`}
              />
              <Menu
                label={t('status.label')}
                value={status}
                choices={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
                onChoose={(to) => to !== 'merged' && run({ kind: 'status', to })}
                pending={pending?.kind === 'status'}
                pendingLabel={t('common.saving')}
                className="status-menu"
              />
            </>
          ) : (
            <>
              <SeverityMark severity={head.severity} over={over} />
              <StatusMark status={head.status} />
            </>
          )}
          {props.place === 'page' ? (
            <Button look="quiet" className="icon-button" onClick={() => goToIncidents(head.id)}>
              <ExpandIcon />
              {t('board.full-screen')}
            </Button>
          ) : (
            head.page !== null && (
              <Button look="quiet" onClick={() => head.page !== null && goTo(head.page.url)}>
                {t('board.open-page')}
              </Button>
            )
          )}
        </div>
      </div>
      <p className="refusal" role="alert">
        {refusal}
      </p>
      <Phases head={head} entries={props.entries} skew={props.skew} />
    </header>
  );
});

function Elapsed(props: { readonly head: IncidentHeadView; readonly skew: number }) {
  const { t } = useWords();
  const now = useNow(props.skew, 1_000);
  const { ms, running } = elapsed(props.head, now);
  return (
    <p className={`elapsed ${running ? '' : 'over'}`}>
      <span>{t(running ? 'board.elapsed' : 'board.took')}</span> <strong className="tabular">{stopwatch(ms)}</strong>
    </p>
  );
}

function Response(props: { readonly head: IncidentHeadView; readonly canEdit: boolean; readonly over: boolean; readonly pending: boolean; readonly respond: () => void }) {
  const words = useWords();
  const { t } = words;
  const first = props.head.firstResponse;
  if (first !== null) {
    return (
      <p className="response" title={words.utc(first.at)}>
        <strong>
          {t('board.responder', { name: '\u0001' })
            .split('\u0001')
            .map((part, i) => (
              <span key={i}>
                {i > 0 && <Person person={first.by} />}
                {part}
              </span>
            ))}
        </strong>
        <span className="quiet tabular">{t('board.response-time', { time: words.clock(first.at), duration: words.duration(first.at - props.head.detectedAt) })}</span>
      </p>
    );
  }
  if (!props.canEdit) return <p className="response quiet">{t(props.over ? 'board.response-none' : 'board.nobody-yet')}</p>;
  return (
    <p className="response">
      <Button look={props.over ? 'default' : 'primary'} className="respond" busy={props.pending} onClick={props.respond}>
        {t(props.pending ? 'board.responding' : 'board.respond')}
      </Button>
      <span className="quiet">{t('board.nobody-yet')}</span>
    </p>
  );
}

const Phases = memo(function Phases(props: { readonly head: IncidentHeadView; readonly entries: readonly EntryView[]; readonly skew: number }) {
  const { t } = useWords();
  const now = Date.now() + props.skew;
  return (
    <ol className="phases" aria-label={t('board.phases')}>
      {phases(props.head, props.entries).map((phase) => {
        const name = phase.id === 'detected' || phase.id === 'declared' ? t(`board.phase.${phase.id}`) : t(`status.${phase.id}`);
        return (
          <li key={phase.id} className={`phase phase-${phase.state}`} aria-current={phase.state === 'current' ? 'step' : undefined}>
            <span className="phase-name">{name}</span>
            {phase.at !== null && <Time at={phase.at} now={now} />}
          </li>
        );
      })}
    </ol>
  );
});
