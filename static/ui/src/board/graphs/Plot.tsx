/** The line itself. uPlot draws on a canvas, so its colours are read from the theme and read again when that changes. */
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { useWords, type Words } from '../../words';
import { listenToHands, type Look } from './hands';
import { painter, palette, type Painted, type Palette } from './paint';
import { withGaps, type SeriesPoint } from './series';
import type { Span } from './window';

/** Cursors of all graphs of the board stand at the same time. */
const SYNC = 'board';

/** Values and thresholds are both in view, with a little air; a share of something never leaves 0. */
function yRange(painted: () => Painted): UPlot.Range.Function {
  return (_plot, dataMin, dataMax) => {
    const { graph } = painted();
    const values = [dataMin, dataMax, graph.warning, graph.critical].filter((value): value is number => value !== null && Number.isFinite(value));
    if (values.length === 0) return [0, 1];
    const low = Math.min(...values);
    const high = Math.max(...values);
    const air = (high - low || Math.abs(high) || 1) * 0.1;
    return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
  };
}

/** With Shift held the drag moves the view instead. */
const plain: UPlot.Cursor.MouseListenerFactory = (_plot, _target, handler) => (event) => (event.shiftKey ? null : handler(event));

interface Wiring {
  readonly painted: () => Painted;
  readonly hover: (point: SeriesPoint | null) => void;
  readonly look: Look;
}

function options(unit: string | null, words: Words, colours: Palette, size: { readonly width: number; readonly height: number }, wiring: Wiring): UPlot.Options {
  const axis: UPlot.Axis = { stroke: colours.text, grid: { stroke: colours.grid, width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(document.body).fontFamily}` };
  return {
    ...size,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false, setScale: false }, sync: { key: SYNC }, bind: { mousedown: plain, dblclick: () => () => (wiring.look(() => null), null) } },
    scales: { x: { time: true, auto: false }, y: { range: yRange(wiring.painted) } },
    axes: [
      { ...axis, size: 28, values: (_plot, ticks) => ticks.map((tick) => words.minute(tick * 1000, tick * 1000)), space: 64 },
      { ...axis, size: 68, space: 28, values: (_plot, ticks) => ticks.map((tick) => words.value(tick, unit)) },
    ],
    series: [{}, { stroke: colours.line, width: 2, spanGaps: false, points: { show: false } }],
    plugins: [painter(wiring.painted, colours), listenToHands(wiring.look)],
    hooks: {
      setCursor: [
        (plot) => {
          const { idx } = plot.cursor;
          const at = idx == null ? undefined : plot.data[0][idx];
          const value = idx == null ? undefined : plot.data[1]?.[idx];
          wiring.hover(at === undefined || value == null ? null : { at: at * 1000, value });
        },
      ],
    },
  };
}

export function Plot(
  props: Painted & {
    readonly points: readonly SeriesPoint[];
    readonly span: Span;
    readonly shortcut: boolean;
    readonly label: string;
    readonly look: Look;
    readonly hover: (point: SeriesPoint | null) => void;
  },
) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const { graph, points, deploys, shades, past, span } = props;
  const { unit } = graph;
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const wiring: Wiring = { painted: () => latest.current, hover: (point) => latest.current.hover(point), look: (change) => latest.current.look(change) };
    const show = (made: UPlot): void => made.setScale('x', { min: latest.current.span.from / 1000, max: latest.current.span.to / 1000 });
    const build = (): void => {
      plot.current?.destroy();
      const { x, y } = withGaps(latest.current.points);
      plot.current = new UPlot(options(unit, words, palette(element), { width: element.clientWidth, height: element.clientHeight }, wiring), [x, y], element);
      show(plot.current);
    };
    build();
    const resized = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (plot.current !== null && (plot.current.width !== width || plot.current.height !== height)) plot.current.setSize({ width, height });
    });
    const themed = new MutationObserver(build);
    resized.observe(element);
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-color-mode', 'data-theme'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [unit, words]);

  useEffect(() => {
    const drawn = plot.current;
    if (drawn === null) return;
    const { x, y } = withGaps(points);
    drawn.batch(() => {
      drawn.setData([x, y], false);
      drawn.setScale('x', { min: span.from / 1000, max: span.to / 1000 });
    });
  }, [points, span.from, span.to]);
  useEffect(() => plot.current?.redraw(), [graph, deploys, shades, past]);

  return <div ref={box} className="plot" tabIndex={0} role="application" aria-label={props.label} data-shortcut={props.shortcut ? 'g' : undefined} />;
}
