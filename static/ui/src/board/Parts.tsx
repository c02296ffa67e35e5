/** One incident's board, part by part. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { IncidentHeadView } from '../../../../src/contract';
import { nameDialogs } from '../api';
import { useAccount } from '../parts/account';
import { Boundary } from '../parts/Boundary';
import { usePaused } from '../parts/paused';
import { useWords, WordsProvider } from '../words';
import { Alerts } from './alerts/Alerts';
import { EnvProvider, type BoardEnv } from './env';
import { Foot } from './Foot';
import { Graphs } from './graphs/Graphs';
import { Head } from './head/Head';
import { Hosts } from './hosts/Hosts';
import { Improvements } from './improvements/Improvements';
import { useKeys } from './keys';
import { splitAlerts } from './logic';
import { boardAt } from './rewind/rewind';
import { useRewind } from './rewind/use-rewind';
import { SinceYouLeft } from './SinceYouLeft';
import type { BoardSession, BoardState } from './session';
import { Timeline } from './Timeline';
import { hasWords } from './timeline/outbox';
import type { Sought } from './timeline/use-seek';
import { useActions } from './use-actions';
import type { MacroPlace } from './Board';

const RewindBar = lazy(() => import('./rewind/RewindBar'));

type Shown = Extract<BoardState, { kind: 'shown' }>;
const NOTHING = { edit: false, mackerel: false };

export function Parts(props: { readonly state: Shown; readonly session: BoardSession; readonly place: 'page' | 'full-screen'; readonly macro: MacroPlace; readonly at: number | null }) {
  const { state, session, macro } = props;
  const { board: live, skew } = state;
  const rewind = useRewind(live.incident.id, live.pass, skew, props.at);
  const board = useMemo(() => boardAt(live, rewind), [live, rewind]);
  const past = rewind.at;
  const { incident, scheme } = board;
  const words = useWords().named(scheme);
  useEffect(() => nameDialogs(scheme), [scheme]);
  const merged = incident.status === 'merged';
  const may = usePaused() ? NOTHING : live.can;
  const editable = past === null && !merged;
  const account = useAccount();
  const writes = may.edit && (live.incident.status !== 'merged' || hasWords(live.incident.id, account));
  const { edit, mackerel } = editable ? may : NOTHING;
  const newest = useRef(live);
  newest.current = live;
  const [sought, setSought] = useState<Sought | null>(null);
  // What it was about goes on elsewhere: here is what was said.
  const has = (section: string): boolean => (!merged || section === 'state' || section === 'timeline') && (macro.sections?.includes(section) ?? !(macro.compact && ['graphs', 'hosts', 'similar', 'timeline', 'improvements'].includes(section)));
  const jumps = has('timeline');
  const env = useMemo<BoardEnv>(
    () => ({ incidentId: incident.id, board: () => newest.current, can: { edit, mackerel }, scheme, past, skew, accept: session.accept, refresh: session.refresh, jump: jumps ? (entryId) => setSought({ entryId }) : null }),
    [incident.id, edit, mackerel, scheme, past, skew, session, jumps],
  );
  const stale = state.silentSince !== null || board.live.state !== 'live';
  const since = state.silentSince ?? board.live.since ?? board.live.asOf;
  const staleSince = useMemo(() => (stale ? { since } : null), [stale, since]);
  const { firing, recovered } = useMemo(() => splitAlerts(board.alerts), [board.alerts]);
  const keys = useKeys();
  const actions = useActions();
  // Without alerts there is nothing to compare; of the past nobody asks what came before it.
  const similar = has('similar') && past === null && board.alerts.length > 0;
  const left = has('alerts') || has('hosts') || similar;

  return (
    <WordsProvider words={words}>
      <EnvProvider value={env}>
        <div className={`board ${stale ? 'stale' : ''} ${macro.compact ? 'compact' : ''}`} data-incident={incident.id}>
          {rewind.open && (
            <Boundary fallback={null}>
              <Suspense fallback={null}>
                <RewindBar rewind={rewind} head={live.incident} entries={live.entries} older={live.olderEntries} loadOlder={session.loadOlder} skew={skew} />
              </Suspense>
            </Boundary>
          )}
          <SinceYouLeft board={live} skew={skew} />
          {has('state') ? <Head head={incident} place={props.place} compact={macro.compact} /> : <Name head={incident} />}
          {(left || has('graphs')) && (
            <div className={`board-columns ${left && has('graphs') ? '' : 'one-column'}`}>
              {left && (
                <div className="board-side">
                  {has('alerts') && <Alerts firing={firing} recovered={recovered} flaps={board.flaps} deploys={board.deploys} cause={incident.cause} live={board.live} stale={staleSince} />}
                  {has('hosts') && <Hosts hosts={board.hosts} />}
                  {similar && <div className="card similar-place">{actions !== null && <actions.Similar alerts={board.alerts} />}</div>}
                </div>
              )}
              {has('graphs') && (
                <div className="board-side">
                  <Graphs head={incident} firing={firing} recovered={recovered} deploys={board.deploys} />
                </div>
              )}
            </div>
          )}
          {has('timeline') && (
            <Timeline
              head={live.incident}
              entries={board.entries}
              older={board.olderEntries}
              alerts={board.alerts}
              flaps={board.flaps}
              tickets={board.tickets}
              sought={sought}
              pass={live.pass}
              canEdit={may.edit && live.incident.status !== 'merged'}
              writes={writes}
              skew={skew}
              heardAt={live.now}
              at={past}
              accept={session.accept}
              refresh={session.refresh}
              loadOlder={session.loadOlder}
              rewind={rewind.store.open}
            />
          )}
          {has('improvements') && <Improvements isReviewed={isReviewed(incident)} tickets={board.tickets} entries={board.entries} pageId={incident.page?.state === 'current' ? incident.page.id : null} />}
          <Foot state={state} help={keys.help} />
        </div>
      </EnvProvider>
    </WordsProvider>
  );
}

/** Drills are not looked back on here. */
const isReviewed = ({ kind, status }: IncidentHeadView): boolean => kind !== 'drill' && (status === 'resolved' || status === 'closed');

/** Without its head the board still says of which incident it is. */
function Name(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  return (
    <h1 className="board-name">
      <span className="quiet tabular">{t('board.key', { key: props.head.key })}</span> {props.head.title}
    </h1>
  );
}
