/** What the thread that reads an index is asked, and what it answers. */
import type { ErrorCode } from '../util/errors.ts';
import type { BacklinkStore } from './store.ts';

export type ReadMethod = Exclude<keyof BacklinkStore, 'close'>;

export type ReadRequest =
  | { readonly id: number; readonly method: ReadMethod; readonly argument: unknown }
  /** The asker no longer wants this answer. */
  | { readonly id: number; readonly method: 'cancel' };

export type ReadReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** Id of the message that says whether the index could be opened. */
export const OPENED = 0;
