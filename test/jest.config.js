import preset from '../jest.preset.js';

/** These suites run the built product (dist), as it is shipped: worker threads and processes need real files. */
export default {
  ...preset,
  rootDir: import.meta.dirname,
  testEnvironmentOptions: { customExportConditions: ['node', 'node-addons'] },
  testTimeout: 120_000,
};
