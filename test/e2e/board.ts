/** The board as several people have it on their screens at once: where its facts stand, and how it is worked. */
import type { FrameLocator, Locator, Page } from '@playwright/test';
import { eventually, home, idle, invoke, recover, valueOf } from './control';
import { board, say, saying, type Lang } from './story';

export interface Screen {
  readonly page: Page;
  readonly frame: FrameLocator;
  readonly lang: Lang;
}
export const screenOf = (page: Page, lang: Lang): Screen => ({ page, frame: board(page), lang });

/** Firing alerts of this status. The timeline would also show what an alert was before. */
export const alertsOf = ({ frame, lang }: Screen, status: 'CRITICAL' | 'WARNING'): Locator => frame.locator('.alert', { hasText: say(lang, `alert.status.${status}`) });
export const statusOf = ({ frame }: Screen): Locator => frame.locator('.head-menus .status-menu');
export const severityOf = ({ frame }: Screen): Locator => frame.locator('.head-menus .menu-button:not(.status-menu)');
export const responseOf = ({ frame }: Screen): Locator => frame.locator('.response strong');
export const nudgeOf = ({ frame }: Screen): Locator => frame.locator('.nudge-recovered');
export const causeOf = ({ frame }: Screen): Locator => frame.locator('.alerts-foot .cause');
/** Entries of the timeline that say `text`. */
export const entriesOf = ({ frame }: Screen, text?: string | RegExp): Locator => frame.locator('.timeline-box .entry', text === undefined ? {} : { hasText: text });
/** A standard role with whoever has it. */
export const roleOf = ({ frame, lang }: Screen, role: Role): Locator => frame.locator('.role', { hasText: say(lang, `role.${role}`) });
export type Role = 'commander' | 'operator' | 'communicator' | 'scribe';

export const respond = ({ frame, lang }: Screen): Promise<void> => frame.getByRole('button', { name: say(lang, 'board.respond') }).click();
export const takeRole = ({ frame, lang }: Screen, role: Role): Promise<void> => frame.getByRole('button', { name: say(lang, 'role.take', { role: say(lang, `role.${role}`) }), exact: true }).click();

/** Finds `person` by what is typed and gives them the role. */
export async function assignRole({ frame, lang }: Screen, role: Role, typed: string, person: string): Promise<void> {
  await frame.getByRole('button', { name: say(lang, 'role.menu', { role: say(lang, `role.${role}`) }), exact: true }).click();
  await frame.getByRole('combobox', { name: say(lang, 'role.assign') }).fill(typed);
  await frame.getByRole('option', { name: person, exact: true }).click();
}

/** `time`: as a person writes it; without one the note is of now. */
export async function writeNote({ frame, lang }: Screen, text: string, time?: string): Promise<void> {
  const composer = frame.locator('.composer');
  if (time !== undefined) await composer.getByRole('textbox', { name: say(lang, 'note.time') }).fill(time);
  await composer.getByRole('textbox', { name: say(lang, 'note.text') }).fill(text);
  await composer.getByRole('button', { name: say(lang, 'note.send') }).click();
}

/** Opens the dialog for many lines, which the product draws outside the board's frame. */
export async function openPaste({ page, frame, lang }: Screen): Promise<{ readonly dialog: FrameLocator; readonly box: Locator }> {
  await frame.getByRole('button', { name: say(lang, 'timeline.paste'), exact: true }).click();
  const dialog = page.frameLocator('dialog.app-dialog iframe');
  return { dialog, box: dialog.getByRole('textbox', { name: say(lang, 'paste.explain') }) };
}

async function choose(button: Locator, screen: Screen, choice: string | RegExp, note?: string): Promise<void> {
  const { frame, lang } = screen;
  await button.click();
  if (note !== undefined) await frame.getByRole('textbox', { name: say(lang, 'board.note-beside') }).fill(note);
  await frame.getByRole('menuitemradio', { name: choice }).click();
}
export const setSeverity = (screen: Screen, severity: 'sev1' | 'sev2' | 'sev3' | 'sev4', note: string): Promise<void> => choose(severityOf(screen), screen, saying(screen.lang, `severity.${severity}`), note);
export const setStatus = (screen: Screen, status: 'mitigated' | 'closed'): Promise<void> => choose(statusOf(screen), screen, saying(screen.lang, `status.${status}`));

export async function blame({ frame, lang }: Screen, deploy: string): Promise<void> {
  await frame.getByRole('button', { name: new RegExp(`^${say(lang, 'board.cause')}:`) }).click();
  await frame.getByRole('dialog').getByRole('button', { name: deploy }).click();
}

/** What a frame offers to press, to fill in or to choose from, by its name. */
export const controlsOf = ({ frame }: Screen): Promise<readonly string[]> =>
  frame
    .locator('button:visible, input:visible, textarea:visible, select:visible, [contenteditable]:visible')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? one.textContent).map((name) => (name ?? '').trim()));

/** Checkout is healthy, and no incident is open that its next alert would join, nor was closed so lately that it would go on. */
export async function calm(): Promise<void> {
  await recover();
  await eventually('every alert to recover', async () => (await home('alice')).incidents.every((one) => one.openAlerts === 0));
  // A merged one has ended for good.
  for (const { id } of (await home('alice')).incidents.filter(({ status }) => status !== 'merged')) valueOf(await invoke('alice', 'incident.status', { incidentId: id, opId: crypto.randomUUID(), status: 'cancelled' }));
  await idle();
}
