import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': '@swc/jest' },
  globalSetup: './tests/support/global-setup.ts',
  globalTeardown: './tests/support/global-teardown.ts',
  setupFiles: ['reflect-metadata'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/tests/tools/'],
  modulePathIgnorePatterns: ['<rootDir>/.data'],
  coverageProvider: 'v8',
  testTimeout: 60_000,
};

export default config;
