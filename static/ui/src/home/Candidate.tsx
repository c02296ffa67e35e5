import { useRef, useState, type KeyboardEvent } from 'react';
import type { CandidateView } from '../../../../src/contract';
import { press } from '../api';
import { threshold } from '../board/logic';
import { alertEnd } from '../parts/alert-end';
import { AlertWord, Button, Facts, OutLink, Unverified } from '../parts/basics';
import { usePaused } from '../parts/paused';
import { useWords } from '../words';

/** One alert that waits for a person. On the focused card `d` opens the form and `x` the question; neither commits. */
export function Candidate(props: { readonly candidate: CandidateView; readonly now: number; readonly declare: (candidate: CandidateView) => void; readonly changed: () => void }) {
  const words = useWords();
  const { t } = words;
  const { alert, why } = props.candidate;
  const isPaused = usePaused();
  const [asking, setAsking] = useState(false);
  const [state, setState] = useState<'idle' | 'sending' | 'done'>('idle');
  const [refusal, setRefusal] = useState<string | null>(null);
  const opId = useRef<string | null>(null);
  const limit = threshold(alert);
  const over = alert.closedAt;
  // What it is now says nothing of one that is over.
  const value = over === null ? (alert.now?.value ?? alert.valueAtOpening) : alert.valueAtOpening;

  /** Times arrive as epoch ms. */
  const told = (params: typeof why.params): typeof why.params => (params['until'] === undefined ? params : { ...params, until: words.minute(Number(params['until']), props.now) });
  const dismiss = (): void => {
    opId.current ??= crypto.randomUUID();
    setState('sending');
    setRefusal(null);
    void press('candidate.dismiss', { candidateId: props.candidate.id, opId: opId.current }).then(
      () => {
        setState('done');
        props.changed();
      },
      (error: unknown) => {
        setState('idle');
        setRefusal(words.reason(error));
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>): void => {
    if (isPaused || event.target !== event.currentTarget || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.code === 'KeyD') props.declare(props.candidate);
    else if (event.code === 'KeyX') setAsking(true);
    else return;
    event.preventDefault();
  };

  if (state === 'done') return <li className="card candidate quiet">{t('home.dismissed', { monitor: alert.monitorName })}</li>;
  return (
    <li className={`card candidate bar-${alert.status.toLowerCase()}`} tabIndex={0} onKeyDown={onKeyDown} aria-keyshortcuts={isPaused ? undefined : 'd x'}>
      <p className="alert-name">
        <AlertWord status={alert.status} faded={over !== null} />
        <strong>{alert.monitorName}</strong>
        {alert.unverified && <Unverified />}
      </p>
      <Facts>
        {alert.host !== null && <span>{alert.host.name}</span>}
        {alert.service !== null && <span>{alert.service}</span>}
        {value !== null && (
          <span className="tabular">
            {words.value(value, alert.unit)}
            {limit !== null && ` (${t('alert.threshold')} ${alert.operator ?? ''} ${words.value(limit, alert.unit)})`}
          </span>
        )}
        {over === null ? (
          <span className="tabular" title={words.utc(alert.openedAt)}>
            {t('alert.age', { duration: words.duration(props.now - alert.openedAt) })}
          </span>
        ) : (
          <>
            <span className="tabular" title={words.utc(over)}>
              {alertEnd(words, alert, words.minute(over, props.now))}
            </span>
            <span className="tabular">{t('alert.lasted', { duration: words.duration(over - alert.openedAt) })}</span>
          </>
        )}
        <OutLink href={alert.url} label={t('alert.link', { monitor: alert.monitorName })}>
          Mackerel
        </OutLink>
      </Facts>
      <p className="quiet small">{words.say(why.messageKey, told(why.params), 'candidate.why.default')}</p>
      {refusal !== null && (
        <p className="refusal" role="alert">
          {refusal}
        </p>
      )}
      {asking ? (
        <div className="ask" role="group" aria-label={t('home.dismiss')}>
          <p>{t('home.dismiss.ask')}</p>
          <p className="card-actions">
            <Button autoFocus busy={state === 'sending'} onClick={dismiss}>
              {t(state === 'sending' ? 'home.dismissing' : 'home.dismiss.yes')}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
          </p>
        </div>
      ) : (
        <p className="card-actions">
          <Button disabled={isPaused} onClick={() => props.declare(props.candidate)}>{t('home.declare')}</Button>
          <Button look="quiet" disabled={isPaused} onClick={() => setAsking(true)}>
            {t('home.dismiss')}
          </Button>
        </p>
      )}
    </li>
  );
}
