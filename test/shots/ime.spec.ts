/** An input method's Enter never sends, in any text field of any screen. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import ts from 'typescript';
import { expect, test } from '../e2e/story';
import { head, NOW, settings } from './data';
import { fields, type Field } from './fields';
import { changes, stage, type Answer } from './host';
import { inputMethod } from './input-method';
import { review } from './review-states';
import { value, type State } from './state';
import { states } from './states';

const SOURCES = join(__dirname, '../../static/ui/src');
const ACCEPTED: Readonly<Record<string, Answer>> = {
  ...Object.fromEntries(['incident.line', 'incident.places', 'incident.role', 'note.add', 'note.edit', 'ticket.create', 'audience.add'].map((verb) => [verb, value(head('ja'))])),
  'incident.declare': value({ incidentId: 'i1', key: '2026-042', page: null, already: false }),
  'settings.save': value(settings),
  'review.save': value(review('ja')),
  'erase.begin': value({ of: 'incident', state: 'done', erased: 1, left: { channel: false, pages: 0, issues: 0 }, at: NOW }),
};

async function open(browser: Browser, state: State): Promise<Page> {
  const page = await stage(browser, { screen: state.screen, lang: 'ja', dark: false, width: 1280, answers: { ...state.answers('ja'), ...ACCEPTED }, ...(state.extension === undefined ? {} : { extension: state.extension }) });
  await page.locator(state.ready).first().waitFor();
  await state.act?.(page);
  return page;
}

async function write(page: Page, field: Field): Promise<void> {
  const { prefix = '', words: [kana, kanji] = ['けっさい', '決済'] } = field;
  const ime = await inputMethod(page);
  const input = page.locator(field.css).first();
  await field.before?.(page);
  await input.fill(prefix);
  await input.focus();
  await page.keyboard.press('End');
  const before = await changes(page);

  await ime.compose(kana);
  await expect(input).toHaveValue(prefix + kana);
  await page.clock.runFor(1_000);
  if (field.seen !== undefined) await expect(page.locator(field.seen).first()).toBeVisible();
  for (const modifier of [undefined, 'Control', 'Meta'] as const) await ime.enter(modifier);
  await page.clock.runFor(1_000);
  expect(await changes(page)).toEqual(before);
  await expect(input).toHaveValue(prefix + kana);
  await expect(input).toBeFocused();

  await ime.finish(kanji);
  await expect(input).toHaveValue(prefix + kanji);
  await page.clock.runFor(1_000);
  expect(await changes(page)).toEqual(before);
  if (field.seen !== undefined) await expect(page.locator(field.seen).first()).toBeVisible();

  if (field.commits === null) {
    for (const key of ['Enter', 'Control+Enter']) await page.keyboard.press(key);
    await page.clock.runFor(1_000);
    expect(await changes(page)).toEqual(before);
    await expect(input).toHaveValue(field.takes === true ? '' : `${prefix}${kanji}${field.lines === true ? '\n' : ''}`);
    return;
  }
  const [key, verb, part] = field.commits;
  await page.keyboard.press(key);
  const said = async (): Promise<readonly string[]> => (await changes(page)).slice(before.length).filter((line) => line.startsWith(`${verb} `));
  await expect.poll(said).toEqual([expect.stringContaining(part)]);
}

for (const field of fields) {
  test(`${field.state} ${field.css}: ${field.commits === null ? 'no Enter changes anything' : `${field.commits[0]} sends, and not while an input method composes`}`, async ({ browser }) => {
    const state = states.find(({ name }) => name === field.state);
    if (state === undefined) throw new Error(`There is no state ${field.state}.`);
    const page = await open(browser, state);
    await write(page, field);
    await page.context().close();
  });
}

/** Text fields somebody can write into, in the order of their source: `file n`. */
function inSource(): readonly string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx'));
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(join(SOURCES, file), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    let found = 0;
    const look = (node: ts.Node): void => {
      if (ts.isJsxSelfClosingElement(node) || ts.isJsxOpeningElement(node)) {
        const given = node.attributes.getText();
        const text = /^(input|textarea|Textfield|TextArea)$/.test(node.tagName.getText());
        if (text && !/type="(checkbox|radio|range|date|time|file)"|\breadOnly\b/.test(given)) found += 1;
      }
      ts.forEachChild(node, look);
    };
    look(source);
    return Array.from({ length: found }, (_, n) => `${file} ${n + 1}`);
  });
}

test('the table has every text field there is in the code', () => {
  expect(inSource().length).toBeGreaterThan(20);
  expect([...new Set(fields.map(({ source }) => source))].sort()).toEqual([...inSource()].sort());
});
