import { memo, useState } from 'react';
import type { AlertView } from '../../../../../src/contract';
import { alertEnd } from '../../parts/alert-end';
import { AlertWord, Facts, OutLink, Unverified } from '../../parts/basics';
import { CaretIcon, TrendIcon } from '../../parts/icons';
import { useName } from '../../parts/people';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { direction, threshold } from '../logic';
import { useActions } from '../use-actions';
import type { Gone } from './gone';

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

/** Why it is here, for everybody who reads. */
function Why(props: { readonly alert: AlertView }) {
  const words = useWords();
  const { why } = props.alert;
  const by = useName(why?.by?.accountId ?? null);
  if (why === null) return null;
  const said = words.say(why.messageKey, why.params, 'alert.why.other');
  const stamp = words.stamp(why.at, why.at);
  return <span title={why.by === null ? stamp : words.t('board.said-by', { name: by ?? words.t('common.nobody'), time: stamp, utc: words.utc(why.at) })}>{said}</span>;
}

function MackerelLink(props: { readonly alert: AlertView }) {
  const { t } = useWords();
  return (
    <OutLink href={props.alert.url} label={t('alert.link', { monitor: props.alert.monitorName })}>
      Mackerel
    </OutLink>
  );
}

function Actions(props: { readonly alert: AlertView; readonly gone: Gone }) {
  const { can } = useEnv();
  const actions = useActions();
  if (!can.edit) return null;
  return <div className="alert-more">{actions !== null && <actions.AlertMenu alert={props.alert} gone={props.gone} />}</div>;
}

/** How often it came and went, and since when; unfolds those before it. */
function Again(props: { readonly alert: AlertView; readonly more: readonly AlertView[]; readonly open: boolean; readonly unfold: (open: boolean) => void }) {
  const words = useWords();
  const { alert, more, open } = props;
  const first = more.at(-1);
  if (first === undefined) return null;
  return (
    <p className="alert-again">
      <button type="button" className="fold-button" aria-expanded={open} onClick={() => props.unfold(!open)}>
        <strong className="tabular">×{more.length + 1}</strong>
        <span className="quiet tabular">{words.t('alert.again', { duration: words.duration((alert.closedAt ?? alert.openedAt) - first.openedAt), from: words.minute(first.openedAt, alert.openedAt) })}</span>
        <CaretIcon />
      </button>
    </p>
  );
}
const NONE: readonly AlertView[] = [];
/** Rows of their own, below the one they were folded under. */
function Earlier(props: { readonly more: readonly AlertView[]; readonly open: boolean; readonly gone: Gone }) {
  if (!props.open) return null;
  return props.more.map((one) => <Recovered key={one.id} alert={one} more={NONE} nested gone={props.gone} />);
}

/** `tick` changes when the age has to be told anew. */
export const Firing = memo(function Firing(props: { readonly alert: AlertView; readonly more: readonly AlertView[]; readonly tick: number; readonly gone: Gone }) {
  const words = useWords();
  const { t } = words;
  const { skew, past } = useEnv();
  const [open, setOpen] = useState(false);
  const { alert, more } = props;
  const limit = threshold(alert);
  const age = words.duration((past ?? Date.now() + skew) - alert.openedAt);
  return (
    <>
      <li className={`alert bar-${alert.status.toLowerCase()}`}>
        <div className="alert-name">
          <AlertWord status={alert.status} />
          <strong>{alert.monitorName}</strong>
          {alert.unverified && <Unverified />}
        </div>
        {alert.metricLabel !== null && <NowValue alert={alert} />}
        <Facts>
          <Origin alert={alert} />
          <span title={words.utc(alert.openedAt)} className="tabular">
            {t('alert.age', { duration: age })}
          </span>
          <Why alert={alert} />
          <MackerelLink alert={alert} />
        </Facts>
        <Actions alert={alert} gone={props.gone} />
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
        <Again alert={alert} more={more} open={open} unfold={setOpen} />
      </li>
      <Earlier more={more} open={open} gone={props.gone} />
    </>
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

export const Recovered = memo(function Recovered(props: { readonly alert: AlertView; readonly more: readonly AlertView[]; readonly nested?: boolean; readonly gone: Gone }) {
  const words = useWords();
  const { t } = words;
  const [open, setOpen] = useState(false);
  const { alert, more } = props;
  return (
    <>
      <li className={`alert alert-over ${props.nested === true ? 'alert-nested' : ''}`}>
        <div className="alert-name">
          <AlertWord status="OK" faded />
          <span>{alert.monitorName}</span>
          {alert.unverified && <Unverified />}
        </div>
        <Facts>
          <Origin alert={alert} />
          <span title={words.utc(alert.closedAt ?? alert.openedAt)} className="tabular">
            {alertEnd(words, alert, words.clock(alert.closedAt ?? alert.openedAt))}
          </span>
          {alert.closedAt !== null && <span>{t('alert.lasted', { duration: words.duration(alert.closedAt - alert.openedAt) })}</span>}
          <Why alert={alert} />
          <MackerelLink alert={alert} />
        </Facts>
        <Actions alert={alert} gone={props.gone} />
        <Again alert={alert} more={more} open={open} unfold={setOpen} />
      </li>
      <Earlier more={more} open={open} gone={props.gone} />
    </>
  );
});
