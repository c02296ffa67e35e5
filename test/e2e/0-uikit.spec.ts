import { expect, test, unmodelledAt } from './probe';

test('what is typed and chosen in a UI Kit form arrives in the app’s function', async ({ visit }) => {
  const page = await visit('bob', '/wiki/apps/form');
  await expect(page.getByRole('heading', { name: 'A surface' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('as it was');
  await page.getByRole('textbox', { name: 'Title' }).fill('p95 slow');
  await page.getByRole('textbox', { name: 'Kept by the app' }).pressSequentially('web-01 is slow', { delay: 5 });
  await expect(page.getByRole('textbox', { name: 'Kept by the app' })).toHaveValue('WEB-01 IS SLOW');
  await page.getByRole('textbox', { name: 'Note' }).fill('決済が遅い');
  await page.getByRole('combobox', { name: 'Service' }).click();
  await page.getByRole('option', { name: 'SEARCH' }).click();
  await page.getByRole('combobox', { name: 'Day' }).fill('11/24/2026');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'outside' }).check();
  await page.getByRole('checkbox', { name: 'Agreed' }).check();
  await page.getByRole('checkbox', { name: 'alerts' }).check();
  await page.locator('label', { has: page.getByRole('checkbox', { name: 'Loud' }) }).click();
  await page.getByRole('combobox', { name: 'Person' }).fill('Bob');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send' }).click();

  const arrived = page.locator('p', { hasText: 'Arrived:' }).locator('code');
  await expect(arrived).toContainText('title');
  expect(JSON.parse(await arrived.innerText())).toEqual({
    title: 'p95 slow',
    free: 'WEB-01 IS SLOW',
    note: '決済が遅い',
    service: { label: 'SEARCH', value: 'search' },
    day: '2026-11-24',
    place: 'outside',
    agreed: true,
    sections: ['alerts', 'hosts'],
    loud: false,
    person: 'acc-bob',
  });
});

test('a needed field that is empty says so and nothing is sent', async ({ visit }) => {
  const page = await visit('bob', '/wiki/apps/form');
  await expect(page.getByText('At most ten letters.')).toBeVisible();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Give a title of at most ten letters.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Arrived: nothing yet')).toBeVisible();
  await page.getByRole('textbox', { name: 'Title' }).fill('short');
  await expect(page.getByText('At most ten letters.')).toBeVisible();
});

test('a table shows rendered cells, sorts by their keys and turns its pages', async ({ visit }) => {
  const page = await visit('bob', '/wiki/apps/form');
  const cells = page.getByRole('table', { name: 'Hosts' }).locator('tbody td');
  await expect(cells).toHaveText(['web-2', '7', 'web-1', '40']);
  await page.getByRole('button', { name: /^Host/ }).click();
  await expect(cells).toHaveText(['db-1', '3', 'web-1', '40']);
  await page.getByRole('button', { name: /2$/ }).click();
  await expect(cells).toHaveText(['web-2', '7']);
});

test('a button in a prop opens a dialog over the window, Escape closes it', async ({ visit }) => {
  const page = await visit('bob', '/wiki/apps/form');
  await page.getByRole('button', { name: 'Open dialog' }).click();
  const dialog = page.getByRole('dialog', { name: 'A dialog' });
  await expect(dialog.getByText('Over the whole window')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a component the site does not know is refused with its name and listed', async ({ visit, probe }) => {
  const page = await visit('alice', '/wiki/apps/form');
  await expect(page.getByRole('alert').filter({ hasText: 'Hologram' })).toHaveText('UI Kit のコンポーネント「Hologram」はこのサイトでは表示できません。');
  expect(await unmodelledAt(probe)).toContain('UI Kit component Hologram');
});

test('a script address in a link leads nowhere, one of the site is followed without a load', async ({ visit }) => {
  const page = await visit('bob', '/wiki/apps/form');
  await expect(page.getByText('evil')).toBeVisible();
  expect(await page.locator('a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol))).not.toContain('javascript:');
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.getByRole('link', { name: 'home', exact: true }).click();
  await expect(page).toHaveURL(/\/wiki\/home$/);
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('a surface that throws says so in its place and can be started again', async ({ visit }) => {
  const page = await visit('bob', '/wiki/apps/form');
  await page.getByRole('button', { name: 'Break' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Form did not load' })).toContainText('the surface broke');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('heading', { name: 'A surface' })).toBeVisible();
});

test('the surface’s code runs on the app’s origin and is not seen', async ({ visit, probe }) => {
  const page = await visit('bob', '/wiki/apps/form');
  await expect(page.getByRole('heading', { name: 'A surface' })).toBeVisible();
  const frame = page.locator('.uikit iframe');
  await expect(frame).toBeHidden();
  const src = (await frame.getAttribute('src')) ?? '';
  expect(new URL(src).origin).toBe(probe.urls.app);
  const csp = (await fetch(src)).headers.get('content-security-policy') ?? '';
  expect(csp).not.toMatch(/script-src[^;]*'unsafe-inline'/);
});
