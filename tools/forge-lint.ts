/** Atlassian's linter, client side, with the vendors' descriptions from disk: nothing is downloaded and no login is needed. */
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Loaded at run time: these packages are installed by the check itself, after the project's types have been checked.
const load = createRequire(__filename);

interface Finding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}
interface LintResult {
  readonly file: string;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** The linter reads the descriptions from these variables; one that is missing makes it use the network. */
function describeProducts(specs: string | null): void {
  const empty = join(mkdtempSync(join(tmpdir(), 'forge-lint-')), 'empty.json');
  writeFileSync(empty, '{"paths":{}}');
  const file = (name: string): string => (specs ? join(specs, name) : empty);
  Object.assign(process.env, {
    USE_LOCAL_SWAGGER: '1',
    LOCAL_CONF_SWAGGER: file('confluence-v1.json'),
    LOCAL_CONF_V2_SWAGGER: file('confluence-v2.json'),
    LOCAL_JIRA_SWAGGER: file('jira-v3.json'),
    LOCAL_JSM_SWAGGER: empty,
    LOCAL_JSW_SWAGGER: empty,
    LOCAL_BB_SWAGGER: empty,
  });
}

/** The linter validates the manifest once more, so every finding is kept once. */
const findings = new Set<string>();
const note = (kind: string, file: string, { line, column, message }: Finding): unknown => findings.add(`${kind} ${file}:${line}:${column} ${message}`);

async function main(): Promise<void> {
  describeProducts(process.env['VENDOR_SPECS'] ?? null);
  const { FullValidationProcessor } = load('@forge/manifest');
  const manifest = await new FullValidationProcessor({ deprecatedRuntimes: [] }).process(undefined);
  for (const error of (manifest.errors ?? []) as (Finding & { level?: string })[]) note(error.level ?? 'error', 'manifest.yml', error);

  const { lint } = load('@forge/lint');
  const { ConfigFile, FileSystemReader, FileSystemWriter } = load('@forge/cli-shared');
  const config = await new ConfigFile(new FileSystemReader(), new FileSystemWriter()).readConfig();
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join('src', name));
  if (files.length === 0 || readFileSync('tsconfig.json', 'utf8').includes('"src"')) {
    throw new Error('The linter would look at no file: tsconfig.json must list globs, not folders.');
  }
  const noStatsig = { getDeprecatedRuntimes: async () => [] };
  const results: LintResult[] = await lint(files, config, 'development', { info: console.log }, noStatsig, { linter: { mode: 'client-side' } });
  for (const result of results) {
    for (const finding of result.errors) note('error', result.file, finding);
    for (const finding of result.warnings) note('warning', result.file, finding);
  }
  for (const finding of findings) console.log(finding);
  console.log(`${files.length} files, ${findings.size} findings`);
  if (findings.size > 0 || !manifest.success) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
