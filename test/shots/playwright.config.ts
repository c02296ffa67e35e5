import { defineConfig } from '@playwright/test';

/** The screens alone, without the site: nothing is shared, so both cores may work. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 40 * 60_000,
  expect: { timeout: 20_000 },
  outputDir: '../../test-results/states',
  reporter: [['list']],
  use: { screenshot: 'only-on-failure', actionTimeout: 15_000, navigationTimeout: 30_000 },
});
