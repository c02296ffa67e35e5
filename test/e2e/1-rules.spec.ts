/** An administrator orders, tries, exports and imports rules, and saves them. */
import { readFileSync } from 'node:fs';
import type { FrameLocator } from '@playwright/test';
import type { RuleView, RuleWhen, SettingsView } from '../../src/contract';
import { idle, invoke, raise, recover, valueOf } from './control';
import { expect, say, test } from './story';

const ANY: RuleWhen = { monitor: null, type: null, service: null, role: null, host: null, statuses: [], name: null, time: null };
// All are ignored: what other stories see of alerts does not change.
const ignored = (id: string, name: string, when: Partial<RuleWhen>): RuleView => ({ id, name, when: { ...ANY, ...when }, then: { action: 'ignore' } });
const CHECKOUT = ignored('checkout', 'Checkout', { service: 'shop', statuses: ['CRITICAL'] });
const BLOG = ignored('blog', 'Blog', { role: 'blog:app' });
const REST = ignored('rest', 'Rest', {});

const settings = async (): Promise<SettingsView> => valueOf(await invoke('admin', 'settings.get', {}, 'settings'));
async function save(part: Pick<SettingsView, 'rules' | 'fallback' | 'grouping'>): Promise<void> {
  const { services, version } = await settings();
  valueOf(await invoke('admin', 'settings.save', { services, version, rules: part.rules, fallback: part.fallback, grouping: part.grouping }, 'settings'));
}
const names = (frame: FrameLocator) => frame.locator('.rule-name');
const button = (frame: FrameLocator, key: Parameters<typeof say>[1], n: number) => frame.getByRole('button', { name: say('en', key, { n }), exact: true });
/** With the pointer, by the handle. A page that scrolls in between would end the browser's drag. */
async function drag(frame: FrameLocator, from: number, onto: number, edge: 'above' | 'below'): Promise<void> {
  const row = frame.locator('.rule').nth(onto - 1);
  await frame.locator('.rule').nth(1).evaluate((middle) => middle.scrollIntoView({ block: 'center' }));
  const height = (await row.boundingBox())?.height ?? 0;
  await button(frame, 'settings.rules.reorder', from).dragTo(row, { targetPosition: { x: 60, y: edge === 'above' ? 5 : height - 5 }, steps: 8 });
}

test('rules are ordered by dragging and by keys, tried, exported and imported; only Save stores them', async ({ open }) => {
  const before = await settings();
  await save({ rules: [CHECKOUT, BLOG, REST], fallback: 'ignore', grouping: before.grouping });
  try {
    await raise('blog response time', 'blog-01', 'WARNING', 900);
    await idle();
    const page = await open('admin');
    await page.goto('/wiki/apps/settings');
    const frame = page.frameLocator('[data-module="settings"] iframe:not(dialog iframe)');
    await expect(names(frame)).toHaveText(['Checkout', 'Blog', 'Rest']);

    await drag(frame, 1, 3, 'below');
    await expect(names(frame)).toHaveText(['Blog', 'Rest', 'Checkout']);
    await drag(frame, 3, 1, 'above');
    await expect(names(frame)).toHaveText(['Checkout', 'Blog', 'Rest']);
    await button(frame, 'settings.rules.reorder', 1).focus();
    await page.keyboard.press('ArrowDown');
    await expect(button(frame, 'settings.rules.reorder', 2)).toBeFocused();
    await expect(names(frame)).toHaveText(['Blog', 'Checkout', 'Rest']);

    await button(frame, 'settings.rules.edit', 1).press('Enter');
    await frame.getByLabel(say('en', 'settings.rules.action')).selectOption('declare');
    await frame.getByLabel(say('en', 'severity.label')).selectOption('sev3');
    await frame.getByRole('button', { name: say('en', 'settings.rules.trial.run') }).click();
    const tried = frame.locator('.trial', { hasText: 'blog response time' }).first();
    await expect(tried.locator('.trial-said')).toContainText('declare SEV3, in space SRE');
    await tried.getByRole('button').click();
    await expect(tried.locator('.trial-why')).toContainText('Rule 1 (Blog) fits in all it asks for');
    await frame.getByLabel(say('en', 'settings.rules.action')).selectOption('ignore');
    await button(frame, 'settings.rules.down', 1).click();
    await frame.getByRole('button', { name: say('en', 'settings.rules.trial.run') }).click();
    await expect(tried.locator('.trial-why')).toContainText('Service: blog, asked for: shop');
    await expect(tried.locator('.trial-said')).toContainText('Rule 2');

    const [download] = await Promise.all([page.waitForEvent('download'), frame.getByRole('button', { name: say('en', 'settings.rules.export'), exact: true }).click()]);
    expect(download.suggestedFilename()).toBe('incident-rules.json');
    const exported = JSON.parse(readFileSync(await download.path(), 'utf8')) as { rules: RuleView[] };
    expect(exported).toEqual({ schema: 1, rules: [CHECKOUT, BLOG, REST], fallback: 'ignore', grouping: before.grouping });

    const file = (content: unknown) => frame.locator('input[type=file]').setInputFiles({ name: 'from-elsewhere.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) });
    const panel = frame.getByRole('group', { name: say('en', 'settings.rules.import') });
    await file({ ...exported, rules: [CHECKOUT, { ...BLOG, when: { ...BLOG.when, role: 'app' } }] });
    await expect(panel.getByRole('listitem')).toHaveText(['Rule 2 · Role: Write the role as service:role. rules[1].when.role']);
    await panel.getByRole('button', { name: say('en', 'common.done') }).click();
    await expect(names(frame)).toHaveText(['Checkout', 'Blog', 'Rest']);

    const night = { ...BLOG, name: 'Blog at night', when: { ...BLOG.when, time: { days: [0, 6], from: 1320, to: 360, zone: 'Asia/Tokyo' } } };
    await file({ ...exported, rules: [REST, night, CHECKOUT], grouping: { by: 'role', monitorMinutes: 0, flapMinutes: 30 } });
    await panel.getByRole('button', { name: say('en', 'settings.rules.import.yes') }).click();
    await expect(names(frame)).toHaveText(['Rest', 'Blog at night', 'Checkout']);
    expect((await settings()).rules).toEqual([CHECKOUT, BLOG, REST]);
    await drag(frame, 3, 1, 'above');
    await expect(names(frame)).toHaveText(['Checkout', 'Rest', 'Blog at night']);

    await frame.getByRole('button', { name: say('en', 'settings.submit'), exact: true }).click();
    await expect(frame.getByText(/^Saved \d/)).toBeVisible();
    expect(await settings()).toMatchObject({ rules: [CHECKOUT, REST, night], fallback: 'ignore', grouping: { by: 'role', monitorMinutes: 0, flapMinutes: 30 } });
  } finally {
    await recover();
    await idle();
    await save(before);
  }
});
