/** The embedded index as a source: local, asked always, opened at the first question and again after anything that went wrong with it. */
import { PAGE_LIMITS } from '../../../../shared/backlinks.ts';
import type { BacklinkStore, IndexInfo } from '../../linkIndex/store.ts';
import { isAbort, sourceError } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import { CONTRACT_FIELDS, type Source, type SourceCapabilities, type SourceInfo } from '../source.ts';
import { NOTHING_SPENT } from '../spending.ts';

/** Opens an index file for reading off the event loop. Rejects with an `index.*` error. */
export type OpenIndex = (path: string) => Promise<BacklinkStore>;

export interface IndexSourceParts {
  /** Absolute path of the index file. */
  readonly path: string;
  readonly open: OpenIndex;
  readonly log: Log;
}

const CAPABILITIES: SourceCapabilities = {
  id: 'index',
  label: 'Embedded index',
  remote: false,
  experimental: false,
  targetKinds: ['domain', 'host', 'page', 'folder'],
  pageLimits: PAGE_LIMITS,
  summaryBatch: 500,
  concurrency: 1,
  knowsTotals: true,
  fields: [...CONTRACT_FIELDS, 'rel', 'firstSeen', 'lastSeen', 'lost'],
  cost: null,
  rate: null,
};

/**
 * A source over one index file. A file that is missing or damaged makes each call reject with the opener's `index.*` error, and the next
 * call looks again, so an index that is built later is simply there.
 */
export function createIndexSource({ path, open, log }: IndexSourceParts): Source {
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
    if (message !== complaint) log.warn(`index: ${message}`);
    complaint = message;
  }

  async function ask<T>(signal: AbortSignal, question: (store: BacklinkStore) => Promise<T>): Promise<T> {
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
  }

  return {
    account: null,
    spent: NOTHING_SPENT,
    capabilities: CAPABILITIES,
    summaries: (targets, signal) =>
      ask(signal, async (opened) => (await opened.summaries(targets, signal)).map((summary) => ({ target: summary.target, summary }))),
    rows: (target, page, signal) => ask(signal, (opened) => opened.rows({ target, ...page }, signal)),
    info: (signal) => ask(signal, async (opened) => toInfo(await opened.info(signal))),
    async close() {
      closed = true;
      if (store !== null) await drop(store);
    },
  };
}

/** An index of lists alone has seen no page, so nothing can be missing on its pages. */
function toInfo(info: IndexInfo): SourceInfo {
  const listsOnly = info.pages === 0 && (info.links > 0 || info.ranks != null || (info.stated ?? 0) > 0);
  return {
    id: CAPABILITIES.id,
    label: CAPABILITIES.label,
    pages: listsOnly ? null : info.pages,
    asOf: info.lastCapture,
    generation: info.generation,
  };
}
