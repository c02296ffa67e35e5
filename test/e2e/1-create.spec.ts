/** Somebody else presses Create, picks our template, publishes; the page becomes an incident's home. */
import { eventually, home, idle, invoke, siteUrl, valueOf } from './control';
import { board, expect, say, saying, test, type Lang } from './story';
import type { Page } from '@playwright/test';

const CASES = [
  { user: 'bob', lang: 'en', spaceKey: 'SRE', space: null, title: 'Mails are late', typed: 'Queue looked at by hand', create: 'Create', next: 'Next', titled: 'Title', publish: 'Publish' },
  { user: 'alice', lang: 'ja', spaceKey: 'OPS', space: 'OPS', title: 'メールが遅れている', typed: 'キューを目視で確認', create: '作成', next: '次へ', titled: 'タイトル', publish: '公開' },
] as const;

interface Node {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: { readonly parameters?: { readonly guestParams?: Readonly<Record<string, unknown>> } };
  readonly content?: readonly Node[];
}
async function stored(id: string): Promise<readonly Node[]> {
  const answer = await fetch(`${siteUrl()}/wiki/api/v2/pages/${id}?body-format=atlas_doc_format`, { headers: { 'x-site-user': 'alice' } });
  return (JSON.parse(((await answer.json()) as { body: { atlas_doc_format: { value: string } } }).body.atlas_doc_format.value) as Node).content ?? [];
}

/** The administrator's settings read the language of the story. */
async function install(page: Page, lang: Lang, spaceKey: string | null): Promise<void> {
  await page.context().route('**/__bridge/context', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as object), locale: lang === 'ja' ? 'ja-JP' : 'en-US' } });
  });
  await page.goto('/wiki/apps/settings');
  const shelf = page.frameLocator('[data-module="settings"] iframe:not(dialog iframe)').locator('[aria-labelledby=shelf-title]');
  await expect(shelf.getByRole('checkbox', { name: say(lang, 'home.template.incident'), exact: true })).toBeChecked();
  await shelf.getByLabel(say(lang, 'settings.shelf.place'), { exact: true }).selectOption(spaceKey ?? '');
  await shelf.getByLabel(say(lang, 'settings.shelf.lang'), { exact: true }).selectOption(lang);
  await shelf.getByRole('button', { name: say(lang, 'settings.shelf.install', { n: 1 }), exact: true }).click();
  await expect(shelf.getByText(say(lang, 'settings.shelf.installed', { n: 1 }))).toBeVisible();
  const row = shelf.getByRole('listitem').filter({ hasText: spaceKey === null ? say(lang, 'settings.shelf.site') : say(lang, 'settings.shelf.space', { space: spaceKey }) });
  await expect(row).toContainText(say(lang, 'settings.shelf.state.there'));
  await expect(row).toContainText('Aki Admin');
}

for (const { user, lang, spaceKey, space, title, typed, create, next, titled, publish } of CASES) {
  test(`${user} makes a page of the installed template, and the page becomes the incident's`, async ({ open }) => {
    await install(await open('admin'), lang, space);
    const name = say(lang, 'shelf.name', { template: say(lang, 'home.template.incident') });

    const page = await open(user);
    await page.goto(`/wiki/spaces/${spaceKey}/overview`);
    await page.getByRole('button', { name: create, exact: true }).click();
    await page.getByRole('radio', { name: new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) }).check();
    await page.getByRole('button', { name: next, exact: true }).click();
    await page.getByRole('textbox', { name: titled, exact: true }).fill(title);
    await page.getByRole('textbox', { name: /Page body|本文/ }).getByText(say(lang, 'page.respond.now.hint')).click();
    await page.keyboard.press('End');
    await page.keyboard.type(` ${typed}`);
    await page.getByRole('button', { name: publish, exact: true }).click();
    await page.waitForURL(/\/pages\/\d+/);
    const id = /\/pages\/(\d+)/.exec(page.url())?.[1] ?? '';

    await expect(board(page).getByRole('heading', { name: say(lang, 'board.start.title') })).toBeVisible();
    await expect(page.locator('.page-body').getByRole('heading', { name: say(lang, 'page.respond.heading'), exact: true })).toBeVisible();
    await board(page).getByRole('button', { name: say(lang, 'board.start.here'), exact: true }).click();
    await expect(board(page).getByLabel(saying(lang, 'home.form.field.title'))).toHaveValue(title);
    await board(page).getByRole('button', { name: say(lang, 'home.form.submit'), exact: true }).click();
    const incident = await eventually('the incident', async () => (await home(user)).incidents.find((one) => one.title === title));
    await expect(board(page).getByRole('button', { name: say(lang, 'board.respond'), exact: true })).toBeVisible();

    expect(incident.page?.id).toBe(id);
    await idle();
    const [macro, ...rest] = await stored(id);
    expect(macro).toMatchObject({ type: 'extension', attrs: { parameters: { guestParams: { incidentId: incident.id } } } });
    expect(JSON.stringify(rest)).toContain(typed);
    await page.reload();
    await expect(board(page).getByText(title).first()).toBeVisible();
    valueOf(await invoke(user, 'incident.status', { incidentId: incident.id, status: 'closed', opId: crypto.randomUUID() }));
  });
}
