import type { Page } from '@playwright/test';
import type { Site } from '../../local-site/site';
import { expect, test, unmodelledAt } from './probe';

const document = (page: Page) => page.getByRole('textbox', { name: 'Page body' });
const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const settings = (page: Page) => page.getByRole('dialog', { name: 'Note settings' });
/** What the macro says it was told, e.g. `config`. */
const told = (page: Page, what: string) => page.locator('.uikit p', { hasText: new RegExp(`^${what} `) }).locator('code');

async function newPage(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await document(page).click();
}
async function publish(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.waitForURL(/\/pages\/\d+\//);
  return /\/pages\/(\d+)\//.exec(page.url())?.[1] ?? '';
}
/** The published document, as REST gives it. */
async function stored(site: Site, id: string): Promise<{ readonly content: readonly unknown[] }> {
  const answer = await fetch(`${site.url}/wiki/api/v2/pages/${id}?body-format=atlas_doc_format`, { headers: { 'x-site-user': 'alice' } });
  const page = (await answer.json()) as { body: { atlas_doc_format: { value: string } } };
  return JSON.parse(page.body.atlas_doc_format.value) as { content: unknown[] };
}
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press('Control+V');
}
const APP = '0b6c3a52-9d1e-4a6f-8a55-2f6a3f1c7d10';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('a macro chosen after a slash asks for its configuration and is stored as Confluence stores it', async ({ visit, probe }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Noted');
  await page.keyboard.type('Before');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/');
  await expect(page.getByRole('option')).toHaveText(['Probe', 'NoteA few words on the page', 'Quiet note', 'Panel note', 'Bodied note']);
  await page.keyboard.type('few');
  await expect(page.getByRole('option')).toHaveText(['NoteA few words on the page']);
  await page.keyboard.press('Enter');
  await expect(settings(page).getByText('macro {"isConfiguring":true,"isInserting":true}')).toBeVisible();
  await settings(page).getByRole('textbox', { name: 'Words' }).fill('web-01 は遅い');
  await settings(page).getByText('Loud').click();
  await settings(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(settings(page)).toHaveCount(0);
  await expect(told(page, 'config')).toHaveText('{"text":"web-01 は遅い","loud":true}');

  const { content } = await stored(probe, await publish(page));
  const { localId } = (content[1] as { attrs: { localId: string } }).attrs;
  expect(localId).toMatch(UUID);
  const { environmentId } = probe.deps.installation;
  expect(content).toEqual([
    { type: 'paragraph', content: [{ type: 'text', text: 'Before' }] },
    {
      type: 'extension',
      attrs: {
        layout: 'default',
        extensionType: 'com.atlassian.ecosystem',
        extensionKey: `${APP}/${environmentId}/static/note`,
        text: 'Note',
        localId,
        parameters: {
          layout: 'extension',
          forgeEnvironment: 'DEVELOPMENT',
          render: 'native',
          localId,
          extensionTitle: 'Note',
          extensionId: `ari:cloud:ecosystem::extension/${APP}/${environmentId}/static/note`,
          guestParams: { text: 'web-01 は遅い', loud: true },
        },
      },
    },
    { type: 'paragraph', content: [] },
  ]);
});

test('what is stored is there when the macro is configured again, and the page sees the change at once', async ({ visit }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Noted twice');
  await page.keyboard.type('/note');
  await page.keyboard.press('Enter');
  await settings(page).getByRole('textbox', { name: 'Words' }).fill('first');
  await settings(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(settings(page)).toHaveCount(0);
  await publish(page);
  await expect(told(page, 'config')).toHaveText('{"text":"first","loud":false}');
  await expect(told(page, 'editing')).toHaveText('false');

  await page.getByRole('button', { name: 'Edit' }).click();
  await card(page, 'Note').getByRole('button', { name: 'Configure' }).click();
  await expect(settings(page).getByText('macro {"isConfiguring":true,"isInserting":false}')).toBeVisible();
  await expect(settings(page).getByRole('textbox', { name: 'Words' })).toHaveValue('first');
  await settings(page).getByRole('textbox', { name: 'Words' }).fill('second');
  await settings(page).getByRole('button', { name: 'Save and stay' }).click();
  await expect(told(page, 'config')).toHaveText('{"text":"second","loud":false}');
  await expect(settings(page)).toBeVisible();
  await settings(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(settings(page)).toHaveCount(0);
  await publish(page);
  await expect(told(page, 'config')).toHaveText('{"text":"second","loud":false}');
});

test('a configuration no page can hold is refused by code and nothing of it is stored', async ({ visit, probe }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Refused');
  await page.keyboard.type('/note');
  await page.keyboard.press('Enter');
  for (const [button, sentence] of [
    ['Save null', 'INVALID_CONFIG: config.nothing is null'],
    ['Save deep', 'INVALID_CONFIG: config.deep holds an array in an array'],
    ['Save bare', 'INVALID_PAYLOAD: submit takes {config}'],
  ] as const) {
    await settings(page).getByRole('button', { name: button }).click();
    await expect(settings(page).getByText(sentence)).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(settings(page)).toHaveCount(0);
  await expect(told(page, 'config')).toHaveText('none');
  const { content } = await stored(probe, await publish(page));
  expect((content[0] as { attrs: { parameters: object } }).attrs.parameters).not.toHaveProperty('guestParams');
});

test('a macro that is gone when its configuration is saved is refused by code', async ({ visit }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Gone');
  await page.keyboard.type('/note');
  await page.keyboard.press('Enter');
  await settings(page).getByRole('textbox', { name: 'Words' }).fill('kept');
  // The dialog covers the document; somebody else's change would take the macro away like this.
  await page.locator('.macro-card').getByText('Remove').dispatchEvent('click');
  await settings(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(settings(page).getByText('MACRO_NOT_FOUND: the macro is no longer in the document')).toBeVisible();
  await expect(settings(page).getByRole('textbox', { name: 'Words' })).toHaveValue('kept');
});

test('a macro with the older panel for a configuration says that it is not modelled', async ({ visit, probe }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Panel');
  await page.keyboard.type('/panel');
  await page.keyboard.press('Enter');
  await card(page, 'Panel note').getByRole('button', { name: 'Configure' }).click();
  await expect(page.getByText('This site does not model: macro config panel (ForgeReconciler.addConfig)')).toBeVisible();
  expect(await unmodelledAt(probe)).toContain('macro config panel (ForgeReconciler.addConfig)');
});

test('a macro on a page follows the theme without being loaded again', async ({ visit }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Themed');
  await page.keyboard.type('/quiet');
  await page.keyboard.press('Enter');
  await publish(page);
  await expect(told(page, 'theme')).toHaveText('"light"');
  await page.getByRole('button', { name: 'Use dark theme' }).click();
  await expect(told(page, 'theme')).toHaveText('"dark"');
});

test('a macro that does not open its configuration on insert offers it afterwards', async ({ visit }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Quiet');
  await page.getByRole('button', { name: 'Insert' }).click();
  await page.getByRole('option', { name: 'Quiet note' }).click();
  await expect(told(page, 'config')).toHaveText('none');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await card(page, 'Quiet note').getByRole('button', { name: 'Configure' }).click();
  await expect(page.getByRole('dialog', { name: 'Quiet note' }).getByText('macro {"isConfiguring":true,"isInserting":false}')).toBeVisible();
});

test('Escape closes the list and leaves the slash; Enter that ends a composition chooses nothing', async ({ visit }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Typed');
  await page.keyboard.type('/');
  await expect(page.getByRole('listbox', { name: 'Insert' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await page.keyboard.type('etc');
  await expect(document(page)).toHaveText('/etc');

  await page.keyboard.press('Enter');
  await page.keyboard.insertText('／');
  await expect(page.getByRole('option')).toHaveCount(5);
  const ime = await page.context().newCDPSession(page);
  await ime.send('Input.imeSetComposition', { text: 'n', selectionStart: 1, selectionEnd: 1 });
  await expect(page.getByRole('option').first()).toHaveText('NoteA few words on the page');
  await page.keyboard.press('Enter');
  await expect(document(page)).toContainText('／n');
  await expect(card(page, 'Note')).toHaveCount(0);
});

test('a pasted address that a macro knows becomes the macro, one undo makes it the link again', async ({ visit, probe }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Pasted');
  await paste(page, 'https://notes.example.com/team/n/7');
  await expect(told(page, 'link')).toHaveText('"https://notes.example.com/team/n/7"');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await expect(card(page, 'Note')).toHaveCount(0);
  await expect(document(page).locator('a')).toHaveAttribute('href', 'https://notes.example.com/team/n/7');
  await page.keyboard.press('Control+Y');
  await expect(told(page, 'link')).toHaveText('"https://notes.example.com/team/n/7"');

  const { content } = await stored(probe, await publish(page));
  const { parameters } = (content[0] as { attrs: { parameters: object } }).attrs;
  expect(parameters).toMatchObject({ hasBeenAutoConverted: true, autoConvertLink: 'https://notes.example.com/team/n/7' });
  expect(parameters).not.toHaveProperty('guestParams');
  await expect(told(page, 'link')).toHaveText('"https://notes.example.com/team/n/7"');
  await expect(told(page, 'config')).toHaveText('none');
});

test('an address outside the pattern stays a link: another scheme, one segment more, one less', async ({ visit }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Links');
  const addresses = ['http://notes.example.com/team/n/7', 'https://notes.example.com/a/b/n/7', 'https://notes.example.com/team/n/'];
  for (const address of addresses) {
    await paste(page, address);
    await page.keyboard.press('Enter');
  }
  await expect(document(page).locator('a')).toHaveText(addresses);
  await expect(card(page, 'Note')).toHaveCount(0);
});

test('a macro with a body cannot be inserted here, which is said and listed', async ({ visit, probe }) => {
  const page = await visit('bob', '/wiki/spaces/OPS/pages/create');
  await newPage(page, 'Bodied');
  await page.keyboard.type('/bodied');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This site does not model: macro layout bodied')).toBeVisible();
  expect(await unmodelledAt(probe)).toContain('macro layout bodied');
});

test('editing one line leaves every other node as it was', async ({ visit, probe }) => {
  const text = (words: string, marks?: readonly object[]) => ({ type: 'text', text: words, ...(marks ? { marks } : {}) });
  const line = (words: string) => ({ type: 'paragraph', content: [text(words)] });
  const rest = [
    { type: 'heading', attrs: { level: 2 }, content: [text('What was known')] },
    { type: 'panel', attrs: { panelType: 'warning' }, content: [line('checkout is slow')] },
    { type: 'table', attrs: { isNumberColumnEnabled: false, layout: 'default' }, content: [{ type: 'tableRow', content: [{ type: 'tableHeader', attrs: {}, content: [line('Host')] }, { type: 'tableCell', attrs: {}, content: [line('web-01')] }] }] },
    { type: 'taskList', attrs: { localId: 'list-1' }, content: [{ type: 'taskItem', attrs: { localId: 'task-1', state: 'TODO' }, content: [text('Ask the shop')] }] },
    { type: 'paragraph', content: [{ type: 'status', attrs: { text: 'SEV1', color: 'red', localId: 'status-1', style: '' } }, text(' at '), text('Mackerel', [{ type: 'link', attrs: { href: 'https://mackerel.io/orgs/x' } }])] },
    { type: 'expand', attrs: { title: 'More' }, content: [line('inside')] },
    { type: 'codeBlock', attrs: { language: 'sh' }, content: [text('uptime')] },
    line('the end'),
  ];
  const body = JSON.stringify({ type: 'doc', version: 1, content: [line('first'), ...rest] });
  const made = await fetch(`${probe.url}/__web/pages`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-site-user': 'bob' }, body: JSON.stringify({ spaceKey: 'OPS', title: 'All kinds', body }) });
  const { url } = (await made.json()) as { url: string };
  const page = await visit('bob', url);
  await page.getByRole('button', { name: 'Edit' }).click();
  await document(page).getByText('first').click();
  await page.keyboard.press('Home');
  await page.keyboard.type('the ');
  const { content } = await stored(probe, await publish(page));
  expect(content).toEqual([line('the first'), ...rest]);
});

test('a page becomes a template; in it a macro knows the template and no page, on a page made from it the page', async ({ visit }) => {
  const admin = await visit('admin', '/wiki/spaces/OPS/pages/create');
  await newPage(admin, 'Postmortem');
  await admin.keyboard.type('/note');
  await admin.keyboard.press('Enter');
  await settings(admin).getByRole('textbox', { name: 'Words' }).fill('from the template');
  await settings(admin).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(settings(admin)).toHaveCount(0);
  await publish(admin);
  await admin.getByRole('button', { name: 'More actions' }).click();
  await admin.getByRole('menuitem', { name: 'Save as template' }).click();
  await admin.waitForURL(/\/wiki\/spaces\/OPS\/templates\/\d+$/);
  const id = /\d+$/.exec(admin.url())?.[0] ?? '';
  await expect(told(admin, 'template')).toHaveText(`{"id":"${id}"}`);
  await expect(told(admin, 'content')).toHaveText('none');
  await expect(told(admin, 'editing')).toHaveText('false');

  await admin.getByRole('button', { name: 'Edit' }).click();
  await expect(told(admin, 'template')).toHaveText(`{"id":"${id}"}`);
  await expect(told(admin, 'content')).toHaveText('none');
  await expect(told(admin, 'editing')).toHaveText('true');
  await card(admin, 'Note').getByRole('button', { name: 'Configure' }).click();
  await expect(settings(admin).getByRole('textbox', { name: 'Words' })).toHaveValue('from the template');
  await settings(admin).getByRole('textbox', { name: 'Words' }).fill('changed in the template');
  await settings(admin).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(settings(admin)).toHaveCount(0);
  await admin.getByRole('button', { name: 'Save template' }).click();
  await expect(told(admin, 'config')).toHaveText('{"text":"changed in the template","loud":false}');

  const bob = await visit('bob', '/wiki/spaces/OPS/overview');
  await bob.getByRole('button', { name: 'Create' }).click();
  await bob.getByRole('radio', { name: /Postmortem/ }).check();
  await bob.getByRole('button', { name: 'Next' }).click();
  await bob.getByRole('textbox', { name: 'Title' }).fill('Outage of the shop');
  await expect(told(bob, 'template')).toHaveText('none');
  const page = await publish(bob);
  await expect(told(bob, 'config')).toHaveText('{"text":"changed in the template","loud":false}');
  await expect(told(bob, 'content')).toHaveText(`{"id":"${page}","type":"page","subtype":null}`);
  await expect(told(bob, 'template')).toHaveText('none');
  await bob.getByRole('button', { name: 'More actions' }).click();
  await expect(bob.getByRole('menuitem', { name: 'Copy' })).toBeVisible();
  await expect(bob.getByRole('menuitem', { name: 'Save as template' })).toHaveCount(0);
});
