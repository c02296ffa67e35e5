/** Builds the app's functions and their process's script once: every test file starts sites of its own, which would each build them. */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { build, stop } = require('esbuild');

const root = path.join(__dirname, '..');

module.exports = async () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'incident-pages-built-'));
  await build({
    absWorkingDir: root,
    entryPoints: { index: 'src/index.ts', child: 'local-site/runtime/child.ts' },
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: true,
    logLevel: 'error',
  });
  await stop();
  process.env.APP_BUILT = outdir;
  process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));
};
