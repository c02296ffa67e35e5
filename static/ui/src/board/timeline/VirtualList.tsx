import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { TOP_PX, type ListProps } from './lists';

const ROW_PX = 38;

/** Only the rows in view and a few around them are in the document; one that has the focus stays there. */
export default function VirtualList({ box, rows, size, draw }: ListProps) {
  const focused = useRef<string | null>(null);
  const anchor = useRef<{ readonly key: string; readonly below: number } | null>(null);
  const keyAt = useCallback((index: number) => rows[index]?.key ?? index, [rows]);
  const inView = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      const kept = focused.current === null ? -1 : rows.findIndex((row) => row.key === focused.current);
      return kept === -1 || indexes.includes(kept) ? indexes : [...indexes, kept].sort((a, b) => a - b);
    },
    [rows],
  );
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => ROW_PX, overscan: 8, getItemKey: keyAt, rangeExtractor: inView });
  const items = virtual.getVirtualItems();
  // Drawn together with its box, the list comes first: only a second look finds the box it scrolls in.
  const [, lookAgain] = useState(false);
  useLayoutEffect(() => lookAgain(true), []);

  useLayoutEffect(() => {
    const scroller = box.current;
    const held = anchor.current;
    if (scroller === null || held === null || scroller.scrollTop < TOP_PX) return;
    const start = virtual.measurementsCache[rows.findIndex((row) => row.key === held.key)]?.start;
    if (start !== undefined && start + held.below !== scroller.scrollTop) virtual.scrollToOffset(start + held.below);
    // Only rows that come or go move the reader; measuring is the virtualiser's own affair.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rows]);
  useLayoutEffect(() => {
    const top = virtual.scrollOffset ?? 0;
    const first = virtual.getVirtualItems().find((item) => item.end > top);
    anchor.current = first === undefined ? null : { key: String(first.key), below: top - first.start };
  });

  const keyOf = (target: EventTarget): string | null => (target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset['key'] ?? null;
  return (
    <ol className="entry-list entry-list-virtual" style={{ height: virtual.getTotalSize() }} onFocus={(event) => (focused.current = keyOf(event.target))} onBlur={() => (focused.current = null)}>
      {items.map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        return (
          <li key={row.key} ref={virtual.measureElement} data-index={item.index} data-key={row.key} aria-setsize={size} aria-posinset={item.index + 1} style={{ transform: `translateY(${item.start}px)` }}>
            {draw(row)}
          </li>
        );
      })}
    </ol>
  );
}
