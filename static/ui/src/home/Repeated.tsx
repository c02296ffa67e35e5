/** What more than one incident has in common: where one improvement would help most. */
import { useEffect, useId, useState } from 'react';
import type { RepeatedCause, RepeatedView } from '../../../../src/contract';
import { call, goTo } from '../api';
import { Button, Notice, SeverityMark } from '../parts/basics';
import { useWords } from '../words';

const PERIODS = [30, 90, 180, 365] as const;
const USUAL = 90;
const SHOWN = 5;

interface Props {
  readonly openBoard: (incidentId: string) => void;
  /** Lists the reviews that have these words. */
  readonly show: (cause: RepeatedCause) => void;
}

export default function Repeated(props: Props) {
  const words = useWords();
  const { t } = words;
  const [days, setDays] = useState<number>(USUAL);
  const [round, setRound] = useState(0);
  const [view, setView] = useState<RepeatedView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [title, period] = [useId(), useId()];
  useEffect(() => {
    let current = true;
    setView(null);
    setError(null);
    call('reviews.repeated', { days }).then(
      (found) => current && setView(found),
      (failed: unknown) => current && setError(failed),
    );
    return () => {
      current = false;
    };
  }, [days, round]);
  return (
    <section className="card review-repeated" aria-labelledby={title}>
      <div className="review-repeated-head">
        <h2 id={title}>{t('review.repeated.title')}</h2>
        <label htmlFor={period} className="hidden">
          {t('review.repeated.period')}
        </label>
        <select id={period} className="select" value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {PERIODS.map((n) => (
            <option key={n} value={n}>
              {t('review.repeated.days', { n })}
            </option>
          ))}
        </select>
      </div>
      {error !== null && (
        <Notice tone="warning" live title={t('home.error.title')} actions={<Button onClick={() => setRound(round + 1)}>{t('common.retry')}</Button>}>
          <p>{words.reason(error)}</p>
        </Notice>
      )}
      {view === null ? (
        error === null && <p role="status">{t('common.loading')}</p>
      ) : (
        <>
          <p className="quiet small" role="status">
            {view.causes.length === 0 ? t('review.repeated.none') : t('review.repeated.of', { n: view.of })} {view.more && t('review.repeated.more')}
          </p>
          <ul className="review-causes">
            {view.causes.map((cause) => (
              <Cause key={`${cause.kind} ${cause.name}`} cause={cause} {...props} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Cause(props: Props & { readonly cause: RepeatedCause }) {
  const { t } = useWords();
  const { cause, openBoard } = props;
  const { kind, name, count, incidents } = cause;
  const rest = count - Math.min(SHOWN, incidents.length);
  return (
    <li>
      <div className="review-cause">
        <span className="mark mark-plain">{t(`review.repeated.kind.${kind}`)}</span>
        <strong className="review-text">{name}</strong>
        <span className="tabular quiet">{t('review.repeated.count', { n: count })}</span>
        {kind !== 'monitor' && (
          <Button look="quiet" className="small-button" aria-label={`${t('review.repeated.show')}: ${name}`} onClick={() => props.show(cause)}>
            {t('review.repeated.show')}
          </Button>
        )}
      </div>
      <ul className="review-cause-incidents small">
        {incidents.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <SeverityMark severity={one.severity} over />{' '}
            <button type="button" className="link-button" onClick={() => (one.url === null ? openBoard(one.id) : goTo(one.url))}>
              <span className="tabular">{one.key}</span> {one.title}
            </button>
          </li>
        ))}
        {rest > 0 && <li className="quiet">{t('review.repeated.others', { n: rest })}</li>}
      </ul>
    </li>
  );
}
