import type { KeyboardEvent } from 'react';

/** Ctrl+Enter or ⌘Enter sends the form a text area stands in; never in the middle of a conversion. */
export function sendByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  event.currentTarget.form?.requestSubmit();
}
