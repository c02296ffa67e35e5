import type { Page } from '@playwright/test';
import type { Site } from '../../local-site/site';
import { pageWithMacro } from '../web/site';
import { expect, test, unmodelledAt } from './probe';

type Site_ = Pick<Site, 'url'>;
async function send(site: Site_, path: string, body: unknown, method = 'POST', user = 'alice'): Promise<Record<string, unknown>> {
  const answer = await fetch(site.url + path, { method, headers: { 'content-type': 'application/json', 'x-site-user': user }, body: JSON.stringify(body) });
  const text = await answer.text();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
const newIssue = async (site: Site_, summary: string): Promise<string> => String((await send(site, '/__web/projects/OPS/issues', { typeId: '10001', summary }))['key']);
const newPage = async (site: Site, title: string): Promise<string> => String((await send(site, '/__web/pages', { spaceKey: 'OPS', title, body: pageWithMacro(site, {}) }))['url']);
/** What a surface says it was told, e.g. `panel page`. */
const told = (page: Page, what: string) => page.locator('.uikit p', { hasText: new RegExp(`^${what} `) }).locator('code');
const extension = async (page: Page, what: string): Promise<unknown> => {
  await expect(told(page, what)).toContainText('type');
  return JSON.parse(await told(page, what).innerText()) as unknown;
};

test.describe('on a work item', () => {
  test('the context is always there, the panel once a person has opened it, and then for everybody', async ({ visit, probe }) => {
    const key = await newIssue(probe, 'Panel');
    const bob = await visit('bob', `/browse/${key}`);
    expect(await extension(bob, 'context page')).toMatchObject({ type: 'jira:issueContext', issue: { key, type: 'Task', typeId: '10001' }, project: { key: 'OPS' } });
    await expect(told(bob, 'panel page')).toHaveCount(0);
    await bob.getByRole('group', { name: 'Apps' }).getByRole('button', { name: 'Incident' }).click();
    expect(await extension(bob, 'panel page')).toMatchObject({ type: 'jira:issuePanel', issue: { key }, isNewToIssue: true, location: `${probe.url}/browse/${key}` });
    expect(await extension(bob, 'panel function')).toEqual(await extension(bob, 'panel page'));

    const alice = await visit('alice', `/browse/${key}`);
    expect(await extension(alice, 'panel page')).toMatchObject({ isNewToIssue: false });
    await alice.getByRole('button', { name: '障害: その他の操作' }).click();
    await alice.getByRole('menuitem', { name: 'この作業項目で非表示にする' }).click();
    await expect(told(alice, 'panel page')).toHaveCount(0);
    await expect(told(bob, 'panel page')).toHaveCount(0);
    await bob.getByRole('button', { name: 'Incident now' }).click();
    await expect(told(bob, 'context page')).toHaveCount(0);
  });

  test('a surface hears that somebody else has changed it, and asks Jira as the person who looks', async ({ visit, probe }) => {
    const key = await newIssue(probe, 'Heard');
    const page = await visit('bob', `/browse/${key}`);
    await expect(told(page, 'context changes')).toHaveText('0');
    await page.getByRole('button', { name: 'Who am I' }).click();
    await expect(told(page, 'context jira')).toHaveText('200 acc-bob');
    await page.getByRole('button', { name: 'Status: To Do' }).click();
    await page.getByRole('menuitem', { name: 'In Progress' }).click();
    await expect(page.getByRole('button', { name: 'Status: In Progress' })).toBeVisible();
    await send(probe, `/__web/issues/${key}/transition`, { id: '31' });
    await expect(page.getByRole('button', { name: 'Status: Done' })).toBeVisible();
    await expect(told(page, 'context changes')).toHaveText('1');
  });

  test('each field takes a change, the item moves and is deleted', async ({ visit, probe }) => {
    const key = await newIssue(probe, 'Fields');
    const page = await visit('bob', `/browse/${key}`);
    await page.getByRole('button', { name: 'Fields' }).click();
    await page.getByRole('textbox', { name: 'Summary' }).fill('Fields and more');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Fields and more' })).toBeVisible();
    await page.getByRole('button', { name: 'Assignee: Unassigned' }).click();
    await page.getByRole('menuitemradio', { name: 'Bob Miller' }).click();
    await expect(page.getByRole('button', { name: 'Assignee: Bob Miller' })).toBeVisible();
    await page.getByRole('textbox', { name: 'Add a label' }).fill('shop');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Due date' }).fill('12/24/2026');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await (await fetch(`${probe.url}/__web/issues/${key}`, { headers: { 'x-site-user': 'bob' } })).json()) as unknown).toMatchObject({ labels: ['shop'], dueDate: '2026-12-24' });

    await page.getByRole('button', { name: 'More actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Move' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
    await expect(page).toHaveURL(/\/browse\/SUP-\d+$/);
    await page.getByRole('button', { name: 'More actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page).toHaveURL(/\/jira\/projects\/SUP$/);
    await page.goto(`/browse/${key}`);
    await expect(page.getByRole('heading', { name: 'We can’t find this work item' })).toBeVisible();
  });

  test('a new one is made in its project, where the bar leads', async ({ visit }) => {
    const page = await visit('alice', '/');
    await page.getByRole('link', { name: 'Jira', exact: true }).click();
    await page.getByRole('button', { name: '作業項目を作成' }).click();
    await page.getByLabel('要約').fill('決済が遅い');
    await page.getByRole('dialog').getByRole('button', { name: '作成' }).click();
    await expect(page.getByRole('heading', { name: '決済が遅い' })).toBeVisible();
  });

  test('surfaces lead to work items and pages', async ({ visit, probe }) => {
    const page = await visit('bob', `/browse/${await newIssue(probe, 'Ways')}`);
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    await page.getByRole('button', { name: 'To the issue' }).click();
    await expect(page).toHaveURL(/\/browse\/OPS-1$/);
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('button', { name: 'Issue in a tab' }).first().click()]);
    await expect(tab).toHaveURL(/\/browse\/OPS-1$/);
    await page.getByRole('button', { name: 'To the page' }).first().click();
    await expect(page).toHaveURL(/\/wiki\/spaces\/OPS\//);
    expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
  });
});

test.describe('on a page', () => {
  test('selected text is offered to the app, which is told of it', async ({ visit, probe }) => {
    const page = await visit('bob', await newPage(probe, 'Selected'));
    await page.getByText('Facts outside the macro.').click({ clickCount: 3 });
    await page.getByRole('toolbar', { name: 'Selected text' }).getByRole('button', { name: 'Make a ticket' }).click();
    expect(await extension(page, 'selection page')).toMatchObject({ type: 'confluence:contextMenu', selectedText: 'Facts outside the macro.', space: { key: 'OPS' } });
    expect(await extension(page, 'selection function')).toMatchObject({ selectedText: 'Facts outside the macro.' });
    const dialog = page.getByRole('dialog', { name: 'Make a ticket' });
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toHaveCount(0);
  });

  test('the menu opens the app’s action over the page, the byline its item beside it', async ({ visit, probe }) => {
    const page = await visit('bob', await newPage(probe, 'Acted'));
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Act on the page' }).click();
    const action = page.getByRole('dialog', { name: 'Act on the page' });
    expect(await extension(page, 'action page')).toMatchObject({ type: 'confluence:contentAction', content: { type: 'page' }, space: { key: 'OPS' } });
    await page.keyboard.press('Escape');
    await expect(action).toHaveCount(0);
    await page.getByRole('button', { name: 'Beside the author' }).click();
    expect(await extension(page, 'byline function')).toMatchObject({ type: 'confluence:contentBylineItem' });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  test('a ticket’s form works in the dialog of an action', async ({ visit, probe }) => {
    test.setTimeout(150_000);
    const page = await visit('bob', await newPage(probe, 'Ticket'));
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Ticket of the page' }).click();
    // What is typed reaches the surface over the bridge: a key that follows at once may overtake it on a busy computer.
    await expect(async () => {
      await page.getByRole('button', { name: 'Edit the title' }).click();
      // Only the field of the title stands in a form: until it is there, the dialog's first one is another.
      const field = page.getByRole('dialog').locator('form').getByRole('textbox');
      await field.fill('Slower checkout');
      await field.press('Enter');
      await expect(page.getByRole('button', { name: 'Edit the title' })).toHaveText('Slower checkout', { timeout: 2_000 });
    }).toPass({ timeout: 100_000 });
    await page.getByRole('combobox', { name: 'Ticket labels' }).pressSequentially('sho', { delay: 20 });
    await page.getByRole('option', { name: 'shop' }).click();
    await expect(page.locator('p', { hasText: /^chosen/ }).locator('code')).toHaveText('shop');
    await page.getByRole('combobox', { name: 'Assignee' }).pressSequentially('Mil');
    await page.getByRole('option', { name: 'Bob Miller' }).click();
    await expect(page.locator('p', { hasText: /^person/ }).locator('code')).toHaveText('acc-bob');
    await page.getByText(/^Pressed/).click();
    await expect(page.getByText('Pressed 1 times')).toBeVisible();
    await page.getByRole('tab', { name: 'Log' }).click();
    await expect(page.getByText('02:23 opened')).toBeVisible();
    await page.getByRole('button', { name: 'Ask Jira' }).click();
    await expect(page.locator('p', { hasText: /^me / }).locator('code')).toHaveText('acc-bob');
    await page.getByRole('button', { name: 'Delete' }).click();
    const really = page.getByRole('dialog', { name: 'Really?' });
    await really.getByRole('combobox', { name: 'Why' }).click();
    await page.getByRole('option', { name: 'Twice' }).click();
    await really.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('link', { name: 'Open the ticket' }).click();
    await expect(page).toHaveURL(/\/browse\/OPS-1$/);
    expect((await unmodelledAt(probe)).filter((what) => what.startsWith('UI Kit'))).toEqual([]);
  });
});
