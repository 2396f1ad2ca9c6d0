/** `npm run bench [-- names]`: the benchmarks, one after the other. Each prints its figure, its peer's and the ratio. */
import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/paths.mjs';
import { runChild } from '../lib/process.mjs';
import { StepError, say } from '../lib/say.mjs';
import { build } from './build.mjs';

export async function run(args) {
  const all = benchmarks();
  const words = args.filter((arg) => !arg.startsWith('-'));
  const chosen = all.filter((name) => words.length === 0 || words.some((word) => name === word || name.startsWith(`${word}/`)));
  if (chosen.length === 0) {
    throw new StepError(
      'looking for a benchmark',
      `there is none of the name ${words.join(', ')}`,
      `name one of: ${all.join(', ')}, or a folder.`,
      2,
    );
  }
  await build({ minify: true });
  let worst = 0;
  for (const name of chosen) {
    say(`Measuring ${name} …`);
    const options = [
      '--disable-warning=ExperimentalWarning',
      '--expose-gc',
      inRoot('bench', `${name}.ts`),
      ...args.filter((arg) => arg.startsWith('-')),
    ];
    const { code } = await runChild(process.execPath, options, { cwd: inRoot() });
    worst = Math.max(worst, code);
  }
  return worst;
}

/** Every file of bench/ that no other one imports, by its path without `.ts`: the others are their parts. */
function benchmarks() {
  const files = fs
    .readdirSync(inRoot('bench'), { recursive: true })
    .map((name) => String(name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts'));
  const parts = new Set(files.flatMap(importedBy));
  return files
    .filter((name) => !parts.has(name))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
}

function importedBy(file) {
  const text = fs.readFileSync(inRoot('bench', file), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'/g)].map((match) => path.posix.join(path.posix.dirname(file), match[1]));
}
