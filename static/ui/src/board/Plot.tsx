/** The line itself. uPlot draws on a canvas, so its colours are read from the theme and read again when that changes. */
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import type { DeployMark, GraphView } from '../../../../src/contract';
import { useWords, type Words } from '../words';
import { withGaps, type SeriesPoint } from './logic';

const HEIGHT = 220;

function palette(element: HTMLElement) {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return { line: read('--line'), text: read('--text-subtle'), grid: read('--grid'), warning: read('--warning-line'), critical: read('--danger-line'), deploy: read('--deploy-line'), shade: read('--shade') };
}
type Palette = ReturnType<typeof palette>;

/** Thresholds, deploys and the time of the alert, drawn under and over the line. */
function marks(graph: GraphView, deploys: () => readonly DeployMark[], colours: Palette): UPlot.Plugin {
  const across = (plot: UPlot, value: number | null, colour: string): void => {
    if (value === null) return;
    const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
    stroke(plot, colour, [6, 4], plot.bbox.left, y, plot.bbox.left + plot.bbox.width, y);
  };
  const inside = (plot: UPlot, x: number): number => Math.min(Math.max(x, plot.bbox.left), plot.bbox.left + plot.bbox.width);
  return {
    hooks: {
      drawClear: (plot) => {
        if (graph.openedAt === null) return;
        const from = inside(plot, plot.valToPos(graph.openedAt / 1000, 'x', true));
        const to = inside(plot, plot.valToPos((graph.closedAt ?? Number.MAX_SAFE_INTEGER) / 1000, 'x', true));
        plot.ctx.save();
        plot.ctx.globalAlpha = 0.6;
        plot.ctx.fillStyle = colours.shade;
        plot.ctx.fillRect(from, plot.bbox.top, to - from, plot.bbox.height);
        plot.ctx.restore();
      },
      draw: (plot) => {
        across(plot, graph.warning, colours.warning);
        across(plot, graph.critical, colours.critical);
        for (const deploy of deploys()) {
          const x = Math.round(plot.valToPos(deploy.from / 1000, 'x', true)) + 0.5;
          if (x < plot.bbox.left || x > plot.bbox.left + plot.bbox.width) continue;
          stroke(plot, colours.deploy, [2, 3], x, plot.bbox.top, x, plot.bbox.top + plot.bbox.height);
          const size = 5 * devicePixelRatio;
          plot.ctx.fillStyle = colours.deploy;
          plot.ctx.beginPath();
          plot.ctx.moveTo(x - size, plot.bbox.top);
          plot.ctx.lineTo(x + size, plot.bbox.top);
          plot.ctx.lineTo(x, plot.bbox.top + size * 1.4);
          plot.ctx.fill();
        }
      },
    },
  };
}

function stroke(plot: UPlot, colour: string, dash: readonly number[], x1: number, y1: number, x2: number, y2: number): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash(dash.map((part) => part * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.restore();
}

/** Values and thresholds are both in view, with a little air; a share of something never leaves 0. */
function yRange(graph: GraphView): UPlot.Range.Function {
  return (_plot, dataMin, dataMax) => {
    const values = [dataMin, dataMax, graph.warning, graph.critical].filter((value): value is number => value !== null && Number.isFinite(value));
    const low = Math.min(...values);
    const high = Math.max(...values);
    const air = (high - low || Math.abs(high) || 1) * 0.1;
    return [low >= 0 ? Math.max(0, low - air) : low - air, high + air];
  };
}

function options(graph: GraphView, deploys: () => readonly DeployMark[], words: Words, colours: Palette, width: number): UPlot.Options {
  const axis: UPlot.Axis = { stroke: colours.text, grid: { stroke: colours.grid, width: 1 }, ticks: { show: false }, font: `11px ${getComputedStyle(document.body).fontFamily}` };
  return {
    width,
    height: HEIGHT,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { range: yRange(graph) } },
    axes: [
      { ...axis, size: 28, values: (_plot, ticks) => ticks.map((tick) => words.minute(tick * 1000, tick * 1000)), space: 64 },
      { ...axis, size: 68, values: (_plot, ticks) => ticks.map((tick) => words.value(tick, graph.unit)) },
    ],
    series: [{}, { stroke: colours.line, width: 2, spanGaps: false, points: { show: false } }],
    plugins: [marks(graph, deploys, colours)],
  };
}

export function Plot(props: { readonly graph: GraphView; readonly points: readonly SeriesPoint[]; readonly deploys: readonly DeployMark[] }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const { graph, points, deploys } = props;
  const latest = useRef(points);
  latest.current = points;
  const marked = useRef(deploys);
  marked.current = deploys;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const build = (): void => {
      plot.current?.destroy();
      const { x, y } = withGaps(latest.current);
      plot.current = new UPlot(options(graph, () => marked.current, words, palette(element), element.clientWidth), [x, y], element);
    };
    build();
    const resized = new ResizeObserver(() => {
      if (plot.current !== null && plot.current.width !== element.clientWidth) plot.current.setSize({ width: element.clientWidth, height: HEIGHT });
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
  }, [graph, words]);

  useEffect(() => {
    const { x, y } = withGaps(points);
    plot.current?.setData([x, y]);
  }, [points, deploys]);

  return <div ref={box} className="plot" />;
}
