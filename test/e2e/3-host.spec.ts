/** The host page around the app's frames, with a small app of its own: dialogs, events, the live channel, being offline, and what people do with pages. */
import type { BrowserContext, Frame, FrameLocator, Page } from '@playwright/test';
import type { Site } from '../../local-site/site';
import { openAs } from '../browser';
import { pageWithMacro, startProbeSite } from '../web/site';
import { expect, test } from './story';

let site: Site;
let pages = 0;
test.beforeAll(async () => {
  site = await startProbeSite();
});
test.afterAll(() => site.stop());

/** The address of a new page in OPS that holds the fixture's macro. */
async function newPage(context: BrowserContext, title = `Page ${(pages += 1)}`): Promise<string> {
  const made = await context.request.post(`${site.url}/__web/pages`, { data: { spaceKey: 'OPS', title, body: pageWithMacro(site, {}) } });
  expect(made.status()).toBe(200);
  return ((await made.json()) as { url: string }).url;
}
const PROBE = '[data-module^="probe"] iframe';
/** The fixture on a page of its own, without a document around it. */
const APP_PAGE = '/wiki/apps/probe';
const probe = (page: Page): FrameLocator => page.frameLocator(PROBE).first();
/** Opens the page and gives the app's frame, in which `window.bridge` is the real `@forge/bridge`. */
async function openProbe(page: Page, url: string): Promise<Frame> {
  await page.goto(url);
  await expect(probe(page).getByText(/ready for/)).toBeVisible();
  const frame = await (await page.locator(PROBE).first().elementHandle())?.contentFrame();
  if (!frame) throw new Error('no frame');
  return frame;
}

test.describe('a dialog of the app', () => {
  const dialog = (page: Page) => page.getByRole('dialog');
  const child = (page: Page): FrameLocator => page.frameLocator('dialog iframe');
  const results = (frame: Frame): Promise<unknown> => frame.evaluate('window.results');
  /** A button in the macro that opens the dialog with `window.options`. */
  async function withOpener(context: BrowserContext): Promise<{ page: Page; frame: Frame }> {
    const page = await context.newPage();
    const frame = await openProbe(page, await newPage(context));
    await frame.evaluate(`
      window.results = [];
      window.options = {};
      const opener = Object.assign(document.createElement('button'), { id: 'opener', textContent: 'open' });
      opener.onclick = () => new bridge.Modal({
        resource: 'ui/child', context: { entry: 'e1' }, ...window.options, onClose: (payload) => window.results.push(payload ?? 'no payload'),
      }).open();
      document.body.append(opener);`);
    return { page, frame };
  }
  async function open(page: Page): Promise<void> {
    await probe(page).locator('#opener').press('Enter');
    await expect(child(page).locator('#given')).toHaveText('{"entry":"e1"}');
  }

  test('shows its resource with the given context, answers its opener, and gives the focus back', async ({ browser }) => {
    const context = await openAs(browser, site.url, 'bob');
    const { page, frame } = await withOpener(context);
    await open(page);
    await child(page).locator('#done').click();
    await expect(dialog(page)).toHaveCount(0);
    await expect.poll(() => results(frame)).toEqual([{ answer: 42 }]);
    await expect(probe(page).locator('#opener')).toBeFocused();
    expect(await frame.evaluate(`new bridge.Modal({ resource: 'ui/none' }).open().then(() => 'opened', (error) => error.message)`)).toBe('Unable to open modal.');
    await context.close();
  });

  test('closes by Escape, also from inside, and by a press beside it, unless it was told not to', async ({ browser }) => {
    const context = await openAs(browser, site.url, 'bob');
    const { page, frame } = await withOpener(context);
    const ways: Record<string, () => Promise<void>> = {
      'Escape in the frame': () => child(page).locator('#done').press('Escape'),
      'Escape on the close button': () => page.getByRole('button', { name: 'Close' }).press('Escape'),
      'a press beside it': () => page.mouse.click(5, 5),
    };
    await frame.evaluate(`window.options = { title: 'A title' }`);
    for (const [way, leave] of Object.entries(ways)) {
      await open(page);
      await leave();
      await expect(dialog(page), way).toHaveCount(0);
    }
    await expect.poll(() => results(frame)).toEqual(['no payload', 'no payload', 'no payload']);

    await frame.evaluate(`window.options = { title: 'A title', closeOnEscape: false, closeOnOverlayClick: false }`);
    await open(page);
    // Browsers close a dialog of their own at the second Escape.
    for (const leave of [...Object.values(ways), ...Object.values(ways)]) await leave();
    await expect(child(page).locator('#done')).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await expect(dialog(page)).toHaveCount(0);
    await context.close();
  });

  test('has the size it was given, and fits a window 360 px wide', async ({ browser }) => {
    const context = await openAs(browser, site.url, 'bob');
    const { page, frame } = await withOpener(context);
    const seen: Record<string, readonly number[]> = {};
    for (const size of ['small', 'medium', 'large', 'xlarge', 'max']) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await frame.evaluate(`window.options = { size: '${size}' }`);
      await open(page);
      const wide = await dialog(page).boundingBox();
      await page.setViewportSize({ width: 360, height: 640 });
      const narrow = await page.locator('dialog iframe').boundingBox();
      seen[size] = [wide?.width ?? 0, wide?.height ?? 0, narrow?.width ?? 0, narrow?.height ?? 0];
      expect((narrow?.x ?? -1) >= 0 && (narrow?.y ?? -1) >= 0 && (narrow?.y ?? 0) + (narrow?.height ?? 0) <= 640, size).toBe(true);
      await child(page).locator('#done').click();
      await expect(dialog(page)).toHaveCount(0);
    }
    expect(seen).toEqual({ small: [400, 320, 328, 320], medium: [600, 520, 328, 520], large: [800, 720, 328, 608], xlarge: [968, 810, 328, 576], max: [1280, 900, 360, 640] });
    await context.close();
  });

  test('and the macro that opened it hear each other\'s events', async ({ browser }) => {
    const context = await openAs(browser, site.url, 'bob');
    const { page, frame } = await withOpener(context);
    await open(page);
    const inside = await (await page.locator('dialog iframe').elementHandle())?.contentFrame();
    if (!inside) throw new Error('no frame in the dialog');
    const listen = `window.heard = []; bridge.events.on('draft', (payload) => window.heard.push(payload)).then(() => true)`;
    await Promise.all([frame.evaluate(listen), inside.evaluate(listen)]);
    await inside.evaluate(`bridge.events.emit('draft', { text: 'typed in the dialog' })`);
    await expect.poll(() => frame.evaluate('window.heard')).toEqual([{ text: 'typed in the dialog' }]);
    await frame.evaluate(`bridge.events.emit('draft', { text: 'from the board' })`);
    await expect.poll(() => inside.evaluate('window.heard.at(-1)')).toEqual({ text: 'from the board' });
    await context.close();
  });
});

test.describe('the live channel', () => {
  const listen = (frame: Frame): Promise<unknown> => frame.evaluate(`window.heard = []; bridge.realtime.subscribeGlobal('news', (payload) => window.heard.push(payload)).then(() => 'open', (error) => error.message)`);
  const announce = (frame: Frame, n: number): Promise<unknown> => frame.evaluate(`bridge.invoke('announce', { channel: 'news', message: { n: ${n} } }).then(() => 'sent', (error) => error.message)`);

  test('reaches eight windows of one browser, and none of them keeps another from working', async ({ browser }) => {
    const context = await openAs(browser, site.url, 'bob');
    const frames: Frame[] = [];
    for (let n = 0; n < 8; n += 1) {
      const frame = await openProbe(await context.newPage(), APP_PAGE);
      expect(await listen(frame)).toBe('open');
      frames.push(frame);
    }
    expect(await announce(frames[7] as Frame, 1)).toBe('sent');
    for (const frame of frames) await expect.poll(() => frame.evaluate('window.heard')).toEqual([{ n: 1 }]);
    await context.close();
  });

  test('offline, calls fail at once; back online it goes on by itself', async ({ browser }) => {
    const [context, other] = [await openAs(browser, site.url, 'bob'), await openAs(browser, site.url, 'alice')];
    const frame = await openProbe(await context.newPage(), APP_PAGE);
    const sender = await openProbe(await other.newPage(), APP_PAGE);
    expect(await listen(frame)).toBe('open');
    await context.setOffline(true);
    expect(await announce(frame, 1)).toContain('cannot be reached');
    expect(await frame.evaluate(`bridge.realtime.subscribeGlobal('other', () => undefined).then(() => 'open', (error) => error.message)`)).toBe('could not subscribe to other');
    expect(await announce(sender, 2)).toBe('sent');
    await context.setOffline(false);
    // What was sent meanwhile is lost; how long coming back takes is not promised.
    await expect.poll(async () => (await announce(sender, 3), frame.evaluate('window.heard.length'))).toBeGreaterThan(0);
    expect(await frame.evaluate('window.heard[0]')).toEqual({ n: 3 });
    await context.close();
    await other.close();
  });
});

test.describe('a page', () => {
  test('is copied, moved, thrown away and brought back from its menu, in Japanese', async ({ browser }) => {
    const context = await openAs(browser, site.url, 'alice');
    const page = await context.newPage();
    await openProbe(page, await newPage(context, '決済が遅い'));
    const menu = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: 'その他の操作' }).press('Enter');
      await page.getByRole('menuitem', { name: item, exact: true }).press('Enter');
    };
    await menu('コピー');
    await expect(page.getByLabel('タイトル')).toHaveValue('決済が遅い のコピー');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'その他の操作' })).toBeFocused();
    await menu('コピー');
    await page.getByLabel('タイトル').fill('決済が遅い');
    await page.getByRole('button', { name: 'コピー' }).click();
    await expect(page.getByRole('alert')).toContainText('A page with this title already exists');
    await page.getByLabel('タイトル').fill('訓練');
    await page.getByRole('button', { name: 'コピー' }).click();
    await expect(page.locator('h1.page-title')).toHaveText('訓練');
    await expect(probe(page).getByText(/ready for/)).toBeVisible();

    await menu('移動');
    await page.getByRole('combobox', { name: /^スペース/ }).selectOption('SRE');
    await page.getByRole('button', { name: '移動' }).click();
    await expect(page.locator('.crumbs')).toHaveText('SRE');
    await menu('ゴミ箱に移動');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('SRE');
    await page.getByRole('button', { name: '元に戻す' }).click();
    await expect(page.locator('h1.page-title')).toHaveText('訓練');

    await menu('ゴミ箱に移動');
    await page.getByRole('link', { name: 'ゴミ箱' }).click();
    await page.getByRole('main').getByRole('link', { name: '訓練' }).click();
    await expect(page.getByText('このページはゴミ箱にあります。')).toBeVisible();
    await expect(page.getByRole('button', { name: '完全に削除' })).toHaveCount(0);
    await page.getByRole('button', { name: '復元' }).click();
    await expect(page.getByRole('button', { name: 'その他の操作' })).toBeVisible();
    await context.close();
  });

  test('is deleted for good by an administrator alone; a reader may only copy it elsewhere', async ({ browser }) => {
    const [admin, viewer] = [await openAs(browser, site.url, 'admin'), await openAs(browser, site.url, 'viewer')];
    const url = await newPage(admin, 'Old news');
    const reader = await viewer.newPage();
    await openProbe(reader, url);
    await reader.getByRole('button', { name: 'More actions' }).click();
    await expect(reader.getByRole('menuitem')).toHaveText(['Copy', 'Act on the page', 'Ticket of the page']);

    const page = await admin.newPage();
    await openProbe(page, url);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Move to trash' }).click();
    await page.getByRole('link', { name: 'Trash' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Old news' });
    await row.getByRole('button', { name: 'Delete permanently' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete permanently' }).click();
    await expect(page.getByText('“Old news” was deleted')).toBeVisible();
    await expect(row).toHaveCount(0);
    expect((await reader.goto(url), await reader.getByRole('heading', { level: 1 }).innerText())).toBe('We can’t find this page');
    await Promise.all([admin.close(), viewer.close()]);
  });
});
