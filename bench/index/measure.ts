/** How the index benches measure: candidates take turns in one run, and what is printed is the median over the rounds, with the ratio. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface Timing {
  /** Milliseconds on the clock and of the processor, all threads together. */
  readonly wall: number;
  readonly cpu: number;
}

/** Times one run. */
export async function timed(run: () => unknown): Promise<Timing> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await run();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1000 };
}

/** Rounds before the measured ones: code is compiled, files are in memory. */
const WARMING = 2;

/** Runs the candidates by turns, `rounds` times after some that do not count; gives each one's median. */
export async function byTurns(runs: readonly (() => unknown)[], rounds: number): Promise<Timing[]> {
  const timings: Timing[][] = runs.map(() => []);
  for (let round = -WARMING; round < rounds; round++) {
    for (const [at, run] of runs.entries()) {
      const timing = await timed(run);
      if (round >= 0) timings[at]?.push(timing);
    }
  }
  return timings.map((list) => ({ wall: median(list.map(({ wall }) => wall)), cpu: median(list.map(({ cpu }) => cpu)) }));
}

/** The middle one; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Prints a figure beside its target. */
export function verdict(title: string, figure: string, ratio: number, target: { readonly most: number } | { readonly least: number }): void {
  const met = 'most' in target ? ratio <= target.most : ratio >= target.least;
  const wanted = 'most' in target ? `at most ${target.most}` : `at least ${target.least}`;
  console.log(`${met ? 'met   ' : 'MISSED'}  ${title.padEnd(44)} ${ratio.toFixed(2).padStart(8)} (${wanted})  ${figure}`);
}

/** A folder that is gone when the work is done. */
export async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The value of `--name=value`. */
export function option(name: string, other: number): number {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return given === undefined ? other : Number(given.slice(name.length + 3));
}

/**
 * Runs a bench's own file again as a process with one job, so that its memory and its garbage are its own.
 *
 * @param flags given to Node before the file
 * @returns what the job printed as JSON on its last line
 */
export function inOwnProcess(file: string, options: Readonly<Record<string, string | number>>, flags: readonly string[] = []): unknown {
  const values = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const child = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...flags, file, ...values], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  const last = child.stdout.trim().split('\n').at(-1) ?? '';
  if (child.status !== 0) throw new TypeError(`${path.basename(file)} ${values.join(' ')} ended with ${child.status ?? child.signal}: ${last}`);
  return JSON.parse(last) as unknown;
}
