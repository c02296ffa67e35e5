import { useLayoutEffect, useRef } from 'react';
import { TOP_PX, type ListProps } from './lists';

/** Every row in the document. Rows that come or go above never move what is being read. */
export function PlainList({ box, rows, size, draw }: ListProps) {
  const list = useRef<HTMLOListElement>(null);
  const anchor = useRef<{ readonly key: string; readonly below: number } | null>(null);
  useLayoutEffect(() => {
    const scroller = box.current;
    if (scroller === null) return;
    const items = (): HTMLElement[] => [...(list.current?.children ?? [])] as HTMLElement[];
    const held = anchor.current;
    const item = held === null ? undefined : items().find((one) => one.dataset['key'] === held.key);
    if (held !== null && item !== undefined && scroller.scrollTop >= TOP_PX) scroller.scrollTop = item.offsetTop + held.below;
    const hold = (): void => {
      const top = items().find((one) => one.offsetTop + one.offsetHeight > scroller.scrollTop);
      anchor.current = top === undefined ? null : { key: top.dataset['key'] ?? '', below: scroller.scrollTop - top.offsetTop };
    };
    hold();
    scroller.addEventListener('scroll', hold, { passive: true });
    return () => scroller.removeEventListener('scroll', hold);
  }, [box, rows]);
  return (
    <ol className="entry-list" ref={list}>
      {rows.map((row, n) => (
        <li key={row.key} data-key={row.key} aria-setsize={size} aria-posinset={n + 1}>
          {draw(row)}
        </li>
      ))}
    </ol>
  );
}
