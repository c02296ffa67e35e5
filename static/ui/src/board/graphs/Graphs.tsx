/** The place of the graphs: it has its size before their code arrives. */
import { lazy, memo, Suspense, useEffect, useMemo, useState } from 'react';
import type { AlertView, DeployMark, IncidentHeadView } from '../../../../../src/contract';
import { afterPaint } from '../../parts/after-paint';
import { Boundary } from '../../parts/Boundary';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { useActions } from '../use-actions';
import { drawnGraphs } from './targets';

const Stack = lazy(() => import('./Stack'));
/** More than these wait behind a button. */
export const FIRST_GRAPHS = 3;

export const Graphs = memo(function Graphs(props: { readonly head: IncidentHeadView; readonly firing: readonly AlertView[]; readonly recovered: readonly AlertView[]; readonly deploys: readonly DeployMark[] }) {
  const { t } = useWords();
  const { can } = useEnv();
  const actions = useActions();
  const { head, firing, recovered } = props;
  const drawn = useMemo(() => drawnGraphs(firing, recovered, head.graphs), [firing, recovered, head.graphs]);
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    let current = true;
    void afterPaint().then(() => current && setPainted(true));
    return () => {
      current = false;
    };
  }, []);
  const places = Math.max(1, Math.min(drawn.length, FIRST_GRAPHS));
  const waiting = <div className={`graph-waiting graphs-${places}`} />;

  return (
    <section className="card graph-card" aria-labelledby="graphs-title">
      {drawn.length === 0 ? (
        <>
          <div className="card-title">
            <h2 id="graphs-title">{t('board.graph.title')}</h2>
          </div>
          <div className="graph-box">
            <p className="quiet">{t(firing.length + recovered.length === 0 ? 'board.graph.waiting' : 'board.graph.none')}</p>
          </div>
        </>
      ) : painted ? (
        <Boundary fallback={<p className="empty">{t('board.graph.failed')}</p>}>
          <Suspense fallback={<Heading>{waiting}</Heading>}>
            <Stack head={head} drawn={drawn} deploys={props.deploys} />
          </Suspense>
        </Boundary>
      ) : (
        <Heading>{waiting}</Heading>
      )}
      {can.edit && actions !== null && <actions.GraphFoot graphs={head.graphs} />}
    </section>
  );
});

function Heading(props: { readonly children: React.ReactNode }) {
  const { t } = useWords();
  return (
    <>
      <div className="card-title">
        <h2 id="graphs-title">{t('board.graph.title')}</h2>
      </div>
      {props.children}
    </>
  );
}
