/** Base of the browser stories: one browser for all of them, a window per person, texts by key. */
import { test as base, type Browser, type FrameLocator, type Page } from '@playwright/test';
import { IntlMessageFormat } from 'intl-messageformat';
import en from '../../locales/en-US.json';
import ja from '../../locales/ja-JP.json';
import { launchBrowser, openAs, type SiteUserName } from '../browser';
import { siteUrl } from './control';

/** Opens a window signed in as `user`; closed when the story ends. */
type Open = (user: SiteUserName) => Promise<Page>;

export const test = base.extend<{ open: Open }, { browser: Browser }>({
  browser: [
    // Playwright reads the names of fixtures from this pattern and accepts no plain parameter.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ browser }, use) => {
    const contexts: Awaited<ReturnType<typeof openAs>>[] = [];
    await use(async (user) => {
      const context = await openAs(browser, siteUrl(), user);
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});
export { expect } from '@playwright/test';

export type Lang = 'ja' | 'en';
const texts: Record<Lang, Readonly<Record<string, string>>> = { en, ja };

/** The text of `key` as the app writes it. */
export function say(lang: Lang, key: keyof typeof en, params: Readonly<Record<string, string | number>> = {}): string {
  return new IntlMessageFormat(texts[lang][key] ?? '', lang).format(params) as string;
}

/** The text of `key` with anything in place of its parameters. */
export function saying(lang: Lang, key: keyof typeof en): RegExp {
  const parts = (texts[lang][key] ?? '').replace(/''/g, "'").split(/\{[^{}]*\}/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'));
}

const BOARD = '[data-module="incident-board"] iframe';
/** The board's frame on a Confluence page. */
export const board = (page: Page): FrameLocator => page.frameLocator(BOARD).first();
/** Resolves when the page has put the board's frame in place, whatever it shows. */
export const boardPlaced = (page: Page): Promise<void> => page.locator(BOARD).first().waitFor({ state: 'attached' });
