import { useEffect, type RefObject } from 'react';

/** Where a press takes its own button away, the focus stays in the box: on its first control. `pressed` changes with each press that ended. */
export function useKeptFocus(box: RefObject<HTMLElement | null>, pressed: unknown): void {
  useEffect(() => {
    if (pressed !== null && document.activeElement === document.body) box.current?.querySelector<HTMLElement>('button:not([disabled])')?.focus();
  }, [box, pressed]);
}
