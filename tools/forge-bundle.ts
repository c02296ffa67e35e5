/** Makes the bundle `forge deploy` would upload, with Atlassian's own bundler, and copies it to the folder given as argument. */
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const load = createRequire(__filename);

/** The runtime's wrapper comes from Atlassian's network at deploy time; here its place stays empty. */
const noWrapper = {
  getNodeRuntimeWrapper: async () => ({ script: '', source: 'none', version: '0' }),
  getNodeRuntimeLoader: async () => ({ script: '', source: 'none', version: '0' }),
};

const quiet = { info: () => undefined, warn: console.warn, error: console.error, debug: () => undefined, trace: () => undefined };

interface Config {
  readonly resources?: readonly { readonly key: string; readonly path: string; readonly entry?: Readonly<Record<string, string>> }[];
  readonly translations?: unknown;
}
const SOURCE = /\.[jt]sx?$/;

/** The UI Kit screens: a folder each, with the page and its script. */
async function bundleUiKit(target: string, { resources = [], translations }: Config): Promise<void> {
  const { NativeUIBundler } = load('@forge/bundler');
  const screens = resources.filter(({ path, entry }) => [path, ...Object.values(entry ?? {})].some((file) => SOURCE.test(file)));
  const { nativeUiBundlesDetails } = await new NativeUIBundler(quiet).bundleResources(screens, translations);
  for (const { key, path } of nativeUiBundlesDetails as { key: string; path: string }[]) {
    const folder = join(target, 'uikit', key);
    cpSync(path, folder, { recursive: true });
    for (const script of readdirSync(folder).filter((name) => name.endsWith('.js'))) console.log(`${join(folder, script)} ${Math.round(statSync(join(folder, script)).size / 1024)} kB`);
  }
}

async function main(): Promise<void> {
  const target = resolve(process.argv[2] ?? 'tools/dist');
  const { getEntryPoints, getNodeBundler } = load('@forge/bundler');
  const { ConfigFile, FileSystemReader, FileSystemWriter } = load('@forge/cli-shared');
  const config = new ConfigFile(new FileSystemReader(), new FileSystemWriter());
  const { outputDir } = await getNodeBundler(quiet, noWrapper, config).bundle({
    appDirectory: process.cwd(),
    entryPoints: getEntryPoints(await config.getAppHandlers()),
  });
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(outputDir, target, { recursive: true });
  const bundle = join(target, 'index.cjs');
  console.log(`${bundle} ${Math.round(statSync(bundle).size / 1024)} kB`);
  await bundleUiKit(target, await config.readConfig());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
