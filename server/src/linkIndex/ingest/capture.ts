/** What every input is read into: pages and redirects, one at a time. */
import type { ErrorCode } from '../../util/errors.ts';
import type { Capture } from '../store.ts';
import type { InputSource } from './inputs/inputReader.ts';

/** Why an input could not be read whole. */
export interface ReadProblem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What became of an input that was read to its end or to its damage. */
export interface ReadOutcome {
  /** Null when all of it was read. */
  readonly problem: ReadProblem | null;
  /** What else a person should know of an input that is whole: "12 rows name no link and were passed over". */
  readonly note?: string | null;
}

/** Where a reader stands, shared with whoever shows progress. */
export interface ReadOptions {
  readonly signal: AbortSignal;
  /** True where the next bytes are to be fetched and inflated while these are looked at: other threads do that, where they have a core to do it on. */
  readonly ahead?: boolean | undefined;
  /** Called with the bytes of the input that were read since the last call. */
  readonly onBytes: (bytes: number) => void;
  /** Called once where the size of an input shows itself only when reading begins: a folder that was walked, a download. */
  readonly onSize?: ((bytes: number) => void) | undefined;
  /** Opens another file that belongs to the input, by path or address. Rejects as input.unreadable. */
  readonly open?: ((at: string) => Promise<InputSource>) | undefined;
}

/** Reads one input. Yields captures in their order and returns how it ended; throws only for an abort. */
export type CaptureReader = AsyncGenerator<Capture, ReadOutcome, void>;
