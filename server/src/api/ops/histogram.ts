/** Counts of durations by upper bound, as Prometheus adds them up. */
import type { Labels, Sample } from './exposition.ts';

/** Seconds: from a page that is in memory to the time-out of a request. */
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

export class Histogram {
  /** By bound, the last one for what is above them all; not yet added up. */
  readonly #counts = new Float64Array(BOUNDS.length + 1);
  #sum = 0;

  /** @param seconds a negative one counts as 0 */
  observe(seconds: number): void {
    const value = Math.max(0, seconds);
    let at = 0;
    while (at < BOUNDS.length && value > (BOUNDS[at] ?? 0)) at++;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#sum += value;
  }

  samples(labels: Labels): Sample[] {
    let total = 0;
    const buckets = Array.from(this.#counts, (count, at) => {
      total += count;
      return { suffix: '_bucket', labels: { ...labels, le: at < BOUNDS.length ? String(BOUNDS[at]) : '+Inf' }, value: total };
    });
    return [...buckets, { suffix: '_sum', labels, value: this.#sum }, { suffix: '_count', labels, value: total }];
  }
}
