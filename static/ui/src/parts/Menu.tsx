/**
 * A button that opens a list of choices. Not a native select: there an arrow key would already change an incident that
 * others are looking at. Here keys only move; Enter or a click decides.
 */
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { CaretIcon, CheckIcon } from './icons';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export function Menu<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChoose: (value: T) => void;
  readonly pending: boolean;
  readonly className: string;
  readonly pendingLabel: string;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const items = (): HTMLElement[] => [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? [])];
  const current = props.choices.find((choice) => choice.value === props.value);

  useEffect(() => {
    if (!open) return;
    (items().find((item) => item.getAttribute('aria-checked') === 'true') ?? items()[0])?.focus();
    const away = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else if (to !== undefined) all[(to + all.length) % all.length]?.focus();
    if (event.key === 'Escape' || to !== undefined) event.preventDefault();
  };

  return (
    <div className="menu" ref={root}>
      <button
        ref={button}
        type="button"
        className={`menu-button ${props.className} ${props.pending ? 'pending' : ''}`}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-disabled={props.pending || undefined}
        aria-label={`${props.label}: ${current?.label ?? ''}${props.pending ? ` (${props.pendingLabel})` : ''}`}
        onClick={() => !props.pending && setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open || props.pending) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <span>{current?.label}</span>
        {props.pending ? <span className="pending-dot" /> : <CaretIcon />}
      </button>
      {open && (
        <div className="menu-list" role="menu" id={id} aria-label={props.label} onKeyDown={onKeyDown}>
          {props.choices.map((choice) => (
            <button
              key={choice.value}
              type="button"
              role="menuitemradio"
              aria-checked={choice.value === props.value}
              tabIndex={-1}
              className="menu-item"
              onClick={() => {
                close();
                if (choice.value !== props.value) props.onChoose(choice.value);
              }}
            >
              <span className="menu-check">{choice.value === props.value && <CheckIcon />}</span>
              <span className="menu-text">
                {choice.label}
                {choice.hint !== undefined && <span className="menu-hint">{choice.hint}</span>}
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
