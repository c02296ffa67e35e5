import { home, idle, invoke, valueOf } from './control';
import { board, expect, say, saying, test } from './story';

const CASES = [
  { user: 'alice', lang: 'ja', title: 'キャッシュが冷えている', sign: 'page.whys.heading', template: 'whys' },
  { user: 'bob', lang: 'en', title: 'Card data seen in a log', sign: 'page.security.heading', template: 'security' },
] as const;

for (const { user, lang, title, sign, template } of CASES) {
  test(`${user} previews a template and gets the page it showed`, async ({ open }) => {
    const page = await open(user);
    await page.goto('/wiki/apps/incidents');
    const app = page.frameLocator('[data-module="incidents"] iframe').first();
    await app.locator('header').getByRole('button', { name: say(lang, 'home.new'), exact: true }).click();
    await app.getByLabel(saying(lang, 'home.form.field.title')).fill(title);
    await app.getByLabel(say(lang, 'home.form.template'), { exact: true }).selectOption(template);
    await app.getByText(say(lang, 'home.form.preview'), { exact: true }).click();
    const preview = app.getByRole('region', { name: say(lang, 'home.form.preview') });
    await expect(preview).toContainText(title);
    const heading = (await preview.locator('.preview-title').allTextContents()).find((text) => text === say('ja', sign) || text === say('en', sign));
    expect(heading).toBeDefined();
    await app.getByRole('form').getByRole('button', { name: say(lang, 'home.form.submit'), exact: true }).click();
    await expect(page.locator('.page-body').getByRole('heading', { name: heading ?? '', exact: true })).toBeVisible();
    await expect(board(page).getByText(title).first()).toBeVisible();
    await idle();
    const mine = (await home(user)).incidents.filter((incident) => incident.title === title);
    expect(mine).toHaveLength(1);
    // Left open it would take in the alerts of the stories that follow.
    valueOf(await invoke(user, 'incident.status', { incidentId: mine[0]?.id ?? '', status: 'closed', opId: crypto.randomUUID() }));
  });
}
