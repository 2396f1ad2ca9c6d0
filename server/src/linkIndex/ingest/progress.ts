/** How far reading and writing an index have come. */
import type { ErrorCode } from '../../util/errors.ts';
import type { Capture } from '../store.ts';

export interface BuildProgress {
  readonly phase: 'crawling' | 'reading' | 'strength' | 'writing';
  /** The input that was last begun, or the host that a crawl heard of last; empty in the other phases. */
  readonly input: string;
  /** Inputs that are done, and all of them; URLs in a crawl. */
  readonly inputs: number;
  readonly totalInputs: number;
  readonly pages: number;
  readonly links: number;
  /** Domains of lists of ranks. */
  readonly domains: number;
  /** Stored bytes of the inputs read so far, and in all; of inputs whose size nobody has said yet the mean of the others is taken. */
  readonly bytes: number;
  readonly totalBytes: number;
}

/** An input that could not be read whole. What came before the damage is in the index. */
export interface BuildProblem {
  readonly input: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** An input that was passed over, because its content is there already. */
export interface SkippedInput {
  readonly input: string;
  readonly message: string;
}

/** Captures between two reports. */
const REPORT_EVERY = 20;

/** Counts what is read. */
export class ProgressCount {
  readonly #report: (progress: BuildProgress) => void;
  readonly #sizes: (number | null)[];
  #input = '';
  #phase: BuildProgress['phase'] = 'reading';
  #inputs = 0;
  #captures = 0;
  #pages = 0;
  #links = 0;
  #domains = 0;
  #bytes = 0;
  /** Inputs whose size is known, and their sizes together. */
  #sized = 0;
  #sizeSum = 0;

  /** @param sizes stored bytes of each input, null where unknown */
  constructor(sizes: readonly (number | null)[], report: (progress: BuildProgress) => void) {
    this.#sizes = sizes.map(() => null);
    this.#report = report;
    for (const [at, size] of sizes.entries()) if (size !== null) this.onSize(size, at);
  }

  get captures(): number {
    return this.#captures;
  }

  begin(input: string): void {
    this.#input = input;
    this.say();
  }

  take(capture: Capture): void {
    if (capture.kind === 'page') {
      this.#pages++;
      this.#links += capture.page.links.length;
    } else if (capture.kind === 'listed') this.#links++;
    else if (capture.kind === 'ranks') this.#domains += capture.ranks.domains.length;
    if (++this.#captures % REPORT_EVERY === 0) this.say();
  }

  end(): void {
    this.#inputs++;
    this.say();
  }

  onBytes(bytes: number): void {
    this.#bytes += bytes;
  }

  onSize(bytes: number, at: number): void {
    if (this.#sizes[at] === null) this.#sized++;
    this.#sizeSum += bytes - (this.#sizes[at] ?? 0);
    this.#sizes[at] = bytes;
  }

  phase(phase: BuildProgress['phase']): void {
    this.#phase = phase;
    this.#input = '';
    this.say();
  }

  say(): void {
    this.#report({
      phase: this.#phase,
      input: this.#input,
      inputs: this.#inputs,
      totalInputs: this.#sizes.length,
      pages: this.#pages,
      links: this.#links,
      domains: this.#domains,
      bytes: this.#bytes,
      totalBytes: Math.max(this.#totalBytes(), this.#bytes),
    });
  }

  #totalBytes(): number {
    return this.#sized === 0 ? 0 : Math.round((this.#sizeSum * this.#sizes.length) / this.#sized);
  }
}
