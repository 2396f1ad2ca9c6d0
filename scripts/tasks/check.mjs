/** `npm run check`: types, format and lint, each counted as one check. */
import { inRoot } from '../lib/paths.mjs';
import { runChild } from '../lib/process.mjs';
import { say } from '../lib/say.mjs';
import { newTally, printTally } from '../lib/tally.mjs';

const CHECKS = [
  { title: 'types (tsc)', bin: 'typescript/bin/tsc', args: ['--noEmit'] },
  { title: 'format and lint (biome)', bin: '@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings'] },
  { title: 'lint with types (oxlint)', bin: 'oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings'] },
];

export async function run() {
  const tally = newTally();
  await check(tally);
  return printTally(tally);
}

/** Runs all three, whatever the first says, into the tally. */
export async function check(tally) {
  for (const { title, bin, args } of CHECKS) {
    say(`Checking ${title} …`);
    const { code } = await runChild(process.execPath, [inRoot('node_modules', bin), ...args], { cwd: inRoot() });
    if (code === 0) tally.passed += 1;
    else {
      tally.failed += 1;
      tally.failures.push(`check: ${title} (code ${code})`);
    }
  }
}
