/** Two incidents turn out to be one, and an alert to belong elsewhere: what people on both pages see. */
import type { FrameLocator, Page } from '@playwright/test';
import { alertsOf, calm, entriesOf, screenOf, statusOf, writeNote, type Screen } from './board';
import { eventually, home, invoke, openIncident, valueOf } from './control';
import { expect as patiently, say, saying, test } from './story';

const expect = patiently.configure({ timeout: 30_000 });
const dialogOf = (page: Page): FrameLocator => page.frameLocator('dialog.app-dialog iframe');
const ended = (page: Page): Promise<void> => expect(page.locator('dialog.app-dialog')).toHaveCount(0);
const bannerOf = ({ frame, lang }: Screen) => frame.getByRole('complementary', { name: say(lang, 'merge.label') });

interface Made {
  readonly incidentId: string;
  readonly key: string;
  readonly url: string;
}
async function declare(title: string): Promise<Made> {
  const { incidentId, key, page } = valueOf(await invoke('bob', 'incident.declare', { opId: crypto.randomUUID(), spaceKey: 'SRE', title, severity: 'sev3', visibility: 'public', candidateId: null }));
  return { incidentId, key, url: page?.url ?? '' };
}
async function openMerge({ page, frame, lang }: Screen): Promise<FrameLocator> {
  await frame.getByRole('button', { name: say(lang, 'board.more') }).click();
  await frame.getByRole('button', { name: say(lang, 'merge.open') }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('group', { name: say(lang, 'merge.choose') })).toBeVisible();
  return dialog;
}

test.beforeEach(calm);

test('two incidents become one on every screen; the old page leads on, and a later alert goes where the response is', async ({ open }) => {
  test.setTimeout(240_000);
  const pages = await Promise.all([open('alice'), open('bob'), open('viewer')]);
  const [alice, bob, viewer] = [screenOf(pages[0], 'ja'), screenOf(pages[1], 'en'), screenOf(pages[2], 'en')];
  const byHand = await declare('Customers cannot pay');
  await alice.page.goto('/');
  await alice.page.getByRole('button', { name: '決済を壊す' }).click();
  const byRule = await openIncident();
  await Promise.all([alice.page.goto(byRule.page.url), viewer.page.goto(byRule.page.url), bob.page.goto(byHand.url)]);
  await writeNote(alice, '切り戻しを開始');
  await expect(entriesOf(viewer, '切り戻しを開始')).toHaveCount(1);

  await test.step('bob sees that both are one, reads what will happen, and merges', async () => {
    const dialog = await openMerge(bob);
    await dialog.getByRole('checkbox', { name: new RegExp(byRule.key) }).check();
    await expect(dialog.getByRole('radio', { name: new RegExp(byHand.key) })).toBeChecked();
    await expect(dialog.getByText(say('en', 'merge.preview.pages', { keys: byRule.key, key: byHand.key }))).toBeVisible();
    await dialog.getByRole('button', { name: say('en', 'merge.yes', { n: 1, key: byHand.key }) }).click();
    await ended(bob.page);
    await expect(alertsOf(bob, 'CRITICAL').first()).toContainText(say('en', 'alert.why.merged', { key: byRule.key }));
    await expect(entriesOf(bob, new RegExp(`Incident ${byRule.key} was merged into this one`))).toHaveCount(1);
  });

  await test.step('who has the old page open is told at once, and only reads there', async () => {
    for (const screen of [alice, viewer]) {
      await expect(bannerOf(screen)).toContainText(byHand.key);
      await expect(statusOf(screen)).toHaveText(say(screen.lang, 'status.merged'));
      await expect(entriesOf(screen, '切り戻しを開始')).toHaveCount(1);
      await expect(screen.frame.locator('.composer')).toHaveCount(0);
      await expect(screen.frame.locator('.alerts')).toHaveCount(0);
    }
    await bannerOf(alice).getByRole('button', { name: say('ja', 'merge.open-page', { key: byHand.key }) }).click();
    await alice.page.waitForURL((url) => url.href.includes(new URL(byHand.url, url).pathname));
    await expect(alertsOf(alice, 'CRITICAL').first()).toBeVisible();
  });

  await test.step('an alert of the same service joins the one that goes on', async () => {
    const state = (await (await fetch(`${process.env['MACKEREL_URL']}/__console/state`)).json()) as { monitors: { id: string; name: string }[]; hosts: { id: string; name: string }[] };
    const monitorId = state.monitors.find(({ name }) => name === 'queue delay')?.id;
    const hostId = state.hosts.find(({ name }) => name === 'batch-01')?.id;
    await fetch(`${process.env['MACKEREL_URL']}/__console/alerts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ monitorId, hostId, status: 'WARNING', value: 70 }) });
    await expect(alice.frame.locator('.alert', { hasText: 'queue delay' })).toBeVisible();
    await expect(bob.frame.locator('.alert', { hasText: 'queue delay' })).toBeVisible();
  });

  await test.step('that one is another matter: it is moved, and brought back with one press', async () => {
    const other = await declare('Mails are late');
    await bob.frame.getByRole('button', { name: say('en', 'alert.actions', { monitor: 'queue delay' }) }).click();
    await bob.frame.getByRole('button', { name: say('en', 'alert.move.open') }).click();
    await dialogOf(bob.page).getByRole('button', { name: say('en', 'alert.move.to', { key: other.key }) }).click();
    await ended(bob.page);
    const row = alice.frame.locator('.alert', { hasText: 'queue delay' });
    await expect(row).toHaveCount(0);
    await eventually('the alert on the other incident', async () => valueOf(await invoke('bob', 'board.load', { incidentId: other.incidentId })).alerts.some(({ monitorName }) => monitorName === 'queue delay'));
    await expect(bob.frame.getByText(say('en', 'alert.moved', { monitor: 'queue delay', key: other.key }))).toBeVisible();
    await bob.frame.getByRole('button', { name: say('en', 'common.undo') }).click();
    await expect(row).toHaveCount(1);
    await expect(entriesOf(alice, saying('ja', 'entry.alert.moved-away'))).toHaveCount(1);
    await expect(entriesOf(alice, saying('ja', 'entry.alert.moved-here'))).toHaveCount(1);
  });
});

test('several are picked on the Incidents page and merged with the keyboard alone', async ({ open }) => {
  test.setTimeout(120_000);
  const [one, two, three] = [await declare('First report'), await declare('Second report'), await declare('Third report')];
  const page = await open('bob');
  await page.goto('/wiki/apps/incidents');
  const frame = page.frameLocator('iframe').first();
  for (const { key } of [two, three, one]) await frame.getByRole('checkbox', { name: say('en', 'merge.pick', { key }) }).press('Space');
  await frame.getByRole('button', { name: say('en', 'merge.open-picked', { n: 3 }) }).press('Enter');
  const dialog = dialogOf(page);
  // The one that was declared first goes on, unless somebody chooses.
  await expect(dialog.getByRole('radio', { name: new RegExp(one.key) })).toBeChecked();
  await dialog.getByRole('radio', { name: new RegExp(one.key) }).press('ArrowDown');
  const survivor = (await dialog.getByRole('radio', { name: new RegExp(two.key) }).isChecked()) ? two : three;
  await dialog.getByRole('button', { name: say('en', 'merge.yes', { n: 2, key: survivor.key }) }).press('Enter');
  await ended(page);
  await expect(frame.getByRole('checkbox', { name: saying('en', 'merge.pick') })).toHaveCount(0);
  const { incidents } = await home('bob');
  const statusOfOne = ({ incidentId }: Made) => incidents.find(({ id }) => id === incidentId)?.status;
  expect([one, two, three].filter((made) => statusOfOne(made) === 'merged')).toHaveLength(2);
  expect(statusOfOne(survivor)).toBe('investigating');
});
