/** The story of an incident, told without a pointer: what is not reached by keys is not there for everybody. */
import { alertsOf, calm, causeOf, entriesOf, nudgeOf, responseOf, roleOf, screenOf, severityOf, statusOf, type Screen } from './board';
import { openIncident, recover } from './control';
import { pressOn, walk } from './keys';
import { expect, say, saying, test } from './story';

const BOB = 'Bob Miller';
/** Opens a menu by its single key and takes one of its choices. */
async function choose({ page, frame }: Screen, key: string, choice: RegExp): Promise<void> {
  await page.keyboard.press(key);
  await walk(page, frame.getByRole('menuitemradio', { name: choice }), 'ArrowDown');
  await page.keyboard.press('Enter');
  await expect(frame.getByRole('menuitemradio')).toHaveCount(0);
}
const clockIn = (timeZone: string, ms: number): string => new Date(ms).toLocaleTimeString('en-GB', { timeZone });

test.beforeEach(calm);

test('from the alert to the end of the incident by keys alone', async ({ open }) => {
  test.setTimeout(180_000);
  const page = await open('bob');
  const screen = screenOf(page, 'en');
  const { frame } = screen;
  await page.goto('/');
  await pressOn(page, page.getByRole('button', { name: 'Break checkout' }));
  const incident = await openIncident();
  await page.goto(incident.page.url);
  await expect(alertsOf(screen, 'CRITICAL').first()).toBeVisible();

  await pressOn(page, frame.getByRole('button', { name: say('en', 'board.respond') }));
  await expect(responseOf(screen)).toHaveText(say('en', 'board.responder', { name: BOB }));
  await pressOn(page, frame.getByRole('button', { name: say('en', 'role.take', { role: say('en', 'role.commander') }), exact: true }));
  await expect(roleOf(screen, 'commander')).toContainText(BOB);

  const words = frame.locator('.composer').getByRole('textbox', { name: say('en', 'note.text') });
  await page.keyboard.press('n');
  await walk(page, words);
  await page.keyboard.type('Looked at nstapgri/? first');
  await page.keyboard.press('Control+Enter');
  await expect(entriesOf(screen, 'Looked at nstapgri/? first')).toHaveCount(1);

  const at = Math.floor(incident.detectedAt / 1_000) * 1_000 - 6 * 60_000;
  await walk(page, frame.locator('.composer').getByRole('textbox', { name: say('en', 'note.time') }), 'Shift+Tab');
  await page.keyboard.type(clockIn('America/New_York', at));
  await walk(page, words);
  await page.keyboard.type('Called the person on duty');
  await page.keyboard.press('Control+Enter');
  await expect(entriesOf(screen, 'Called the person on duty').locator('time')).toHaveAttribute('datetime', new Date(at).toISOString());

  await walk(page, frame.getByRole('button', { name: say('en', 'timeline.rewind') }), 'Shift+Tab');
  await page.keyboard.press('p');
  await expect(frame.getByRole('button', { name: say('en', 'timeline.paste'), exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.frameLocator('dialog.app-dialog iframe');
  await walk(page, dialog.getByRole('textbox', { name: say('en', 'paste.explain') }));
  await page.keyboard.type(`${clockIn('America/New_York', at + 60_000)} first line\n${clockIn('America/New_York', at + 120_000)} second line`);
  await expect(dialog.locator('.paste-preview tbody tr')).toHaveCount(2);
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('dialog.app-dialog')).toHaveCount(0);
  await expect(entriesOf(screen, 'second line')).toHaveCount(1);

  await walk(page, frame.getByRole('button', { name: say('en', 'timeline.rewind') }));
  await choose(screen, 's', saying('en', 'severity.sev1'));
  await expect(severityOf(screen)).toHaveText(say('en', 'severity.sev1'));

  await pressOn(page, frame.getByRole('button', { name: new RegExp(`^${say('en', 'board.cause')}:`) }));
  await pressOn(page, frame.getByRole('dialog').getByRole('button', { name: 'deploy #4711' }));
  await expect(causeOf(screen)).toContainText('deploy #4711');

  await choose(screen, 't', saying('en', 'status.mitigated'));
  await expect(statusOf(screen)).toHaveText(say('en', 'status.mitigated'));
  await recover();
  await pressOn(page, nudgeOf(screen).getByRole('button', { name: say('en', 'hint.recovered.do') }));
  await expect(statusOf(screen)).toHaveText(say('en', 'status.resolved'));
  await choose(screen, 't', saying('en', 'status.closed'));
  await expect(statusOf(screen)).toHaveText(say('en', 'status.closed'));
});
