import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  globalSetup: './tests/support/global-setup.ts',
  globalTeardown: './tests/support/global-teardown.ts',
  setupFiles: ['reflect-metadata', './tests/support/property-tests.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/tests/tools/'],
  modulePathIgnorePatterns: ['<rootDir>/.data'],
  coverageProvider: 'v8',
  // Tests wait for the database and for processes as often as they compute: two share what one leaves.
  maxWorkers: 2,
  testTimeout: 60_000,
};

export default config;
