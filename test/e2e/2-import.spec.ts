/** A record that was saved as a file is brought in by an administrator, and read by everybody as an incident. */
import { collected, recordFile } from '../../static/ui/src/settings/data/collect';
import { calm, screenOf } from './board';
import { invoke, valueOf } from './control';
import { expect as patiently, say, saying, test } from './story';

const expect = patiently.configure({ timeout: 30_000 });

/** What the report dialog saves of an incident that is over, as if it had happened on another site. */
async function aFile(): Promise<string> {
  const { incidentId } = valueOf(await invoke('alice', 'incident.declare', { opId: crypto.randomUUID(), spaceKey: 'SRE', title: '決済が失敗する', severity: 'sev2', visibility: 'public', candidateId: null }));
  const of = () => ({ incidentId, opId: crypto.randomUUID() });
  valueOf(await invoke('alice', 'note.add', { ...of(), notes: [{ text: 'プールを拡大して復旧', at: null, link: null }] }));
  valueOf(await invoke('alice', 'incident.status', { ...of(), status: 'closed' }));
  const { rows, now } = valueOf(await invoke('alice', 'report.record', { incidentId, after: null }));
  return recordFile(collected(null, { rows, now, next: null })).replaceAll(incidentId, crypto.randomUUID());
}

test.beforeEach(calm);

test('admin looks at the file, brings it in, and bob reads it; brought once more it is the same', async ({ open }) => {
  test.setTimeout(180_000);
  const buffer = Buffer.from(await aFile());
  const pages = await Promise.all([open('admin'), open('bob')]);
  const [page, bob] = [pages[0], screenOf(pages[1], 'en')];
  await page.goto('/wiki/apps/incidents');
  const frame = page.frameLocator('[data-module="incidents"] iframe');
  const lang = (await frame.locator('html').getAttribute('lang')) === 'ja' ? 'ja' : 'en';
  await frame.getByRole('tab', { name: say(lang, 'home.tab.all') }).click();
  await frame.getByRole('button', { name: say(lang, 'settings.import.open') }).click();
  const box = frame.getByRole('region', { name: say(lang, 'settings.import.title') });
  const choose = (name: string, content: Buffer): Promise<void> => box.getByLabel(say(lang, 'settings.import.choose')).setInputFiles({ name, mimeType: 'application/json', buffer: content });

  await test.step('a file that was cut says so, and nothing is made', async () => {
    await choose('cut.json', buffer.subarray(0, buffer.length / 2));
    await expect(box.getByRole('alert')).toContainText(say(lang, 'error.import-no-json'));
  });
  await test.step('what becomes of it is shown first', async () => {
    await choose('incident.json', buffer);
    await expect(box.getByText('決済が失敗する')).toBeVisible();
    await box.getByRole('combobox', { name: say(lang, 'settings.import.space') }).selectOption('SRE');
    await box.getByRole('button', { name: say(lang, 'settings.import.yes') }).click();
    await expect(box.getByText(saying(lang, 'settings.import.done'))).toBeVisible();
  });
  await test.step('the same file once more is the same incident', async () => {
    await choose('incident.json', buffer);
    await expect(box.getByText(saying(lang, 'settings.import.already'))).toBeVisible();
    await expect(box.getByRole('button', { name: say(lang, 'settings.import.yes') })).toHaveCount(0);
  });
  await test.step('its page holds the board, which says where it came from', async () => {
    await box.getByRole('button', { name: say(lang, 'settings.import.page') }).click();
    await expect(page).toHaveURL(/\/wiki\/spaces\/SRE\/pages\/\d+/);
    await bob.page.goto(page.url());
    await expect(bob.frame.getByText(saying('en', 'board.imported'))).toBeVisible();
    await expect(bob.frame.getByText('プールを拡大して復旧')).toBeVisible();
  });
});
