/** Starts the stand-in alone: `tsx local-site/mackerel/main.ts [--fresh]`. Env: MACKEREL_PORT, STATE_DIR. */
import { startMackerel } from './server';

async function main(): Promise<void> {
  const server = await startMackerel({
    stateDir: process.env['STATE_DIR'] ?? '.local-site',
    port: Number(process.env['MACKEREL_PORT'] ?? 4101),
    clock: { now: () => Date.now() },
    periodSeconds: Number(process.env['MACKEREL_PERIOD'] ?? 5),
    fresh: process.argv.includes('--fresh'),
  });
  console.log(`Mackerel stand-in: ${server.url}  (API key ${server.apiKey})`);
  process.once('SIGINT', () => void server.close().then(() => process.exit(0)));
}
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
