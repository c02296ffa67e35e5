/** Every state of every screen, looked at as assistive technology does. */
import { AxeBuilder } from '@axe-core/playwright';
import en from '../../locales/en-US.json';
import { faultsOf, stage } from './host';
import { states } from './states';
import { expect, test } from '../e2e/story';

for (const state of states) {
  test(`${state.name}: accessible, translated, and nothing wider than the window`, async ({ browser }) => {
    for (const [lang, dark, width] of [['en', false, 1280], ['ja', true, 360]] as const) {
      const page = await stage(browser, { screen: state.screen, lang, dark, width, answers: state.answers(lang), ...(state.extension === undefined ? {} : { extension: state.extension }) });
      await page.locator(state.ready).first().waitFor();
      await state.act?.(page);
      await page.clock.runFor(3_000);
      // A dialog's heading is drawn by the product, around its frame. No state has frames of its own, which is all that the legacy mode leaves out.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().disableRules(state.screen === 'dialog' ? ['page-has-heading-one'] : []).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
      expect(await faultsOf(page, Object.keys(en))).toEqual({ overflow: [], untranslated: [], unmodelled: [] });
      await page.context().close();
    }
  });
}
