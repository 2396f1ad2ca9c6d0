/** `npm run test:<suite>`: one suite, with what it needs built. Further arguments go to mocha (`-- --grep words`). */

import { runHostSuite } from '../lib/hostSuite.mjs';
import { runMocha } from '../lib/mocha.mjs';
import { SUITES } from '../lib/suites.mjs';
import { printTally } from '../lib/tally.mjs';
import { build } from './build.mjs';

export async function run(args, task) {
  const name = task.replace('test:', '');
  if (name === 'host') {
    await build();
    return printTally(await runHostSuite({ grep: args }));
  }
  const { patterns, needsDist } = SUITES[name];
  if (needsDist) await build({ minify: true });
  return printTally(await runMocha(name, patterns, { args }));
}
