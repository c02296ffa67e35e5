/** A row that is dragged by its handle onto another row's upper or lower half. */
import { useEffect, useRef, useState, type RefObject } from 'react';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';

export type Edge = 'above' | 'below';
const KEY = 'rule-row';

interface Reorder {
  readonly row: RefObject<HTMLLIElement>;
  /** What is dragged along; fields in it could not be marked with the pointer. */
  readonly head: RefObject<HTMLDivElement>;
  readonly handle: RefObject<HTMLButtonElement>;
  readonly dragged: boolean;
  /** Where the dragged row would go, seen from this one. */
  readonly edge: Edge | null;
}

export function useReorder(id: number, drop: (dragged: number, edge: Edge) => void): Reorder {
  const row = useRef<HTMLLIElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [dragged, setDragged] = useState(false);
  const [edge, setEdge] = useState<Edge | null>(null);
  const dropped = useRef(drop);
  useEffect(() => {
    dropped.current = drop;
  });
  useEffect(() => {
    const [rowElement, headElement, handleElement] = [row.current, head.current, handle.current];
    if (rowElement === null || headElement === null || handleElement === null) return;
    const edgeAt = (clientY: number): Edge => {
      const { top, height } = rowElement.getBoundingClientRect();
      return clientY < top + height / 2 ? 'above' : 'below';
    };
    const lift = draggable({ element: headElement, dragHandle: handleElement, getInitialData: () => ({ [KEY]: id }), onDragStart: () => setDragged(true), onDrop: () => setDragged(false) });
    const land = dropTargetForElements({
      element: rowElement,
      canDrop: ({ source }) => typeof source.data[KEY] === 'number',
      onDrag: ({ source, location }) => setEdge(source.data[KEY] === id ? null : edgeAt(location.current.input.clientY)),
      onDragLeave: () => setEdge(null),
      onDrop: ({ source, location }) => {
        setEdge(null);
        const from = source.data[KEY];
        if (typeof from === 'number' && from !== id) dropped.current(from, edgeAt(location.current.input.clientY));
      },
    });
    return () => {
      lift();
      land();
    };
  }, [id]);
  return { row, head, handle, dragged, edge };
}
