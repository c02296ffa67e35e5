/** Two projects: `node` runs the app and the local site, `jsdom` runs React components. Browser stories are Playwright's. */
const tsconfig = {
  target: 'ES2022',
  module: 'CommonJS',
  moduleResolution: 'node10',
  jsx: 'react-jsx',
  esModuleInterop: true,
  isolatedModules: true,
  resolveJsonModule: true,
};
const transform = {
  '^.+\\.tsx?$': [
    'ts-jest',
    {
      diagnostics: false, // types are checked once, by `npm run typecheck`
      tsconfig: { ...tsconfig, allowJs: false },
    },
  ],
  // ESM only; Jest on Node 20 cannot require it.
  '/node_modules/(@apidevtools|content-disposition|marked)/.+\\.js$': ['ts-jest', { diagnostics: false, tsconfig: { ...tsconfig, allowJs: true } }],
};
const shared = {
  transform,
  transformIgnorePatterns: ['/node_modules/(?!(@apidevtools|content-disposition|marked)/)'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/local-site/view/', '<rootDir>/tools/node_modules/', '<rootDir>/.local-site/'],
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 3, // on two cores: the tests of dying processes mostly wait
  globalSetup: './test/jest-build.js',
  testSequencer: './test/jest-order.js',
  testTimeout: 30_000,
  projects: [
    { ...shared, displayName: 'node', testEnvironment: 'node', testMatch: ['<rootDir>/test/**/*.test.ts'] },
    { ...shared, displayName: 'jsdom', testEnvironment: 'jsdom', testMatch: ['<rootDir>/test/**/*.test.tsx'], moduleNameMapper: { '^(.*\\.json)\\?\\w+$': '$1', '\\.css$': '<rootDir>/test/ui/no-style.ts' } },
  ],
};
