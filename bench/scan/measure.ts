/** How the scan benches measure: process CPU time, the candidates taking turns in one process, the best of several rounds. */

export interface Candidate {
  readonly name: string;
  /** One pass over the whole corpus; returns how many links it found, so that nothing is optimised away. */
  readonly run: () => number | Promise<number>;
}

export interface Figure {
  readonly name: string;
  /** CPU milliseconds of the best round. */
  readonly milliseconds: number;
  readonly found: number;
}

/** Runs every candidate `rounds` times, in turn; each time once unmeasured first, so that none pays for the garbage of the one before. */
export async function measure(candidates: readonly Candidate[], rounds: number): Promise<Figure[]> {
  const best = candidates.map(({ name }) => ({ name, milliseconds: Number.POSITIVE_INFINITY, found: 0 }));
  for (let round = 0; round < rounds; round++) {
    for (const [index, candidate] of candidates.entries()) {
      await candidate.run();
      const before = process.cpuUsage();
      const found = await candidate.run();
      const { user, system } = process.cpuUsage(before);
      const figure = best[index];
      if (figure === undefined) continue;
      figure.milliseconds = Math.min(figure.milliseconds, (user + system) / 1000);
      figure.found = found;
    }
  }
  return best;
}

/** Prints one row a candidate: its figure, and how much longer it takes than the first. */
export function printFigures(title: string, characters: number, figures: readonly Figure[]): void {
  const [ours] = figures;
  console.log(`\n${title} (${(characters / 1e6).toFixed(1)} M characters; CPU time, best round)`);
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
