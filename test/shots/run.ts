/**
 * `npm run shots`: every state × language × theme × width, and every template's page × data × language, into shots/, with an index
 * page. Fails on an overflow, an untranslated text, or a page that is not valid.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import en from '../../locales/en-US.json';
import { prepareAssets } from '../../local-site/assets';
import { launchBrowser } from '../browser';
import { faultsOf, stage } from './host';
import { templatePages } from './pages';
import type { State } from './state';
import { states } from './states';

const OUT = join(__dirname, '../../shots');
const LANGS = ['en', 'ja'] as const;
const WIDTHS = [1280, 760, 360] as const;
/** `npm run shots -- board-viewer home` takes only states whose name contains one of these. */
const asked = process.argv.slice(2);
const wanted = (name: string): boolean => asked.length === 0 || asked.some((part) => name.includes(part));

const VARIANTS = LANGS.flatMap((lang) => [false, true].map((dark) => ({ lang, dark })));
/** States looked at in one go: mostly the browser is waited for. */
const AT_ONCE = 3;
const keys = Object.keys(en);

function row(name: string, files: readonly string[]): string {
  console.log(`${name}: ${files.length} pictures`);
  return `<h2>${name}</h2><div>${files.map((file) => `<figure><img loading="lazy" src="${file}"><figcaption>${file}</figcaption></figure>`).join('')}</div>`;
}

/** Pictures of one state in every variant; its window becomes narrower while it is open. Returns the files and what is wrong in them. */
async function picture(browser: Browser, state: State): Promise<{ readonly files: readonly string[]; readonly problems: readonly string[] }> {
  const files: string[] = [];
  const problems: string[] = [];
  for (const { lang, dark } of VARIANTS) {
    const { screen, extension, context } = state;
    const page = await stage(browser, { screen, lang, dark, width: WIDTHS[0], answers: state.answers(lang), ...(extension === undefined ? {} : { extension }), ...(context === undefined ? {} : { context }) });
    await page.locator(state.ready).first().waitFor();
    await state.act?.(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.clock.runFor(3_000);
      await page.waitForLoadState('networkidle');
      const file = `${state.name}.${lang}.${dark ? 'dark' : 'light'}.${width}.png`;
      await page.screenshot({ path: join(OUT, file), fullPage: true });
      const faults = await faultsOf(page, keys);
      for (const [kind, found] of Object.entries(faults)) if (found.length > 0) problems.push(`${file}: ${kind}: ${found.join(', ')}`);
      files.push(file);
    }
    await page.context().close();
  }
  return { files, problems };
}

async function main(): Promise<void> {
  await prepareAssets(join(__dirname, '../..'), console.log);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const browser = await launchBrowser();
  const rows: string[] = [];
  const problems: string[] = [];
  const left = states.filter(({ name }) => wanted(name)).map((state, n) => ({ state, n }));
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { files, problems: found } = await picture(browser, next.state);
      problems.push(...found);
      rows[next.n] = row(next.state.name, files);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    for (const { name, files, problems: found } of await templatePages(browser, OUT, wanted)) {
      problems.push(...found);
      rows.push(row(name, files));
    }
  } finally {
    await browser.close();
  }
  const style = 'body{font-family:sans-serif}div{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}img{max-width:420px;border:1px solid #ccc}figcaption{font-size:12px}';
  writeFileSync(join(OUT, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Every state</title><style>${style}</style>${rows.join('\n')}`);
  for (const problem of problems) console.error(problem);
  console.log(`${rows.length} states and pages, ${problems.length} problems; open shots/index.html`);
  if (problems.length > 0) process.exitCode = 1;
}
void main();
