/**
 * A button that opens a list of choices. Not a native select: there an arrow key would already change an incident that
 * others are looking at. Here keys only move; Enter or a click on a choice decides.
 */
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useInputMethod } from './compose';
import { useDismiss } from './dismiss';
import { CaretIcon, CheckIcon } from './icons';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string | undefined;
}

const itemsIn = (root: HTMLElement | null): HTMLElement[] => [...(root?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? [])];
const focusCurrent = (items: readonly HTMLElement[]): void => (items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0])?.focus();

export function Menu<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly onChoose: (value: T) => void;
  readonly pending: boolean;
  readonly className: string;
  readonly pendingLabel: string;
  readonly shortcut: string;
  /** A few words that go with the choice. */
  readonly note: { readonly label: string; readonly value: string; readonly onChange: (text: string) => void };
  /** What has to be said before somebody chooses (again). */
  readonly alert: ReactNode;
}) {
  const { open, onOpen } = props;
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const inputMethod = useInputMethod();
  const items = (): HTMLElement[] => itemsIn(root.current);
  const current = props.choices.find((choice) => choice.value === props.value);

  useEffect(() => {
    if (open) focusCurrent(itemsIn(root.current));
  }, [open]);
  useDismiss(root, open, () => onOpen(false));

  const close = (): void => {
    onOpen(false);
    button.current?.focus();
  };
  const onMenuKey = (event: KeyboardEvent): void => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  };
  const onNoteKey = (event: KeyboardEvent): void => {
    const composing = inputMethod.owns(event);
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (!composing) focusCurrent(items());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    close();
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
        data-shortcut={props.shortcut}
        onClick={() => !props.pending && onOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open || props.pending) return;
          event.preventDefault();
          onOpen(true);
        }}
      >
        <span>{current?.label}</span>
        {props.pending ? <span className="pending-dot" /> : <CaretIcon />}
      </button>
      {open && (
        <div className="menu-list" onKeyDown={onKeyDown}>
          {props.alert}
          <input
            className="menu-note"
            value={props.note.value}
            maxLength={200}
            placeholder={props.note.label}
            aria-label={props.note.label}
            onChange={(event) => props.note.onChange(event.target.value)}
            onKeyDown={onNoteKey}
            {...inputMethod.handlers}
          />
          <div role="menu" id={id} aria-label={props.label} onKeyDown={onMenuKey}>
            {props.choices.map((choice) => (
              <button
                key={choice.value}
                type="button"
                role="menuitemradio"
                aria-checked={choice.value === props.value}
                tabIndex={choice.value === props.value ? 0 : -1}
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
        </div>
      )}
    </div>
  );
}
