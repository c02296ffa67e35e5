/** Drag to look closer, Shift and drag (or a finger) to move, the wheel once the graph has the focus. */
import type UPlot from 'uplot';
import { dragged, panned, zoomed, type Span } from './window';

/** Changes the stretch of time that all graphs show; null: back to following. */
export type Look = (change: (span: Span, bounds: Span) => Span | null) => void;

const WHEEL = 1.25;
const PIXELS_PER_LINE = 16;

export function listenToHands(look: Look): UPlot.Plugin {
  return {
    hooks: {
      setSelect: (plot) => {
        const { left, width } = plot.select;
        if (width <= 0) return;
        const at = (x: number): number => plot.posToVal(x, 'x') * 1000;
        const [from, to] = [at(left), at(left + width)];
        plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        look((span, bounds) => dragged(from, to, bounds) ?? span);
      },
      ready: (plot) => {
        const { over } = plot;
        let moving: number | null = null;
        const msPerPixel = (): number => ((plot.scales['x']?.max ?? 0) - (plot.scales['x']?.min ?? 0)) * 1000 / Math.max(1, over.clientWidth);
        const down = (event: PointerEvent): void => {
          over.closest<HTMLElement>('.plot')?.focus({ preventScroll: true });
          if (event.pointerType !== 'touch' && !event.shiftKey) return;
          moving = event.clientX;
          over.setPointerCapture(event.pointerId);
        };
        const move = (event: PointerEvent): void => {
          if (moving === null) return;
          const by = (moving - event.clientX) * msPerPixel();
          moving = event.clientX;
          look((span, bounds) => panned(span, by, bounds));
        };
        const up = (): void => {
          moving = null;
        };
        const wheel = (event: WheelEvent): void => {
          // A page is scrolled over its graphs all the time: only who is in one turns the wheel for it.
          const inside = over.closest('.plot')?.contains(document.activeElement) === true;
          if (!inside && !event.ctrlKey && !event.metaKey) return;
          event.preventDefault();
          const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PIXELS_PER_LINE : 1;
          if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return look((span, bounds) => panned(span, event.deltaX * unit * msPerPixel(), bounds));
          const at = plot.posToVal(event.clientX - over.getBoundingClientRect().left, 'x') * 1000;
          look((span, bounds) => zoomed(span, event.deltaY < 0 ? 1 / WHEEL : WHEEL, at, bounds));
        };
        over.addEventListener('pointerdown', down);
        over.addEventListener('pointermove', move);
        over.addEventListener('pointerup', up);
        over.addEventListener('pointercancel', up);
        over.addEventListener('wheel', wheel, { passive: false });
      },
    },
  };
}
