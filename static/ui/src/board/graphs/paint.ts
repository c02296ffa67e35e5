/** What is drawn under and over the line: phases, the alert's own time, thresholds, deploys, the moment looked back to. */
import type UPlot from 'uplot';
import type { DeployMark, GraphView } from '../../../../../src/contract';
import type { Shade } from './window';

export function palette(element: HTMLElement) {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    line: read('--line'),
    text: read('--text-subtle'),
    grid: read('--grid'),
    surface: read('--surface'),
    warning: read('--warning-line'),
    critical: read('--danger-line'),
    deploy: read('--deploy-line'),
    investigating: read('--shade-investigating'),
    identified: read('--shade-identified'),
    mitigated: read('--shade-mitigated'),
  };
}
export type Palette = ReturnType<typeof palette>;

/** Read again at each drawing, because these change without a new plot. */
export interface Painted {
  readonly graph: GraphView;
  readonly deploys: readonly DeployMark[];
  readonly shades: readonly Shade[];
  readonly past: number | null;
}

const inside = (plot: UPlot, x: number): number => Math.min(Math.max(x, plot.bbox.left), plot.bbox.left + plot.bbox.width);
const xOf = (plot: UPlot, ms: number): number => plot.valToPos(ms / 1000, 'x', true);

function block(plot: UPlot, colour: string, from: number, to: number, top: number, height: number, alpha = 1): void {
  const left = inside(plot, from);
  const right = inside(plot, to);
  if (right <= left) return;
  const { ctx } = plot;
  ctx.save();
  ctx.globalAlpha = alpha;
  ctx.fillStyle = colour;
  ctx.fillRect(left, top, right - left, height);
  ctx.restore();
}

function stroke(plot: UPlot, colour: string, dash: readonly number[], x1: number, y1: number, x2: number, y2: number, width = 1): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = width * devicePixelRatio;
  ctx.setLineDash(dash.map((part) => part * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
  ctx.restore();
}

function threshold(plot: UPlot, value: number | null, colour: string): void {
  if (value === null) return;
  const { left, width, top, height } = plot.bbox;
  const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
  if (y >= top && y <= top + height) stroke(plot, colour, [6, 4], left, y, left + width, y);
}

function deployMark(plot: UPlot, at: number, colour: string): void {
  const { left, width, top, height } = plot.bbox;
  const x = Math.round(xOf(plot, at)) + 0.5;
  if (x < left || x > left + width) return;
  stroke(plot, colour, [2, 3], x, top, x, top + height);
  const size = 5 * devicePixelRatio;
  const { ctx } = plot;
  ctx.fillStyle = colour;
  ctx.beginPath();
  ctx.moveTo(x - size, top);
  ctx.lineTo(x + size, top);
  ctx.lineTo(x, top + size * 1.4);
  ctx.fill();
}

export function painter(now: () => Painted, colours: Palette): UPlot.Plugin {
  return {
    hooks: {
      drawClear: (plot) => {
        const { top, height } = plot.bbox;
        for (const shade of now().shades) block(plot, colours[shade.phase], xOf(plot, shade.from), xOf(plot, shade.to), top, height);
      },
      draw: (plot) => {
        const { graph, deploys, past } = now();
        const { left, width, top, height } = plot.bbox;
        const thin = 3 * devicePixelRatio;
        if (graph.openedAt !== null) {
          const until = graph.closedAt ?? graph.now;
          block(plot, colours.critical, xOf(plot, graph.openedAt), xOf(plot, until), top + height - thin, thin);
        }
        threshold(plot, graph.warning, colours.warning);
        threshold(plot, graph.critical, colours.critical);
        for (const deploy of deploys) deployMark(plot, deploy.from, colours.deploy);
        if (past === null) return;
        // Nobody knew yet what lies to the right.
        const x = xOf(plot, past);
        block(plot, colours.surface, x, left + width, top, height, 0.78);
        if (x >= left && x <= left + width) stroke(plot, colours.text, [], x, top, x, top + height, 2);
      },
    },
  };
}
