import { memo } from 'react';
import { goToHealth, openDialog } from '../api';
import { OutLink, useNow } from '../parts/basics';
import { useWords } from '../words';
import type { BoardState } from './session';

export const MACKEREL_ALERTS = 'https://mackerel.io/my/alerts';

type Shown = Extract<BoardState, { kind: 'shown' }>;

/** How fresh all of it is, in words; a report of it, for whoever sees it; and what the keys are. */
export const Foot = memo(function Foot(props: { readonly state: Shown; readonly help: () => void }) {
  const { t } = useWords();
  const { id, status, visibility } = props.state.board.incident;
  const evidence = (): void => void openDialog('evidence', t('board.evidence'), { incidentId: id, pass: props.state.board.pass, mayEdit: props.state.board.can.edit && status !== 'merged' }, 'large').catch(() => undefined);
  const over = status === 'resolved' || status === 'closed';
  const report = (): void => void openDialog('report', t('board.report'), { incidentId: id, private: visibility === 'private', over }, 'xlarge').catch(() => undefined);
  return (
    <footer className="board-foot">
      {status === 'merged' && props.state.silentSince === null ? <span /> : <Freshness state={props.state} />}
      <span className="foot-links">
        <button type="button" className="foot-link" onClick={evidence}>
          {t('board.evidence')}
        </button>
        <button type="button" className="foot-link" onClick={report}>
          {t('board.report')}
        </button>
        <button type="button" className="foot-link" onClick={props.help}>
          {t('keys.title')}
        </button>
      </span>
    </footer>
  );
});

function Freshness(props: { readonly state: Shown }) {
  const words = useWords();
  const { t } = words;
  const { board, silentSince, offline, skew } = props.state;
  const now = useNow(skew, 30_000);
  const { live } = board;
  if (silentSince === null && live.state === 'live') {
    return (
      <div className="freshness" role="status">
        <span className="live-dot" aria-hidden="true" />
        <span title={live.asOf === null ? undefined : words.utc(live.asOf)} className="tabular">
          {live.asOf === null ? t('board.as-of-never') : t('board.as-of', { time: words.clock(live.asOf) })}
        </span>
        <span aria-hidden="true">·</span>
        <span>{t('board.live')}</span>
      </div>
    );
  }
  const since = words.clock(silentSince ?? live.since ?? live.asOf ?? now);
  if (offline) {
    return (
      <div className="freshness not-live" role="status">
        <strong>{t('live.offline', { time: since })}</strong>
        <span>{t('live.offline.text')}</span>
      </div>
    );
  }
  // Nothing is tried again, and whom to ask stands above the board.
  if (silentSince === null && live.reasonKey === 'live.reason.license') {
    return (
      <div className="freshness not-live" role="status">
        <strong>{t('live.paused', { time: since })}</strong>
        <span>{t('live.reason.license')}</span>
        <OutLink href={MACKEREL_ALERTS}>{t('live.mackerel-link')}</OutLink>
      </div>
    );
  }
  const reason = silentSince !== null ? t('live.reason.other') : live.state === 'not-configured' ? t('live.reason.not-configured') : live.reasonKey === null ? '' : words.say(live.reasonKey, {}, 'live.reason.other');
  return (
    <div className="freshness not-live" role="status">
      <strong>{t('live.not-live-long', { time: since })}</strong>
      <span>{reason}</span>
      {live.asOf !== null && <span>{t('live.last-known', { time: words.clock(live.asOf) })}</span>}
      <OutLink href={MACKEREL_ALERTS}>{t('live.mackerel-link')}</OutLink>
      <span>
        {t('live.admin-hint')}{' '}
        <button type="button" className="foot-link" onClick={goToHealth}>
          {t('live.admin-open')}
        </button>
      </span>
    </div>
  );
}
