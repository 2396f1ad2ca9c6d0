/** What a build's thread is given and what it posts back. */
import type { ErrorCode } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import type { BuildOptions, BuildProgress, BuildResult } from './build.ts';

/** The options that can cross a thread. */
export type BuildTask = Omit<BuildOptions, 'log' | 'onProgress' | 'signal'>;

export type BuildMessage =
  | { readonly kind: 'progress'; readonly progress: BuildProgress }
  | { readonly kind: 'log'; readonly level: keyof Log; readonly message: string }
  | { readonly kind: 'done'; readonly result: BuildResult }
  | { readonly kind: 'failed'; readonly code: ErrorCode | null; readonly message: string; readonly aborted: boolean };

/** Sent to the thread: stop, and clean up. */
export const ABORT_MESSAGE = 'abort';
