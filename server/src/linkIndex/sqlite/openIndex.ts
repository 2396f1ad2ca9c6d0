/** Opens an index file for reading on the calling thread: for the command line and the service, and inside the read worker. */
import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowPage, Summary, Target } from '../../../../shared/backlinks.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import { databaseOf } from '../generations.ts';
import type { BacklinkStore, IndexInfo, RowQuery } from '../store.ts';
import { OpenGeneration } from './openGeneration.ts';

/** Summaries counted in one go before other work gets its turn. */
const BATCH = 50;

/**
 * Opens what the user names: the pointer file a build leaves (`web.db`) or a database itself. After a rebuild the open store moves on to
 * the new generation by itself; replies carry it.
 *
 * @throws BacklinkLensError index.missing, index.damaged, index.newer-schema, index.no-sqlite
 */
export function openIndex(file: string): BacklinkStore {
  return new SqliteStore(file);
}

class SqliteStore implements BacklinkStore {
  readonly #file: string;
  #generation: OpenGeneration;
  #seen: string;
  #closed = false;

  constructor(file: string) {
    this.#file = file;
    this.#seen = stamp(file);
    this.#generation = openCurrent(file);
  }

  async rows({ target, limit, offset, internal }: RowQuery, signal: AbortSignal): Promise<RowPage> {
    return this.#current(signal).rows(target, { limit, offset, internal });
  }

  async summaries(targets: readonly Target[], signal: AbortSignal): Promise<readonly Summary[]> {
    const generation = this.#current(signal);
    const release = generation.hold();
    try {
      const summaries: Summary[] = [];
      for (const [at, target] of targets.entries()) {
        if (at > 0 && at % BATCH === 0) await nextTurn();
        signal.throwIfAborted();
        summaries.push(generation.summary(target));
      }
      return summaries;
    } finally {
      release();
    }
  }

  async strength(target: Target, signal: AbortSignal): Promise<number | null> {
    return this.#current(signal).strength(target);
  }

  async info(signal: AbortSignal): Promise<IndexInfo> {
    return this.#current(signal).info;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#generation.close();
  }

  /** The generation that the pointer names now. */
  #current(signal: AbortSignal): OpenGeneration {
    signal.throwIfAborted();
    if (this.#closed) throw new BacklinkLensError('internal', `The index ${this.#file} was closed while somebody still asked it.`);
    const seen = stamp(this.#file);
    if (seen !== this.#seen) {
      const before = this.#generation;
      this.#generation = openCurrent(this.#file);
      this.#seen = seen;
      before.close();
    }
    return this.#generation;
  }
}

/** Changes whenever the file at this path is another one. */
function stamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino}:${found.mtimeNs}:${found.size}`;
}

/** Between reading the pointer and opening what it names a build may switch and remove it: then the pointer names another. */
function openCurrent(file: string): OpenGeneration {
  for (let attempt = 1; ; attempt++) {
    const database = databaseOf(file);
    try {
      return new OpenGeneration(database, file);
    } catch (error) {
      if (attempt < 5 && databaseOf(file) !== database) continue;
      throw error;
    }
  }
}
