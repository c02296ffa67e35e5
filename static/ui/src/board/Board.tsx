import { lazy, memo, Suspense, useEffect, useState } from 'react';
import { goToSettings, Refused } from '../api';
import { Boundary } from '../parts/Boundary';
import { Button, Notice, OutLink, useNow } from '../parts/basics';
import { useWords } from '../words';
import { Alerts } from './Alerts';
import { Header } from './Header';
import { Hosts } from './Hosts';
import { Timeline } from './Timeline';
import { splitAlerts } from './logic';
import type { BoardSession, BoardState } from './session';
import { useBoard, type BoardTarget } from './use-board';

const Graph = lazy(() => import('./Graph'));
export const MACKEREL_ALERTS = 'https://mackerel.io/my/alerts';

export function Board(props: { readonly target: BoardTarget; readonly place: 'page' | 'full-screen' }) {
  const { state, session } = useBoard(props.target);
  if (session === null) return <Skeleton />;
  if (state.kind === 'shown') return <Shown state={state} session={session} place={props.place} />;
  return <Unshown state={state} session={session} />;
}

/** Every state without an incident to show. */
export function Unshown(props: { readonly state: Exclude<BoardState, { kind: 'shown' }>; readonly session: Pick<BoardSession, 'refresh'> }) {
  const words = useWords();
  const { t } = words;
  const { state } = props;
  switch (state.kind) {
    case 'loading':
      return <Skeleton />;
    case 'gone':
      return (
        <Notice top title={t('board.gone.title')} actions={<Button onClick={props.session.refresh}>{t('common.retry')}</Button>}>
          <p>{t('board.gone.text')}</p>
        </Notice>
      );
    case 'unconfigured':
      return (
        <Notice top title={t('board.unconfigured.title')} actions={<Button onClick={goToSettings}>{t('board.unconfigured.link')}</Button>}>
          <p>{t('board.unconfigured.text')}</p>
        </Notice>
      );
    case 'silent':
      return (
        <Notice
          top
          live
          tone="warning"
          title={t('live.not-live.title', { time: words.clock(state.since) })}
          actions={
            <>
              <OutLink href={MACKEREL_ALERTS} className="button button-default">
                {t('live.mackerel-link')}
              </OutLink>
              <Button look="quiet" onClick={props.session.refresh}>
                {t('common.retry')}
              </Button>
            </>
          }
        >
          <p>{state.error instanceof Refused ? `${words.reason(state.error)} ${t('live.not-live.text')}` : t('live.not-live.text')}</p>
        </Notice>
      );
  }
}

/** The board's shape while it loads, so that nothing jumps when it arrives. */
export function Skeleton() {
  const { t } = useWords();
  return (
    <div className="board skeleton" role="status" aria-label={t('common.loading')}>
      <div className="card board-head">
        <div className="bone bone-line" />
        <div className="bone bone-title" />
        <div className="bone bone-control" />
        <div className="bone bone-line bone-wide" />
      </div>
      <div className="board-columns">
        <div className="card bone-alerts" />
        <div className="card bone-graph" />
      </div>
      <div className="card bone-timeline" />
    </div>
  );
}

/** What a person inserting the macro in the editor sees; it calls nothing. */
export function StillCard() {
  const { t } = useWords();
  return (
    <Notice top title={t('board.still.title')}>
      <p>{t('board.still.text')}</p>
    </Notice>
  );
}

function Shown(props: { readonly state: Extract<BoardState, { kind: 'shown' }>; readonly session: BoardSession; readonly place: 'page' | 'full-screen' }) {
  const { t } = useWords();
  const { board, silentSince, skew } = props.state;
  const staleSince = silentSince ?? (board.live.state === 'live' ? null : (board.live.since ?? board.live.asOf));
  const stale = silentSince !== null || board.live.state !== 'live';
  const { firing, recovered } = splitAlerts(board.alerts);
  const [chosen, setChosen] = useState<string | null>(null);
  const drawable = [...firing, ...recovered].filter((alert) => alert.metricLabel !== null);
  const drawn = drawable.find((alert) => alert.id === chosen) ?? drawable[0] ?? null;
  // The graph's code is asked for only after the first content has been painted.
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTimeout(() => setPainted(true), 0));
    return () => cancelAnimationFrame(frame);
  }, []);

  return (
    <div className={`board ${stale ? 'stale' : ''}`} data-incident={board.incident.id}>
      <Header head={board.incident} entries={board.entries} canEdit={board.can.edit} skew={skew} place={props.place} accept={props.session.accept} />
      <div className="board-columns">
        <Alerts firing={firing} recovered={recovered} skew={skew} asOf={board.live.asOf} staleSince={stale ? staleSince : null} stale={stale} />
        <div className="board-side">
          <section className="card graph-card" aria-label={t('board.graph.title')}>
            {drawn === null ? (
              <GraphPlace text={t(board.alerts.length === 0 ? 'board.graph.waiting' : 'board.graph.none')} />
            ) : painted ? (
              <Boundary fallback={<GraphPlace text={t('board.graph.failed')} />}>
                <Suspense fallback={<GraphPlace text="" />}>
                  <Graph incidentId={board.incident.id} pass={board.pass} alert={drawn} alerts={drawable} deploys={board.deploys} choose={setChosen} />
                </Suspense>
              </Boundary>
            ) : (
              <GraphPlace text="" />
            )}
          </section>
          <Hosts hosts={board.hosts} />
        </div>
      </div>
      <Timeline entries={board.entries} alerts={board.alerts} skew={skew} />
      <Footer state={props.state} skew={skew} />
    </div>
  );
}

function GraphPlace(props: { readonly text: string }) {
  const { t } = useWords();
  return (
    <>
      <div className="card-title">
        <h2>{t('board.graph.title')}</h2>
      </div>
      <div className="graph-box">
        <p className="quiet">{props.text}</p>
      </div>
    </>
  );
}

const Footer = memo(function Footer(props: { readonly state: Extract<BoardState, { kind: 'shown' }>; readonly skew: number }) {
  const words = useWords();
  const { t } = words;
  const now = useNow(props.skew, 30_000);
  const { board, silentSince } = props.state;
  const { live } = board;
  const since = silentSince ?? live.since ?? live.asOf ?? now;
  if (silentSince === null && live.state === 'live') {
    return (
      <div className="board-foot" role="status">
        <span className="live-dot" aria-hidden="true" />
        <span title={live.asOf === null ? undefined : words.utc(live.asOf)} className="tabular">
          {live.asOf === null ? t('board.as-of-never') : t('board.as-of', { time: words.clock(live.asOf) })}
        </span>
        <span aria-hidden="true">·</span>
        <span>{t('board.live')}</span>
      </div>
    );
  }
  const reason = silentSince !== null ? t('live.reason.other') : live.state === 'not-configured' ? t('live.reason.not-configured') : live.reasonKey === null ? '' : words.say(live.reasonKey, {}, 'live.reason.other');
  return (
    <div className="board-foot not-live" role="status">
      <strong>{t('live.not-live-long', { time: words.clock(since) })}</strong>
      <span>{reason}</span>
      {live.asOf !== null && <span>{t('live.last-known', { time: words.clock(live.asOf) })}</span>}
      <OutLink href={MACKEREL_ALERTS}>{t('live.mackerel-link')}</OutLink>
    </div>
  );
});
