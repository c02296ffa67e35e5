/** Adds metrics to the board, and brings back one that was just taken off. */
import { useEffect, useRef, useState } from 'react';
import type { GraphPickView } from '../../../../../src/contract';
import { openDialog, press } from '../../api';
import { PlusIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { Undo } from '../Undo';

export function GraphFoot(props: { readonly graphs: readonly GraphPickView[] }) {
  const { t } = useWords();
  const { incidentId, board, refresh } = useEnv();
  const before = useRef(props.graphs);
  const [gone, setGone] = useState<GraphPickView | null>(null);
  useEffect(() => {
    const missing = before.current.find((old) => props.graphs.every((pick) => pick.id !== old.id));
    before.current = props.graphs;
    if (missing !== undefined) setGone(missing);
  }, [props.graphs]);
  const known = props.graphs.map((pick) => `${pick.host === null ? `s:${pick.service ?? ''}` : `h:${pick.host.id}`} ${pick.metric}`);
  const open = (): void => void openDialog('metrics', t('graph.add.title'), { incidentId, pass: board().pass, known }, 'medium').then(refresh, () => undefined);
  return (
    <div className="graphs-foot">
      {gone !== null && <Gone pick={gone} done={() => setGone(null)} />}
      <button type="button" className="add" aria-haspopup="dialog" onClick={open}>
        <PlusIcon />
        {t('graph.add.open')}
      </button>
    </div>
  );
}

function Gone(props: { readonly pick: GraphPickView; readonly done: () => void }) {
  const { t } = useWords();
  const { incidentId } = useEnv();
  const { host, service, metric } = props.pick;
  const target = host === null ? { service: service ?? '' } : { hostId: host.id };
  return <Undo said={t('graph.removed', { metric })} send={(opId) => press('graph.add', { incidentId, opId, target, metric })} done={props.done} />;
}
