import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FullValidationProcessor } from '@forge/manifest';
import { parse } from 'yaml';
import * as app from '../../src/index';
import en from '../../locales/en-US.json';
import ja from '../../locales/ja-JP.json';

const root = resolve(__dirname, '../..');
const text = readFileSync(join(root, 'manifest.yml'), 'utf8');

interface Module {
  readonly key: string;
  readonly resource?: string;
  readonly render?: 'native' | 'default';
  readonly config?: { readonly resource: string; readonly render?: 'native' | 'default' };
  readonly queue?: string;
  /** Of a function. */
  readonly handler?: string;
}
interface Manifest {
  readonly modules: Readonly<Record<string, readonly Module[]>>;
  readonly resources: readonly { readonly key: string; readonly path: string; readonly entry?: Readonly<Record<string, string>> }[];
  readonly permissions: { readonly scopes: readonly string[]; readonly external: { readonly fetch: { readonly backend: readonly { readonly remote: string }[] } } };
  readonly remotes: readonly { readonly key: string; readonly baseUrl: string }[];
  readonly translations: { readonly resources: readonly { readonly key: string; readonly path: string }[] };
}
const manifest = parse(text) as Manifest;
const { function: functions = [], ...surfaces } = manifest.modules;
const modules = Object.values(surfaces).flat();

/** Every value found under `name` at any depth. */
function valuesOf(name: string, value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesOf(name, item));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === name ? [inner] : valuesOf(name, inner)));
}

/** Dotted keys of a nested or a flat dictionary. */
function keysOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, prefix ? `${prefix}.${key}` : key));
}

const nothing: readonly string[] = [];
const UI_KIT = /\.tsx?$/;
/** What modules and their configurations show. */
const surfacesShown = modules.flatMap((module) => [module, ...(module.config ? [module.config] : [])]).flatMap(({ resource, render }) => (resource ? [{ resource, render }] : []));

test('the manifest passes the full validation of Forge', async () => {
  const result = await new FullValidationProcessor({ deprecatedRuntimes: [] }).process(join(root, 'manifest.yml'));
  expect((result.errors ?? []).map((error) => error.message)).toEqual(nothing);
  expect(result.success).toBe(true);
});

test('every handler is a function that src/index.ts exports', () => {
  const exported = Object.entries(app).flatMap(([name, value]) => (typeof value === 'function' ? [`index.${name}`] : []));
  const handlers = functions.map((fn) => fn.handler ?? fn.key);
  expect(handlers.filter((handler) => !exported.includes(handler))).toEqual(nothing);
  expect(exported.filter((name) => !handlers.includes(name))).toEqual(nothing);
});

test('every function a module names is declared, and every declared function is used', () => {
  const keys = functions.map((fn) => fn.key);
  const named = valuesOf('function', surfaces).filter((value): value is string => typeof value === 'string');
  expect(named.filter((name) => !keys.includes(name))).toEqual(nothing);
  expect(keys.filter((key) => !named.includes(key))).toEqual(nothing);
});

test('every queue the app pushes to has a consumer', () => {
  const files = readdirSync(join(root, 'src/adapters'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const code = files.map((name) => readFileSync(join(root, 'src/adapters', name), 'utf8')).join('\n');
  const pushed = [...code.matchAll(/new Queue(?:<[^(]*>)?\(\{ key: '([^']+)' \}\)/g)].map((match) => match[1]);
  expect(pushed.length).toBeGreaterThan(0);
  const consumed = (manifest.modules['consumer'] ?? []).map((module) => module.queue);
  expect(pushed.filter((queue) => !consumed.includes(queue))).toEqual(nothing);
});

/** What a resource offers by name: pages of the Vite build, or source files of UI Kit. */
const screens = manifest.resources.flatMap(({ key, path, entry }) => Object.entries(entry ?? {}).map(([name, file]) => ({ name: `${key}/${name}`, path, file })));
const kitScreens = screens.filter(({ file }) => UI_KIT.test(file));
const pages = screens.filter(({ file }) => !UI_KIT.test(file));

test('every screen a module shows is an entry of a resource, with its html file', () => {
  const shown = surfacesShown.filter(({ render }) => render !== 'native').map(({ resource }) => resource);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((name) => !pages.some((page) => page.name === name))).toEqual(nothing);
  expect(pages.filter(({ file }) => !existsSync(join(root, 'static/ui', file))).map(({ file }) => file)).toEqual(nothing);
});

test('every UI Kit screen a module shows is a source file, and every such file is shown', () => {
  const shown = surfacesShown.filter(({ render }) => render === 'native').map(({ resource }) => resource);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.filter((name) => !kitScreens.some((screen) => screen.name === name))).toEqual(nothing);
  expect(kitScreens.filter(({ name }) => !shown.includes(name)).map(({ name }) => name)).toEqual(nothing);
  expect(kitScreens.filter(({ path, file }) => !existsSync(join(root, path, file))).map(({ file }) => file)).toEqual(nothing);
});

test('every scope says why on its own line', () => {
  const lines = text.split('\n');
  const silent = manifest.permissions.scopes.filter((scope) => !lines.some((line) => line.trim().startsWith(`- ${scope} #`)));
  expect(silent).toEqual(nothing);
});

test('the security document names every scope, and none that the manifest has not', () => {
  const named = [...readFileSync(join(root, 'docs/security.md'), 'utf8').matchAll(/^\| `([a-z]+:[a-z:.-]+)` \|/gm)].map(([, scope]) => scope);
  expect(named.sort()).toEqual([...manifest.permissions.scopes].sort());
});

test('the app reaches Mackerel and Slack and nothing else', () => {
  const remotes = new Map(manifest.remotes.map((remote) => [remote.key, remote.baseUrl]));
  expect(manifest.permissions.external.fetch.backend.map(({ remote }) => remotes.get(remote))).toEqual(['https://api.mackerelio.com', 'https://mackerel.io', 'https://hooks.slack.com']);
});

test('every text the manifest names exists in both languages', () => {
  const named = valuesOf('i18n', manifest.modules) as string[];
  expect(named.length).toBeGreaterThan(0);
  for (const [name, dictionary] of [['en-US', en], ['ja-JP', ja]] as const) {
    const known = keysOf(dictionary);
    expect({ [name]: named.filter((key) => !known.includes(key)) }).toEqual({ [name]: nothing });
  }
});

test('every text key the backend names exists in both languages', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
  const code = files.map((name) => readFileSync(join(root, 'src', name), 'utf8')).join('\n');
  const words = [...code.matchAll(/'((?:board|candidate|entry|error|export|health|host\.spark|live\.reason|notice|page)\.[a-zA-Z0-9.-]+)'/g)].flatMap((match) => match[1] ?? []);
  const named = [...new Set(words)].filter((word) => !Object.hasOwn(app.verbs, word));
  expect(named).toEqual(expect.arrayContaining(['board.key', 'error.record-full', 'entry.responded']));
  // Some are the beginning of several keys.
  const known = (dictionary: object, key: string): boolean => Object.keys(dictionary).some((one) => one === key || one.startsWith(key.endsWith('.') ? key : `${key}.`));
  for (const dictionary of [en, ja]) expect(named.filter((key) => !known(dictionary, key))).toEqual(nothing);
});

test('both languages have the same keys and no empty text', () => {
  const [inEnglish, inJapanese] = [keysOf(en).sort(), keysOf(ja).sort()];
  expect(inJapanese).toEqual(inEnglish);
  const blank = (dictionary: unknown): string[] => Object.entries(dictionary as Record<string, unknown>).flatMap(([key, value]) => (value === '' ? [key] : []));
  expect([...blank(en), ...blank(ja)]).toEqual(nothing);
});
