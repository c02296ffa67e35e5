/** An administrator lets Mackerel's webhook in: in one press or by hand, waits for the test notification, and renews the secret. */
import type { FrameLocator, Page } from '@playwright/test';
import { eventually, invoke, siteUrl, valueOf } from './control';
import { expect, say, saying, test } from './story';

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}
interface Status {
  readonly mackerel: { readonly url: string; readonly apiKey: string; readonly readOnlyKey: string };
}
const status = async (): Promise<Status> => (await (await fetch(`${siteUrl()}/__site/status`)).json()) as Status;
async function mackerel<T>(method: string, path: string, body?: object): Promise<T> {
  const { url, apiKey } = (await status()).mackerel;
  const answer = await fetch(`${url}${path}`, { method, headers: { 'x-api-key': apiKey, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
const channels = async (): Promise<readonly Channel[]> => (await mackerel<{ channels: Channel[] }>('GET', '/api/v0/channels')).channels;
async function removeChannels(): Promise<void> {
  for (const { id } of await channels()) await mackerel('DELETE', `/api/v0/channels/${id}`);
  valueOf(await invoke('admin', 'webhook.remove', {}, 'settings'));
}
/** What pressing "Test" in Mackerel does. */
const testNotification = (): Promise<unknown> => mackerel('POST', '/__console/sample', {});
async function saveKey(apiKey?: string): Promise<void> {
  const { services, rules, version } = valueOf(await invoke('admin', 'settings.get', {}, 'settings'));
  valueOf(await invoke('admin', 'settings.save', { services, rules, version, ...(apiKey === undefined ? {} : { apiKey }) }, 'settings'));
}
async function openSettings(page: Page): Promise<FrameLocator> {
  await page.goto('/wiki/apps/settings');
  return page.frameLocator('[data-module="settings"] iframe:not(dialog iframe)');
}
const button = (frame: FrameLocator, key: Parameters<typeof say>[1]) => frame.getByRole('button', { name: say('en', key), exact: true });

test('one press makes the channel, the test notification is seen to arrive, and the secret is renewed without losing one', async ({ open }) => {
  await removeChannels();
  const page = await open('admin');
  const frame = await openSettings(page);
  await expect(frame.getByText(say('en', 'health.channel.none'))).toBeVisible();
  await button(frame, 'settings.webhook.set-up').focus();
  await page.keyboard.press('Enter');
  await expect(frame.getByText(saying('en', 'settings.webhook.done'))).toBeVisible();
  await expect(frame.getByText(say('en', 'settings.webhook.waiting'))).toBeVisible();
  // The button that was pressed is gone; who works with keys is not thrown out of the card.
  await expect(frame.locator('.webhook-field button:focus')).toHaveCount(1);
  const [made, ...others] = await channels();
  expect([made?.name, others]).toEqual(['Incident Pages for Mackerel', []]);
  await testNotification();
  await expect(frame.getByText(saying('en', 'settings.webhook.heard'))).toBeVisible();

  await button(frame, 'settings.webhook.rotate').click();
  const dialog = page.frameLocator('dialog.app-dialog iframe');
  await expect(dialog.getByText(say('en', 'settings.webhook.rotate.text'))).toBeVisible();
  await dialog.getByRole('button', { name: say('en', 'common.cancel') }).click();
  await expect(page.locator('dialog.app-dialog')).toHaveCount(0);
  expect((await channels())[0]?.url).toBe(made?.url);
  await button(frame, 'settings.webhook.rotate').click();
  await dialog.getByRole('button', { name: say('en', 'settings.webhook.rotate') }).click();
  await expect(frame.getByText(saying('en', 'settings.webhook.rotated'))).toBeVisible();
  const [renewed] = await channels();
  expect([renewed?.id, renewed?.url === made?.url]).toEqual([made?.id, false]);
  await testNotification();
  await expect(frame.getByText(saying('en', 'settings.webhook.heard'))).toBeVisible();
  await expect(frame.getByText(renewed?.url ?? '')).toHaveCount(0);
});

test('with a key that may only read the address is pasted by hand, and its arrival is waited for', async ({ open }) => {
  await removeChannels();
  await saveKey((await status()).mackerel.readOnlyKey);
  try {
    const page = await open('admin');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const frame = await openSettings(page);
    await button(frame, 'settings.webhook.set-up').click();
    await expect(frame.getByText(say('en', 'settings.webhook.read-only'))).toBeVisible();
    expect(await channels()).toEqual([]);
    await button(frame, 'settings.webhook.copy').click();
    await expect(frame.getByText(say('en', 'settings.webhook.waiting'))).toBeVisible();
    const url = await page.evaluate(() => navigator.clipboard.readText());
    await mackerel('POST', '/api/v0/channels', { type: 'webhook', name: 'pasted by hand', url, events: ['alert'] });
    await testNotification();
    await expect(frame.getByText(saying('en', 'settings.webhook.heard'))).toBeVisible();
  } finally {
    await saveKey((await status()).mackerel.apiKey);
  }
});

test('a channel that Mackerel suspended is told on the Incidents page, with what to press, until it is resumed', async ({ open }) => {
  const { channel: { name } } = valueOf(await invoke('admin', 'webhook.setup', {}, 'settings'));
  const [ours] = await channels();
  await mackerel('POST', `/__console/channels/${ours?.id ?? ''}/suspend`, {});
  try {
    await saveKey();
    const page = await open('admin');
    await page.goto('/wiki/apps/incidents');
    const frame = page.frameLocator('[data-module="incidents"] iframe');
    await expect(frame.getByText(say('en', 'health.need.suspended', { name: name ?? '' }))).toBeVisible();
    await button(frame, 'home.needs.open').click();
    await expect(frame.getByRole('heading', { name: say('en', 'health.needs') })).toBeVisible();
    await expect(frame.getByText(saying('en', 'health.channel.suspended'))).toBeVisible();
  } finally {
    await mackerel('POST', `/__console/channels/${ours?.id ?? ''}/resume`, {});
    await saveKey();
  }
  await eventually('a channel in order', async () => valueOf(await invoke('admin', 'health.get', {})).webhook.channel.state === 'ok');
  const alice = await open('alice');
  await alice.goto('/wiki/apps/incidents');
  const hers = alice.frameLocator('[data-module="incidents"] iframe');
  await expect(hers.getByRole('tab')).toHaveText([say('ja', 'home.tab.now'), say('ja', 'home.tab.all'), say('ja', 'home.tab.improvements'), say('ja', 'home.tab.reviews')]);
});
