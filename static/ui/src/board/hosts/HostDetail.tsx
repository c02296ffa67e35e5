import { useEffect, useState } from 'react';
import type { HostDetailView, HostView } from '../../../../../src/contract';
import { call, press } from '../../api';
import { askToConfirm } from '../../dialogs/ask';
import { Button, Time } from '../../parts/basics';
import { CaretIcon, CheckIcon } from '../../parts/icons';
import { Popover } from '../../parts/Popover';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { usePress } from '../use-press';
import { Spark } from './Spark';

const AGAIN_MS = 60_000;
const SETTABLE = ['working', 'standby', 'maintenance', 'poweroff'] as const;
type Settable = (typeof SETTABLE)[number];

type Read = { readonly detail: HostDetailView | null; readonly error: unknown };

/** Read while it is open, and again each minute. */
function useHost(hostId: string): Read & { readonly retry: () => void } {
  const { incidentId, board } = useEnv();
  const [read, setRead] = useState<Read>({ detail: null, error: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    const ask = (): void => {
      if (document.visibilityState !== 'visible') return;
      void call('board.host', { incidentId, hostId, pass: board().pass }).then(
        (detail) => current && setRead({ detail, error: null }),
        (error: unknown) => current && setRead((old) => ({ detail: old.detail, error })),
      );
    };
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [incidentId, hostId, round, board]);
  return { ...read, retry: () => setRound((n) => n + 1) };
}

export function HostDetail(props: { readonly host: HostView }) {
  const words = useWords();
  const { t } = words;
  const { can, skew } = useEnv();
  const { detail, error, retry } = useHost(props.host.id);
  if (detail === null) {
    return (
      <div className="host-detail" role="status">
        {error === null ? (
          <p className="quiet">{t('common.loading')}</p>
        ) : (
          <p className="quiet">
            {words.reason(error)}{' '}
            <Button look="quiet" className="small-button" onClick={retry}>
              {t('common.retry')}
            </Button>
          </p>
        )}
      </div>
    );
  }
  return (
    <div className="host-detail">
      {detail.evidence !== undefined && <p className="quiet">{t('host.kept', { time: `${words.day(detail.evidence.at)} ${words.clock(detail.evidence.at)}` })}</p>}
      {detail.sparks.length > 0 && (
        <ul className="sparks">
          {detail.sparks.map((spark) => (
            <Spark key={spark.metric} spark={spark} />
          ))}
        </ul>
      )}
      <dl className="host-facts">
        <dt>{t('host.last-seen')}</dt>
        <dd>{detail.lastSeen === null ? t('host.last-seen.none') : <Time at={detail.lastSeen} now={Date.now() + skew} />}</dd>
        <dt>{t('host.agent')}</dt>
        <dd>{detail.agent ?? t('host.agent.none')}</dd>
        {detail.interfaces.length > 0 && (
          <>
            <dt>{t('host.interfaces')}</dt>
            <dd>
              {detail.interfaces.map((one) => (
                <span key={one.name} className="host-interface">
                  {one.name} <span className="tabular">{one.addresses.join(t('common.list-separator'))}</span>
                </span>
              ))}
            </dd>
          </>
        )}
        {detail.memo !== '' && (
          <>
            <dt>{t('host.memo')}</dt>
            <dd className="host-memo">{detail.memo}</dd>
          </>
        )}
      </dl>
      {can.mackerel && <SetStatus host={props.host} />}
    </div>
  );
}

/** Changes the host in Mackerel itself, so it asks first. */
function SetStatus(props: { readonly host: HostView }) {
  const { t } = useWords();
  const { incidentId } = useEnv();
  const { host } = props;
  const { pending, refusal, run } = usePress<Settable>();
  const set = async (status: Settable): Promise<void> => {
    const yes = await askToConfirm({
      title: t('host.set.title'),
      text: [t('host.set.text', { name: host.name, from: t(`host.status.${host.status}`), to: t(`host.status.${status}`) })],
      yes: t('host.set.yes'),
    });
    if (yes !== null) await run(status, (opId) => press('host.status', { incidentId, opId, hostId: host.id, status }));
  };
  return (
    <>
      <Popover
        label={t('host.set', { name: host.name })}
        className="quiet-menu"
        busy={pending !== null}
        button={
          <>
            {t('host.set.short')}
            {pending === null ? <CaretIcon /> : <span className="pending-dot" />}
          </>
        }
      >
        {(close) =>
          SETTABLE.map((status) => (
            <button
              key={status}
              type="button"
              className="menu-item"
              aria-pressed={status === host.status}
              onClick={() => {
                close();
                if (status !== host.status) void set(status);
              }}
            >
              <span className="menu-check">{status === host.status && <CheckIcon />}</span>
              {t(`host.status.${status}`)}
            </button>
          ))
        }
      </Popover>
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal.text}
        </p>
      )}
    </>
  );
}
