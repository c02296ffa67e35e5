/** An update to everybody: drafted from the record, written on, published; two at once lose nothing. */
import type { FrameLocator } from '@playwright/test';
import { calm, screenOf, type Screen } from './board';
import { invoke, toldInSlack, valueOf } from './control';
import { expect as patiently, say, test } from './story';

const expect = patiently.configure({ timeout: 30_000 });
async function openUpdate({ page, frame, lang }: Screen): Promise<FrameLocator> {
  await frame.getByRole('button', { name: say(lang, 'board.update.open'), exact: true }).click();
  return page.frameLocator('dialog.app-dialog iframe');
}

test.beforeEach(calm);

test('alice and bob write an update at once; alice is first, bob reads hers and publishes his after it; the viewer reads both', async ({ open }) => {
  test.setTimeout(180_000);
  const pages = await Promise.all([open('alice'), open('bob'), open('viewer')]);
  const [alice, bob, viewer] = [screenOf(pages[0], 'ja'), screenOf(pages[1], 'en'), screenOf(pages[2], 'en')];
  const { incidentId, page: home } = valueOf(await invoke('bob', 'incident.declare', { opId: crypto.randomUUID(), spaceKey: 'SRE', title: '決済が遅れる', severity: 'sev2', visibility: 'public', candidateId: null }));
  valueOf(await invoke('alice', 'incident.line', { incidentId, opId: crypto.randomUUID(), line: 'impact', text: '決済の 3 割が失敗', base: 0 }));
  await Promise.all([alice, bob, viewer].map(({ page }) => page.goto(home?.url ?? '')));
  const [hers, his] = [await openUpdate(alice), await openUpdate(bob)];
  const conditions = { ja: hers.getByRole('textbox', { name: say('ja', 'updates.conditions') }), en: his.getByRole('textbox', { name: say('en', 'updates.conditions') }) };

  await test.step('the draft says what the record knows, in the language of the page and in the one alice chooses', async () => {
    await expect(conditions.en).toHaveValue(/^SEV2, Investigating\..*\nImpact: 決済の 3 割が失敗$/);
    await hers.getByRole('combobox', { name: say('ja', 'reports.lang') }).selectOption('ja');
    await expect(conditions.ja).toHaveValue(/^SEV2・調査中。.*\n影響範囲: 決済の 3 割が失敗$/);
  });

  await test.step('what bob types stays when the window was closed', async () => {
    await conditions.en.fill('A third of payments fail');
    await bob.page.keyboard.press('Escape');
    await expect(bob.page.locator('dialog.app-dialog')).toHaveCount(0);
    await openUpdate(bob);
    await expect(conditions.en).toHaveValue('A third of payments fail');
  });

  await test.step('alice publishes; the countdown begins anew on every board, and the viewer reads it', async () => {
    await hers.getByRole('textbox', { name: say('ja', 'updates.actions') }).fill('切り戻し中');
    await hers.getByRole('button', { name: say('ja', 'updates.publish') }).click();
    await expect(alice.page.locator('dialog.app-dialog')).toHaveCount(0);
    await expect(viewer.frame.locator('.entry-update')).toContainText('Actions: 切り戻し中');
    await expect(viewer.frame.getByText(/^Next update in 59 min/)).toBeVisible();
  });

  await test.step('bob is told that hers came first, and publishes his after it', async () => {
    await his.getByRole('button', { name: say('en', 'updates.publish') }).click();
    await expect(his.getByText(say('en', 'error.update-changed'))).toBeVisible();
    await expect(his.getByText('Actions: 切り戻し中').first()).toBeVisible();
    await expect(conditions.en).toHaveValue('A third of payments fail');
    await his.getByRole('button', { name: say('en', 'updates.publish') }).click();
    await expect(bob.page.locator('dialog.app-dialog')).toHaveCount(0);
    await expect(viewer.frame.locator('.entry-update').first()).toContainText('Conditions: A third of payments fail');
    await expect(viewer.frame.locator('.entry-update')).toHaveCount(2);
  });

  await test.step('Slack has both, one message each', async () => {
    const told = async (): Promise<readonly string[]> => (await toldInSlack()).filter((text) => text.startsWith('📣') && text.includes('決済が遅れる'));
    await expect.poll(async () => (await told()).length).toBe(2);
    const [first, second] = await told();
    expect(first).toContain('対応: 切り戻し中');
    expect(second).toContain('Conditions: A third of payments fail');
  });
});
