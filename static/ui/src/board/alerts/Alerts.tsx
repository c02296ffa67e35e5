import { memo, useCallback, useMemo, useState } from 'react';
import type { AlertView, CauseView, DeployMark, Flap, LiveState } from '../../../../../src/contract';
import { useNow } from '../../parts/basics';
import { CaretIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { alertRows } from '../flaps';
import { useActions } from '../use-actions';
import { Firing, Recovered } from './AlertRow';
import { Cause } from './Cause';
import type { Gone } from './gone';

/** What is red now, and what no longer is. */
export const Alerts = memo(function Alerts(props: {
  readonly firing: readonly AlertView[];
  readonly recovered: readonly AlertView[];
  readonly flaps: readonly Flap[];
  readonly deploys: readonly DeployMark[];
  readonly cause: CauseView | null;
  readonly live: LiveState;
  /** Since when nothing is live, epoch ms; null while it is. `at` null: since nobody knows when. */
  readonly stale: { readonly since: number | null } | null;
}) {
  const { t } = useWords();
  const { skew, past, can } = useEnv();
  const actions = useActions();
  const [unfolded, setUnfolded] = useState(false);
  const [left, setLeft] = useState<{ readonly alert: AlertView; readonly to: Parameters<Gone>[1] } | null>(null);
  const gone = useCallback<Gone>((alert, to) => setLeft({ alert, to }), []);
  const ticking = useNow(skew, 10_000);
  const now = past ?? ticking;
  const { firing, recovered, flaps } = props;
  const rows = useMemo(() => {
    const all = [...firing, ...recovered];
    return { firing: alertRows(firing, all, flaps), recovered: alertRows(recovered, all, flaps) };
  }, [firing, recovered, flaps]);
  const none = firing.length === 0 && recovered.length === 0;
  return (
    <section className="card alerts" aria-labelledby="alerts-title">
      <div className="card-title">
        <h2 id="alerts-title" className={firing.length > 0 ? 'firing' : ''}>
          {t('alert.open')} <span className="count tabular">{firing.length}</span>
        </h2>
        <AsOf live={props.live} stale={props.stale} />
      </div>
      {left !== null && can.edit && actions !== null && <actions.Detached alert={left.alert} to={left.to} done={() => setLeft(null)} />}
      {none && <p className="empty">{t('board.alerts.empty')}</p>}
      {!none && firing.length === 0 && <p className="empty">{t('alert.none-open')}</p>}
      <ul className="alert-list live-values">
        {rows.firing.map(({ alert, more }) => (
          <Firing key={alert.id} alert={alert} more={more} tick={Math.floor(now / 10_000)} gone={gone} />
        ))}
      </ul>
      {rows.recovered.length > 0 && (
        <div className="recovered">
          <button type="button" className="fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            <CaretIcon />
            {t('board.recovered-count', { n: rows.recovered.reduce((sum, { more }) => sum + 1 + more.length, 0) })}
          </button>
          {unfolded && (
            <ul className="alert-list">
              {rows.recovered.map(({ alert, more }) => (
                <Recovered key={alert.id} alert={alert} more={more} gone={gone} />
              ))}
            </ul>
          )}
        </div>
      )}
      <div className="alerts-foot">
        <Cause cause={props.cause} deploys={props.deploys} alerts={[...firing, ...recovered]} />
        {can.edit && actions !== null && <actions.AttachButton />}
      </div>
    </section>
  );
});

function AsOf(props: { readonly live: LiveState; readonly stale: { readonly since: number | null } | null }) {
  const words = useWords();
  const { t } = words;
  const { past } = useEnv();
  const { asOf } = props.live;
  if (past !== null) return <span className="as-of tabular">{t('board.as-of', { time: words.clock(past) })}</span>;
  if (props.stale !== null) {
    const { since } = props.stale;
    return <strong className="as-of not-live">{since === null ? t('board.as-of-never') : t('live.not-live', { time: words.clock(since) })}</strong>;
  }
  return asOf === null ? null : <span className="as-of tabular">{t('board.as-of', { time: words.clock(asOf) })}</span>;
}
