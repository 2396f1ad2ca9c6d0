/** What goes between the language server and the thread that holds the cache's file. */
import type { Spent } from '../../../../shared/spending.ts';
import type { Writes } from './cacheStore.ts';

export type CacheRequest =
  | { readonly method: 'facts'; readonly account: string; readonly ids: readonly string[] }
  | { readonly method: 'page'; readonly account: string; readonly id: string }
  | { readonly method: 'closure'; readonly account: string }
  | { readonly method: 'write'; readonly writes: Writes }
  | { readonly method: 'today'; readonly account: string; readonly day: string }
  | { readonly method: 'reserve'; readonly account: string; readonly day: string; readonly amount: number; readonly limit: number | null }
  | { readonly method: 'settle'; readonly account: string; readonly day: string; readonly reserved: number; readonly spent: Spent }
  | { readonly method: 'clear' };

/** Null where it could not be done: the sentences then said why, the first time. */
export interface CacheReply {
  readonly id: number;
  readonly value: unknown;
}

/** Something for the log. */
export interface CacheSays {
  readonly says: string;
}

export interface WorkerData {
  readonly file: string;
}
