/** Tests of what `npm pack` makes, in projects of other folders: `npm run package-test`, with a registry. */
const { transform, moduleNameMapper } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test/package'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/package/setup.ts',
  testTimeout: 180_000,
  verbose: true,
  testEnvironment: 'node',
  moduleNameMapper,
  transform,
};
