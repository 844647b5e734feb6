/** Tests of the page in a real browser: `npm run browser`. See docs/graph.md. */
const { transform, moduleNameMapper, setupFiles } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.test.ts'],
  setupFiles,
  // One browser at a time.
  maxWorkers: 1,
  testTimeout: 60_000,
  verbose: true,
  testEnvironment: 'node',
  moduleNameMapper,
  transform,
};
