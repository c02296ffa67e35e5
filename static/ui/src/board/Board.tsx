import { lazy, Suspense, useState } from 'react';
import { goToSettings, Refused } from '../api';
import { Boundary } from '../parts/Boundary';
import { Button, Notice, OutLink } from '../parts/basics';
import { PausedNote, usePaused } from '../parts/paused';
import { useWords } from '../words';
import { MACKEREL_ALERTS } from './Foot';
import { Parts } from './Parts';
import type { BoardSession, BoardState } from './session';
import { Elsewhere } from './states/Elsewhere';
import { HiddenPage } from './states/HiddenPage';
import { Merged } from './states/Merged';
import { PageGone } from './states/PageGone';
import { useBoard, type BoardTarget } from './use-board';

const Imported = lazy(() => import('./states/Imported'));
const Start = lazy(() => import('./states/Start'));

/** How the macro was put on its page; the full-screen board has no such choices. */
export interface MacroPlace {
  /** Parts to show; null: all. */
  readonly sections: readonly string[] | null;
  readonly compact: boolean;
  readonly spaceKey: string | null;
  /** The address that became this macro when it was pasted. */
  readonly link: string | null;
}
const WHOLE: MacroPlace = { sections: null, compact: false, spaceKey: null, link: null };

/** `at`: the moment of its past a link asked for, epoch ms. */
export function Board(props: { readonly target: BoardTarget; readonly place: 'page' | 'full-screen'; readonly macro?: MacroPlace; readonly at?: number | null }) {
  const { t } = useWords();
  const { pageId } = props.target;
  const isPaused = usePaused();
  const macro = props.macro ?? WHOLE;
  /** An incident this viewer looks at here; nothing on the page says so. */
  const [chosen, setChosen] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [round, setRound] = useState(0);
  const { state, session } = useBoard({ pageId, incidentId: chosen ?? props.target.incidentId }, round);
  const empty = state.kind === 'no-incident';

  if (session === null) return <Skeleton />;
  if (pageId !== null && (empty || starting)) {
    const started = (): void => {
      setStarting(false);
      setChosen(null);
      setRound((n) => n + 1);
    };
    return (
      <Boundary fallback={<Notice top title={t('board.error.title')}>{null}</Notice>}>
        <PausedNote />
        <Suspense fallback={<Skeleton />}>
          <Start pageId={pageId} spaceKey={macro.spaceKey} link={empty ? macro.link : null} choose={empty ? setChosen : null} started={started} cancel={empty ? null : () => setStarting(false)} />
        </Suspense>
      </Boundary>
    );
  }
  if (state.kind !== 'shown') return <Unshown state={state} session={session} />;
  const { board } = state;
  return (
    <>
      <PausedNote />
      {props.place === 'page' && !board.atHome && <Elsewhere head={board.incident} chosen={chosen !== null} startHere={() => setStarting(true)} chooseAgain={() => setChosen(null)} />}
      <Merged head={board.incident} survivor={board.survivor} place={props.place} />
      <HiddenPage head={board.incident} canEdit={board.can.edit && !isPaused} accept={session.accept} />
      <PageGone head={board.incident} canEdit={board.can.edit && !isPaused} accept={session.accept} />
      {board.incident.imported !== null && (
        <Suspense fallback={null}>
          <Imported imported={board.incident.imported} />
        </Suspense>
      )}
      <Parts state={state} session={session} place={props.place} macro={macro} at={props.at ?? null} />
    </>
  );
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
    case 'no-incident':
      return (
        <Notice top title={t('board.gone.title')} actions={<Button onClick={props.session.refresh}>{t('common.retry')}</Button>}>
          <p>{t('board.gone.text')}</p>
        </Notice>
      );
    case 'no-account':
      return (
        <Notice top title={t('no-account.title')}>
          <p>{t('error.no-account')}</p>
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
        <div className="bone bone-people" />
      </div>
      <div className="board-columns">
        <div className="card bone-alerts" />
        <div className="card bone-graph" />
      </div>
      <div className="card bone-timeline" />
    </div>
  );
}
