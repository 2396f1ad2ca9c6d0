/** Writes one generation of a SQLite index: captures go to a scratch database, `finish` turns them into the file readers open. */
import { renameSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError, isAbort } from '../../util/errors.ts';
import { generationFile, mayBuildAt, nextGeneration, removeOldGenerations, switchTo, syncFile } from '../generations.ts';
import type { Locate } from '../geo.ts';
import type { Capture, FinishOptions, GenerationWriter, IndexInfo, InputEnd } from '../store.ts';
import { lockForBuild, notWritable } from './buildLock.ts';
import { openDatabase, sqliteCode } from './driver.ts';
import { type InputCount, writeFacts } from './facts.ts';
import { loadGeneration } from './load.ts';
import { numberAll } from './numbering.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
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
  readonly #scratch: string;
  readonly #db: DatabaseSync;
  readonly #staging: Staging;
  readonly #inputs: InputCount[] = [];
  #open = true;

  constructor(out: string, locate: Locate, now: number, release: () => void) {
    this.#out = out;
    this.#now = now;
    this.#release = release;
    this.#building = `${out}.building`;
    this.#scratch = `${out}.scratch`;
    removeFiles(this.#building, this.#scratch, `${out}.switching`);
    this.#db = openDatabase(this.#building);
    try {
      // Nobody reads these files before they are complete, and a build that dies leaves nothing worth rolling back.
      this.#db.exec(`pragma page_size = 4096; pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -65536;
        pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}`);
      this.#db.prepare('attach ? as scratch').run(this.#scratch);
      this.#db.exec('pragma scratch.journal_mode = off; pragma scratch.synchronous = off; begin');
      this.#staging = new Staging(this.#db, locate);
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
      const taken = this.#staging.add(capture);
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
  }

  async finish({ signal, onPhase }: FinishOptions): Promise<IndexInfo> {
    try {
      onPhase('strength');
      await pause(signal);
      const numbering = numberAll(this.#staging.urls, usedUrls(this.#db, this.#staging.urls));
      const strengths = await computeStrengths(this.#staging, numbering, signal);
      await pause(signal);
      onPhase('writing');
      loadGeneration(this.#db, this.#staging, numbering, strengths);
      await pause(signal);
      loadTotals(this.#db);
      const number = nextGeneration(this.#out);
      const info = writeFacts(this.#db, { number, now: this.#now, inputs: this.#inputs, run: numbering.order.length > 0 ? strengths.run : null });
      this.#db.exec('commit; detach scratch; pragma optimize = 0x10002');
      this.#db.close();
      await pause(signal);
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
    removeFiles(this.#building, this.#scratch);
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

/** Lets an abort through between two long statements. */
async function pause(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}

function removeFiles(...files: readonly string[]): void {
  for (const file of files) for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}

function explain(out: string, error: unknown): unknown {
  if (BacklinkLensError.is(error)) return error;
  const fromSystem = error instanceof Error && 'syscall' in error;
  return sqliteCode(error) !== null || fromSystem ? notWritable(out, error) : error;
}
