/** What a thread that reads an index is asked, and what it answers. */
import type { ErrorCode } from '../util/errors.ts';
import type { BacklinkStore } from './store.ts';

/** `renderedRows`: as `rows`, made into what the thread's entry makes of them. */
export type ReadMethod = Exclude<keyof BacklinkStore, 'close'> | 'renderedRows';

/** The parameters of a method without its signal. */
export type ReadArguments = readonly [question?: unknown, options?: unknown];

export type ReadRequest =
  | { readonly id: number; readonly method: ReadMethod; readonly arguments: ReadArguments }
  /** The asker no longer wants this answer. */
  | { readonly id: number; readonly method: 'cancel' };

export type ReadReply =
  | { readonly id: number; readonly outcome: 'value'; readonly value: unknown }
  | { readonly id: number; readonly outcome: 'error'; readonly code: ErrorCode; readonly message: string }
  /** Said by a thread for heavy questions: from now on it hears nothing else, until this one is answered. */
  | { readonly id: number; readonly outcome: 'begun' }
  /** Answering would keep other questions waiting: ask the thread for such work. */
  | { readonly id: number; readonly outcome: 'too-heavy' };

/** What a thread is started with. */
export interface ReaderData {
  readonly file: string;
  /** Links that one question may visit; null: as many as it takes. */
  readonly mostLinks: number | null;
  /** As in ReadOptions; such a thread looks at the index once in a while, so that it holds no generation open that was replaced. */
  readonly keepsOld: boolean;
  /** As in ReadOptions; null for SQLite's own. */
  readonly memory: number | null;
}

/** Id of the message that says whether the index could be opened. */
export const OPENED = 0;
