/** An index file behind a local source: opened at the first question and again after anything that went wrong with it. */
import type { BacklinkStore } from '../linkIndex/store.ts';
import { isAbort, sourceError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

/** Opens an index file for reading off the event loop. Rejects with an `index.*` error. */
export type OpenIndex = (path: string) => Promise<BacklinkStore>;

export interface OpenedStoreParts {
  /** Id of the source, the first word of what it says in the log. */
  readonly id: string;
  /** Absolute path of the index file. */
  readonly path: string;
  readonly open: OpenIndex;
  readonly log: Log;
}

export interface OpenedStore {
  /**
   * Asks the store. A file that is missing or damaged makes each question reject with the opener's `index.*` error, and the next one looks
   * again, so an index that is built later is simply there.
   */
  ask<T>(signal: AbortSignal, question: (store: BacklinkStore) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Nothing is opened yet. */
export function createOpenedStore({ id, path, open, log }: OpenedStoreParts): OpenedStore {
  let store: Promise<BacklinkStore> | null = null;
  let closed = false;
  let complaint = '';

  async function drop(failed: Promise<BacklinkStore>): Promise<void> {
    if (store === failed) store = null;
    // A store that would not open has nothing to close.
    await failed.then((opened) => opened.close()).catch(() => {});
  }

  /** A missing file is asked for again and again; it is said once. */
  function report(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message !== complaint) log.warn(`${id}: ${message}`);
    complaint = message;
  }

  return {
    async ask(signal, question) {
      signal.throwIfAborted();
      if (closed) throw sourceError('unavailable', `The index ${path} has been closed. Ask again.`);
      store ??= open(path);
      const present = store;
      try {
        return await question(await present);
      } catch (error) {
        if (!isAbort(error) && !signal.aborted) {
          report(error);
          await drop(present);
        }
        throw error;
      }
    },
    async close() {
      closed = true;
      if (store !== null) await drop(store);
    },
  };
}
