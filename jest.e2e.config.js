/** Tests against a real cluster: `npm run e2e`, with KUBECONFIG. See docs/proof.md. */
const { transform, moduleNameMapper } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test/e2e'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/e2e/setup.ts',
  setupFilesAfterEnv: ['<rootDir>/test/e2e/retry.ts'],
  // They share one cluster.
  maxWorkers: 1,
  testTimeout: 240_000,
  verbose: true,
  testEnvironment: 'node',
  moduleNameMapper,
  transform,
};
