import './bridge';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import en from '../../locales/en-US.json';
import ja from '../../locales/ja-JP.json';
import { words } from './samples';

const root = join(__dirname, '../..');
const files = (folder: string): string[] =>
  readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'dist' || name === 'node_modules') return [];
    return statSync(join(root, path)).isDirectory() ? files(path) : /\.tsx?$/.test(name) ? [path] : [];
  });
const source = (folder: string): string => files(folder).map((path) => readFileSync(join(root, path), 'utf8')).join('\n');

const SCREENS = [source('static/ui/src'), source('src/uikit')].join('\n');
const VERBS = new Set([...readFileSync(join(root, 'src/contract.ts'), 'utf8').matchAll(/^ {2}'([a-z.]+)': \(p/gm)].map((match) => match[1]));
const PREFIX = 'board|home|settings|common|severity|status|alert|host|entry|error|live|candidate|role|hint|graph|keys|copy|timeline|note|paste|rewind|since|config|ticket|notice|merge|health|review|report|reports|similar';
/** Literal keys, and template keys as patterns (`severity.${value}.meaning`). */
function keysIn(code: string): { readonly literal: readonly string[]; readonly patterns: readonly RegExp[] } {
  const literal = [...code.matchAll(new RegExp(`'((?:${PREFIX})\\.[A-Za-z][\\w.-]*\\w)'`, 'g'))].map((match) => match[1] ?? '').filter((key) => !VERBS.has(key));
  const templates = [...code.matchAll(new RegExp(`\`((?:${PREFIX})\\.[^\`]*\\$\\{[^\`]*)\``, 'g'))].map((match) => match[1] ?? '');
  const patterns = templates.map((text) => new RegExp(`^${text.replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`));
  return { literal, patterns };
}
const names = (elements: readonly MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    const own = 'value' in element && element.type !== 0 ? [String(element.value)] : [];
    const inner = 'options' in element ? Object.values(element.options).flatMap((option) => names(option.value)) : [];
    return [...own, ...inner];
  });

/** The files a screen is built of, from its entry on. */
function builtOf(entry: string): readonly string[] {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, wanted = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
      const next = ['.tsx', '.ts'].map((ending) => join(path, '..', `${wanted}${ending}`)).find((file) => existsSync(file));
      if (next !== undefined && next.includes('static/ui/src')) follow(next);
    }
  };
  follow(join(root, 'static/ui/src', entry));
  return [...found];
}

test('only the screens that ask for the texts of administrators say them', () => {
  const saying = (entry: string): readonly string[] => builtOf(entry).filter((path) => /['`](settings|health)\.[a-z]/.test(readFileSync(path, 'utf8').replace(/'(settings|health)\.(get|save|changes|poll|retry|discard)'/g, ''))).map((path) => path.split('/').pop() ?? '');
  expect(saying('settings.tsx')).toContain('Settings.tsx');
  expect(saying('home.tsx')).toContain('Health.tsx');
  for (const entry of ['board.tsx', 'dialog.tsx', 'graph.tsx']) {
    expect(builtOf(entry).length).toBeGreaterThan(10);
    expect([entry, saying(entry)]).toEqual([entry, []]);
  }
});

test('only the dialogs of reports and updates say what is loaded with them', () => {
  const saying = (entry: string): readonly string[] => builtOf(entry).filter((path) => /['`](?:reports|updates)\.[a-z]/.test(readFileSync(path, 'utf8'))).map((path) => path.split('/src/').pop() ?? '');
  expect(saying('board.tsx')).toEqual([]);
  expect([...saying('dialog.tsx')].sort()).toEqual(['dialogs/Report.tsx', 'dialogs/Update.tsx', 'dialogs/report/Choices.tsx', 'dialogs/report/Options.tsx', 'dialogs/report/Preview.tsx', 'dialogs/report/Published.tsx']);
});

test('only the dialog of changes says what is loaded with it', () => {
  const saying = (entry: string): readonly string[] => builtOf(entry).filter((path) => /['`]audit\.[a-z]/.test(readFileSync(path, 'utf8'))).map((path) => path.split('/src/').pop() ?? '');
  expect([saying('board.tsx'), saying('dialog.tsx').filter((path) => path !== 'dialogs/audit/audit.ts')]).toEqual([[], ['dialogs/Audit.tsx']]);
});

test('only the list of earlier incidents says what is loaded with it', () => {
  const saying = (entry: string): readonly string[] => builtOf(entry).filter((path) => /['`]similar\.[a-z]/.test(readFileSync(path, 'utf8'))).map((path) => path.split('/src/').pop() ?? '');
  expect([[...saying('board.tsx')].sort(), saying('dialog.tsx')]).toEqual([['board/similar/Section.tsx', 'board/similar/SimilarRow.tsx'], []]);
});

test('both languages have the same keys', () => {
  expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort());
});

test('every text can be parsed and takes the same parameters in both languages', () => {
  const english: Record<string, string> = en;
  for (const [key, text] of Object.entries(ja as Record<string, string>)) {
    const [own, other] = [text, english[key] ?? ''].map((message) => [...new Set(names(parse(message, { ignoreTag: true })))].sort());
    expect({ key, params: own }).toEqual({ key, params: other });
  }
});

test('every key that the screens or the backend name has a text', () => {
  const known = new Set(Object.keys(en));
  const ui = keysIn(SCREENS);
  const backend = keysIn(source('src'));
  const messageKeys = backend.literal.filter((key) => /^(error|entry|live|candidate|health)\./.test(key));
  expect(ui.literal.length).toBeGreaterThan(100);
  expect([...ui.literal, ...messageKeys].filter((key) => !known.has(key))).toEqual([]);
  for (const pattern of ui.patterns) expect([...known].some((key) => pattern.test(key)) ? '' : pattern.source).toBe('');
});

test('no text of the screens is left over', () => {
  const { literal, patterns: own } = keysIn(SCREENS);
  const backend = keysIn(source('src'));
  const used = new Set([...literal, ...backend.literal]); // some arrive as data
  const patterns = [...own, ...backend.patterns.filter(({ source: key }) => key.startsWith('^report\\.'))];
  const left = Object.keys(en).filter((key) => /^(board|home|settings|common|severity|status|alert|host|role|hint|graph|keys|copy|timeline|note|paste|rewind|since|config|ticket|merge|health|report|reports|similar)\./.test(key) && !used.has(key) && !patterns.some((pattern) => pattern.test(key)));
  expect(left).toEqual([]);
});

test('English has no exclamation marks and Japanese no half-width sentence ends', () => {
  expect(Object.values(en).filter((text) => text.includes('!'))).toEqual([]);
  expect(Object.values(ja).filter((text) => /[!！]|[ぁ-ん]\.$/.test(text))).toEqual([]);
});

test('an unknown key throws instead of showing itself', () => {
  expect(() => words('en').t('board.no-such-key' as never)).toThrow('board.no-such-key');
});

test('a key from a newer backend, or one whose parameter is missing, falls back', () => {
  expect(words('en').say('entry.from-the-future', {}, 'entry.unknown')).toBe(en['entry.unknown']);
  expect(words('ja').say('entry.alert.recovered', {}, 'entry.unknown')).toBe(ja['entry.unknown']);
});

test.each([
  ['en', 59_000, '59 s'],
  ['en', 23 * 60_000, '23 min'],
  ['ja', 65 * 60_000, '1 時間 5 分'],
  ['ja', 51 * 3_600_000, '2 日 3 時間'],
] as const)('%s: a span of %d ms reads %s', (lang, ms, text) => {
  expect(words(lang).duration(ms)).toBe(text);
});

test('times are in the viewer’s zone, UTC beside', () => {
  const at = Date.UTC(2026, 10, 23, 17, 35, 12);
  expect(words('ja').clock(at)).toBe('02:35:12');
  expect(words('ja').utc(at)).toBe('2026-11-23 17:35:12 UTC');
});

test.each([
  [2310, 'milliseconds', '2,310 ms'],
  [93.14, 'percentage', '93.1 %'],
  [0.512, null, '0.51'],
  [1536, 'bytes', '1.5 KiB'],
  [2_500_000, 'bits/sec', '2.5 Mbit/s'],
])('%d %s is shown as %s', (value, unit, text) => {
  expect(words('en').value(value, unit)).toBe(text);
});
