/** `npm run bench [-- names]`: the benchmarks, one after the other. Each prints its figure, its peer's and the ratio. */
import fs from 'node:fs';
import path from 'node:path';
import { installPinned } from '../lib/install.mjs';
import { inRoot } from '../lib/paths.mjs';
import { runChild } from '../lib/process.mjs';
import { StepError, say } from '../lib/say.mjs';
import { build } from './build.mjs';

/** The file through which benches load what is installed apart. */
const PEERS = 'index/peers.ts';

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
  const env = chosen.some(needsPeers) ? { ...process.env, ...(await heavyPeers()) } : process.env;
  let worst = 0;
  for (const name of chosen) {
    say(`Measuring ${name} …`);
    const options = [
      '--disable-warning=ExperimentalWarning',
      '--expose-gc',
      inRoot('bench', `${name}.ts`),
      ...args.filter((arg) => arg.startsWith('-')),
    ];
    const { code } = await runChild(process.execPath, options, { cwd: inRoot(), env });
    worst = Math.max(worst, code);
  }
  return worst;
}

/** Databases and parsers that only benches use. Offline they are left out: the benches then print our figures alone. */
async function heavyPeers() {
  try {
    const folder = await installPinned('bench-peers', inRoot('bench/peers'), 'what the index benches compare with (DuckDB, LMDB, cheerio; 100 MB)');
    return { BACKLINK_LENS_PEERS: folder };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(`${error.message}\n  Going on without DuckDB, LMDB and cheerio.`);
    return {};
  }
}

function needsPeers(name) {
  const file = `${name}.ts`;
  return (
    file === PEERS || importedBy(file).some((part) => part === PEERS || (fs.existsSync(inRoot('bench', part)) && importedBy(part).includes(PEERS)))
  );
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
