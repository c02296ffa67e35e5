/** Base of the browser stories about the site itself: a site that runs the small app of `test/web/fixture`. */
import type { Page } from '@playwright/test';
import type { Site } from '../../local-site/site';
import { openAs, type SiteUserName } from '../browser';
import { startProbeSite } from '../web/site';
import { test as base } from './story';

export { expect } from '@playwright/test';

export const test = base.extend<{ visit: (user: SiteUserName, path: string) => Promise<Page> }, { probe: Site }>({
  probe: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const site = await startProbeSite();
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  visit: async ({ browser, probe }, use) => {
    const contexts: Awaited<ReturnType<typeof openAs>>[] = [];
    await use(async (user, path) => {
      const context = await openAs(browser, probe.url, user);
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** What the probe site was asked for and does not model. */
export async function unmodelledAt(site: Site): Promise<string[]> {
  const list = (await (await fetch(`${site.url}/__site/unmodelled`)).json()) as { what: string }[];
  return list.map(({ what }) => what);
}
