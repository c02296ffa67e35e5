/** A page without an incident: look at one that exists, or start one here. */
import { useEffect, useState } from 'react';
import type { HomeView, IncidentHeadView } from '../../../../../src/contract';
import { call, goTo } from '../../api';
import { alertOfLink } from '../../context';
import { Button, Notice, OutLink, SeverityMark, StatusMark, Time } from '../../parts/basics';
import { usePaused } from '../../parts/paused';
import { useWords } from '../../words';
import { ENDED } from '../logic';
import { StartForm } from './StartForm';

type Loaded = { readonly home: HomeView | null; readonly error: unknown };

function useIncidents(): Loaded & { readonly retry: () => void } {
  const [loaded, setLoaded] = useState<Loaded>({ home: null, error: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    void call('home.load', {}).then(
      (home) => current && setLoaded({ home, error: null }),
      (error: unknown) => current && setLoaded({ home: null, error }),
    );
    return () => {
      current = false;
    };
  }, [round]);
  return { ...loaded, retry: () => setRound((n) => n + 1) };
}

export default function Start(props: {
  readonly pageId: string;
  readonly spaceKey: string | null;
  /** The pasted address that became this macro. */
  readonly link: string | null;
  /** Shows an incident here, for this viewer; null: only starting is asked for. */
  readonly choose: ((incidentId: string) => void) | null;
  readonly started: () => void;
  /** null: there is nothing to go back to. */
  readonly cancel: (() => void) | null;
}) {
  const words = useWords();
  const { t } = words;
  const isPaused = usePaused();
  const { home, error, retry } = useIncidents();
  const [form, setForm] = useState(props.choose === null);
  const alertId = alertOfLink(props.link);
  const candidate = home?.candidates.find(({ alert }) => alert.id === alertId) ?? null;

  if (error !== null) {
    return (
      <Notice top tone="warning" live title={t('home.error.title')} actions={<Button onClick={retry}>{t('common.retry')}</Button>}>
        <p>{words.reason(error)}</p>
      </Notice>
    );
  }
  const back = props.cancel ?? (form && props.choose !== null ? () => setForm(false) : null);
  return (
    <section className="card start" aria-labelledby="start-title">
      <h1 id="start-title">{t(props.choose === null ? 'copy.new' : 'board.start.title')}</h1>
      {alertId !== null && props.link !== null && (
        <p className="start-link">
          {t('board.start.link')} <OutLink href={props.link}>{candidate?.alert.monitorName ?? props.link}</OutLink>
        </p>
      )}
      {home === null ? (
        <p role="status" className="quiet">
          {t('common.loading')}
        </p>
      ) : form ? (
        <StartForm pageId={props.pageId} spaceKey={props.spaceKey} candidate={candidate} spaces={home.spaces} started={props.started} cancel={back} />
      ) : (
        <>
          <p className="quiet">{t('board.start.text')}</p>
          <p>
            <Button look="primary" disabled={isPaused} onClick={() => setForm(true)}>
              {t('board.start.here')}
            </Button>
          </p>
          {props.choose !== null && <Choices home={home} choose={props.choose} />}
        </>
      )}
    </section>
  );
}

const SHOWN = 8;

/** Open ones first, then the newest. */
function Choices(props: { readonly home: HomeView; readonly choose: (incidentId: string) => void }) {
  const { t } = useWords();
  const [sought, setSought] = useState('');
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  const { incidents, now } = props.home;
  const found = incidents
    .filter(({ key, title, service }) => plain(`${key} ${title} ${service ?? ''}`).includes(plain(sought.trim())))
    .sort((a, b) => Number(ENDED.has(a.status)) - Number(ENDED.has(b.status)) || b.declaredAt - a.declaredAt);
  if (incidents.length === 0) return <p className="quiet">{t('home.all.empty')}</p>;
  return (
    <>
      <h2>{t('board.start.choose')}</h2>
      {incidents.length > SHOWN && <input type="search" className="input" value={sought} placeholder={t('home.search')} aria-label={t('home.search')} onChange={(event) => setSought(event.target.value)} />}
      {found.length === 0 && <p className="quiet">{t('home.all.none')}</p>}
      <ul className="rows">
        {found.slice(0, SHOWN).map((incident) => (
          <Choice key={incident.id} incident={incident} now={now} choose={() => props.choose(incident.id)} />
        ))}
      </ul>
      <p className="quiet small">{t('board.start.choose.text')}</p>
    </>
  );
}

function Choice(props: { readonly incident: IncidentHeadView; readonly now: number; readonly choose: () => void }) {
  const { t } = useWords();
  const { incident, now } = props;
  const { page } = incident;
  return (
    <li className="row">
      <span className="row-main">
        <strong>
          {t('board.key', { key: incident.key })} {incident.title}
        </strong>
        <span className="marks">
          <SeverityMark severity={incident.severity} over={incident.resolvedAt !== null || incident.closedAt !== null} />
          <StatusMark status={incident.status} />
          <span className="quiet small">
            <Time at={incident.declaredAt} now={now} />
          </span>
        </span>
      </span>
      <span className="row-buttons">
        {page !== null && page.state === 'current' && (
          <Button look="quiet" onClick={() => goTo(page.url)}>
            {t('home.open-page')}
          </Button>
        )}
        <Button aria-label={t('board.start.show', { key: incident.key })} onClick={props.choose}>
          {t('board.start.show.short')}
        </Button>
      </span>
    </li>
  );
}
