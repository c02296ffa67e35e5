/** `npm run shots`: every state × language × theme × width into shots/, with an index page. Fails on an overflow or an untranslated text. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import en from '../../locales/en-US.json';
import { launchBrowser } from '../browser';
import { faultsOf, stage } from './host';
import type { State } from './state';
import { states } from './states';

const OUT = join(__dirname, '../../shots');
const LANGS = ['en', 'ja'] as const;
const WIDTHS = [1280, 760, 360] as const;
/** `npm run shots -- board-viewer home` takes only states whose name contains one of these. */
const wanted = process.argv.slice(2);

const VARIANTS = LANGS.flatMap((lang) => [false, true].flatMap((dark) => WIDTHS.map((width) => ({ lang, dark, width }))));
/** States looked at in one go: mostly the browser is waited for. */
const AT_ONCE = 3;
const keys = Object.keys(en);

/** Pictures of one state in every variant. Returns the files and what is wrong in them. */
async function picture(browser: Browser, state: State): Promise<{ readonly files: readonly string[]; readonly problems: readonly string[] }> {
  const files: string[] = [];
  const problems: string[] = [];
  for (const { lang, dark, width } of VARIANTS) {
    const file = `${state.name}.${lang}.${dark ? 'dark' : 'light'}.${width}.png`;
    const page = await stage(browser, { screen: state.screen, lang, dark, width, answers: state.answers(lang), ...(state.extension === undefined ? {} : { extension: state.extension }), ...(state.context === undefined ? {} : { context: state.context }) });
    await page.locator(state.ready).first().waitFor();
    await state.act?.(page);
    await page.clock.runFor(3_000);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(OUT, file), fullPage: true });
    const faults = await faultsOf(page, keys);
    for (const [kind, found] of Object.entries(faults)) if (found.length > 0) problems.push(`${file}: ${kind}: ${found.join(', ')}`);
    await page.context().close();
    files.push(file);
  }
  return { files, problems };
}

async function main(): Promise<void> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const browser = await launchBrowser();
  const rows: string[] = [];
  const problems: string[] = [];
  const left = states.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part))).map((state, n) => ({ state, n }));
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { files, problems: found } = await picture(browser, next.state);
      problems.push(...found);
      rows[next.n] = `<h2>${next.state.name}</h2><div>${files.map((file) => `<figure><img loading="lazy" src="${file}"><figcaption>${file}</figcaption></figure>`).join('')}</div>`;
      console.log(`${next.state.name}: ${files.length} pictures`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    await browser.close();
  }
  const style = 'body{font-family:sans-serif}div{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}img{max-width:420px;border:1px solid #ccc}figcaption{font-size:12px}';
  writeFileSync(join(OUT, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Every state</title><style>${style}</style>${rows.join('\n')}`);
  for (const problem of problems) console.error(problem);
  console.log(`${rows.length} states, ${problems.length} problems; open shots/index.html`);
  if (problems.length > 0) process.exitCode = 1;
}
void main();
