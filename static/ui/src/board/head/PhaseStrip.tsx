import { memo } from 'react';
import type { IncidentHeadView } from '../../../../../src/contract';
import { Time, useNow } from '../../parts/basics';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { phases, type Phase } from '../logic';

/** Where it stands between detection and the end, with a clock for each phase. */
export const PhaseStrip = memo(function PhaseStrip(props: { readonly head: IncidentHeadView }) {
  const { t } = useWords();
  const { skew, past } = useEnv();
  const ticking = useNow(skew, 15_000);
  const now = past ?? ticking;
  return (
    <ol className="phases" aria-label={t('board.phases')}>
      {phases(props.head, now).map((phase) => (
        <Step key={phase.id} phase={phase} now={now} />
      ))}
    </ol>
  );
});

function Step(props: { readonly phase: Phase; readonly now: number }) {
  const words = useWords();
  const { t } = words;
  const { id, at, ms, state } = props.phase;
  const name = id === 'detected' || id === 'declared' ? t(`board.phase.${id}`) : t(`status.${id}`);
  const lasted = ms === null ? null : words.duration(ms);
  return (
    <li className={`phase phase-${state}`} aria-current={state === 'current' ? 'step' : undefined} title={lasted === null ? undefined : t('board.phase.lasted', { phase: name, duration: lasted })}>
      <span className="phase-name">{name}</span>
      <span className="phase-when tabular">
        {at !== null && <Time at={at} now={props.now} />}
        {lasted !== null && (id !== 'detected' || at === null) && <span className="phase-lasted">{lasted}</span>}
      </span>
    </li>
  );
}
