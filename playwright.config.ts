import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  testIgnore: '**/0-*.spec.ts', // the site's own: test/e2e/site.playwright.config.ts
  globalSetup: './test/e2e/global-setup.ts',
  // One site serves all stories: two cores run one site, its function process and one browser at a time.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 40 * 60_000,
  expect: { timeout: 20_000 },
  outputDir: 'test-results/browser',
  reporter: [['list']],
  use: { screenshot: 'only-on-failure', actionTimeout: 15_000, navigationTimeout: 30_000 },
});
