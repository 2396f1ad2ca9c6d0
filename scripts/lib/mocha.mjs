/** Runs a mocha suite in its own process and counts it. A suite that ran no test, or died before it could say so, has failed. */
import fs from 'node:fs';
import path from 'node:path';
import { inRoot, out } from './paths.mjs';
import { runChild } from './process.mjs';
import { say } from './say.mjs';
import { newTally } from './tally.mjs';

/**
 * @param title the suite's name in the lists at the end
 * @param patterns globs below the root
 * @param node the Node to run on
 * @param env added to the suite's environment
 * @param aside true for a suite that runs beside another: what it prints is shown when it is through
 * @returns a tally
 */
export async function runMocha(title, patterns, { node = process.execPath, args = [], env = {}, aside = false } = {}) {
  say(`Testing ${title} …`);
  const result = resultFile(title);
  const { code, output } = await runChild(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      inRoot('node_modules/mocha/bin/mocha.js'),
      '--reporter',
      inRoot('scripts/lib/reporter.cjs'),
      ...args,
      ...patterns,
    ],
    { cwd: inRoot(), quiet: aside, env: { ...process.env, BACKLINK_LENS_RESULT: result, BACKLINK_LENS_CLI: 'bundle', ...env } },
  );
  if (aside) process.stdout.write(`\n${title}\n${output}`);
  return readOutcome(title, result, code);
}

/** A fresh place for a suite's outcome. */
export function resultFile(title) {
  const file = path.join(out, 'results', `${title.replaceAll(/\W+/g, '-')}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.rmSync(file, { force: true });
  return file;
}

/**
 * The tally of a run that wrote its outcome, or of one that did not get so far.
 *
 * @param code the process's exit code
 */
export function readOutcome(title, file, code) {
  const tally = newTally();
  if (!fs.existsSync(file)) return failed(tally, `${title}: ended with code ${code} before its tests were over`);
  const { passed, failures, skipped } = JSON.parse(fs.readFileSync(file, 'utf8'));
  tally.passed = passed;
  tally.failed = failures.length;
  tally.failures = failures.map((name) => `${title}: ${name}`);
  tally.skipped = skipped.map((name) => `${title}: ${name}`);
  if (passed + failures.length === 0) failed(tally, `${title}: no test ran`);
  else if (code !== 0 && failures.length === 0) failed(tally, `${title}: all tests passed, yet it ended with code ${code}`);
  return tally;
}

function failed(tally, sentence) {
  tally.failed += 1;
  tally.failures.push(sentence);
  return tally;
}
