/** What a kind of input is to the rest: how it is recognised, and how it is read. A new kind is one of these, and a line in readers.ts. */
import type { CaptureReader, ReadOptions } from '../capture.ts';

/** The bytes of one input, wherever they lie. */
export interface InputSource {
  /** As the user named it: a path or a URL. Stands in messages. */
  readonly name: string;
  /** Bytes as they are stored; null where nobody knows before the end. */
  readonly size: number | null;
  /** Epoch milliseconds at which the file was last changed, where that is known: the date of an export that names none itself. */
  readonly modified?: number | null;
  /**
   * The bytes as they are stored, from the first on. Whoever stops early ends the iteration, which stops a download too.
   *
   * @throws BacklinkLensError input.unreadable; the signal's reason
   */
  bytes(signal: AbortSignal): AsyncIterable<Buffer>;
}

/** How an input begins. */
export interface InputHead {
  /** Up to 64 KB of the content, inflated where it is gzip. */
  readonly bytes: Buffer;
  /** Path or URL. Content decides; a name only where contents look alike. */
  readonly name: string;
}

/** What a reader may need to know; what a kind does not need it does not look at. All of it can cross to another process. */
export interface KindOptions {
  /** Epoch milliseconds of the build. */
  readonly now: number;
  /** `--base-url`: address of a folder. */
  readonly baseUrl?: string | undefined;
  /** `--site`: the property of a Search Console export that does not name it, as a target is written. */
  readonly site?: string | undefined;
  /** `--ranks-top`: domains to take from a list of ranks; 1,000,000 unless told otherwise. */
  readonly ranksTop?: number | undefined;
  /** `--ranks-population`: domains that the release ranks in all, where it is not a known one. */
  readonly ranksPopulation?: number | undefined;
  /** `--targets`: domains whose referring domains are wanted from a web graph. */
  readonly targets?: readonly string[] | undefined;
  /** `--vertices` and `--ranks`: files that belong to a web graph's edges; by default those of the same name beside them. */
  readonly vertices?: string | undefined;
  readonly ranks?: string | undefined;
}

export interface InputReader {
  /** For code: `warc`, `wat`, … */
  readonly kind: string;
  /** For people: "WARC archive". */
  readonly label: string;
  recognises(head: InputHead): boolean;
  /**
   * Reads all of it. Calls `options.onBytes` for the stored bytes it consumed.
   *
   * @throws the signal's reason only: whatever else goes wrong is the outcome's problem
   */
  read(source: InputSource, options: KindOptions & ReadOptions): CaptureReader;
}
