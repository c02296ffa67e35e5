import type { KeyboardEvent } from 'react';

/** Enter that ends a Japanese conversion is not an Enter. */
export function keepComposing(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.nativeEvent.isComposing || event.keyCode === 229)) event.preventDefault();
}
