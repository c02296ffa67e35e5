import { useMemo, type KeyboardEvent } from 'react';

interface InputMethod {
  readonly handlers: { readonly onCompositionEnd: () => void; readonly onKeyUp: () => void };
  /** For a form the browser sends on Enter: the Enter that ends a conversion does not. */
  readonly formHandlers: InputMethod['handlers'] & { readonly onKeyDown: (event: KeyboardEvent) => void };
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
    const handlers = { onCompositionEnd: () => void (justEnded = true), onKeyUp: () => void (justEnded = false) };
    const owns = (event: KeyboardEvent): boolean => {
      if (event.key !== 'Enter') justEnded = false;
      return event.nativeEvent.isComposing || event.keyCode === 229 || justEnded;
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (owns(event) && event.key === 'Enter') event.preventDefault();
    };
    return { handlers, formHandlers: { ...handlers, onKeyDown }, owns };
  }, []);
}
