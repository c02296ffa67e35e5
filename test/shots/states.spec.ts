/** Every state of every screen, looked at as assistive technology does. */
import axe from 'axe-core';
import type { Page } from '@playwright/test';
import en from '../../locales/en-US.json';
import { fields, WRITABLE } from './fields';
import { faultsOf, stage, type Screen } from './host';
import { states } from './states';
import { expect, test } from '../e2e/story';

/** Rules broken, with the first place of each. axe runs in the page itself: no state has frames of its own. */
async function violations(page: Page, screen: Screen): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async (rules) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ rules });
    if (found.passes.length === 0) throw new Error('axe looked at nothing');
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  }, { 'page-has-heading-one': { enabled: screen !== 'dialog' && screen !== 'graph' } }); // those stand under a heading of the product's, outside their frame
}

/** Text fields the table of fields does not know; what is in it is tried with an input method. */
async function unlisted(page: Page, screen: Screen): Promise<readonly string[]> {
  // The settings stand on the Incidents page too, for those who look after them there.
  const known = fields.filter((field) => field.screen === screen || (screen === 'home' && field.screen === 'settings')).map(({ css }) => css);
  return await page.locator(WRITABLE).evaluateAll((found, all) => found.filter((field) => !all.some((css) => field.matches(css))).map((field) => field.outerHTML.slice(0, 200)), known);
}

/** Contrast differs between the themes: the one a state is looked at in changes from day to day. */
const today = new Date().getUTCDate();

for (const [n, state] of states.entries()) {
  test(`${state.name}: accessible, translated, and nothing wider than the window`, async ({ browser }) => {
    for (const [lang, dark, width] of [['en', false, 1280], ['ja', true, 360]] as const) {
      const page = await stage(browser, { screen: state.screen, lang, dark, width, answers: state.answers(lang), ...(state.extension === undefined ? {} : { extension: state.extension }), ...(state.context === undefined ? {} : { context: state.context }) });
      await page.locator(state.ready).first().waitFor();
      await state.act?.(page);
      await page.clock.runFor(3_000);
      if (dark === ((n + today) % 2 === 0)) expect(await violations(page, state.screen)).toEqual([]);
      expect(await unlisted(page, state.screen)).toEqual([]);
      expect(await faultsOf(page, Object.keys(en))).toEqual({ overflow: [], untranslated: [], unmodelled: [] });
      await page.context().close();
    }
  });
}
