import { memo, useEffect, useMemo, useRef } from 'react';
import type { DeployMark, GraphView } from '../../../../../src/contract';
import { press } from '../../api';
import { Button } from '../../parts/basics';
import { CrossIcon } from '../../parts/icons';
import { useSeen } from '../../parts/use-seen';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { usePress } from '../use-press';
import { FromEvidence } from './FromEvidence';
import { Plot } from './Plot';
import { deploysInView, valueAt, withLiveValue, type SeriesPoint } from './series';
import { Table } from './Table';
import type { Drawn } from './targets';
import { useGraph } from './use-graph';
import type { Shade, Span } from './window';

export const Graph = memo(function Graph(props: {
  readonly drawn: Drawn;
  readonly first: boolean;
  readonly deploys: readonly DeployMark[];
  readonly shades: readonly Shade[];
  /** null: nothing is known of any graph yet. */
  readonly span: Span | null;
  readonly loaded: (key: string, graph: GraphView) => void;
  readonly look: (change: (span: Span, bounds: Span) => Span | null) => void;
}) {
  const words = useWords();
  const { t } = words;
  const { past, can } = useEnv();
  const { drawn, loaded } = props;
  const box = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLSpanElement>(null);
  const { graph, error, retry } = useGraph(drawn.target, drawn.alert?.closedAt ?? null, useSeen(box));
  const deploys = useMemo(() => (graph === null ? [] : deploysInView(graph, props.deploys)), [graph, props.deploys]);
  const live = past === null ? (drawn.alert?.now ?? null) : null;
  const points = useMemo(() => (graph === null ? [] : withLiveValue(graph.points, live)), [graph, live]);
  useEffect(() => {
    if (graph !== null) loaded(drawn.key, graph);
  }, [drawn.key, graph, loaded]);

  const unit = graph?.unit ?? drawn.unit;
  const shown = past === null ? points.at(-1) : valueAt(points, past);
  const latest = shown === undefined ? t('alert.no-value') : words.value(shown.value, unit);
  const hover = (point: SeriesPoint | null): void => {
    if (readout.current !== null) readout.current.textContent = point === null ? '' : `${words.clock(point.at)}  ${words.value(point.value, unit)}`;
  };

  return (
    <div className="graph" ref={box}>
      <div className="graph-title">
        <h3>{drawn.title}</h3>
        <span className="readout tabular" ref={readout} />
        {shown !== undefined && (
          <span className="as-of tabular" title={past === null ? undefined : words.utc(past)}>
            {past === null ? latest : t('graph.then', { time: words.clock(past), value: latest })}
          </span>
        )}
        {drawn.pick !== null && can.edit && <Remove graphId={drawn.pick.id} title={drawn.title} />}
      </div>
      <div className="graph-box">
        {graph !== null && points.length > 0 && (
          <Plot
            graph={graph}
            points={points}
            deploys={deploys}
            shades={props.shades}
            span={props.span ?? graph}
            past={past}
            shortcut={props.first}
            label={t('board.graph.describe', { title: drawn.title, from: words.clock(graph.from), to: words.clock(points.at(-1)?.at ?? graph.to), latest })}
            look={props.look}
            hover={hover}
          />
        )}
        {graph !== null && points.length === 0 && <p className="quiet">{t('board.graph.no-points')}</p>}
        {graph === null && error === null && <p className="quiet">{t('board.graph.loading')}</p>}
        {graph === null && error !== null && (
          <p className="quiet">
            {t('board.graph.failed')}{' '}
            <Button look="quiet" onClick={retry}>
              {t('common.retry')}
            </Button>
          </p>
        )}
      </div>
      <div className="graph-foot">
        {graph !== null && <FromEvidence graph={graph} />}
        {graph?.warning != null && <span className="key key-warning">{t('board.graph.warning', { op: graph.operator ?? '', value: words.value(graph.warning, unit) })}</span>}
        {graph?.critical != null && <span className="key key-critical">{t('board.graph.critical', { op: graph.operator ?? '', value: words.value(graph.critical, unit) })}</span>}
        {deploys.map((deploy) => (
          <span key={deploy.id} className="key key-deploy">
            {t('board.deploy-mark', { title: deploy.title })} <span className="tabular">{words.minute(deploy.from, graph?.now ?? deploy.from)}</span>
          </span>
        ))}
        <Table points={points} unit={unit} title={drawn.title} />
      </div>
    </div>
  );
});

function Remove(props: { readonly graphId: string; readonly title: string }) {
  const { t } = useWords();
  const { incidentId } = useEnv();
  const { pending, refusal, run } = usePress<'remove'>();
  const remove = (): void => void run('remove', (opId) => press('graph.remove', { incidentId, opId, graphId: props.graphId }));
  return (
    <>
      <button type="button" className="icon-only" aria-label={t('graph.remove.one', { title: props.title })} title={t('graph.remove.one', { title: props.title })} aria-disabled={pending !== null || undefined} onClick={remove}>
        {pending === null ? <CrossIcon /> : <span className="pending-dot" />}
      </button>
      {refusal !== null && (
        <span className="refusal" role="alert">
          {refusal.text}
        </span>
      )}
    </>
  );
}
