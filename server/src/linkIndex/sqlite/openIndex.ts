/** Opens an index file for reading on the calling thread: for the command line and the service, and inside the read worker. */
import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowPage, Summary, Target } from '../../../../shared/backlinks.ts';
import type {
  AnchorCount,
  CommonDomain,
  DayOfChanges,
  EduGovLinks,
  LinkedPage,
  LinksFrom,
  ListPage,
  ReferringDomain,
  ReferringNetworks,
  ShareList,
  StatedReferrer,
  StrengthSpread,
  TargetStatements,
} from '../../../../shared/queries.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import { databaseOf } from '../generations.ts';
import type { BacklinkStore, IndexInfo, IntersectionQuery, LinksFromQuery, ListQuery, RowQuery, StatedQuery, SummaryOptions } from '../store.ts';
import { readListedInfo, readStatedPage, readTargetStatements } from './listed/questions.ts';
import { withStatements } from './listed/summaries.ts';
import { OpenGeneration } from './openGeneration.ts';
import { readAnchors } from './queries/anchors.ts';
import { readChanges } from './queries/changes.ts';
import { readEduGov } from './queries/eduGov.ts';
import { readIntersection } from './queries/intersection.ts';
import { readLinkedPages } from './queries/linkedPages.ts';
import { readLinksFrom } from './queries/linksFrom.ts';
import { readNetworks } from './queries/networks.ts';
import { readReferringDomains } from './queries/referringDomains.ts';
import { readRowPage } from './queries/rowPage.ts';
import { readStrengthSpread } from './queries/strengthSpread.ts';
import { type ReadState, TooHeavy } from './readState.ts';
import { readStrength, readSummaries } from './summaries.ts';

/** Summaries counted in one go before other work gets its turn: as many as take a few milliseconds. */
const BATCH = { first: 20, least: 5, most: 320 } as const;
/** Milliseconds. */
const SHORT = 2;
const LONG = 6;

export interface ReadOptions {
  /** Links that one question may visit before it is refused as TooHeavy; absent: as many as it takes. */
  readonly mostLinks?: number | undefined;
  /**
   * True to go on with the open generation where the index is taken away or what is put in its place cannot be opened: `info` says so then.
   * Absent: the next question fails.
   */
  readonly keepsOld?: boolean | undefined;
  /** Bytes of the database to keep in memory; absent: SQLite's own 2 MB, which reads most rows from the system's cache. */
  readonly memory?: number | undefined;
}

/** An index that is open on this thread. */
export interface OpenIndex extends BacklinkStore {
  /** As `rows`, at once. */
  rowsNow(query: RowQuery): RowPage;
  /** Runs what asks several questions at once, or the first part of each, on one state of the data. */
  together(ask: () => void): void;
  /** False while answers come from a generation that something else lies in the place of. */
  readonly current: boolean;
}

/**
 * Opens what the user names: the pointer file a build leaves (`web.db`) or a database itself. After a rebuild the open store moves on to
 * the new generation by itself; replies carry it.
 *
 * @throws BacklinkLensError index.missing, index.damaged, index.newer-schema, index.no-sqlite
 */
export function openIndex(file: string, options: ReadOptions = {}): OpenIndex {
  return new SqliteStore(file, options);
}

/** Milliseconds until what could not be opened is tried again though it seems to be the same. */
const RETRY_AFTER = 1000;

class SqliteStore implements OpenIndex {
  readonly #file: string;
  readonly #options: ReadOptions;
  #generation: OpenGeneration;
  #seen: string;
  /** What could not be opened in the place of this generation. */
  #refused: { readonly stamp: string; readonly at: number; readonly behind: NonNullable<IndexInfo['behind']> } | null = null;
  #closed = false;
  /** True while the open generation is held for several questions. */
  #held = false;

  constructor(file: string, options: ReadOptions) {
    this.#file = file;
    this.#options = options;
    this.#seen = stamp(file);
    this.#generation = openCurrent(file, options);
  }

  get current(): boolean {
    return this.#refused === null;
  }

  rowsNow(query: RowQuery): RowPage {
    return this.#current().read((state) => readRowPage(state, query));
  }

  together(ask: () => void): void {
    this.#current().together(() => {
      this.#held = true;
      try {
        ask();
      } finally {
        this.#held = false;
      }
    });
  }

  async rows(query: RowQuery, signal: AbortSignal): Promise<RowPage> {
    signal.throwIfAborted();
    return this.rowsNow(query);
  }

  async summaries(targets: readonly Target[], signal: AbortSignal, options?: SummaryOptions): Promise<readonly Summary[]> {
    signal.throwIfAborted();
    const generation = this.#current();
    const release = generation.hold();
    try {
      const summaries: Summary[] = [];
      let size: number = BATCH.first;
      while (summaries.length < targets.length) {
        if (summaries.length > 0) await nextTurn();
        signal.throwIfAborted();
        const batch = targets.slice(summaries.length, summaries.length + size);
        const started = performance.now();
        const read = generation.read((state) => lightly(batch, () => withStatements(state, readSummaries(state, batch, options))));
        summaries.push(...(read ?? []));
        size = read === null ? Math.max(1, Math.floor(batch.length / 4)) : nextSize(size, performance.now() - started);
      }
      return summaries;
    } finally {
      release();
    }
  }

  async strength(target: Target, signal: AbortSignal): Promise<number | null> {
    return this.#read(signal, (state) => readStrength(state, target)?.value ?? null);
  }

  async anchors(query: ListQuery, signal: AbortSignal): Promise<ShareList<AnchorCount>> {
    return this.#read(signal, (state) => readAnchors(state, query));
  }

  async referringDomains(query: ListQuery, signal: AbortSignal): Promise<ListPage<ReferringDomain>> {
    return this.#read(signal, (state) => readReferringDomains(state, query));
  }

  async linkedPages(query: ListQuery, signal: AbortSignal): Promise<ShareList<LinkedPage>> {
    return this.#read(signal, (state) => readLinkedPages(state, query));
  }

  async strengthSpread(target: Target, signal: AbortSignal): Promise<StrengthSpread> {
    return this.#read(signal, (state) => readStrengthSpread(state, target));
  }

  async changes(query: ListQuery, signal: AbortSignal): Promise<ListPage<DayOfChanges>> {
    return this.#read(signal, (state) => readChanges(state, query));
  }

  async intersection(query: IntersectionQuery, signal: AbortSignal): Promise<ListPage<CommonDomain>> {
    return this.#read(signal, (state) => readIntersection(state, query));
  }

  async networks(target: Target, signal: AbortSignal): Promise<ReferringNetworks> {
    return this.#read(signal, (state) => readNetworks(state, target));
  }

  async eduGov(target: Target, signal: AbortSignal): Promise<EduGovLinks> {
    return this.#read(signal, (state) => readEduGov(state, target));
  }

  async linksFrom(query: LinksFromQuery, signal: AbortSignal): Promise<LinksFrom> {
    return this.#read(signal, (state) => readLinksFrom(state, query));
  }

  async statements(target: Target, signal: AbortSignal): Promise<TargetStatements> {
    return this.#read(signal, (state) => readTargetStatements(state, target));
  }

  async statedDomains(query: StatedQuery, signal: AbortSignal): Promise<ListPage<StatedReferrer>> {
    return this.#read(signal, (state) => readStatedPage(state, query));
  }

  async info(signal: AbortSignal): Promise<IndexInfo> {
    const info = this.#read(signal, (state) => ({ ...state.info, ...readListedInfo(state.statements) }));
    return this.#refused === null ? info : { ...info, behind: this.#refused.behind };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#generation.close();
  }

  #read<T>(signal: AbortSignal, question: (state: ReadState) => T): T {
    signal.throwIfAborted();
    return this.#current().read(question);
  }

  /** The generation that the pointer names now. */
  #current(): OpenGeneration {
    if (this.#held) return this.#generation;
    if (this.#closed) throw new BacklinkLensError('internal', `The index ${this.#file} was closed while somebody still asked it.`);
    const seen = stamp(this.#file);
    if (seen !== this.#seen) this.#moveTo(seen);
    else this.#refused = null;
    return this.#generation;
  }

  #moveTo(seen: string): void {
    if (this.#refused?.stamp === seen && performance.now() - this.#refused.at < RETRY_AFTER) return;
    const before = this.#generation;
    try {
      this.#generation = openCurrent(this.#file, this.#options);
    } catch (error) {
      if (this.#options.keepsOld !== true || !BacklinkLensError.is(error)) throw error;
      this.#refused = { stamp: seen, at: performance.now(), behind: { code: error.code, message: error.message } };
      return;
    }
    this.#seen = seen;
    this.#refused = null;
    before.close();
  }
}

/** Null where several targets are too heavy together: what was counted of them is kept, and fewer are asked for next. */
function lightly<T>(batch: readonly Target[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof TooHeavy && batch.length > 1) return null;
    throw error;
  }
}

function nextSize(size: number, took: number): number {
  if (took < SHORT) return Math.min(BATCH.most, size * 2);
  return took > LONG ? Math.max(BATCH.least, Math.floor(size / 2)) : size;
}

/** Changes whenever the file at this path is another one. */
function stamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino}:${found.mtimeMs}:${found.size}`;
}

/** Between reading the pointer and opening what it names a build may switch and remove it: then the pointer names another. */
function openCurrent(file: string, options: ReadOptions): OpenGeneration {
  for (let attempt = 1; ; attempt++) {
    const database = databaseOf(file);
    try {
      return new OpenGeneration(database, file, options);
    } catch (error) {
      if (attempt < 5 && databaseOf(file) !== database) continue;
      throw error;
    }
  }
}
