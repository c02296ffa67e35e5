import { home, idle, invoke, siteUrl, valueOf } from './control';
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

test('a page somebody wrote becomes a template, and bob’s incident page is made from it', async ({ open }) => {
  const title = 'Structure of the mail team';
  const content = [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Mail desk: {{incident.title}}' }] },
    { type: 'paragraph', content: [{ type: 'text', text: 'Ask {{nobody.knows}} first' }] },
  ];
  const made = await fetch(`${siteUrl()}/wiki/api/v2/pages`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-site-user': 'alice' },
    body: JSON.stringify({ spaceId: '65602', status: 'current', title, body: { representation: 'atlas_doc_format', value: JSON.stringify({ type: 'doc', version: 1, content }) } }),
  });
  const { id } = (await made.json()) as { id: string };

  const admin = await open('admin');
  await admin.goto('/wiki/apps/settings');
  const settings = admin.frameLocator('[data-module="settings"] iframe:not(dialog iframe)').locator('.pages');
  await settings.getByLabel(say('en', 'settings.pages.page'), { exact: true }).fill(`${siteUrl()}/wiki/spaces/SRE/pages/${id}/Structure`);
  await settings.getByLabel(say('en', 'settings.pages.page'), { exact: true }).press('Enter');
  await expect(settings.getByText(say('en', 'settings.pages.unknown', { names: '{{nobody.knows}}' }))).toBeVisible();
  await expect(settings.getByRole('region')).toContainText(`Mail desk: ${say('en', 'page.sample.title')}`);
  await settings.getByRole('button', { name: say('en', 'settings.pages.adopt', { version: 1 }), exact: true }).click();
  await expect(settings.getByRole('list')).toContainText(title);

  const page = await open('bob');
  await page.goto('/wiki/apps/incidents');
  const app = page.frameLocator('[data-module="incidents"] iframe').first();
  await app.locator('header').getByRole('button', { name: say('en', 'home.new'), exact: true }).click();
  await app.getByLabel(saying('en', 'home.form.field.title')).fill('Mails wait');
  await app.getByLabel(say('en', 'home.form.field.space'), { exact: true }).selectOption('SRE');
  await app.getByLabel(say('en', 'home.form.template'), { exact: true }).selectOption({ label: say('en', 'home.template.page.named', { name: title }) });
  await app.getByRole('form').getByRole('button', { name: say('en', 'home.form.submit'), exact: true }).click();
  await expect(page.locator('.page-body').getByRole('heading', { name: 'Mail desk: Mails wait', exact: true })).toBeVisible();
  await expect(page.locator('.page-body').getByText('Ask {{nobody.knows}} first')).toBeVisible();
  await expect(board(page).getByText('Mails wait').first()).toBeVisible();
  await idle();
  const incident = (await home('bob')).incidents.find((one) => one.title === 'Mails wait');
  valueOf(await invoke('bob', 'incident.status', { incidentId: incident?.id ?? '', status: 'closed', opId: crypto.randomUUID() }));
  const { pages } = valueOf(await invoke('admin', 'templates.pages', {}));
  for (const one of pages) valueOf(await invoke('admin', 'template.drop', { id: one.id }));
});

test('a page becomes a template from its own menu, and only by an administrator’s press', async ({ open }) => {
  const title = 'Desk of the batch team';
  const content = [{ type: 'paragraph', content: [{ type: 'text', text: 'Batch desk: {{incident.title}}, {{who.knows}}' }] }];
  const made = await fetch(`${siteUrl()}/wiki/api/v2/pages`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-site-user': 'alice' },
    body: JSON.stringify({ spaceId: '65602', status: 'current', title, body: { representation: 'atlas_doc_format', value: JSON.stringify({ type: 'doc', version: 1, content }) } }),
  });
  const { id } = (await made.json()) as { id: string };
  const opened = async (user: 'admin' | 'alice', lang: 'en' | 'ja') => {
    const page = await open(user);
    await page.goto(`/wiki/spaces/SRE/pages/${id}`);
    await page.getByRole('button', { name: lang === 'ja' ? 'その他の操作' : 'More actions' }).click();
    await page.getByRole('menuitem', { name: say(lang, 'module.template-action.title') }).click();
    return page.getByRole('dialog', { name: say(lang, 'module.template-action.title') });
  };
  await expect((await opened('alice', 'ja')).getByText(say('ja', 'error.admin-only'))).toBeVisible();
  const dialog = await opened('admin', 'en');
  await expect(dialog.getByText(say('en', 'settings.pages.unknown', { names: '{{who.knows}}' }))).toBeVisible();
  await expect(dialog.getByText(`Batch desk: ${say('en', 'page.sample.title')}`)).toBeVisible();
  await dialog.getByRole('button', { name: say('en', 'settings.pages.adopt', { version: 1 }) }).click();
  await expect(dialog.getByText(say('en', 'settings.pages.adopted', { name: title, version: 1 }))).toBeVisible();
  const { pages } = valueOf(await invoke('admin', 'templates.pages', {}));
  expect(pages.find((one) => one.pageId === id)).toMatchObject({ name: title, version: 1 });
});
