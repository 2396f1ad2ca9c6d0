/** Writes one generation of a SQLite index: captures wait in memory, `finish` turns them into the file readers open. */
import { renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError, isAbort } from '../../util/errors.ts';
import { generationFile, mayBuildAt, nextGeneration, removeOldGenerations, switchTo, syncFile } from '../generations.ts';
import type { Locate } from '../geo.ts';
import type { Capture, FinishOptions, GenerationWriter, IndexInfo, InputEnd } from '../store.ts';
import { Histories } from './build/histories.ts';
import { orderLinks } from './build/linkOrder.ts';
import { pauses } from './build/pause.ts';
import { lockForBuild, notWritable } from './buildLock.ts';
import { openDatabase, sqliteCode } from './driver.ts';
import { type InputCount, writeFacts } from './facts.ts';
import { ListedTables } from './listed/listedTables.ts';
import { loadGeneration } from './load.ts';
import { numberAll } from './numbering.ts';
import { APPLICATION_ID, SCHEMA_VERSION, TABLES } from './schema.ts';
import { Staging } from './staging.ts';
import { computeStrengths } from './strengths.ts';
import { loadTotals } from './totals.ts';
import { usedUrls } from './usedUrls.ts';

/**
 * Starts a generation of the index `out`. Leftovers of a build that was killed are removed.
 *
 * @param now epoch milliseconds, kept as the build's time
 * @throws BacklinkLensError usage.invalid when `out` is somebody else's file; index.busy, index.not-writable, index.no-sqlite
 */
export function startGeneration(out: string, locate: Locate, now: number): GenerationWriter {
  if (!mayBuildAt(out)) {
    throw new BacklinkLensError('usage.invalid', `${out} exists and is not an index that a build made; it is left alone. Name another file.`);
  }
  const release = lockForBuild(out);
  try {
    return new SqliteGenerationWriter(out, locate, now, release);
  } catch (error) {
    release();
    throw explain(out, error);
  }
}

class SqliteGenerationWriter implements GenerationWriter {
  readonly #out: string;
  readonly #now: number;
  readonly #release: () => void;
  readonly #building: string;
  readonly #db: DatabaseSync;
  readonly #staging: Staging;
  readonly #listed: ListedTables;
  readonly #inputs: InputCount[] = [];
  #open = true;

  constructor(out: string, locate: Locate, now: number, release: () => void) {
    this.#out = out;
    this.#now = now;
    this.#release = release;
    this.#building = `${out}.building`;
    this.#staging = new Staging(locate);
    removeFiles(this.#building, `${out}.switching`);
    this.#db = openDatabase(this.#building);
    try {
      // Nobody reads these files before they are complete, and a build that dies leaves nothing worth rolling back.
      this.#db.exec(`pragma page_size = 4096; pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -65536;
        pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}; begin; ${TABLES}`);
      this.#listed = new ListedTables(this.#db);
    } catch (error) {
      this.#db.close();
      throw error;
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
      if (!taken || input === undefined || capture.kind !== 'page') return;
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
    try {
      onPhase('strength');
      await pause();
      const histories = new Histories(staging);
      await pause();
      const numbering = numberAll(staging.urls, usedUrls(staging, histories));
      const strengths = await computeStrengths(staging, histories, numbering, signal);
      await pause();
      onPhase('writing');
      const order = orderLinks(staging, histories, numbering, strengths);
      await loadGeneration(this.#db, { staging, histories, numbering, strengths, order }, pause);
      await loadTotals(this.#db, staging, numbering, order, pause);
      const number = nextGeneration(this.#out);
      const info = writeFacts(this.#db, { number, now: this.#now, inputs: this.#inputs, run: numbering.order.length > 0 ? strengths.run : null });
      this.#db.exec('commit; pragma optimize = 0x10002');
      this.#db.close();
      await pause();
      this.#publish(number, info.generation);
      return info;
    } catch (error) {
      throw isAbort(error) ? error : explain(this.#out, error);
    } finally {
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

  /** The generation gets its name only when it is whole and on disk, and the pointer only then names it. */
  #publish(number: number, generation: string): void {
    const database = generationFile(this.#out, number);
    syncFile(this.#building);
    renameSync(this.#building, database);
    switchTo(this.#out, database, generation);
    removeOldGenerations(this.#out);
  }
}

function removeFiles(...files: readonly string[]): void {
  for (const file of files) for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

function explain(out: string, error: unknown): unknown {
  if (BacklinkLensError.is(error)) return error;
  const fromSystem = error instanceof Error && 'syscall' in error;
  return sqliteCode(error) !== null || fromSystem ? notWritable(out, error) : error;
}
