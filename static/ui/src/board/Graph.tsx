import { memo, useEffect, useMemo, useState } from 'react';
import type { AlertView, DeployMark, GraphView } from '../../../../src/contract';
import { call } from '../api';
import { Button } from '../parts/basics';
import { useWords } from '../words';
import { deploysInView, withLiveValue } from './logic';
import { Plot } from './Plot';

const AGAIN_MS = 60_000;
const TABLE_ROWS = 30;

interface Loaded {
  readonly alertId: string;
  readonly graph: GraphView | null;
  readonly failed: boolean;
}

/** Reads the graph, again each minute while it is looked at, and when its alert closes. The old line stays until the new one is there. */
function useGraph(incidentId: string, alertId: string, closedAt: number | null, pass: string): { readonly loaded: Loaded | null; readonly retry: () => void } {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    if (document.visibilityState !== 'visible' && round > 0) return;
    void call('board.graph', { incidentId, alertId, pass }).then(
      (graph) => current && setLoaded({ alertId, graph, failed: false }),
      () => current && setLoaded((old) => ({ alertId, graph: old?.alertId === alertId ? old.graph : null, failed: true })),
    );
    return () => {
      current = false;
    };
    // A renewed pass is no reason to read again; the next round takes it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [incidentId, alertId, closedAt, round]);
  useEffect(() => {
    const timer = setInterval(() => setRound((n) => n + 1), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return { loaded: loaded?.alertId === alertId ? loaded : null, retry: () => setRound((n) => n + 1) };
}

export default memo(function Graph(props: {
  readonly incidentId: string;
  readonly pass: string;
  readonly alert: AlertView;
  readonly alerts: readonly AlertView[];
  readonly deploys: readonly DeployMark[];
  readonly choose: (alertId: string) => void;
}) {
  const words = useWords();
  const { t } = words;
  const { alert } = props;
  const { loaded, retry } = useGraph(props.incidentId, alert.id, alert.closedAt, props.pass);
  const graph = loaded?.graph ?? null;
  const deploys = useMemo(() => (graph === null ? [] : deploysInView(graph, props.deploys)), [graph, props.deploys]);
  const points = graph === null ? [] : withLiveValue(graph.points, alert.now);
  const last = points.at(-1);
  const name = (row: AlertView): string => [row.metricLabel ?? row.monitorName, row.host?.name ?? row.service].filter(Boolean).join(' · ');
  const latest = last === undefined ? t('alert.no-value') : words.value(last.value, alert.unit);

  return (
    <>
      <div className="card-title">
        {props.alerts.length > 1 ? (
          <label className="graph-choice">
            <span className="hidden">{t('board.graph.choose')}</span>
            <select value={alert.id} onChange={(event) => props.choose(event.target.value)}>
              {props.alerts.map((row) => (
                <option key={row.id} value={row.id}>
                  {name(row)}
                </option>
              ))}
            </select>
          </label>
        ) : (
          <h2>{name(alert)}</h2>
        )}
        {last !== undefined && <span className="as-of tabular">{latest}</span>}
      </div>
      <div className="graph-box" role="img" aria-label={graph === null ? t('board.graph.loading') : t('board.graph.describe', { title: name(alert), from: words.clock(graph.from), to: words.clock(last?.at ?? graph.to), latest })}>
        {graph !== null && points.length > 0 && <Plot graph={graph} points={points} deploys={deploys} />}
        {graph !== null && points.length === 0 && <p className="quiet">{t('board.graph.no-points')}</p>}
        {graph === null && loaded?.failed !== true && <p className="quiet">{t('board.graph.loading')}</p>}
        {graph === null && loaded?.failed === true && (
          <p className="quiet">
            {t('board.graph.failed')}{' '}
            <Button look="quiet" onClick={retry}>
              {t('common.retry')}
            </Button>
          </p>
        )}
      </div>
      <div className="graph-foot">
        {graph?.warning != null && <span className="key key-warning">{t('board.graph.warning', { op: graph.operator ?? '', value: words.value(graph.warning, alert.unit) })}</span>}
        {graph?.critical != null && <span className="key key-critical">{t('board.graph.critical', { op: graph.operator ?? '', value: words.value(graph.critical, alert.unit) })}</span>}
        {deploys.map((deploy) => (
          <span key={deploy.id} className="key key-deploy">
            {t('board.deploy-mark', { title: deploy.title })} <span className="tabular">{words.minute(deploy.from, graph?.now ?? deploy.from)}</span>
          </span>
        ))}
        <details className="graph-table">
          <summary>{t('board.graph.table')}</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('board.graph.time')}</th>
                <th scope="col">{t('board.graph.value')}</th>
              </tr>
            </thead>
            <tbody>
              {points
                .slice(-TABLE_ROWS)
                .reverse()
                .map((point) => (
                  <tr key={point.at}>
                    <td className="tabular">{words.clock(point.at)}</td>
                    <td className="tabular">{words.value(point.value, alert.unit)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </details>
      </div>
    </>
  );
});
