/** How a function process gets its bundle, and how what it says of it is told. Each load has a process of its own: V8 remembers within one. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, stop } from 'esbuild';
import { createReadable } from '../../local-site/runtime/readable';

const options = { bundle: true, platform: 'node', format: 'cjs', sourcemap: true, logLevel: 'error' } as const;
const LOAD = `
import { loadCompiled } from './compiled';
const { exports, keep } = loadCompiled(process.argv[2]);
try { console.log(exports.say()); } catch (error) { console.log(error.stack); }
keep();`;
let folder: string;
let file: string;
let code: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'compiled-'));
  file = path.join(folder, 'app.cjs');
  code = `${file}.${process.versions.v8}.code`;
  await build({ ...options, stdin: { contents: LOAD, resolveDir: path.join(__dirname, '../../local-site/runtime') }, outfile: path.join(folder, 'load.cjs') });
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});
const writeApp = (word: string): void => writeFileSync(file, `exports.say = () => '${word} ' + require('node:path').basename(__filename);`);
const run = (bundle: string): string => execFileSync(process.execPath, [path.join(folder, 'load.cjs'), bundle], { encoding: 'utf8' }).trim();
const written = (): number => statSync(code).mtimeMs;

test('a bundle is run by the code that was kept of it', () => {
  writeApp('one');
  expect(existsSync(code)).toBe(false);
  expect(run(file)).toBe('one app.cjs');
  const before = written();
  expect(run(file)).toBe('one app.cjs');
  // What was taken as it was is not kept again.
  expect(written()).toBe(before);
});

test('code of another bundle of the same length, of another V8 or cut off is not run, and kept anew', () => {
  writeApp('one');
  run(file);
  const of = readFileSync(code);
  writeApp('two');
  expect(run(file)).toBe('two app.cjs');
  const good = readFileSync(code);
  expect(good.equals(of)).toBe(false);
  // V8's own header follows the digest.
  for (const bad of [Buffer.alloc(0), good.subarray(0, 40), Buffer.concat([good.subarray(0, 32), Buffer.alloc(200, 7)])]) {
    writeFileSync(code, bad);
    expect(run(file)).toBe('two app.cjs');
    expect(readFileSync(code).subarray(0, 32).equals(good.subarray(0, 32))).toBe(true);
    expect(readFileSync(code).length).toBeGreaterThan(300);
  }
});

test('places in the bundle are told as places in the sources', async () => {
  const source = path.join(folder, 'boom.ts');
  const bundle = path.join(folder, 'boom.cjs');
  writeFileSync(source, 'interface Told {\n  readonly what: string;\n}\n\nexport function say(told: Told = { what: "too late" }): never {\n  throw new Error(told.what);\n}\n');
  await build({ ...options, entryPoints: [source], outfile: bundle });
  const stack = run(bundle);
  expect(stack).toContain(`${bundle}:`);
  const readable = createReadable(bundle);
  expect(readable(stack)).toContain(`Error: too late\n    at Object.say (${source}:6:`);
  expect(readable(stack)).not.toContain(bundle);
  expect(readable('nothing of it: /elsewhere.cjs:1:2')).toBe('nothing of it: /elsewhere.cjs:1:2');
  rmSync(`${bundle}.map`);
  expect(createReadable(bundle)(stack)).toBe(stack);
});
