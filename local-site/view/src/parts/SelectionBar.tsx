/** What the app offers for selected text of a page: a bar beside the selection, as long as it stands. */
import { useEffect, useState, type ReactElement, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import Button from '@atlaskit/button/new';
import AppIcon from '@atlaskit/icon/core/app';
import type { WebModule } from '../../../web/api-types';
import { openBeside } from '../bridge/inline-dialogs';
import type { Place } from '../bridge/scope';
import { useSession } from '../session';
import { useWords } from '../words';

interface Selected {
  readonly text: string;
  readonly rect: DOMRect;
}
/** The selected text below `element`; null for none, and for one that reaches out of it or into the app's own frames. */
function selectedIn(element: HTMLElement | null): Selected | null {
  const selection = window.getSelection();
  if (!element || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const text = selection.toString().trim();
  const node = range.commonAncestorContainer;
  const holder = node instanceof Element ? node : node.parentElement;
  if (text === '' || !element.contains(node) || holder?.closest('.frame')) return null;
  return { text, rect: range.getBoundingClientRect() };
}

export function SelectionBar({ within, place }: { readonly within: RefObject<HTMLElement>; readonly place: Place }): ReactElement | null {
  const say = useWords();
  const { modules, user } = useSession();
  const items = user === null ? [] : modules.filter((module) => module.type === 'confluence:contextMenu');
  const [selected, setSelected] = useState<Selected | null>(null);
  const isUsed = items.length > 0;
  useEffect(() => {
    if (!isUsed) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // While the pointer drags, the selection changes with every move.
    const onChange = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setSelected(selectedIn(within.current)), 150);
    };
    document.addEventListener('selectionchange', onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', onChange);
    };
  }, [isUsed, within]);
  if (!isUsed || selected === null) return null;
  const open = (module: WebModule): void => {
    const { text, rect } = selectedIn(within.current) ?? selected;
    setSelected(null);
    openBeside(module, { ...place, extra: { ...place.extra, selectedText: text, location: window.location.href } }, rect);
  };
  const { rect } = selected;
  const style = { top: rect.bottom + window.scrollY + 8, left: Math.max(8, Math.min(rect.left, window.innerWidth - 240)) + window.scrollX };
  return createPortal(
    // A press must not take the selection away.
    <div className="selection-bar" role="toolbar" aria-label={say('selection')} style={style} onMouseDown={(event) => event.preventDefault()}>
      {items.map((module) => (
        <Button key={module.key} appearance="subtle" iconBefore={AppIcon} onClick={() => open(module)}>
          {module.title}
        </Button>
      ))}
    </div>,
    document.body,
  );
}
