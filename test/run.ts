/**
 * `npm test`: types, lint, builds, jest and the browser stories; the last line is the sum of all of them. `WITH_FORGE=1` runs
 * `npm run verify:forge` in the meantime.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { add, bundleReport, check, finish, installed, node, none, readJest, readPlaywright, report, type Command, type Counts } from './steps';
import { root, vendorSpecs } from './vendor-specs';

const bin = (path: string): string => join(root, 'node_modules', path);
const results = join(root, 'test-results');
const view = join(root, 'local-site', 'view');

/** One after the other; every step runs, so that one run shows every failure. */
async function inTurn(steps: readonly Command[]): Promise<Counts> {
  let counts = none;
  for (const step of steps) counts = add(counts, await check(step));
  return counts;
}

async function main(): Promise<void> {
  const started = Date.now();
  mkdirSync(results, { recursive: true });
  const specs = vendorSpecs();
  const env = specs ? { VENDOR_SPECS: specs } : {};
  const tsc = bin('typescript/bin/tsc');
  const vite = bin('vite/bin/vite.js');

  const built = await Promise.all([
    inTurn([
      node('types of the app', tsc, ['-p', 'tsconfig.json', '--noEmit']),
      node('types of the local site and the tests', tsc, ['-p', 'local-site/tsconfig.json', '--noEmit']),
    ]),
    inTurn([node('lint', bin('eslint/bin/eslint.js'), ['.']), node('build of the app screens', vite, ['build', 'static/ui'])]),
    inTurn([
      ...(installed(view) ? [] : [{ name: 'install of the page view', command: 'npm', args: ['ci', '--no-audit', '--no-fund'], cwd: view }]),
      { name: 'build of the page view', command: 'npm', args: ['run', 'build'], cwd: view },
    ]),
  ]);

  // Long, and in no hurry: it takes what processor time the tests leave.
  const forge = process.env['WITH_FORGE'] === '1';
  const verify = (name: string, half: string): Command => node(name, bin('tsx/dist/cli.mjs'), [join(root, 'tools', 'verify.ts'), half], { gentle: true });
  const bundle = forge ? check(verify("Forge's linter and bundler", 'bundle')) : none;

  const jestFile = join(results, 'jest.json');
  const jest = await report(
    node('jest', bin('jest/bin/jest.js'), ['--ci', '--json', `--outputFile=${jestFile}`, '--reporters=./test/jest-progress.js'], {
      env: { ...env, NODE_ENV: 'test' },
      stream: true,
    }),
    jestFile,
    readJest,
  );

  const inBrowser = async (name: string, file: string, args: readonly string[], how: Pick<Command, 'stream' | 'gentle'>): Promise<Counts> =>
    report(
      node(name, bin('@playwright/test/cli.js'), ['test', '--reporter=list,json', ...args], { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, file) }, ...how }),
      join(results, file),
      readPlaywright,
    );
  // The stories wait much: what needs no site of theirs takes the time in between.
  const [browser, beside] = await Promise.all([
    inBrowser('browser stories', 'browser.json', [], { stream: true }),
    (async (): Promise<Counts> => {
      const site = await inBrowser('browser stories of the site itself', 'site.json', ['--config=test/e2e/site.playwright.config.ts'], {});
      const states = await inBrowser('every state of the screens', 'states.json', ['--config=test/shots/playwright.config.ts'], { gentle: true });
      return [site, states, await bundle, forge ? await report(verify("handlers on Forge's bundle", 'tests'), bundleReport, readJest) : none].reduce(add, none);
    })(),
  ]);

  console.log(`${Math.round((Date.now() - started) / 1000)} s`);
  const unchecked = [
    ...(forge ? [] : ['the bundle Forge deploys, under Node 22 (`npm run verify:forge`)']),
    ...(specs ? [] : ["product calls against the vendors' API descriptions, which are not on this computer (`npm run specs` downloads them)"]),
    "what only a real site can answer (forge register, deploy and install, the server's own rules)",
  ];
  console.log(`Not checked here: ${unchecked.join('; ')}.`);
  finish([...built, jest, browser, beside].reduce(add, none));
}

void main();
