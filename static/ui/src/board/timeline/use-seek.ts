import { useEffect, useRef, type RefObject } from 'react';
import type { Row } from './rows';

export interface Sought {
  readonly entryId: string;
}
const TRIES = 12;
const SHOWN_MS = 2_500;

/** Brings an entry into view, whatever hides it: a filter, a fold, or that it was not read yet. */
export function useSeek(
  sought: Sought | null,
  rows: readonly Row[],
  box: RefObject<HTMLDivElement | null>,
  more: { readonly filtered: boolean; readonly showAll: () => void; readonly older: number; readonly loadOlder: () => Promise<void>; readonly unfold: (flapId: string) => void },
): void {
  const done = useRef<Sought | null>(null);
  const latest = useRef(more);
  latest.current = more;
  const { filtered, older } = more;
  useEffect(() => {
    if (sought === null || done.current === sought) return;
    const has = (row: Row): boolean => (row.kind === 'flap' ? row.flap.entries.some(({ id }) => id === sought.entryId) : row.entry.id === sought.entryId);
    const row = rows.findLast(has);
    if (row === undefined) {
      if (filtered) latest.current.showAll();
      else if (older > 0) latest.current.loadOlder().catch(() => void (done.current = sought));
      else done.current = sought;
      return;
    }
    if (row.kind === 'flap' && !row.open) return latest.current.unfold(row.flap.id);
    done.current = sought;
    show(box.current, row.key, rows.indexOf(row) / rows.length, TRIES);
  }, [sought, rows, box, filtered, older]);
}

/** A list that draws only what is in view is scrolled near the row first. */
function show(box: HTMLElement | null, key: string, share: number, tries: number): void {
  const item = [...(box?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].find((one) => one.dataset['key'] === key);
  if (box === null || tries === 0) return;
  if (item === undefined) {
    box.scrollTop = share * box.scrollHeight;
    requestAnimationFrame(() => show(box, key, share, tries - 1));
    return;
  }
  box.focus({ preventScroll: true });
  item.scrollIntoView?.({ block: 'center' });
  item.classList.add('sought');
  setTimeout(() => item.classList.remove('sought'), SHOWN_MS);
}
