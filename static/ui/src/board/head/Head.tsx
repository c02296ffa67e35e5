/** The head of the board: what it is, how bad, how far, for how long; and who does what. */
import { memo } from 'react';
import type { IncidentHeadView } from '../../../../../src/contract';
import { goTo, goToIncidents } from '../../api';
import { Button } from '../../parts/basics';
import { CaretIcon, ExpandIcon, LockIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { useActions } from '../use-actions';
import { Clocks } from './Clocks';
import { Lines } from './Lines';
import { PhaseStrip } from './PhaseStrip';
import { Places } from './Places';
import { PostUpdate } from './PostUpdate';
import { Strip } from './Strip';
import { Team } from './Team';

export const Head = memo(function Head(props: { readonly head: IncidentHeadView; readonly place: 'page' | 'full-screen'; readonly compact: boolean }) {
  const { head } = props;
  return (
    <header className="card board-head">
      <Title head={head} />
      <Strip head={head} />
      <div className="head-menus">
        <Course head={head} />
        <PostUpdate head={head} />
        <Elsewhere head={head} place={props.place} />
        <More head={head} />
      </div>
      <div className="head-clock">
        {!props.compact && <PhaseStrip head={head} />}
        <Clocks head={head} />
      </div>
      {!props.compact && (
        <div className="head-people">
          <Lines head={head} />
          <div className="head-team">
            <Team head={head} />
            <Places head={head} />
          </div>
        </div>
      )}
    </header>
  );
});

function Title(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { head } = props;
  return (
    <div className="head-title">
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
      <h1 className="board-title">{head.title}</h1>
    </div>
  );
}

/** Severity and status: words for readers, menus for those who may change them. */
function Course(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { can } = useEnv();
  const actions = useActions();
  const { head } = props;
  const over = head.resolvedAt !== null || head.closedAt !== null;
  const look = `severity-${over ? 'over' : head.severity}`;
  if (can.edit && actions !== null) {
    return (
      <>
        <actions.SeverityMenu head={head} look={look} />
        <actions.StatusMenu head={head} />
      </>
    );
  }
  // Of the same size as the menus that take their place.
  return (
    <>
      <span className={`menu-button inert ${look}`}>
        {t(`severity.${head.severity}`)}
        {can.edit && <CaretIcon />}
      </span>
      <span className="menu-button inert status-menu">
        {t(`status.${head.status}`)}
        {can.edit && <CaretIcon />}
      </span>
    </>
  );
}

function More(props: { readonly head: IncidentHeadView }) {
  const { can } = useEnv();
  const actions = useActions();
  if (!can.edit) return null;
  return actions === null ? <span className="icon-only inert head-more" /> : <actions.HeadMenu head={props.head} />;
}

function Elsewhere(props: { readonly head: IncidentHeadView; readonly place: 'page' | 'full-screen' }) {
  const { t } = useWords();
  const { id, page } = props.head;
  if (props.place === 'page') {
    return (
      <Button look="quiet" className="icon-button" title={t('board.full-screen')} onClick={() => goToIncidents(id)}>
        <ExpandIcon />
        <span className="roomy">{t('board.full-screen')}</span>
      </Button>
    );
  }
  if (page === null || page.state !== 'current') return null;
  return (
    <Button look="quiet" onClick={() => goTo(page.url)}>
      {t('board.open-page')}
    </Button>
  );
}
