/**
 * What a person does, counted: a click, a key chord or a filled field is one action each. While it is counted nothing else may
 * act: the browser reports every press it really gets, and calls of the test itself are refused.
 */
import type { BrowserContext, Locator, Page } from '@playwright/test';

export interface Hands {
  click(where: Locator): Promise<void>;
  /** Chooses from a list: one filled field. */
  choose(where: Locator, option: string): Promise<void>;
  fill(where: Locator, text: string): Promise<void>;
  /** Keys pressed together, such as `Control+Enter`. */
  chord(where: Locator, keys: string): Promise<void>;
  /** How many actions it took. Throws when something else acted meanwhile, too; after it the test may call again. */
  done(): Promise<number>;
}

type Seen = 'press' | 'key';
const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta'];
const ACTING = ['goto', 'reload', 'goBack', 'evaluate', 'setContent'] as const;

/** Tells of every trusted press of a pointer or a key, also in frames. Has to be there before the page is opened. */
export async function watchHands(context: BrowserContext): Promise<{ begin(page: Page): Hands }> {
  const seen: Record<Seen, number> = { press: 0, key: 0 };
  await context.exposeBinding('seenByHands', (_source, kind: Seen) => void (seen[kind] += 1));
  await context.addInitScript((modifiers) => {
    const tell = (kind: Seen): void => void (globalThis as unknown as { seenByHands(kind: Seen): Promise<void> }).seenByHands(kind);
    // `click` too: a scripted one has no pointer behind it.
    addEventListener('pointerdown', (event) => event.isTrusted && tell('press'), true);
    addEventListener('click', (event) => (!event.isTrusted && event.target instanceof Element && event.target.closest('[type=file], a[download]') === null ? tell('press') : undefined), true);
    addEventListener('keydown', (event) => event.isTrusted && !modifiers.includes(event.key) && tell('key'), true);
  }, MODIFIERS);
  return { begin: (page) => begin(page, seen) };
}

function begin(page: Page, seen: Record<Seen, number>): Hands {
  const before = { ...seen };
  const count = { press: 0, key: 0, fill: 0 };
  const scripted: string[] = [];
  const send = globalThis.fetch;
  globalThis.fetch = (input) => {
    scripted.push(`fetch ${input instanceof Request ? input.url : String(input)}`);
    return Promise.reject(new Error('A scripted call is no action of a person.'));
  };
  const acting = page as unknown as Record<string, unknown>;
  for (const name of ACTING) {
    acting[name] = () => {
      scripted.push(`page.${name}`);
      return Promise.reject(new Error('A scripted call is no action of a person.'));
    };
  }
  return {
    async click(where) {
      count.press += 1;
      await where.click();
    },
    async choose(where, option) {
      count.fill += 1;
      await where.selectOption(option);
    },
    async fill(where, text) {
      count.fill += 1;
      await where.fill(text);
    },
    async chord(where, keys) {
      count.key += 1;
      await where.press(keys);
    },
    async done() {
      globalThis.fetch = send;
      for (const name of ACTING) delete acting[name];
      // What the browser still has to tell is told before this.
      await page.evaluate(() => undefined);
      const told = { press: seen.press - before.press, key: seen.key - before.key };
      if (scripted.length > 0) throw new Error(`Not only hands acted: ${scripted.join(', ')}`);
      if (told.press !== count.press || told.key !== count.key) throw new Error(`Counted ${count.press} clicks and ${count.key} chords, the browser got ${told.press} and ${told.key}.`);
      return count.press + count.key + count.fill;
    },
  };
}
