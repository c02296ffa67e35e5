/** The product with two yardsticks beside it: a macro that only says it is there and a web trigger that only answers. */
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { parse, stringify } from 'yaml';

const root = path.resolve(__dirname, '..');

interface LooseManifest {
  resources: object[];
  modules: Record<string, object[]>;
}

export interface BenchApp {
  readonly appDir: string;
  /** The entry to bundle. */
  readonly bundle: string;
}

/** Makes an app folder for the local site. */
export async function benchApp(): Promise<BenchApp> {
  const appDir = mkdtempSync(path.join(tmpdir(), 'bench-app-'));
  for (const name of ['src', 'locales', 'static', 'node_modules', 'package.json']) symlinkSync(path.join(root, name), path.join(appDir, name));
  const manifest = parse(readFileSync(path.join(root, 'manifest.yml'), 'utf8')) as LooseManifest;
  manifest.resources.push({ key: 'trivial', path: 'trivial' });
  manifest.modules['macro']?.push({ key: 'trivial', title: 'Trivial', resource: 'trivial', resolver: { function: 'resolver' } });
  manifest.modules['confluence:globalPage']?.push({ key: 'bare-page', title: 'Bare', route: 'bare', resource: 'trivial', resolver: { function: 'resolver' } });
  manifest.modules['webtrigger']?.push({ key: 'bare', function: 'bare-trigger', response: { type: 'dynamic' }, urlFormat: 'v2' });
  manifest.modules['function']?.push({ key: 'bare-trigger', handler: 'index.bare' });
  writeFileSync(path.join(appDir, 'manifest.yml'), stringify(manifest));

  const trivial = path.join(appDir, 'trivial');
  mkdirSync(trivial);
  writeFileSync(path.join(trivial, 'index.html'), '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Trivial</title></head><body><p id="content"></p><script src="./main.js"></script></body></html>');
  await build({ entryPoints: [path.join(__dirname, 'trivial.ts')], bundle: true, minify: true, format: 'iife', target: 'es2020', outfile: path.join(trivial, 'main.js'), define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' }, logLevel: 'error' });

  const bundle = path.join(appDir, 'entry.ts');
  writeFileSync(bundle, "export * from './src/index';\nexport const bare = async () => ({ statusCode: 202, headers: { 'Content-Type': ['application/json'] }, body: '{}' });\n");
  return { appDir, bundle };
}
