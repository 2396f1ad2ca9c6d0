/** What the writing process and its scanning processes say to each other. */
import type { HttpSettings } from '../../../../../shared/protocol.ts';
import type { KindOptions } from '../inputs/inputReader.ts';
import type { PlannedInput } from '../inputs/plan.ts';
import type { InputOutcome } from '../inputs/readInput.ts';
import type { CaptureBatch } from './batch.ts';

/** What a reader is told of one input; all of it can cross to another process. */
export interface ReadTask {
  readonly input: PlannedInput;
  readonly options: KindOptions;
  readonly http?: HttpSettings | undefined;
  /** See DownloadOptions. */
  readonly patience?: number | undefined;
  /** See ReadInputOptions. */
  readonly known?: readonly string[] | undefined;
}

/** First message to a scanning process, then one more for each input. */
export type ToScanner =
  | { readonly kind: 'read'; readonly task: ReadTask /** Batches that may be on their way. */; readonly window: number }
  /** A batch was taken in. */
  | { readonly kind: 'taken' };

export type FromScanner =
  | { readonly kind: 'batch'; readonly batch: CaptureBatch }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'size'; readonly bytes: number }
  | { readonly kind: 'end'; readonly outcome: InputOutcome };
