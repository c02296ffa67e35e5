import type { IncidentHeadView } from '../../../../../src/contract';
import { useNow } from '../../parts/basics';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { countdown, elapsed, nextUpdateAt, stopwatch } from '../logic';

/** How long it lasts, and when people are owed the next update. Drawn each second, so nothing else is drawn with it. */
export function Clocks(props: { readonly head: IncidentHeadView }) {
  const words = useWords();
  const { t } = words;
  const { skew, past, scheme } = useEnv();
  const ticking = useNow(skew, 1_000);
  const now = past ?? ticking;
  const { ms, running } = elapsed(props.head, now);
  // It was not resolved here, but went on elsewhere.
  const key = running ? 'board.elapsed' : props.head.status === 'merged' ? 'board.merged-after' : 'board.took';
  const due = nextUpdateAt(props.head, scheme);
  const next = countdown(due, now);
  return (
    <div className="clocks">
      <p className="elapsed">
        <span>{t(key)}</span> <strong className="tabular">{stopwatch(ms)}</strong>
      </p>
      {next !== null && due !== null && (
        <p className={`next-update tabular ${next.overdue ? 'overdue' : ''}`} title={words.utc(due)}>
          {t(next.overdue ? 'board.update-overdue' : 'board.update-in', { duration: words.ticking(next.ms), time: words.minute(due, now) })}
        </p>
      )}
    </div>
  );
}
