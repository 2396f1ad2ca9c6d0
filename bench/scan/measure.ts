/** How the scan benches measure: process CPU time, every candidate in processes of its own that take turns, the best pass of all. */
import { execFileSync } from 'node:child_process';
import { argv, cpuUsage, execArgv, execPath, exit, stdout } from 'node:process';

/** Tells a process that it is one candidate's. */
const ONLY = '--only=';
/** CPU time, in milliseconds: long enough for the engine to compile what is hot, short enough for several turns. */
const TURN_MS = 10_000;

export interface Candidate {
  readonly name: string;
  /** One pass over the whole corpus; returns how many links it found, so that nothing is optimised away. */
  readonly run: () => number | Promise<number>;
}

export interface Figure {
  readonly name: string;
  /** CPU milliseconds of the best pass. */
  readonly milliseconds: number;
  readonly found: number;
}

/**
 * Runs every candidate for the same CPU time in each turn, in a process of its own: none pays for the heap, or for what the engine has learned
 * of the code, of another. The file that calls this is run again for each; what stands before the call is the candidates' preparation.
 *
 * @param turns processes a candidate
 */
export async function measure(candidates: readonly Candidate[], turns: number): Promise<Figure[]> {
  const only = argv.find((argument) => argument.startsWith(ONLY))?.slice(ONLY.length);
  if (only !== undefined) {
    const candidate = candidates.find(({ name }) => name === only);
    if (candidate !== undefined) stdout.write(JSON.stringify(await turnOf(candidate)));
    exit(candidate === undefined ? 1 : 0);
  }
  const best = candidates.map(({ name }) => ({ name, milliseconds: Number.POSITIVE_INFINITY, found: 0 }));
  for (let turn = 0; turn < turns; turn++) {
    for (const figure of best) {
      const said = execFileSync(execPath, [...execArgv, argv[1] ?? '', `${ONLY}${figure.name}`], { stdio: ['ignore', 'pipe', 'inherit'] });
      const { milliseconds, found } = JSON.parse(said.toString()) as Figure;
      figure.milliseconds = Math.min(figure.milliseconds, milliseconds);
      figure.found = found;
    }
  }
  return best;
}

async function turnOf({ name, run }: Candidate): Promise<Figure> {
  const start = cpuUsage();
  let milliseconds = Number.POSITIVE_INFINITY;
  let found = 0;
  for (let spent = 0; spent < TURN_MS; spent = since(start)) {
    const before = cpuUsage();
    found = await run();
    milliseconds = Math.min(milliseconds, since(before));
  }
  return { name, milliseconds, found };
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
}

/** Prints one row a candidate: its figure, and how much longer it takes than the first. */
export function printFigures(title: string, characters: number, figures: readonly Figure[]): void {
  const [ours] = figures;
  console.log(`\n${title} (${(characters / 1e6).toFixed(1)} M characters; CPU time, best pass)`);
  for (const { name, milliseconds, found } of figures) {
    const speed = (characters / 1e3 / milliseconds).toFixed(1).padStart(7);
    const ratio = ours === undefined || ours.name === name ? '' : `${(milliseconds / ours.milliseconds).toFixed(1)} x ours`;
    console.log(`  ${name.padEnd(34)} ${milliseconds.toFixed(1).padStart(9)} ms ${speed} M/s ${String(found).padStart(8)} links  ${ratio}`);
  }
}

/** The p-th percentile of samples, in their unit. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0;
}
