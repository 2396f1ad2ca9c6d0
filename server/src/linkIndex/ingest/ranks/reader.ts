/** Common Crawl's domain ranks as a kind of input: the first N of a list that is sorted by rank, and not a byte more than they need. */
import { BacklinkLensError } from '../../../util/errors.ts';
import type { Capture } from '../../store.ts';
import type { CaptureReader, ReadOptions, ReadProblem } from '../capture.ts';
import type { InputReader, InputSource, KindOptions } from '../inputs/inputReader.ts';
import { linesOf } from '../textLines.ts';
import { archiveBytes } from '../warc/bytes.ts';
import { beginsRanks, type RankColumns, rankColumns, rankRow } from './rankLines.ts';
import { domainsOf, releaseIn } from './releases.ts';

/** Domains that are taken unless told otherwise. */
export const RANKS_TOP = 1_000_000;
/** Compressed bytes a domain takes, about: for what is said before reading. Of the first million, 30 MB of a list of 2 to 3.5 GB. */
export const BYTES_A_DOMAIN = 30;

export const ranksReader: InputReader = {
  kind: 'ranks',
  label: 'Common Crawl domain ranks',
  recognises: ({ bytes }) => beginsRanks(bytes.toString('latin1', 0, 2000)),
  read: readRanks,
};

/** Reads the ranks of the first domains. A list that is not sorted is read to its end, and the places below N are taken from it. */
export async function* readRanks(source: InputSource, options: KindOptions & ReadOptions): CaptureReader {
  if (/-host-ranks\b/.test(source.name)) {
    return { problem: problem('usage.invalid', `${source.name} ranks hosts. Name the list of domains of the same release (…-domain-ranks.txt.gz).`) };
  }
  const reading = new RankReading(source, options);
  try {
    yield* reading.captures();
    return { problem: null, note: reading.note() };
  } catch (error) {
    options.signal.throwIfAborted();
    return { problem: reading.problem(error), note: reading.note() };
  }
}

type RanksCapture = Extract<Capture, { kind: 'ranks' }>;

class RankReading {
  readonly #source: InputSource;
  readonly #options: KindOptions & ReadOptions;
  readonly #release: string | null;
  readonly #top: number;
  #bytes = 0;
  #taken = 0;
  #unnamed = 0;
  #place = 0;
  #highest = 0;
  #sorted = true;
  #ended = false;

  constructor(source: InputSource, options: KindOptions & ReadOptions) {
    this.#source = source;
    this.#options = options;
    this.#release = releaseIn(source.name);
    this.#top = options.ranksTop ?? RANKS_TOP;
  }

  async *captures(): AsyncGenerator<RanksCapture, void, void> {
    let columns: RankColumns | null | undefined;
    for await (const lines of linesOf(archiveBytes(this.#source, { ...this.#options, onBytes: (bytes) => this.#count(bytes) }))) {
      this.#options.signal.throwIfAborted();
      let from = 0;
      if (columns === undefined) {
        columns = rankColumns(lines[0] ?? '');
        if (columns !== null) from = 1;
      }
      const domains = this.#domains(lines.slice(from), columns ?? undefined);
      yield { kind: 'ranks', ranks: { release: this.#release, population: this.#population(), domains } };
      this.#foretell();
      if (this.#sorted && this.#place >= this.#top) return;
    }
    this.#ended = true;
    if (this.#taken === 0) throw new BacklinkLensError('input.unknown-table', 'holds no ranks');
    yield { kind: 'ranks', ranks: { release: this.#release, population: this.#population(), domains: [] } };
  }

  note(): string | null {
    const n = (value: number): string => value.toLocaleString('en');
    const known = this.#population();
    const unknown = 'how many domains the release ranks is not known: name it with --ranks-population for strengths';
    const parts = [
      `${n(this.#taken)} domains${known === null ? '' : ` of ${n(known)}`}`,
      ...(this.#unnamed > 0 ? [`${n(this.#unnamed)} names are no host names and were passed over`] : []),
      ...(known === null ? [unknown] : []),
    ];
    return parts.join('; ');
  }

  problem(error: unknown): ReadProblem {
    const kept = `What came before is in the index (${this.#taken.toLocaleString('en')} domains).`;
    if (BacklinkLensError.is(error)) return problem(error.code, `${this.#source.name} ${error.message}. ${kept}`);
    return problem('input.unreadable', `${this.#source.name} could not be read: ${error instanceof Error ? error.message : String(error)}. ${kept}`);
  }

  #domains(lines: readonly string[], columns: RankColumns | undefined): (readonly [string, number])[] {
    const domains: (readonly [string, number])[] = [];
    for (const line of lines) {
      const row = rankRow(line, columns);
      if (row === null) {
        this.#unnamed++;
        continue;
      }
      if (row.harmonic <= this.#place) this.#sorted = false;
      this.#place = row.harmonic;
      this.#highest = Math.max(this.#highest, row.harmonic);
      if (row.harmonic > this.#top) continue;
      if (row.name === null) this.#unnamed++;
      else domains.push([row.name, row.harmonic]);
    }
    this.#taken += domains.length;
    return domains;
  }

  /** A list that was read to its end tells by itself how long it is. */
  #population(): number | null {
    return this.#options.ranksPopulation ?? domainsOf(this.#release) ?? (this.#ended && this.#highest > 0 ? this.#highest : null);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    this.#options.onBytes(bytes);
  }

  /** The size of what will be read, by what has been: the list itself may be a hundred times as long. */
  #foretell(): void {
    if (!this.#sorted || this.#place === 0) return;
    const expected = Math.ceil((this.#bytes / this.#place) * Math.max(this.#place, this.#top));
    this.#options.onSize?.(Math.min(expected, this.#source.size ?? expected));
  }
}

function problem(code: ReadProblem['code'], message: string): ReadProblem {
  return { code, message };
}
