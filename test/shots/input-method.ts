/** A Japanese input method as Chromium passes it on: a composition in the focused field, and its keys, which are none of the page's. */
import type { CDPSession, Page } from '@playwright/test';

export interface InputMethod {
  /** Shows `text` in the focused field as a conversion that is not finished. */
  compose(text: string): Promise<void>;
  /** Enter that belongs to the input method: key code 229, held with `modifier` or alone. */
  enter(modifier?: 'Control' | 'Meta'): Promise<void>;
  /** Finishes the conversion with `text`; then the key that did it comes up. */
  finish(text: string): Promise<void>;
}

const MODIFIERS = { Control: 2, Meta: 4 } as const;
const KEY = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 } as const;

/** Of the window's own document: the field must not stand in another site's frame. */
export async function inputMethod(page: Page): Promise<InputMethod> {
  const session: CDPSession = await page.context().newCDPSession(page);
  return {
    compose: async (text) => {
      await session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    },
    enter: async (modifier) => {
      const modifiers = modifier === undefined ? 0 : MODIFIERS[modifier];
      // Chromium passes the bare key on. Other browsers let the character follow, by which a form is sent: that must not happen either.
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', modifiers, ...KEY });
      const sent = await page.evaluate(() => document.activeElement instanceof HTMLInputElement);
      if (sent) await session.send('Input.dispatchKeyEvent', { type: 'keyDown', modifiers, text: '\r', ...KEY });
    },
    finish: async (text) => {
      await session.send('Input.insertText', { text });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...KEY });
    },
  };
}
