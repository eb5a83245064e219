/** Every project's suites in one run; each project keeps a configuration of its own. */
export default {
  projects: [
    '<rootDir>/libs/*/jest.config.js',
    '<rootDir>/libs/lifelines/*/jest.config.js',
    '<rootDir>/apps/*/jest.config.js',
    '<rootDir>/devices/jest.config.js',
    '<rootDir>/test/jest.config.js',
  ],
};
