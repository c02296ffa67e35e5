import { useEffect, type RefObject } from 'react';

/** Closes what is open inside `root` when somebody presses or goes elsewhere. */
export function useDismiss(root: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    const element = root.current;
    if (!open || element === null) return;
    const pressed = (event: Event): void => {
      if (!element.contains(event.target as Node)) close();
    };
    const left = (event: FocusEvent): void => {
      if (event.relatedTarget !== null && !element.contains(event.relatedTarget as Node)) close();
    };
    document.addEventListener('pointerdown', pressed);
    element.addEventListener('focusout', left);
    return () => {
      document.removeEventListener('pointerdown', pressed);
      element.removeEventListener('focusout', left);
    };
  });
}
