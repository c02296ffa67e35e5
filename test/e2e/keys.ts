/** Going through a page without a pointer. */
import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than a page with a board has. */
const STOPS = 200;
const focused = (target: Locator): Promise<boolean> =>
  target.evaluateAll((all) => all.some((one) => one === one.ownerDocument.activeElement && one.ownerDocument.hasFocus()));

/** Goes on by `key` until `target` has the focus. */
export async function walk(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' = 'Tab'): Promise<void> {
  await expect(target.first()).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await focused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${STOPS} × ${key} did not reach ${target.toString()}`);
}
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await walk(page, target);
  await page.keyboard.press('Enter');
}
