/** `npm run test:<suite>`: one suite, with what it needs built. Further arguments go to mocha (`-- --grep words`). */

import { runHostSuite, runStories, runWeb } from '../lib/hostSuite.mjs';
import { runMocha } from '../lib/mocha.mjs';
import { SUITES } from '../lib/suites.mjs';
import { addTally, printTally } from '../lib/tally.mjs';
import { build } from './build.mjs';
import { packageExtension } from './package.mjs';

export async function run(args, task) {
  const name = task.replace('test:', '');
  if (name === 'host') {
    await build({ minify: true });
    const tally = await runHostSuite({ grep: args });
    addTally(tally, await runStories({ vsix: await packageExtension(), grep: args }));
    return printTally(tally);
  }
  if (name === 'web') {
    await build({ minify: true });
    return printTally(await runWeb({ args }));
  }
  const { patterns, needsDist } = SUITES[name];
  if (needsDist) await build({ minify: true });
  return printTally(await runMocha(name, patterns, { args }));
}
