/** Writes one generation of a SQLite index: captures wait in memory, `finish` turns them into the file readers open. */
import { rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError, isAbort } from '../../util/errors.ts';
import { SQLITE_CORRUPT, SQLITE_NOTADB, sqliteCode } from '../../util/sqlite.ts';
import { databaseOf, generationFile, mayBuildAt, nextGeneration, placeGeneration, removeOldGenerations, switchTo } from '../generations.ts';
import type { Locate } from '../geo.ts';
import type { Capture, FinishOptions, GenerationWriter, IndexInfo, InputEnd } from '../store.ts';
import { openForAdding } from './add/prepareForAdding.ts';
import { PAGE_BYTES } from './btree/pageSize.ts';
import { readEarlier } from './build/earlierGeneration.ts';
import type { Generation } from './build/generation.ts';
import { Histories } from './build/histories.ts';
import { findRoots, type Written, writeLargeTables } from './build/largeTables.ts';
import { orderLinks } from './build/linkOrder.ts';
import { type Pause, pauses } from './build/pause.ts';
import { placeLinks } from './build/placedLinks.ts';
import { PlaceNumbers } from './build/placeNumbers.ts';
import { writeStatistics } from './build/statistics.ts';
import { TreeThreads } from './build/treeThreads.ts';
import { lockForBuild, notWritable } from './buildLock.ts';
import { openDatabase } from './driver.ts';
import { type InputCount, readInputs, writeFacts } from './facts.ts';
import { copyListed, ListedTables } from './listed/listedTables.ts';
import { beginIndexes, loadSmallTables, makeIndexes } from './load.ts';
import { numberAll } from './numbering.ts';
import { APPLICATION_ID, SCHEMA_VERSION, TABLES } from './schema.ts';
import { Staging } from './staging.ts';
import { computeStrengths } from './strengths.ts';
import { usedUrls } from './usedUrls.ts';

/**
 * Starts a generation of the index `out`. Leftovers of a build that was killed are removed.
 *
 * @param now epoch milliseconds, kept as the build's time
 * @throws BacklinkLensError usage.invalid when `out` is somebody else's file; index.busy, index.not-writable, index.no-sqlite
 */
export function startGeneration(out: string, locate: Locate, now: number, sharing: Sharing = {}): GenerationWriter {
  return start(out, locate, now, sharing, () => null);
}

/**
 * Makes the next generation of an index out of all that its current one knows: additions get their place in the order, strength and totals are
 * computed anew. What comes out is what a build from all inputs would have given.
 *
 * @throws BacklinkLensError index.missing, index.damaged, index.newer-schema, index.older-schema, index.busy, index.not-writable, index.no-sqlite; usage.invalid for a database that no
 *   pointer names
 */
export async function regenerate(out: string, now: number, options: FinishOptions, sharing: Sharing = {}): Promise<IndexInfo> {
  const writer = start(
    out,
    () => ({ countryCode: null, country: null, city: null }),
    now,
    sharing,
    () => {
      // Looked at first: whether it is there, whole and of today's schema, or can be brought to it.
      openForAdding(out).close();
      return databaseOf(out);
    },
  );
  try {
    await writer.takeOver(options.signal);
    return await writer.finish(options);
  } finally {
    writer.discard();
  }
}

/** @param earlier names the database of the generation to go on from, once nobody else can change it */
function start(out: string, locate: Locate, now: number, sharing: Sharing, earlier: () => string | null): SqliteGenerationWriter {
  if (!mayBuildAt(out)) {
    throw new BacklinkLensError('usage.invalid', `${out} exists and is not an index that a build made; it is left alone. Name another file.`);
  }
  const release = lockForBuild(out);
  try {
    return new SqliteGenerationWriter(out, { locate, now, sharing, release }, earlier());
  } catch (error) {
    release();
    throw explain(out, error);
  }
}

/** Who writes a generation. */
export interface Sharing {
  /** Threads that write, this one among them; by default it writes alone. */
  readonly threads?: number | undefined;
  /** Links from which the others are called for. */
  readonly threadedFrom?: number | undefined;
  /** The threads' file; see TreeThreads. */
  readonly workerFile?: string | undefined;
}

/** Fewer links are written in the time that a thread takes to start. */
const THREADED_FROM = 100_000;

interface Surroundings {
  readonly locate: Locate;
  readonly now: number;
  readonly sharing: Sharing;
  readonly release: () => void;
}

/** Nobody reads the file before it is complete, and a build that dies leaves nothing worth rolling back. */
const UNGUARDED =
  'pragma main.journal_mode = memory; pragma main.synchronous = off; pragma main.locking_mode = exclusive; pragma cache_size = -65536';

class SqliteGenerationWriter implements GenerationWriter {
  readonly #out: string;
  readonly #now: number;
  readonly #sharing: Sharing;
  readonly #release: () => void;
  readonly #building: string;
  #db: DatabaseSync;
  readonly #staging: Staging;
  readonly #listed: ListedTables;
  readonly #inputs: InputCount[] = [];
  readonly #earlier: string | null;
  #open = true;

  constructor(out: string, { locate, now, sharing, release }: Surroundings, earlier: string | null) {
    this.#out = out;
    this.#sharing = sharing;
    this.#now = now;
    this.#release = release;
    this.#building = `${out}.building`;
    this.#earlier = earlier;
    this.#staging = new Staging(locate);
    removeFiles(this.#building, `${out}.switching`);
    this.#db = openDatabase(this.#building);
    try {
      this.#db.exec(`pragma page_size = ${PAGE_BYTES}; pragma auto_vacuum = 0; ${UNGUARDED};
        pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}`);
      if (earlier !== null) this.#db.prepare('attach ? as earlier').run(earlier);
      this.#db.exec(`begin; ${TABLES}`);
      this.#listed = new ListedTables(this.#db);
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Takes over what the earlier generation knows. */
  async takeOver(signal: AbortSignal): Promise<void> {
    if (this.#earlier === null) return;
    const db = openDatabase(this.#earlier, { readOnly: true });
    try {
      this.#inputs.push(...readInputs(db));
      await readEarlier(db, this.#staging, pauses(signal));
      copyListed(this.#db, 'earlier');
    } catch (error) {
      throw isAbort(error) ? error : explain(this.#out, error);
    } finally {
      db.close();
    }
  }

  beginInput(name: string, bytes: number): number {
    return this.#inputs.push({ name, bytes, pages: 0, links: 0, note: null, hash: null }) - 1;
  }

  add(capture: Capture, number: number): void {
    const input = this.#inputs[number];
    try {
      if (capture.kind === 'statedTotal' || capture.kind === 'statedDomains' || capture.kind === 'places' || capture.kind === 'ranks') {
        this.#listed.add(capture, number);
        return;
      }
      const taken = this.#staging.add(capture, number);
      if (!taken || input === undefined) return;
      if (capture.kind === 'listed') input.links++;
      if (capture.kind !== 'page') return;
      input.pages++;
      input.links += capture.page.links.length;
    } catch (error) {
      throw explain(this.#out, error);
    }
  }

  endInput(number: number, { note, bytes, hash }: InputEnd): void {
    const input = this.#inputs[number];
    if (input !== undefined) this.#inputs[number] = { ...input, note, bytes, hash };
    this.#listed.endInput(number);
  }

  async finish({ signal, onPhase }: FinishOptions): Promise<IndexInfo> {
    const pause = pauses(signal);
    const staging = this.#staging;
    const threads = this.#startThreads();
    try {
      onPhase('strength');
      await pause();
      staging.seal();
      const histories = await Histories.fold(staging, pause);
      const numbering = await numberAll(staging.urls, usedUrls(staging, histories), pause);
      const strengths = await computeStrengths(staging, histories, numbering, signal);
      await pause();
      onPhase('writing');
      const order = await orderLinks(staging, histories, numbering, strengths, pause);
      const generation = { staging, histories, numbering, strengths, ...(await placeLinks(staging, order, pause)), places: new PlaceNumbers() };
      const { counts, statistics } = await this.#write(generation, threads, pause);
      const number = nextGeneration(this.#out);
      const run = numbering.order.length > 0 ? strengths.run : null;
      const info = writeFacts(this.#db, { number, now: this.#now, inputs: this.#inputs, run, counts });
      writeStatistics(this.#db, statistics);
      this.#db.exec('commit');
      this.#db.close();
      await syncWritten(this.#building);
      await pause();
      this.#publish(number, info.generation);
      return info;
    } catch (error) {
      throw isAbort(error) ? error : explain(this.#out, error);
    } finally {
      await threads?.close();
      this.discard();
    }
  }

  discard(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#db.isOpen) this.#db.close();
    removeFiles(this.#building);
    this.#release();
  }

  /** Threads that help to write. They are there when there is something to write; a small generation is written before they would be. */
  #startThreads(): TreeThreads | null {
    const { threads = 1, threadedFrom = THREADED_FROM, workerFile } = this.#sharing;
    return threads > 1 && this.#staging.links.length >= threadedFrom ? new TreeThreads(threads - 1, workerFile) : null;
  }

  /** Leaves the database open, in a transaction. */
  async #write(generation: Generation, threads: TreeThreads | null, pause: Pause): Promise<Written> {
    beginIndexes(this.#db);
    this.#db.exec('commit');
    const roots = findRoots(this.#db);
    this.#db.close();
    const written = await writeLargeTables(this.#building, roots, generation, threads, pause);
    this.#db = openDatabase(this.#building);
    this.#db.exec(UNGUARDED);
    this.#db.exec('begin');
    await loadSmallTables(this.#db, generation, pause);
    await makeIndexes(this.#db, pause);
    return written;
  }

  /** The generation gets its name only when it is whole and on disk, and the pointer only then names it. */
  #publish(number: number, generation: string): void {
    const database = generationFile(this.#out, number);
    placeGeneration(this.#building, database);
    switchTo(this.#out, database, generation);
    removeOldGenerations(this.#out);
  }
}

/** Brings a file to disk while others go on. */
async function syncWritten(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function removeFiles(...files: readonly string[]): void {
  for (const file of files) for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

function explain(out: string, error: unknown): unknown {
  if (BacklinkLensError.is(error)) return error;
  const code = sqliteCode(error);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) {
    const why = error instanceof Error ? error.message : String(error);
    return new BacklinkLensError('index.damaged', `The index ${out} is damaged: ${why}. Build it again from its inputs.`, { cause: error });
  }
  const fromSystem = error instanceof Error && 'syscall' in error;
  return code !== null || fromSystem ? notWritable(out, error) : error;
}
