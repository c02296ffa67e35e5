/** Graphs one above the other over the same stretch of time. */
import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { DeployMark, GraphView, IncidentHeadView } from '../../../../../src/contract';
import { useNow } from '../../parts/basics';
import { MinusIcon, PlusIcon } from '../../parts/icons';
import { useWords } from '../../words';
import { useEnv } from '../env';
import { Graph } from './Graph';
import { FIRST_GRAPHS } from './Graphs';
import type { Drawn } from './targets';
import { bounding, panned, SHADED, shades, zoomed, type Span } from './window';

const CLOSER = 0.6;
const STEP = 0.25;

export default function Stack(props: { readonly head: IncidentHeadView; readonly drawn: readonly Drawn[]; readonly deploys: readonly DeployMark[] }) {
  const { t } = useWords();
  const { skew, past } = useEnv();
  const { head, drawn } = props;
  const [all, setAll] = useState(false);
  const [spans, setSpans] = useState<ReadonlyMap<string, Span>>(new Map());
  /** null: it follows the incident. */
  const [view, setView] = useState<Span | null>(null);
  const minute = Math.floor(useNow(skew, 30_000) / 30_000) * 30_000;
  const shaded = useMemo(() => shades(head, past ?? minute), [head, past, minute]);
  const shown = all ? drawn : drawn.slice(0, FIRST_GRAPHS);
  const bounds = useMemo(() => bounding([...spans].filter(([key]) => drawn.some((one) => one.key === key)).map(([, span]) => span)), [spans, drawn]);
  const known = useRef({ view, bounds });
  known.current = { view, bounds };

  const loaded = useCallback((key: string, graph: GraphView) => {
    setSpans((old) => {
      const before = old.get(key);
      return before?.from === graph.from && before.to === graph.to ? old : new Map(old).set(key, { from: graph.from, to: graph.to });
    });
  }, []);
  /** Moves the view; where it would be the whole again, it follows. */
  const look = useCallback((change: (span: Span, bounds: Span) => Span | null) => {
    const { view: now, bounds: whole } = known.current;
    if (whole === null) return;
    const next = change(now ?? whole, whole);
    setView(next === null || (next.from <= whole.from && next.to >= whole.to) ? null : next);
  }, []);
  const zoom = (factor: number): void => look((span, whole) => zoomed(span, factor, (span.from + span.to) / 2, whole));
  const pan = (steps: number): void => look((span, whole) => panned(span, (span.to - span.from) * STEP * steps, whole));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement || !(event.target instanceof HTMLElement) || event.target.closest('.plot') === null) return;
    const work = { '+': () => zoom(CLOSER), ';': () => zoom(CLOSER), '=': () => zoom(CLOSER), '-': () => zoom(1 / CLOSER), ArrowLeft: () => pan(-1), ArrowRight: () => pan(1), '0': () => setView(null), Escape: () => setView(null) }[event.key];
    if (work === undefined) return;
    event.preventDefault();
    work();
  };

  return (
    <>
      <div className="card-title">
        <h2 id="graphs-title">{t('board.graph.title')}</h2>
        <span className="graph-tools">
          {view !== null && (
            <button type="button" className="pill" onClick={() => setView(null)}>
              {t('graph.reset')}
            </button>
          )}
          <button type="button" className="icon-only" aria-label={t('graph.zoom-out')} title={t('graph.zoom-out')} disabled={view === null} onClick={() => zoom(1 / CLOSER)}>
            <MinusIcon />
          </button>
          <button type="button" className="icon-only" aria-label={t('graph.zoom-in')} title={t('graph.zoom-in')} disabled={bounds === null} onClick={() => zoom(CLOSER)}>
            <PlusIcon />
          </button>
        </span>
      </div>
      <div className={`graphs graphs-${Math.max(1, Math.min(drawn.length, FIRST_GRAPHS))}`} onKeyDown={onKeyDown}>
        {shown.map((one, index) => (
          <Graph key={one.key} drawn={one} first={index === 0} deploys={props.deploys} shades={shaded} span={view ?? bounds} loaded={loaded} look={look} />
        ))}
      </div>
      {drawn.length > FIRST_GRAPHS && (
        <button type="button" className="fold" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('graph.fewer') : t('graph.more', { n: drawn.length - FIRST_GRAPHS })}
        </button>
      )}
      {shaded.length > 0 && (
        <p className="shade-keys">
          {SHADED.filter((phase) => shaded.some((shade) => shade.phase === phase)).map((phase) => (
            <span key={phase} className={`shade-key shade-${phase}`}>
              {t(`status.${phase}`)}
            </span>
          ))}
        </p>
      )}
    </>
  );
}
