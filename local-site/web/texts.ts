/** Titles of the app's modules, from the files its manifest names as translations. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { SiteDeps } from '../site-deps';

type Tree = { readonly [key: string]: string | Tree };

/** Text of a manifest value, which is a string or `{i18n: key}`; null when neither the locale nor the fallback has it. */
export function textOf(deps: Pick<SiteDeps, 'manifest' | 'appDir'>, locale: string, value: unknown): string | null {
  if (typeof value === 'string') return value;
  const key = typeof value === 'object' && value !== null ? (value as { i18n?: unknown }).i18n : null;
  if (typeof key !== 'string') return null;
  const { resources, fallback } = deps.manifest.translations;
  for (const wanted of [locale, fallback]) {
    const file = resources.find((resource) => resource.key === wanted)?.path;
    const text = file === undefined ? null : find(read(path.join(deps.appDir, file)), key);
    if (text !== null) return text;
  }
  return null;
}

function read(file: string): Tree {
  return JSON.parse(readFileSync(file, 'utf8')) as Tree;
}

/** Keys may be flat (`"a.b": …`) or nested. */
function find(tree: Tree, key: string): string | null {
  const flat = tree[key];
  if (typeof flat === 'string') return flat;
  const nested = key.split('.').reduce<string | Tree | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), tree);
  return typeof nested === 'string' ? nested : null;
}
