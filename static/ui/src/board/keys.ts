/**
 * Single keys of the board. Each names a control by `data-shortcut`: a field or a plain button gets the focus, a button that opens
 * something is opened. None of them can change the incident.
 */
import { useEffect, useState } from 'react';
import { openDialog } from '../api';
import { recall, remember } from '../parts/remembered';
import { useWords } from '../words';

const CODES: Readonly<Record<string, string>> = { KeyN: 'n', KeyS: 's', KeyT: 't', KeyA: 'a', KeyP: 'p', KeyG: 'g', KeyI: 'i', KeyR: 'r', KeyU: 'u', Slash: '/' };
const STORE = 'keys';
const BUSY = 'input, textarea, select, [contenteditable=""], [contenteditable=true], [role=menu], [role=dialog], [role=listbox]';

/** The key's name by its place on the keyboard, whatever an input method makes of it; null: none of ours. */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.target instanceof Element && event.target.closest(BUSY) !== null) return null;
  if (event.shiftKey) return event.code === 'Slash' ? '?' : null;
  return CODES[event.code] ?? null;
}

/** Opens what `data-shortcut` names, or puts the focus there. False when this board has no such control now. */
export function goToKey(key: string): boolean {
  const control = document.querySelector<HTMLElement>(`[data-shortcut="${key}"]`);
  if (control === null) return false;
  control.focus();
  const closed = control.getAttribute('aria-expanded') === 'false' || (control.hasAttribute('aria-haspopup') && !control.hasAttribute('aria-expanded'));
  if (closed) control.click();
  return true;
}

/** Listens to the keys while the frame has the focus; `help` opens their list, where they can be switched off for this viewer. */
export function useKeys(): { readonly on: boolean; readonly help: () => void } {
  const { t } = useWords();
  const [on, setOn] = useState(() => recall(STORE, (value) => (value === 'off' ? false : null)) ?? true);
  const help = (): void => {
    void openDialog('help', t('keys.title'), { on }).then(
      (answer) => {
        if (typeof answer?.['on'] !== 'boolean') return;
        remember(STORE, answer['on'] ? null : 'off');
        setOn(answer['on']);
      },
      () => undefined,
    );
  };
  useEffect(() => {
    if (!on) return;
    const pressed = (event: KeyboardEvent): void => {
      const key = keyOf(event);
      if (key === null) return;
      if (key === '?') help();
      else if (!goToKey(key)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  });
  return { on, help };
}
