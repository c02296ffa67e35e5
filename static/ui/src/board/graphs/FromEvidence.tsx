/** Says that a graph shows what was frozen, and whether somebody has touched it since. */
import type { GraphView } from '../../../../../src/contract';
import { useName } from '../../parts/people';
import { useWords } from '../../words';

export function FromEvidence(props: { readonly graph: GraphView }) {
  const words = useWords();
  const { t } = words;
  const { evidence, points } = props.graph;
  const by = evidence?.replaced?.by?.accountId ?? null;
  const name = useName(by) ?? t('graph.kept.somebody');
  if (evidence === undefined) return null;
  const time = `${words.day(evidence.at)} ${words.clock(evidence.at)}`;
  return (
    <span className="from-evidence" role="note">
      {t(points.length === 0 ? 'graph.kept.lost' : 'graph.kept', { time })}
      {points.length > 0 && evidence.replaced !== null && ` ${t('graph.kept.replaced', { name })}`}
    </span>
  );
}
