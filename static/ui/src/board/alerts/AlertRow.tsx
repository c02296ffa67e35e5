import { memo } from 'react';
import type { AlertView } from '../../../../../src/contract';
import { AlertWord, Facts, OutLink } from '../../parts/basics';
import { TrendIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { direction, threshold } from '../logic';
import { useActions } from '../use-actions';

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

function MackerelLink(props: { readonly alert: AlertView }) {
  const { t } = useWords();
  return (
    <OutLink href={props.alert.url} label={t('alert.link', { monitor: props.alert.monitorName })}>
      Mackerel
    </OutLink>
  );
}

function Actions(props: { readonly alert: AlertView; readonly detached: (alert: AlertView) => void }) {
  const { can } = useEnv();
  const actions = useActions();
  if (!can.edit) return null;
  return <div className="alert-more">{actions !== null && <actions.AlertMenu alert={props.alert} detached={props.detached} />}</div>;
}

/** `tick` changes when the age has to be told anew. */
export const Firing = memo(function Firing(props: { readonly alert: AlertView; readonly tick: number; readonly detached: (alert: AlertView) => void }) {
  const words = useWords();
  const { t } = words;
  const { skew, past } = useEnv();
  const { alert } = props;
  const limit = threshold(alert);
  const age = words.duration((past ?? Date.now() + skew) - alert.openedAt);
  return (
    <li className={`alert bar-${alert.status.toLowerCase()}`}>
      <div className="alert-name">
        <AlertWord status={alert.status} />
        <strong>{alert.monitorName}</strong>
      </div>
      {alert.metricLabel !== null && <NowValue alert={alert} />}
      <Facts>
        <Origin alert={alert} />
        <span title={words.utc(alert.openedAt)} className="tabular">
          {t('alert.age', { duration: age })}
        </span>
        <MackerelLink alert={alert} />
      </Facts>
      <Actions alert={alert} detached={props.detached} />
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
  const { past } = useEnv();
  const { alert } = props;
  // The past knows no value of its own here; the graph's cursor tells it.
  if (alert.now === null) return <div className="alert-now quiet">{past === null ? t('alert.now-unknown') : null}</div>;
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

export const Recovered = memo(function Recovered(props: { readonly alert: AlertView; readonly detached: (alert: AlertView) => void }) {
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
      <Facts>
        <Origin alert={alert} />
        <span title={words.utc(alert.closedAt ?? alert.openedAt)} className="tabular">
          {end}
        </span>
        {alert.closedAt !== null && <span>{t('alert.lasted', { duration: words.duration(alert.closedAt - alert.openedAt) })}</span>}
        <MackerelLink alert={alert} />
      </Facts>
      <Actions alert={alert} detached={props.detached} />
    </li>
  );
});
