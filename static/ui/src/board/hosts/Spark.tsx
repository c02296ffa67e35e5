import type { HostDetailView } from '../../../../../src/contract';
import { useWords } from '../../words';
import { sparkPath, thinned } from './spark-path';

const WIDTH = 64;
const HEIGHT = 20;
const STEPS = 32;

export function Spark(props: { readonly spark: HostDetailView['sparks'][number] }) {
  const words = useWords();
  const { spark } = props;
  const last = spark.points.at(-1);
  const label = words.say(spark.labelKey, {}, 'host.spark.other');
  return (
    <li className="spark" title={spark.metric}>
      <span className="quiet small">{label}</span>
      <svg viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`} width={WIDTH} height={HEIGHT + 2} aria-hidden="true">
        <path d={sparkPath(thinned(spark.points, STEPS), WIDTH, HEIGHT)} fill="none" stroke="var(--line)" strokeWidth="1.500" strokeLinejoin="round" />
      </svg>
      <span className="tabular">{last === undefined ? words.t('alert.no-value') : words.value(last.value, spark.unit)}</span>
    </li>
  );
}
