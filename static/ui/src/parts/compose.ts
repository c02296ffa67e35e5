import { useMemo, type KeyboardEvent } from 'react';

/** Enter that ends a Japanese conversion is not an Enter. */
export function keepComposing(event: KeyboardEvent): void {
  if (event.key === 'Enter' && (event.nativeEvent.isComposing || event.keyCode === 229)) event.preventDefault();
}

interface InputMethod {
  readonly handlers: { readonly onCompositionEnd: () => void; readonly onKeyUp: () => void };
  /** Whether this key press belongs to the input method and means nothing to the form. Ask once per key press. */
  owns(event: KeyboardEvent): boolean;
}

/**
 * Tells the input method's keys from the person's. Safari ends the composition before it reports the Enter that ended it,
 * so that Enter looks like any other: it is known by the composition's end with no key let go since.
 */
export function useInputMethod(): InputMethod {
  return useMemo(() => {
    let justEnded = false;
    return {
      handlers: { onCompositionEnd: () => void (justEnded = true), onKeyUp: () => void (justEnded = false) },
      owns: (event) => {
        if (event.key !== 'Enter') justEnded = false;
        return event.nativeEvent.isComposing || event.keyCode === 229 || justEnded;
      },
    };
  }, []);
}
