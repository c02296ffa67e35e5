/** One metric of a host or service on any page, read anew each minute while it is looked at. */
import { useRef, useState } from 'react';
import { call, goToSettings, Refused } from '../api';
import { FromEvidence } from '../board/graphs/FromEvidence';
import { Plot } from '../board/graphs/Plot';
import { Table } from '../board/graphs/Table';
import { useReading } from '../board/graphs/use-reading';
import type { Span } from '../board/graphs/window';
import type { WantedGraph } from '../context';
import { Button } from '../parts/basics';
import { useSeen } from '../parts/use-seen';
import { useWords } from '../words';

export function MetricGraph(props: { readonly wanted: WantedGraph | null; readonly pageId: string | null; readonly still: boolean }) {
  const words = useWords();
  const { t } = words;
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const { wanted, still } = props;
  const { graph, error, retry } = useReading(JSON.stringify(wanted), still || wanted === null ? null : () => call('metric.graph', props.pageId === null ? wanted : { ...wanted, pageId: props.pageId }), useSeen(box));
  const [span, setSpan] = useState<Span | null>(null);
  if (wanted === null) return <p className="empty-box">{t('graph-macro.unset')}</p>;
  if (still) return <p className="empty-box">{t('graph-macro.still', { metric: wanted.metric })}</p>;
  const last = graph?.points.at(-1);
  const latest = last === undefined ? t('alert.no-value') : words.value(last.value, graph?.unit ?? null);
  const unconfigured = error instanceof Refused && error.error.code === 'not-configured';
  return (
    <section className="card graph" ref={box} aria-label={graph?.title ?? wanted.metric}>
      <div className="graph-title">
        <h3>{graph?.title ?? wanted.metric}</h3>
        <span className="readout tabular" ref={readout} />
        {graph !== null && <span className="as-of tabular">{latest}</span>}
      </div>
      <div className="graph-box">
        {graph !== null && graph.points.length > 0 && (
          <Plot
            graph={graph}
            points={graph.points}
            deploys={[]}
            shades={[]}
            span={span ?? graph}
            past={null}
            shortcut={false}
            label={t('board.graph.describe', { title: graph.title, from: words.clock(graph.from), to: words.clock(last?.at ?? graph.to), latest })}
            look={(change) => setSpan((old) => change(old ?? graph, graph))}
            hover={(point) => {
              if (readout.current !== null) readout.current.textContent = point === null ? '' : `${words.clock(point.at)}  ${words.value(point.value, graph.unit)}`;
            }}
          />
        )}
        {graph !== null && graph.points.length === 0 && <p className="quiet">{t('graph-macro.no-points')}</p>}
        {graph === null && error === null && <p className="quiet">{t('board.graph.loading')}</p>}
        {error !== null && graph === null && (
          <p className="quiet" role="status">
            {error instanceof Refused && error.error.code === 'not-found' ? t('graph-macro.hidden') : words.reason(error)}{' '}
            <Button look="quiet" onClick={unconfigured ? goToSettings : retry}>
              {t(unconfigured ? 'board.unconfigured.link' : 'common.retry')}
            </Button>
          </p>
        )}
      </div>
      <div className="graph-foot">
        {graph !== null && <FromEvidence graph={graph} />}
        {graph !== null && <span className="as-of tabular">{t(error === null ? 'board.as-of' : 'home.stale', { time: words.clock(graph.now) })}</span>}
        {graph !== null && <Table points={graph.points} unit={graph.unit} title={graph.title} />}
      </div>
    </section>
  );
}
