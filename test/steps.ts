/** Runs one command after another for `npm test` and the Forge check, and counts what they report. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { root } from './vendor-specs';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Names of tests that did not run. */
  readonly skipped: readonly string[];
}
export const add = (a: Counts, b: Counts): Counts => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: [...a.skipped, ...b.skipped] });
export const none: Counts = { passed: 0, failed: 0, skipped: [] };

export interface Command {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Show the output while it runs; otherwise only when the command fails. */
  readonly stream?: boolean;
  /** Leaves the processor to what runs beside it. */
  readonly gentle?: boolean;
}

/** A package's command-line file started by this Node: no shell, so it runs the same everywhere. */
export function node(name: string, script: string, args: readonly string[], more: Partial<Command> = {}): Command {
  return { name, command: process.execPath, args: [script, ...args], ...more };
}

/** Ends every line with its own newline and tells how long a step took. Resolves to whether the command answered 0. */
export function run(step: Command): Promise<boolean> {
  const started = Date.now();
  return new Promise((done) => {
    const child = spawn(step.command, [...step.args], {
      cwd: step.cwd ?? root,
      env: { ...process.env, ...step.env },
      stdio: ['ignore', step.stream ? 'inherit' : 'pipe', step.stream ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32' && step.command === 'npm',
    });
    if (step.gentle === true && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk));
    const end = (ok: boolean): void => {
      if (!ok && output) console.log(output.trimEnd());
      console.log(`${ok ? 'ok    ' : 'FAILED'} ${step.name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
      done(ok);
    };
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/** Whether the packages of the nested package in `folder` are installed as its lock file says. */
export function installed(folder: string): boolean {
  // npm writes this file at the end of an install that went through.
  const mark = join(folder, 'node_modules', '.package-lock.json');
  return existsSync(mark) && statSync(mark).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}

/** What the handler tests on Forge's bundle write. */
export const bundleReport = join(root, 'test-results', 'handlers-on-bundle.json');

/** One command that passes or fails as a whole. */
export async function check(step: Command): Promise<Counts> {
  return (await run(step)) ? { ...none, passed: 1 } : { ...none, failed: 1 };
}

interface JestReport {
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly { readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[] }[];
}

/** Counts of a jest JSON report; a suite that could not be loaded is one failure. */
export function readJest(text: string): Counts {
  const report = JSON.parse(text) as JestReport;
  const all = report.testResults.flatMap((file) => file.assertionResults);
  return {
    passed: all.filter((test) => test.status === 'passed').length,
    failed: all.filter((test) => test.status === 'failed').length + report.numRuntimeErrorTestSuites,
    skipped: all.filter((test) => test.status !== 'passed' && test.status !== 'failed').map((test) => test.fullName),
  };
}

interface PlaywrightSuite {
  readonly specs?: readonly { readonly title: string; readonly tests: readonly { readonly status: string }[] }[];
  readonly suites?: readonly PlaywrightSuite[];
}

/** Counts of a Playwright JSON report; an error outside every test is one failure, a test that never got its turn is skipped. */
export function readPlaywright(text: string): Counts {
  const report = JSON.parse(text) as { readonly suites?: readonly PlaywrightSuite[]; readonly errors?: readonly unknown[] };
  const walk = (suites: readonly PlaywrightSuite[]): Counts =>
    suites.reduce<Counts>((sum, suite) => {
      const own = (suite.specs ?? []).flatMap((spec) => spec.tests.map((test) => ({ title: spec.title, status: test.status })));
      return add(add(sum, walk(suite.suites ?? [])), {
        passed: own.filter((test) => test.status === 'expected').length,
        failed: own.filter((test) => test.status === 'unexpected' || test.status === 'flaky').length,
        skipped: own.filter((test) => test.status === 'skipped').map((test) => test.title),
      });
    }, none);
  const counts = walk(report.suites ?? []);
  return { ...counts, failed: counts.failed + (report.errors?.length ?? 0) };
}

/** Runs a test runner that writes its report to `file`; no report, or a failing exit with nothing failed in it, is one failure. */
export async function report(step: Command, file: string, read: (text: string) => Counts): Promise<Counts> {
  rmSync(file, { force: true });
  const ok = await run(step);
  if (!existsSync(file)) return { ...none, failed: 1 };
  const counts = read(readFileSync(file, 'utf8'));
  if (counts.passed + counts.failed === 0) return { ...counts, failed: 1 };
  return !ok && counts.failed === 0 && counts.skipped.length === 0 ? { ...counts, failed: 1 } : counts;
}

/** Prints skipped tests and, alone on the last line, the counts. Sets the exit code: in CI a skipped test fails too. */
export function finish(counts: Counts): void {
  for (const name of counts.skipped) console.log(`skipped: ${name}`);
  const skipped = counts.skipped.length > 0 ? `, ${counts.skipped.length} skipped` : '';
  if (counts.failed > 0 || (process.env['CI'] && counts.skipped.length > 0)) process.exitCode = 1;
  console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
}
