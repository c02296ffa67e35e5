import { useState } from 'react';
import type { CandidateView, HomeView, IncidentHeadView } from '../../../../src/contract';
import { goTo, openDialog } from '../api';
import { Button, SeverityMark, StatusMark, Time } from '../parts/basics';
import { LockIcon } from '../parts/icons';
import { usePaused } from '../parts/paused';
import { Person } from '../parts/people';
import { useWords } from '../words';
import { elapsed } from '../board/logic';
import { Candidate } from './Candidate';

const OVER: ReadonlySet<string> = new Set(['closed', 'cancelled', 'merged']);

export function NowTab(props: {
  readonly home: HomeView;
  readonly declare: (candidate: CandidateView) => void;
  readonly openBoard: (incidentId: string) => void;
  readonly changed: () => void;
}) {
  const words = useWords();
  const { t } = words;
  const { home } = props;
  const isPaused = usePaused();
  const open = home.incidents.filter((incident) => !OVER.has(incident.status));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<string | null>(null);
  const pick = (id: string, on: boolean): void =>
    setPicked((old) => {
      const next = new Set(old);
      if (on) next.add(id);
      else next.delete(id);
      return next;
    });
  /** The dialog merges itself. */
  const merge = (): void => {
    setFailure(null);
    const ids = open.map(({ id }) => id).filter((id) => picked.has(id));
    void openDialog('merge', t('merge.title'), { ids }, 'large').then(
      (answer) => {
        if (answer === null) return;
        setPicked(new Set());
        props.changed();
      },
      (error: unknown) => setFailure(words.reason(error)),
    );
  };
  const [firing, over] = [home.candidates.filter(({ alert }) => alert.closedAt === null), home.candidates.filter(({ alert }) => alert.closedAt !== null)];
  const card = (candidate: CandidateView) => <Candidate key={candidate.id} candidate={candidate} now={home.now} declare={props.declare} changed={props.changed} />;
  return (
    <div className="now">
      <section aria-labelledby="open-title">
        <div className="section-title">
          <h2 id="open-title">{t('home.open-count', { n: open.length })}</h2>
          {open.length > 1 && !isPaused && (
            <Button look="quiet" className="small-button" onClick={merge}>
              {t('merge.open-picked', { n: open.filter(({ id }) => picked.has(id)).length })}
            </Button>
          )}
          <span className="as-of tabular">{t('home.as-of', { time: words.clock(home.now) })}</span>
        </div>
        {failure !== null && (
          <p className="refusal" role="alert">
            {failure}
          </p>
        )}
        {open.length === 0 ? (
          <p className="empty-box">{t('home.none-open')}</p>
        ) : (
          <ul className="cards">
            {open.map((incident) => (
              <OpenIncident
                key={incident.id}
                incident={incident}
                now={home.now}
                openBoard={props.openBoard}
                picked={picked.has(incident.id)}
                pick={open.length > 1 && !isPaused ? (on) => pick(incident.id, on) : null}
              />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="candidates-title">
        <div className="section-title">
          <h2 id="candidates-title">{t('home.candidates-count', { n: home.candidates.length })}</h2>
          {home.candidates.length > 0 && !isPaused && <span className="as-of">{t('home.candidates-hint')}</span>}
        </div>
        {home.candidates.length === 0 ? (
          <p className="empty-box">{t('home.none-candidates')}</p>
        ) : (
          <>
            {firing.length === 0 ? <p className="empty-box">{t('home.none-firing')}</p> : <ul className="cards">{firing.map(card)}</ul>}
            {over.length > 0 && (
              <>
                <div className="section-title section-part">
                  <h3>{t('home.recovered-count', { n: over.length })}</h3>
                  <span className="quiet small">{t('home.recovered-hint')}</span>
                </div>
                <ul className="cards">{over.map(card)}</ul>
              </>
            )}
            {home.moreCandidates && <p className="quiet small cards-more">{t('home.candidates-more')}</p>}
          </>
        )}
      </section>
      {home.inDowntime.length > 0 && (
        <section aria-labelledby="downtime-title">
          <div className="section-title">
            <h2 id="downtime-title">{t('home.downtime-count', { n: home.inDowntime.length })}</h2>
            <span className="as-of">{t('home.downtime-hint')}</span>
          </div>
          <ul className="cards">{home.inDowntime.map(card)}</ul>
        </section>
      )}
    </div>
  );
}

function OpenIncident(props: {
  readonly incident: IncidentHeadView;
  readonly now: number;
  readonly openBoard: (incidentId: string) => void;
  readonly picked: boolean;
  /** null: there is nothing to choose among. */
  readonly pick: ((on: boolean) => void) | null;
}) {
  const words = useWords();
  const { t } = words;
  const { incident, now, pick } = props;
  const over = incident.resolvedAt !== null;
  const { ms, running } = elapsed(incident, now);
  return (
    <li className={`card incident-card ${over ? '' : `edge-${incident.severity}`}`}>
      <p className="overline">
        <span className="tabular">{t('board.key', { key: incident.key })}</span>
        {incident.service !== null && <span>{incident.service}</span>}
        {incident.visibility === 'private' && (
          <span className="with-icon">
            <LockIcon />
            {t('board.private')}
          </span>
        )}
      </p>
      <h3>{incident.title}</h3>
      <p className="marks">
        <SeverityMark severity={incident.severity} over={over} />
        <StatusMark status={incident.status} />
        <span className={incident.openAlerts > 0 && !over ? 'firing-text' : 'quiet'}>{t('home.open-alerts', { n: incident.openAlerts })}</span>
      </p>
      <p className="quiet small">
        {incident.firstResponse === null ? t(over ? 'board.response-none' : 'board.nobody-yet') : <Person person={incident.firstResponse.by} />}{' '}
        · <Time at={incident.detectedAt} now={now} /> · {t(running ? 'board.elapsed' : 'board.took')} {words.duration(ms)}
      </p>
      <p className="card-actions">
        <Button onClick={() => props.openBoard(incident.id)}>{t('home.open-board')}</Button>
        {incident.page !== null && (
          <Button look="quiet" onClick={() => incident.page !== null && goTo(incident.page.url)}>
            {t('home.open-page')}
          </Button>
        )}
        {pick !== null && (
          <label className="pick">
            <input type="checkbox" checked={props.picked} aria-label={t('merge.pick', { key: incident.key })} onChange={(event) => pick(event.target.checked)} />
            {t('merge.pick.short')}
          </label>
        )}
      </p>
    </li>
  );
}
