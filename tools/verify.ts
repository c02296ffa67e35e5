/**
 * `npm run verify:forge`: what can be known about a deployment without a site. Atlassian's linter and bundler under the Node
 * version Forge runs, then the handler tests again, on that bundle and that Node. `-- bundle` and `-- tests` do one half alone.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { add, bundleReport, check, finish, installed, node, none, readJest, report, type Command } from '../test/steps';
import { root, vendorSpecs } from '../test/vendor-specs';

const tools = join(root, 'tools');

// Without install scripts: one dependency would compile a keychain binding that nothing here uses.
const install: Command = { name: 'install of the Forge tools', command: 'npm', args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], cwd: tools };

/** Node 22 of this platform: its npm package, or the Node that runs this if it is 22. Headers that only compilers need are removed. */
function node22(): string {
  const load = createRequire(join(tools, 'package.json'));
  const names = Object.keys((JSON.parse(readFileSync(join(tools, 'package.json'), 'utf8')) as { optionalDependencies: object }).optionalDependencies);
  for (const name of names) {
    const folder = join(tools, 'node_modules', name);
    if (!existsSync(folder)) continue;
    const { bin } = load(`${name}/package.json`) as { bin: { node: string } };
    rmSync(join(folder, 'include'), { recursive: true, force: true });
    return join(folder, bin.node);
  }
  if (process.versions.node.startsWith('22.')) return process.execPath;
  throw new Error(`There is no packaged Node 22 for ${process.platform} ${process.arch}. Run this with Node 22.`);
}

/**
 * Here it is bundle and Node that are looked at, so every verb and every function has a file; what the app decides is looked at in
 * `npm test`.
 */
const ONE_OF_EACH = '/test/handlers/(access|audience|checkout|declare|erase|evidence|export-data|graph|health|license|page-life|page-templates|personal-data|shelf|tickets|webhook|webhook-setup)\\.test\\.ts$';

async function main(): Promise<void> {
  const [half] = process.argv.slice(2);
  if (half !== undefined && half !== 'bundle' && half !== 'tests') throw new Error(`There is no half ${half}.`);
  let counts = installed(tools) ? none : await check(install);
  if (counts.failed > 0) return finish(counts);
  const binary = node22();
  const specs = vendorSpecs();
  const env = specs ? { VENDOR_SPECS: specs } : {};
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const on22 = (name: string, script: string, args: readonly string[] = []): Command => ({ ...node(name, tsx, [join(tools, script), ...args], { env, stream: true }), command: binary });
  const bundle = join(tools, 'dist', 'index.cjs');
  mkdirSync(dirname(bundleReport), { recursive: true });

  let bundled = existsSync(bundle);
  if (half !== 'tests') {
    counts = add(counts, await check({ name: 'the Node version Forge runs', command: binary, args: ['--version'], stream: true }));
    counts = add(counts, await check(on22("Atlassian's linter and manifest validation", 'forge-lint.ts')));
    rmSync(dirname(bundle), { recursive: true, force: true });
    const made = await check(on22("Atlassian's bundler", 'forge-bundle.ts', [dirname(bundle)]));
    counts = add(counts, made);
    bundled = made.failed === 0;
  }
  if (half !== 'bundle' && !bundled) {
    console.log('FAILED There is no bundle to test.');
    counts = add(counts, { ...none, failed: 1 });
  }
  if (half !== 'bundle' && bundled) {
    const jest = node('handler tests on the bundle under Node 22', join(root, 'node_modules', 'jest', 'bin', 'jest.js'), [ONE_OF_EACH, '--ci', '--selectProjects', 'node', '--json', `--outputFile=${bundleReport}`, '--reporters=./test/jest-progress.js'], {
      env: { ...env, NODE_ENV: 'test', APP_BUNDLE: bundle, APP_NODE: binary },
      stream: true,
    });
    counts = add(counts, await report(jest, bundleReport, readJest));
  }
  console.log(
    `Not checked: what only a real site can answer (forge register, deploy and install, the server's own rules)${specs ? '' : ", and scopes against the vendors' descriptions (npm run specs)"}.`,
  );
  finish(counts);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
