/** Builds what browsers load, when it is missing or older than its sources. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const SKIP = new Set(['node_modules', 'dist']);
/** Newest modification below `folder`, epoch ms; 0 when there is nothing. */
function newest(folder: string): number {
  if (!existsSync(folder)) return 0;
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIP.has(entry.name)) continue;
    const file = path.join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(file) : statSync(file).mtimeMs);
  }
  return latest;
}
/** vite writes the html files last and at the top. */
function stale(dist: string, sources: readonly string[]): boolean {
  if (!existsSync(dist)) return true;
  const built = Math.max(0, ...readdirSync(dist).map((name) => statSync(path.join(dist, name)).mtimeMs));
  return built < Math.max(...sources.map(newest));
}

async function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed in ${cwd}:\n${Buffer.concat(output).toString().slice(-4000)}`);
}

/** Installs the page view's own package and builds the view and the app's UI, each only when needed. */
export async function prepareAssets(appDir: string, onProgress: (step: string) => void): Promise<void> {
  const view = path.join(appDir, 'local-site/view');
  const ui = path.join(appDir, 'static/ui');
  const vite = path.join(appDir, 'node_modules/vite/bin/vite.js');
  // npm writes this file at the end of an install that went through.
  const installed = path.join(view, 'node_modules/.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(path.join(view, 'package-lock.json')).mtimeMs) {
    onProgress('installing the page view’s packages (first run: about a minute)');
    await run('npm', ['ci', '--no-audit', '--no-fund'], view);
  }
  const jobs: Promise<void>[] = [];
  // Vite builds for whatever NODE_ENV its caller has; a test runner's would put React's development build into the files.
  const production = { ...process.env, NODE_ENV: 'production' };
  if (stale(path.join(view, 'dist'), [view])) {
    onProgress('building the page view');
    jobs.push(run(process.execPath, [path.join(view, 'node_modules/vite/bin/vite.js'), 'build'], view, production));
  }
  if (stale(path.join(ui, 'dist'), [ui, path.join(appDir, 'locales')])) {
    onProgress('building the app’s screens');
    jobs.push(run(process.execPath, [vite, 'build', ui], appDir, production));
  }
  await Promise.all(jobs);
}
