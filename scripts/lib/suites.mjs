/** The mocha suites by name: what they run and whether they need dist. */
export const SUITES = {
  unit: { patterns: ['test/*.test.ts', 'test/unit/**/*.test.ts', 'test/fuzz/**/*.test.ts', 'test/scripts/**/*.test.mjs'], needsDist: true },
  source: { patterns: ['test/source/**/*.test.ts'], needsDist: false },
  store: { patterns: ['test/store/**/*.test.ts'], needsDist: false },
  protocol: { patterns: ['test/protocol/**/*.test.ts'], needsDist: true },
  api: { patterns: ['test/api/**/*.test.ts'], needsDist: true },
  cli: { patterns: ['test/cli/**/*.test.ts'], needsDist: true },
};

/** What also runs once on the oldest supported Node; killing processes at a hundred moments says no more there, and takes minutes. */
export const FLOOR_PATTERNS = ['test/unit/**/*.test.ts', 'test/store/**/*.test.ts'];
export const NOT_ON_FLOOR = ['test/unit/linkIndex/crash.test.ts', 'test/unit/linkIndex/crawl/killed.test.ts'];
