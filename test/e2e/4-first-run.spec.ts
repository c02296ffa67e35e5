/** A first installation, without a pointer: from the Incidents page through the set-up guide to the page of a test alert. */
import { openAs } from '../browser';
import { pressOn, walk } from './keys';
import { startSite, type RunningSite } from './site-process';
import { expect, say, saying, test, type Lang } from './story';

interface Status {
  readonly mackerel: { readonly apiKey: string };
}
/** As for an administrator whose profile is in that language. */
const LOCALES = { en: 'en-US', ja: 'ja-JP' } as const;

for (const lang of ['en', 'ja'] as const satisfies readonly Lang[]) {
  test.describe(`in ${lang}`, () => {
    let site: RunningSite;
    test.beforeAll(async () => {
      test.setTimeout(300_000);
      site = await startSite({ unconfigured: true });
    });
    test.afterAll(async () => await site.stop());

    test('an administrator comes through by keys alone, leaves and goes on, and sees the test alert’s page', async ({ browser }) => {
      test.setTimeout(180_000);
      const { apiKey } = ((await (await fetch(`${site.url}/__site/status`)).json()) as Status).mackerel;
      const context = await openAs(browser, site.url, 'admin', { locale: LOCALES[lang] });
      await context.route('**/__bridge/context', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...((await response.json()) as object), locale: LOCALES[lang] } });
      });
      const page = await context.newPage();
      const button = (key: Parameters<typeof say>[1]) => frame.getByRole('button', { name: say(lang, key), exact: true });
      const heading = (step: 'webhook' | 'services' | 'rules' | 'tickets' | 'slack' | 'sample') => frame.getByRole('heading', { name: new RegExp(say(lang, `settings.guide.step.${step}`)) });

      await page.goto('/wiki/apps/incidents');
      await pressOn(page, page.frameLocator('[data-module="incidents"] iframe').getByRole('button', { name: say(lang, 'home.setup.open') }));
      const frame = page.frameLocator('[data-module="settings"] iframe:not(dialog iframe)');

      const key = frame.getByLabel(say(lang, 'settings.key.label'), { exact: true });
      await walk(page, key);
      await page.keyboard.type('no-such-key');
      await page.keyboard.press('Enter');
      await expect(frame.getByText(say(lang, 'error.mackerel-key'))).toBeVisible();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(apiKey);
      await page.keyboard.press('Enter');
      await expect(heading('webhook')).toBeFocused();

      // Left, and gone on with: where one is comes from what is stored.
      await page.goto('/wiki/apps/settings');
      await pressOn(page, button('settings.webhook.set-up'));
      await expect(frame.getByText(saying(lang, 'settings.webhook.done'))).toBeVisible();
      await pressOn(page, button('settings.guide.next'));
      await expect(heading('services')).toBeFocused();

      await walk(page, frame.getByLabel(say(lang, 'settings.services.space'), { exact: true }));
      await page.keyboard.type('OPS');
      await pressOn(page, frame.locator('.unmapped button'));
      await expect(frame.locator('.row-service input').nth(1)).toHaveValue('OPS');
      await pressOn(page, button('settings.guide.next'));
      await expect(heading('rules')).toBeFocused();

      await walk(page, frame.getByRole('radio', { name: say(lang, 'settings.presets.people') }));
      await page.keyboard.press('ArrowUp');
      await expect(frame.getByRole('radio', { name: say(lang, 'settings.presets.critical'), exact: true })).toBeChecked();
      await pressOn(page, button('settings.guide.next'));
      await expect(heading('tickets')).toBeFocused();
      await pressOn(page, button('settings.guide.skip'));
      await expect(heading('slack')).toBeFocused();
      await pressOn(page, button('settings.guide.skip'));
      await expect(heading('sample')).toBeFocused();

      await pressOn(page, button('settings.sample.make'));
      const link = frame.getByRole('link', { name: say(lang, 'settings.sample.open') });
      await expect(link).toBeVisible();
      await walk(page, link, 'Shift+Tab');
      const opened = context.waitForEvent('page');
      await page.keyboard.press('Enter');
      const made = await opened;
      await expect(made.getByText(say(lang, 'page.sample'))).toBeVisible();
      await expect(made.locator('h1.page-title')).toContainText(say(lang, 'page.sample.title'));
      await expect(made.frameLocator('[data-module="incident-board"] iframe').getByText(say(lang, 'board.sample.text'))).toBeVisible();
      await made.close();

      await pressOn(page, button('settings.sample.remove'));
      await expect(frame.getByText(say(lang, 'settings.sample.removed'))).toBeVisible();
      await pressOn(page, button('settings.guide.finish'));
      await expect(frame.getByText(say(lang, 'settings.guide.done'))).toBeVisible();
      await expect(frame.getByRole('heading', { name: say(lang, 'settings.guide.title') })).toBeFocused();
      await context.close();
    });
  });
}
