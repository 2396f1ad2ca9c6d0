/** What a build's process is given and what it sends back. */
import type { ErrorCode } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import type { PlannedInput } from './inputs/plan.ts';
import type { IngestTask } from './options.ts';
import type { BuildProgress } from './progress.ts';
import type { BuildResult } from './result.ts';

export type BuildTask = IngestTask;

export type ToBuilder =
  | { readonly kind: 'build'; readonly task: BuildTask /** Into the index that is there. */; readonly addition: boolean }
  /** Stop reading, write what is whole. */
  | { readonly kind: 'stop' }
  /** Stop at once, and clean up. */
  | { readonly kind: 'abort' };

export type FromBuilder =
  | { readonly kind: 'plan'; readonly inputs: readonly PlannedInput[] }
  | { readonly kind: 'progress'; readonly progress: BuildProgress }
  | { readonly kind: 'log'; readonly level: keyof Log; readonly message: string }
  | { readonly kind: 'done'; readonly result: BuildResult }
  | { readonly kind: 'failed'; readonly code: ErrorCode | null; readonly message: string; readonly aborted: boolean };
