import { memo, useState } from 'react';
import type { AlertView } from '../../../../src/contract';
import { AlertWord, OutLink, useNow } from '../parts/basics';
import { CaretIcon, TrendIcon } from '../parts/icons';
import { useWords } from '../words';
import { direction, threshold } from './logic';

export const Alerts = memo(function Alerts(props: {
  readonly firing: readonly AlertView[];
  readonly recovered: readonly AlertView[];
  readonly skew: number;
  readonly asOf: number | null;
  readonly stale: boolean;
  readonly staleSince: number | null;
}) {
  const words = useWords();
  const { t } = words;
  const [unfolded, setUnfolded] = useState(false);
  const now = useNow(props.skew, 10_000);
  const none = props.firing.length === 0 && props.recovered.length === 0;
  return (
    <section className="card alerts" aria-labelledby="alerts-title">
      <div className="card-title">
        <h2 id="alerts-title" className={props.firing.length > 0 ? 'firing' : ''}>
          {t('alert.open')} <span className="count tabular">{props.firing.length}</span>
        </h2>
        {props.stale ? (
          <strong className="as-of not-live">{props.staleSince === null ? t('board.as-of-never') : t('live.not-live', { time: words.clock(props.staleSince) })}</strong>
        ) : (
          props.asOf !== null && <span className="as-of tabular">{t('board.as-of', { time: words.clock(props.asOf) })}</span>
        )}
      </div>
      {none && <p className="empty">{t('board.alerts.empty')}</p>}
      {!none && props.firing.length === 0 && <p className="empty">{t('alert.none-open')}</p>}
      <ul className="alert-list live-values">
        {props.firing.map((alert) => (
          <Firing key={alert.id} alert={alert} tick={Math.floor(now / 10_000)} skew={props.skew} />
        ))}
      </ul>
      {props.recovered.length > 0 && (
        <div className="recovered">
          <button type="button" className="fold" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            <CaretIcon />
            {t('board.recovered-count', { n: props.recovered.length })}
          </button>
          {unfolded && (
            <ul className="alert-list">
              {props.recovered.map((alert) => (
                <Recovered key={alert.id} alert={alert} />
              ))}
            </ul>
          )}
        </div>
      )}
    </section>
  );
});

function Origin(props: { readonly alert: AlertView }) {
  const { alert } = props;
  const parts = [alert.host?.name ?? null, alert.service, alert.metricLabel === alert.monitorName ? null : alert.metricLabel];
  return (
    <>
      {parts
        .filter((part) => part !== null)
        .map((part) => (
          <span key={part}>{part}</span>
        ))}
    </>
  );
}

const Firing = memo(function Firing(props: { readonly alert: AlertView; readonly tick: number; readonly skew: number }) {
  const words = useWords();
  const { t } = words;
  const { alert } = props;
  const limit = threshold(alert);
  const age = words.duration(Date.now() + props.skew - alert.openedAt);
  return (
    <li className={`alert bar-${alert.status.toLowerCase()}`}>
      <div className="alert-name">
        <AlertWord status={alert.status} />
        <strong>{alert.monitorName}</strong>
      </div>
      {alert.metricLabel !== null && <NowValue alert={alert} />}
      <div className="alert-facts">
        <Origin alert={alert} />
        <span title={words.utc(alert.openedAt)} className="tabular">
          {t('alert.age', { duration: age })}
        </span>
        <OutLink href={alert.url} label={t('alert.link', { monitor: alert.monitorName })}>
          Mackerel
        </OutLink>
      </div>
      {alert.metricLabel !== null && (
        <div className="alert-then tabular">
          {alert.valueAtOpening !== null && (
            <span>
              {t('alert.at-opening')} {words.value(alert.valueAtOpening, alert.unit)}
            </span>
          )}
          {limit !== null && (
            <span>
              {t('alert.threshold')} {alert.operator ?? ''} {words.value(limit, alert.unit)}
            </span>
          )}
        </div>
      )}
      {alert.metricLabel === null && alert.message !== null && <p className="alert-message">{alert.message}</p>}
    </li>
  );
});

function NowValue(props: { readonly alert: AlertView }) {
  const words = useWords();
  const { t } = words;
  const { alert } = props;
  if (alert.now === null) return <div className="alert-now quiet">{t('alert.now-unknown')}</div>;
  return (
    <div className="alert-now">
      <span className="value-label">{t('alert.now')}</span>
      <strong className="tabular" title={words.utc(alert.now.at)}>
        {words.value(alert.now.value, alert.unit)}
      </strong>
      {alert.trend !== null && (
        <span className={`trend trend-${alert.trend}`}>
          <TrendIcon to={direction(alert)} />
          {t(`alert.${alert.trend}`)}
        </span>
      )}
    </div>
  );
}

const KNOWN_ENDS = ['manual', 'monitorDelete', 'hostRetire'] as const;

const Recovered = memo(function Recovered(props: { readonly alert: AlertView }) {
  const words = useWords();
  const { t } = words;
  const { alert } = props;
  const time = words.clock(alert.closedAt ?? alert.openedAt);
  const known = KNOWN_ENDS.find((end) => end === alert.closedBy);
  const end = alert.closedBy === null ? t('alert.recovered-at', { time }) : t(`alert.closed-by.${known ?? 'other'}`, { time });
  return (
    <li className="alert alert-over">
        <div className="alert-name">
          <AlertWord status="OK" faded />
          <span>{alert.monitorName}</span>
        </div>
        <div className="alert-facts">
          <Origin alert={alert} />
          <span title={words.utc(alert.closedAt ?? alert.openedAt)} className="tabular">
            {end}
          </span>
          {alert.closedAt !== null && <span>{t('alert.lasted', { duration: words.duration(alert.closedAt - alert.openedAt) })}</span>}
          <OutLink href={alert.url} label={t('alert.link', { monitor: alert.monitorName })}>
            Mackerel
          </OutLink>
        </div>
    </li>
  );
});

