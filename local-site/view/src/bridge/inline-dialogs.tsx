/** A surface of the app beside what was pressed: one at a time, gone with the next press elsewhere. */
import { useEffect, useLayoutEffect, useRef, type CSSProperties, type ReactElement } from 'react';
import type { WebModule } from '../../../web/api-types';
import { onNavigation } from '../router';
import { createStore, useStore } from '../store';
import { Frame } from './Frame';
import type { Place } from './scope';

/** What it stands beside, in the window's coordinates. */
export interface Anchor {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}
interface Opened {
  readonly id: number;
  readonly module: WebModule;
  readonly place: Place;
  readonly anchor: Anchor;
  readonly closing: Set<() => unknown>;
}
const opened = createStore<Opened | null>(null);
let next = 1;

export function openBeside(module: WebModule, place: Place, { left, top, bottom }: Anchor): void {
  closeInline();
  opened.set(() => ({ id: next++, module, place, anchor: { left, top, bottom }, closing: new Set() }));
}
function closeInline(): void {
  const now = opened.get();
  opened.set(() => null);
  for (const work of now?.closing ?? []) void work();
}
onNavigation(closeInline);

export function InlineDialogs(): ReactElement | null {
  const now = useStore(opened);
  return now === null ? null : <InlineDialog key={now.id} opened={now} />;
}

const WIDTHS: Readonly<Record<string, number>> = { small: 320, medium: 400, large: 560 };
const MARGIN = 8;
const BAR = 56;
/** Below its anchor where there is room, else above. */
function placed({ left, top, bottom }: Anchor, size: string): CSSProperties {
  const width = Math.min(WIDTHS[size] ?? 400, window.innerWidth - 2 * MARGIN);
  const at = { width, left: Math.max(MARGIN, Math.min(left, window.innerWidth - width - MARGIN)) };
  const below = window.innerHeight - bottom - 2 * MARGIN;
  const above = top - BAR - 2 * MARGIN;
  if (below >= 320 || below >= above) return { ...at, top: bottom + MARGIN, maxHeight: Math.max(below, 200) };
  return { ...at, bottom: window.innerHeight - top + MARGIN, maxHeight: above };
}

function InlineDialog({ opened: { module, place, anchor, closing } }: { readonly opened: Opened }): ReactElement {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    ref.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    // A dialog or a menu that the surface opens over the window is drawn outside of it.
    const isOver = (target: EventTarget | null): boolean => target instanceof Element && (ref.current?.contains(target) === true || target.closest('.atlaskit-portal-container, dialog') !== null);
    const onPress = (event: PointerEvent): void => {
      if (!isOver(event.target)) closeInline();
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || document.querySelector('.atlaskit-portal [role="dialog"]') !== null) return;
      closeInline();
    };
    window.addEventListener('pointerdown', onPress, true);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('pointerdown', onPress, true);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
  const size = typeof module.viewportSize === 'string' ? module.viewportSize : 'medium';
  return (
    <div ref={ref} className="inline-dialog" role="dialog" aria-label={module.title} tabIndex={-1} style={placed(anchor, size)}>
      <Frame module={module} place={place} dialog={{ close: closeInline, escape: closeInline, onClosing: (work) => void closing.add(work) }} />
    </div>
  );
}
