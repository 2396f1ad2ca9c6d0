/** `npm test`: everything, in the order in which a failure is cheapest to learn. The last line is `N passed, N failed`. */
import { runHostSuite, runStories, runWeb } from '../lib/hostSuite.mjs';
import { runMocha } from '../lib/mocha.mjs';
import { say } from '../lib/say.mjs';
import { FLOOR_PATTERNS, NOT_ON_FLOOR, SUITES } from '../lib/suites.mjs';
import { addTally, newTally, printTally } from '../lib/tally.mjs';
import { FLOOR, hasPinnedNode, pinnedNode } from '../runtime.mjs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { packageExtension, packageFile } from './package.mjs';

const FLOOR_TITLE = `floor (Node ${FLOOR})`;

export async function run(args) {
  const whole = newTally();
  const noHost = args.includes('--no-host');
  const leftOut = (name) => ({ ...newTally(), skipped: [`${name}: the whole suite (--no-host)`] });
  const [longest, ...others] = Object.entries(SUITES).map(([name, { patterns }]) => [name, () => runMocha(name, patterns)]);
  const steps = [
    ['check', () => check(whole)],
    // What is tested is what ships.
    ['build', () => build({ minify: true, strict: true })],
    ['package', () => packageExtension()],
    // Side by side: a machine with two processors is then busy with both.
    ['two suites', () => Promise.all([longest, [FLOOR_TITLE, runOnFloor]].map(([name, step]) => runStep(whole, name, step)))],
    ...others,
    ['web', () => (noHost ? leftOut('web') : runWeb())],
    ['host', () => (noHost ? leftOut('host') : runHostSuite())],
    ['stories', () => (noHost ? leftOut('stories') : runStories({ vsix: packageFile() }))],
  ];
  for (const [name, step] of steps) await runStep(whole, name, step);
  say('Done');
  return printTally(whole);
}

/** A step that breaks counts as one failure, and the rest still runs. */
async function runStep(whole, name, step) {
  try {
    const outcome = await step();
    if (outcome?.failures !== undefined) addTally(whole, outcome);
  } catch (error) {
    console.error(error.message ?? error);
    addTally(whole, { passed: 0, failed: 1, skipped: [], failures: [`${name}: ${String(error.message ?? error).split('\n')[0]}`] });
  }
}

async function runOnFloor() {
  if (process.versions.node === FLOOR) return { ...newTally(), skipped: [`${FLOOR_TITLE}: this run is on it already`] };
  if (!hasPinnedNode('floor'))
    return { ...newTally(), skipped: [`${FLOOR_TITLE}: the package registry has no such Node for ${process.platform} ${process.arch}`] };
  const args = NOT_ON_FLOOR.flatMap((file) => ['--ignore', file]);
  return runMocha(FLOOR_TITLE, FLOOR_PATTERNS, { node: await pinnedNode('floor'), args, aside: true });
}
