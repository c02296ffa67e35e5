import { defineConfig } from '@playwright/test';

/** The site itself, each worker with one of its own that runs a small app: nothing is shared with the stories of the product. */
export default defineConfig({
  testDir: '.',
  testMatch: '0-*.spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 40 * 60_000,
  expect: { timeout: 20_000 },
  outputDir: '../../test-results/site',
  reporter: [['list']],
  use: { screenshot: 'only-on-failure', actionTimeout: 15_000, navigationTimeout: 30_000 },
});
