/** Opens an index for the service: read in threads, followed from build to build, pages that were asked for lately in memory. */
import { cachedPages } from '../api/cachedPages.ts';
import type { WirePage, WirePages } from '../api/pages.ts';
import { ChangeStamp } from '../linkIndex/changeStamp.ts';
import { openIndexInWorker } from '../linkIndex/openIndexInWorker.ts';
import { programFile } from '../linkIndex/programFile.ts';
import type { BacklinkStore } from '../linkIndex/store.ts';
import type { Log } from '../util/log.ts';

/** Bytes of the database that the thread for quick questions keeps in memory. */
const MEMORY = 16 * 2 ** 20;

export interface ServedIndex {
  readonly store: BacklinkStore;
  readonly pages: WirePages;
}

/** @throws BacklinkLensError as openIndex */
export async function openServedIndex(file: string, log: Log): Promise<ServedIndex> {
  const workerFile = programFile(import.meta.url, './serveReader.ts', 'serviceWorker.cjs');
  const store = await openIndexInWorker(file, { log, workerFile, keepsOld: true, memory: MEMORY });
  const stamp = new ChangeStamp(file);
  // The thread makes them by toWirePage.
  const pages: WirePages = { read: async (query, signal) => (await store.renderedRows(query, signal())) as WirePage };
  return { store, pages: cachedPages({ pages, stamp: oncePerTurn(() => stamp.read()) }) };
}

/** What is looked up is good for all that arrived together. */
function oncePerTurn<T>(look: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    if (found !== null) return found.value;
    found = { value: look() };
    setImmediate(() => {
      found = null;
    });
    return found.value;
  };
}
