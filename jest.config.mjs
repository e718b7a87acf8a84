/** Unit specs beside the code, and the slower kinds of test/ as projects of their own. */
const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const project = (displayName, testMatch) => ({
  displayName,
  testEnvironment: 'node',
  testMatch,
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['<rootDir>/test/support/reflect-metadata.ts'],
  modulePathIgnorePatterns: [
    '<rootDir>/server/dist',
    '<rootDir>/client/dist',
    '<rootDir>/scripts/runtime',
    '<rootDir>/scripts/helm',
  ],
});

export default {
  // Real databases, browsers and processes on a busy machine; nothing waits this long on purpose.
  testTimeout: 60_000,
  projects: [
    project('unit', ['<rootDir>/server/src/**/*.spec.ts', '<rootDir>/scripts/**/*.spec.ts']),
    project('deploy', ['<rootDir>/test/deploy/**/*.spec.ts']),
    project('medium', ['<rootDir>/test/medium/**/*.spec.ts']),
    project('pace', ['<rootDir>/test/pace/**/*.spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.spec.ts']),
    project('faults', ['<rootDir>/test/faults/**/*.spec.ts']),
    project('prove', ['<rootDir>/test/prove/**/*.spec.ts']),
    project('screenshots', ['<rootDir>/test/screenshots/**/*.spec.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.spec.ts']),
  ],
};
