/** What ran, what failed and what was left out, over all suites of a run. */

/** An empty tally. `skipped` and `failures` are whole sentences or titles, for the list at the end. */
export function newTally() {
  return { passed: 0, failed: 0, skipped: [], failures: [] };
}

/** Adds a suite's outcome to the whole. */
export function addTally(whole, part) {
  whole.passed += part.passed;
  whole.failed += part.failed;
  whole.skipped.push(...part.skipped);
  whole.failures.push(...part.failures);
}

/**
 * Prints what was skipped and what failed, by name, then the last line of the run.
 *
 * @returns exit code
 */
export function printTally({ passed, failed, skipped, failures }) {
  if (skipped.length > 0) console.log(`\nSkipped (${skipped.length}):\n${skipped.map((title) => `  - ${title}`).join('\n')}`);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((title) => `  - ${title}`).join('\n')}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
