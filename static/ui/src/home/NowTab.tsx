import type { CandidateView, HomeView, IncidentHeadView } from '../../../../src/contract';
import { goTo } from '../api';
import { Button, SeverityMark, StatusMark, Time } from '../parts/basics';
import { LockIcon } from '../parts/icons';
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
  const open = home.incidents.filter((incident) => !OVER.has(incident.status));
  return (
    <div className="now">
      <section aria-labelledby="open-title">
        <div className="section-title">
          <h2 id="open-title">{t('home.open-count', { n: open.length })}</h2>
          <span className="as-of tabular">{t('home.as-of', { time: words.clock(home.now) })}</span>
        </div>
        {open.length === 0 ? (
          <p className="empty-box">{t('home.none-open')}</p>
        ) : (
          <ul className="cards">
            {open.map((incident) => (
              <OpenIncident key={incident.id} incident={incident} now={home.now} openBoard={props.openBoard} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="candidates-title">
        <div className="section-title">
          <h2 id="candidates-title">{t('home.candidates-count', { n: home.candidates.length })}</h2>
          {home.candidates.length > 0 && <span className="as-of">{t('home.candidates-hint')}</span>}
        </div>
        {home.candidates.length === 0 ? (
          <p className="empty-box">{t('home.none-candidates')}</p>
        ) : (
          <ul className="cards">
            {home.candidates.map((candidate) => (
              <Candidate key={candidate.id} candidate={candidate} now={home.now} declare={props.declare} changed={props.changed} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function OpenIncident(props: { readonly incident: IncidentHeadView; readonly now: number; readonly openBoard: (incidentId: string) => void }) {
  const words = useWords();
  const { t } = words;
  const { incident, now } = props;
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
      </p>
    </li>
  );
}
