/**
 * Mocha's reporter for all suites: one line a group, failures in full at the end, and the outcome as JSON in the file named by
 * BACKLINK_LENS_RESULT for whoever counts over several runs. CommonJS, because the extension host loads it too.
 */
'use strict';
const { renameSync, writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

class GroupReporter extends reporters.Base {
  #groups = new Map();

  constructor(runner, options) {
    super(runner, options);
    const outcome = { passed: 0, failures: [], skipped: [] };
    runner.on('pass', (test) => {
      outcome.passed += 1;
      this.#group(test).passed += 1;
    });
    runner.on('pending', (test) => outcome.skipped.push(titleOf(test)));
    runner.on('fail', (test, error) => {
      outcome.failures.push(titleOf(test));
      this.#group(test).failed += 1;
      console.log(`  FAILED ${titleOf(test)}: ${String(error?.message ?? error).split('\n')[0]}`);
    });
    runner.once('end', () => {
      for (const [title, { passed, failed }] of this.#groups)
        console.log(`  ${failed === 0 ? 'ok' : 'XX'} ${title}  ${passed}${failed ? `, ${failed} failed` : ''}`);
      this.epilogue();
      this.#write(outcome);
    });
  }

  #group(test) {
    const title = test.titlePath()[0] ?? '';
    const group = this.#groups.get(title) ?? { passed: 0, failed: 0 };
    this.#groups.set(title, group);
    return group;
  }

  #write(outcome) {
    const file = process.env.BACKLINK_LENS_RESULT;
    if (!file) return;
    writeFileSync(`${file}.draft`, JSON.stringify(outcome));
    renameSync(`${file}.draft`, file);
  }
}

function titleOf(test) {
  return test.titlePath().join(' > ');
}

module.exports = GroupReporter;
