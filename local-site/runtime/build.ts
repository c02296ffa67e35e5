/** Makes the files the function process runs: the app's bundle and the process's own script. */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Manifest } from './manifest';

export interface Built {
  /** CommonJS file that exports the handlers. */
  readonly bundle: string;
  readonly child: string;
  /** Folder that holds `__LOCALES__/`. */
  readonly codeDir: string;
}

/**
 * Bundles `<appDir>/src/index.ts` into `<stateDir>/build/index.cjs`. `bundle` names a ready one instead
 * (the output of the real bundler), or another entry to bundle when it ends in `.ts`; `script` a ready script of the process.
 */
export async function buildApp(appDir: string, stateDir: string, manifest: Manifest, { bundle, script }: { readonly bundle: string | null; readonly script: string | null }): Promise<Built> {
  const outDir = path.join(stateDir, 'build');
  mkdirSync(outDir, { recursive: true });
  const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20', sourcemap: true, logLevel: 'error' } as const;
  const child = script ?? path.join(outDir, 'child.cjs');
  const target = path.join(outDir, 'index.cjs');
  const ready = bundle !== null && !bundle.endsWith('.ts');
  const entry = bundle ?? path.join(appDir, 'src/index.ts');
  if (!existsSync(entry)) throw new Error(`The app's entry ${entry} does not exist.`);
  await Promise.all([
    script === null ? build({ ...common, entryPoints: [path.join(__dirname, 'child.ts')], outfile: child }) : null,
    ready ? null : build({ ...common, entryPoints: [entry], outfile: target, absWorkingDir: appDir }),
  ]);
  const locales = path.join(outDir, '__LOCALES__');
  mkdirSync(locales, { recursive: true });
  const { resources, fallback } = manifest.translations;
  for (const resource of resources) {
    const source = path.join(appDir, resource.path);
    if (existsSync(source)) copyFileSync(source, path.join(locales, `${resource.key}.json`));
  }
  const config = { locales: resources.map(({ key }) => key), fallback: { default: fallback } };
  writeFileSync(path.join(locales, 'i18n-info.json'), JSON.stringify({ translations: {}, config }));
  return { bundle: ready ? path.resolve(entry) : target, child, codeDir: outDir };
}
