/** Single keys open or focus; none of them changes anything. */
import { expect, test } from '../e2e/story';
import { changes, stage } from './host';
import { states } from './states';

const PRINTABLE = Array.from({ length: 94 }, (_, n) => String.fromCharCode(33 + n));

test('no single key changes anything on a board, nor twice in a row', async ({ browser }) => {
  const state = states.find(({ name }) => name === 'board');
  if (state === undefined) throw new Error('There is no state board.');
  const page = await stage(browser, { screen: 'board', lang: 'ja', dark: false, width: 1280, answers: state.answers('ja') });
  await page.locator(state.ready).first().waitFor();
  const body = page.locator('body');
  for (const key of PRINTABLE) {
    for (let times = 0; times < 2; times += 1) await page.keyboard.press(key);
    await page.keyboard.press('Escape');
    await body.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  }
  await page.clock.runFor(1_000);
  expect(await changes(page)).toEqual([]);

  // The same keys do something: one of them leads to a choice, and only Enter makes it.
  await page.keyboard.press('s');
  await page.keyboard.press('ArrowDown');
  expect(await changes(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => changes(page)).toEqual([expect.stringMatching(/^incident\.severity /)]);
  await page.context().close();
});
