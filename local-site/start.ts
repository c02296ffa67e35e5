/**
 * `npm start`: the whole product on this machine. Options: `--fresh` starts clean, `--unconfigured` is a real first install.
 * With MACKEREL_API_KEY the real Mackerel is read in place of the stand-in.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepareAssets } from './assets';
import { busyPort, reserve } from './ports';
import { createSite } from './site';
import { vendorSpecs } from './vendor-specs';

const appDir = path.join(__dirname, '..');
/** Checked before minutes of building, so that a busy port is said at once. */
const port = async (name: string, fallback: number): Promise<number> => {
  const value = Number(process.env[name] ?? fallback);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name} must be a port number, not ${String(process.env[name])}.`);
  await (await reserve(value).catch(busyPort(value, name))).release();
  return value;
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false }, unconfigured: { type: 'boolean', default: false } } });
  const began = performance.now();
  const say = (step: string): void => console.log(`  ${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${step}`);
  const apiKey = process.env['MACKEREL_API_KEY']?.trim() ?? '';
  const real = apiKey !== '';
  // What was made from the stand-in's alerts stays apart from what a real organization gives.
  const stateDir = path.join(path.resolve(process.env['STATE_DIR'] ?? path.join(appDir, '.local-site')), real ? 'real' : '');
  const ports = { port: await port('PORT', 4100), mackerelPort: real ? 0 : await port('MACKEREL_PORT', 4101), appPort: await port('APP_PORT', 4102) };
  await prepareAssets(appDir, say);
  const site = await createSite({
    stateDir,
    ...ports,
    realMackerel: real ? { apiKey } : null,
    fresh: values.fresh,
    unconfigured: values.unconfigured,
    bundle: process.env['APP_BUNDLE'] ?? null,
    specsDir: vendorSpecs(),
    onProgress: say,
  });
  say('ready');
  const about = real ? 'the real service, polled every five minutes; nothing is written and no webhook is registered' : "the stand-in's console";
  console.log(`
  Site       ${site.urls.site}   start here${real ? '' : '; press "Break checkout"'}
  Mackerel   ${site.urls.mackerel}   ${about}
  Control    ${site.urls.site}/__site/status

  Ctrl+C stops it; what happened is kept in ${path.relative(process.cwd(), stateDir) || '.'} (--fresh starts clean).
`);
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    site.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `\n${error.message}\n` : error);
  process.exit(1);
});
