/** A small box that hangs from its button. It is anchored inside the frame, never over the window: larger things are dialogs. */
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useDismiss } from './dismiss';

const EDGE = 8;

export function Popover(props: {
  /** What the button and the box are called. */
  readonly label: string;
  readonly button: ReactNode;
  readonly className?: string;
  readonly shortcut?: string;
  readonly title?: string | undefined;
  readonly busy?: boolean;
  /** The content; `close` gives the focus back to the button. */
  readonly children: (close: () => void) => ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  useDismiss(root, open, () => setOpen(false));

  useLayoutEffect(() => {
    const element = box.current;
    if (!open || element === null) return;
    // Also while it is open: the window may become narrower.
    const keepInside = (): void => {
      element.style.translate = '';
      const { right, left } = element.getBoundingClientRect();
      const over = right - (document.documentElement.clientWidth - EDGE);
      if (over > 0) element.style.translate = `${-Math.min(over, left - EDGE)}px`;
    };
    keepInside();
    element.querySelector<HTMLElement>('[data-first], input, button')?.focus();
    addEventListener('resize', keepInside);
    return () => removeEventListener('resize', keepInside);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };

  return (
    <div className="anchor" ref={root}>
      <button
        ref={button}
        type="button"
        className={props.className}
        title={props.title}
        aria-label={props.label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-disabled={props.busy === true || undefined}
        data-shortcut={props.shortcut}
        onClick={() => props.busy !== true && setOpen(!open)}
      >
        {props.button}
      </button>
      {open && (
        <div ref={box} id={id} className="popover" role="dialog" aria-label={props.label} onKeyDown={onKeyDown}>
          {props.children(close)}
        </div>
      )}
    </div>
  );
}
