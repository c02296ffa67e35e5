/** The browser of the tests: from npm alone on Linux x64, elsewhere an installed Chrome or Playwright's own. None: an error, never a skip. */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type LaunchOptions } from '@playwright/test';

const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** Switches of the npm build that a container needs. Its own list also turns web security off, which would hide real faults. */
const CONTAINER_ARGS = ['--no-sandbox', '--disable-setuid-sandbox', '--no-zygote', '--disable-dev-shm-usage', '--disable-quic', '--disable-background-networking'];

/** Path of a Chromium that can be started here. Throws with what to do when there is none. */
export async function browserPath(): Promise<string> {
  const asked = process.env['CHROMIUM_PATH'];
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new Error(`CHROMIUM_PATH points to ${asked}, which does not exist.`);
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: packed } = await import('@sparticuz/chromium');
    return packed.executablePath();
  }
  const found = [chromium.executablePath(), ...INSTALLED].find((path) => path && existsSync(path));
  if (found) return found;
  throw new Error('No browser for the browser tests. Run `npx playwright install chromium`, or set CHROMIUM_PATH to an installed Chrome or Chromium.');
}

/** Folder of the Japanese font's files, from its npm package. */
function fontFolder(): string {
  return dirname(require.resolve('@expo-google-fonts/noto-sans-jp/package.json'));
}

/** Writes a fontconfig file that offers Noto Sans JP first and the machine's fonts after it. Returns its path. */
export function writeFontConfig(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  const cache = join(folder, 'cache');
  mkdirSync(cache);
  const weights = ['400Regular', '500Medium', '600SemiBold', '700Bold'].map((weight) => `  <dir>${join(fontFolder(), weight)}</dir>`).join('\n');
  const aliases = ['sans-serif', 'serif', 'system-ui']
    .map((family) => `  <alias binding="strong"><family>${family}</family><prefer><family>Noto Sans JP</family></prefer></alias>`)
    .join('\n');
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n${weights}\n  <dir>/usr/share/fonts</dir>\n  <cachedir>${cache}</cachedir>\n${aliases}\n</fontconfig>\n`,
  );
  return file;
}

/** Everything Playwright's `chromium.launch` needs on this machine. */
export async function launchOptions(): Promise<LaunchOptions> {
  const executablePath = await browserPath();
  const linux = process.platform === 'linux';
  return {
    executablePath,
    headless: true,
    args: linux ? CONTAINER_ARGS : [],
    env: { ...(process.env as Record<string, string>), ...(linux ? { FONTCONFIG_FILE: writeFontConfig() } : {}) },
  };
}

/** Starts the browser. Close it when done. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions());
}

export type SiteUserName = 'admin' | 'alice' | 'bob' | 'viewer' | 'mallory' | 'anonymous';
const LOCALES: Partial<Record<SiteUserName, string>> = { alice: 'ja-JP' };

/** A browser window in which `user` is signed in to the site at `siteUrl`. */
export async function openAs(browser: Browser, siteUrl: string, user: SiteUserName, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: LOCALES[user] ?? 'en-US',
    timezoneId: 'Asia/Tokyo',
    baseURL: siteUrl,
    ...options,
  });
  await context.addCookies([{ name: 'site-user', value: user, url: siteUrl }]);
  return context;
}
