/** `npm run bench [-- names]`: every file of bench/, or the named ones, one after the other. Each prints its figure, its peer's and the ratio. */
import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { runChild } from '../lib/process.mjs';
import { StepError, say } from '../lib/say.mjs';
import { build } from './build.mjs';

export async function run(args) {
  const all = fs
    .readdirSync(inRoot('bench'))
    .filter((name) => /\.bench\.(ts|mjs)$/.test(name))
    .sort();
  const names = args.filter((arg) => !arg.startsWith('-'));
  const chosen = names.length === 0 ? all : names.map((name) => find(name, all));
  if (chosen.length === 0) throw new StepError('looking for benchmarks', 'bench/ holds none yet', 'add one as bench/<figure>.bench.ts.');
  await build({ minify: true });
  let worst = 0;
  for (const name of chosen) {
    say(`Measuring ${name} …`);
    const { code } = await runChild(process.execPath, ['--disable-warning=ExperimentalWarning', '--expose-gc', inRoot('bench', name)], {
      cwd: inRoot(),
    });
    worst = Math.max(worst, code);
  }
  return worst;
}

function find(name, all) {
  const wanted = path.basename(name).replace(/(\.bench)?\.(ts|mjs)$/, '');
  const found = all.find((file) => file.replace(/\.bench\.(ts|mjs)$/, '') === wanted);
  if (found === undefined)
    throw new StepError(
      'looking for a benchmark',
      `there is no bench/${wanted}`,
      `name one of: ${all.map((file) => file.split('.')[0]).join(', ')}.`,
      2,
    );
  return found;
}
