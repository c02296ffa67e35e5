/** A report of an incident: written on in the dialog, saved as a Word file, made a page that others read. */
import { readFileSync } from 'node:fs';
import type { FrameLocator, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { calm, screenOf, type Screen } from './board';
import { invoke, valueOf } from './control';
import { expect as patiently, say, test } from './story';

const expect = patiently.configure({ timeout: 30_000 });
const dialogOf = (page: Page): FrameLocator => page.frameLocator('dialog.app-dialog iframe');
async function openReport({ page, frame, lang }: Screen): Promise<FrameLocator> {
  await frame.getByRole('button', { name: say(lang, 'board.report'), exact: true }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('article', { name: say(lang, 'reports.preview') })).toHaveAttribute('aria-busy', 'false');
  return dialog;
}

test.beforeEach(calm);

test('alice writes the first notice, saves it for Word and publishes it; bob and the viewer read the page', async ({ open }) => {
  test.setTimeout(180_000);
  const pages = await Promise.all([open('alice'), open('viewer')]);
  const [alice, viewer] = [screenOf(pages[0], 'ja'), screenOf(pages[1], 'en')];
  const { key, page: home } = valueOf(await invoke('bob', 'incident.declare', { opId: crypto.randomUUID(), spaceKey: 'SRE', title: '決済が失敗する', severity: 'sev2', visibility: 'public', candidateId: null }));
  await Promise.all([alice.page.goto(home?.url ?? ''), viewer.page.goto(home?.url ?? '')]);
  const dialog = await openReport(alice);
  const to = dialog.getByRole('textbox', { name: say('ja', 'report.field.recipient') });

  await test.step('what she types stays when the dialog was closed', async () => {
    await to.fill('株式会社サンプル 御中');
    await alice.page.keyboard.press('Escape');
    await expect(alice.page.locator('dialog.app-dialog')).toHaveCount(0);
    await openReport(alice);
    await expect(to).toHaveValue('株式会社サンプル 御中');
  });

  await test.step('the Word file holds what the preview shows', async () => {
    const [file] = await Promise.all([alice.page.waitForEvent('download'), dialog.getByRole('button', { name: say('ja', 'reports.word') }).click()]);
    expect(file.suggestedFilename()).toBe(`障害報告書（第一報）_${key}.docx`);
    const document = unzipSync(new Uint8Array(readFileSync(await file.path())))['word/document.xml'];
    const text = strFromU8(document ?? new Uint8Array());
    for (const words of ['障害報告書（第一報）', '株式会社サンプル 御中', '決済が失敗する', '現在調査中です。', '深くお詫び申し上げます']) expect(text).toContain(words);
  });

  await test.step('the page stands below the incident’s and is in the list', async () => {
    await dialog.getByRole('button', { name: say('ja', 'reports.publish') }).click();
    await expect(dialog.getByText(say('ja', 'reports.publish.done', { n: 1 }))).toBeVisible();
    await expect(dialog.getByRole('link', { name: say('ja', 'reports.published.open', { n: 1 }) })).toBeVisible();
  });

  await test.step('a viewer finds it in the list and reads it, and cannot publish', async () => {
    const theirs = await openReport(viewer);
    await expect(theirs.getByRole('button', { name: say('en', 'reports.publish') })).toBeDisabled();
    await expect(theirs.getByText(say('en', 'reports.cannot.view'))).toBeVisible();
    const url = await theirs.getByRole('link', { name: say('en', 'reports.published.open', { n: 1 }) }).getAttribute('href');
    await viewer.page.goto(url ?? '');
    await expect(viewer.page.getByRole('heading', { name: '障害報告書（第一報）', exact: true })).toBeVisible();
    await expect(viewer.page.getByText('株式会社サンプル 御中')).toBeVisible();
  });
});
