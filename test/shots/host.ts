/** The built screens of the app in a browser page, with a host whose answers are data. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { Lang } from '../../src/contract';
import { frameThemeCss } from '../../local-site/web/frame-theme';
import { NAMES, NOW } from './data';

const DIST = join(__dirname, '../../static/ui/dist');
const ORIGIN = 'https://screens.test';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml' };

export type Screen = 'board' | 'home' | 'settings' | 'dialog' | 'graph';
/** An answer: a value of the verb, a refusal, or never. Of a product's path (it begins with a slash): its body, or a status that is no success. */
export type Answer = { readonly value: unknown } | { readonly status: number } | { readonly error: Readonly<Record<string, unknown>> } | 'fails' | 'never';
export interface Scene {
  readonly screen: Screen;
  readonly lang: Lang;
  readonly dark: boolean;
  readonly width: number;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Merged into `extension`. */
  readonly extension?: Readonly<Record<string, unknown>>;
  /** Merged into the context itself. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** One thing the app asked of its host; `data` as JSON. */
interface Asked {
  readonly command: string;
  readonly data: string;
}
const READS = /^(board|home|rules)\.|^settings\.(get|changes)$|^health\.get$|^webhook\.wait$|^note\.history$|^ticket\.form$|^tickets\.overview$|^metric\.|^incidents\.|^audience\.load$|^review\.(load|preview)$|^reviews\.|^report\.(load|record)$|^update\.draft$|^audit\.|^templates\.|^template\.(look|preview)$|^data\.|^erase\.state$/;
/** What the app has asked for that changes something or ends a dialog, in order: `verb payload`. */
export async function changes(page: Page): Promise<readonly string[]> {
  const asked = await page.evaluate(() => (window as unknown as { asked: Asked[] }).asked);
  return asked.flatMap(({ command, data }) => {
    if (command === 'close') return [`close ${data}`];
    if (command !== 'invoke') return [];
    const { functionKey, payload } = JSON.parse(data) as { functionKey: string; payload: unknown };
    return READS.test(functionKey) ? [] : [`${functionKey} ${JSON.stringify(payload)}`];
  });
}

/** Runs in the page before anything of the app. */
function hostScript(given: { scene: Scene; names: Readonly<Record<string, string>>; origin: string }): void {
  const { scene, names } = given;
  const extension = { type: 'macro', content: { id: '11', type: 'page' }, space: { id: '1', key: 'OPS' }, isEditing: false, ...scene.extension };
  const context = {
    accountId: 'acc-bob', cloudId: 'cloud', environmentId: 'env', environmentType: 'PRODUCTION', localId: 'local', locale: scene.lang === 'ja' ? 'ja-JP' : 'en-US', moduleKey: 'incident-board',
    siteUrl: given.origin, timezone: 'Asia/Tokyo', theme: { colorMode: scene.dark ? 'dark' : 'light' }, extension, ...scene.context,
  };
  const unmodelled: string[] = [];
  const people = (body: string): unknown => (JSON.parse(body) as { accountIds: string[] }).accountIds.map((accountId) => ({ accountId, displayName: names[accountId] }));
  const commands: Record<string, (data: never) => unknown> = {
    getContext: () => context,
    invoke: ({ functionKey }: { functionKey: string }) => {
      const answer = scene.answers[functionKey];
      if (answer === 'never') return new Promise(() => undefined);
      if (answer === undefined) unmodelled.push(functionKey);
      if (answer === undefined || answer === 'fails') throw new Error(`no answer for ${functionKey}`);
      if ('status' in answer) throw new Error(`a verb has no status: ${functionKey}`);
      return 'value' in answer ? { ok: true, value: answer.value } : { ok: false, error: { params: {}, field: null, retryAfterMs: null, ...answer.error } };
    },
    fetchProduct: ({ restPath, fetchRequestInit }: { restPath: string; fetchRequestInit: { body?: string } }) => {
      // The longest beginning that fits, as `/issuetypes/7` beside `/issuetypes`.
      const path = Object.keys(scene.answers).filter((key) => key.startsWith('/') && restPath.startsWith(key)).sort((a, b) => b.length - a.length)[0];
      const known = path === undefined ? undefined : scene.answers[path];
      if (known !== undefined && typeof known === 'object' && 'status' in known) return { body: '{}', headers: {}, status: known.status, statusText: '', isAttachment: false };
      if (known !== undefined && typeof known === 'object' && 'value' in known) return { body: JSON.stringify(known.value), headers: {}, status: 200, statusText: 'OK', isAttachment: false };
      // People only: apps have names as well.
      const found = Object.entries(names).filter(([accountId]) => /^acc-(?!app)/.test(accountId)).map(([accountId, displayName]) => ({ user: { accountId, displayName, accountType: 'atlassian' } }));
      const results = restPath.includes('users-bulk') ? people(fetchRequestInit.body ?? '') : restPath.includes('search/user') ? found : [];
      return { body: JSON.stringify({ results }), headers: {}, status: 200, statusText: 'OK', isAttachment: false };
    },
    subscribeRealtimeChannel: () => ({ unsubscribe: () => undefined }),
    createHistory: () => ({ location: { pathname: '/', hash: '' }, push: () => undefined, listen: () => undefined }),
    enableTheming: () => undefined,
    getUrl: ({ path }: { path?: string }) => `${given.origin}/wiki/apps/incidents/${path ?? ''}`,
    openModal: () => true,
    close: () => true,
    onClose: () => true,
    emitReadyEvent: () => undefined,
    on: () => ({ unsubscribe: () => undefined }),
    emit: () => undefined,
  };
  const asked: Asked[] = [];
  Object.assign(window, {
    unmodelled,
    asked,
    __bridge: {
      callBridge: async (command: string, data: unknown) => {
        asked.push({ command, data: JSON.stringify(data) ?? '' });
        const run = commands[command];
        if (run === undefined) {
          unmodelled.push(command);
          throw new Error(`unmodelled bridge command ${command}`);
        }
        const answer = await run(data as never);
        return answer;
      },
    },
  });
}

/** Opens one scene at the fixed time; its own context, so that nothing is remembered from another. Close the page's context when done. */
export async function stage(browser: Browser, scene: Scene): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: scene.width, height: 900 }, locale: scene.lang === 'ja' ? 'ja-JP' : 'en-US', timezoneId: 'Asia/Tokyo', reducedMotion: 'reduce', colorScheme: scene.dark ? 'dark' : 'light' });
  const page = await context.newPage();
  await page.clock.install({ time: NOW });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path === '/theme.css') return route.fulfill({ contentType: 'text/css', body: frameThemeCss() });
    const file = join(DIST, path);
    const body = readFileSync(file);
    // What the product's page does: the tokens' sheet comes before the app's own, and the root says which theme is on.
    const theme = `data-color-mode="${scene.dark ? 'dark' : 'light'}" data-theme="light:light dark:dark spacing:spacing typography:typography shape:shape"`;
    const text = extname(file) === '.html' ? body.toString().replace('<html', `<html ${theme}`).replace('<head>', '<head><link rel="stylesheet" href="/theme.css">') : body;
    return route.fulfill({ contentType: TYPES[extname(file)] ?? 'application/octet-stream', body: text });
  });
  // The compiler that runs this file wraps functions in a helper of its own, which the page does not have.
  await page.addInitScript('globalThis.__name = (named) => named;');
  await page.addInitScript(hostScript, { scene, names: NAMES[scene.lang], origin: ORIGIN });
  await page.goto(`${ORIGIN}/${scene.screen}.html`);
  return page;
}

export interface Faults {
  readonly overflow: readonly string[];
  readonly untranslated: readonly string[];
  readonly unmodelled: readonly string[];
}
/** What no state may show: something wider than the window, a text key in place of its text, a call nobody answers. */
export async function faultsOf(page: Page, keys: readonly string[]): Promise<Faults> {
  return await page.evaluate((known) => {
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect();
      const scrolls = element.closest('.graph-table, .timeline-box, .table-box') !== null;
      return box.width > 0 && box.right > innerWidth + 1 && !scrolls && getComputedStyle(element).position !== 'absolute';
    });
    const shown = new Set(document.body.innerText.split(/\s+/));
    return {
      overflow: wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className.toString()}`),
      untranslated: known.filter((key) => key.includes('.') && shown.has(key)),
      unmodelled: (window as unknown as { unmodelled: string[] }).unmodelled,
    };
  }, keys as string[]);
}
