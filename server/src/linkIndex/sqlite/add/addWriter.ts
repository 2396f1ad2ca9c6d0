/** Adds inputs to the current generation of an index, one transaction each: after every one the index is whole, and readers see it. */
import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError, isAbort } from '../../../util/errors.ts';
import { SQLITE_CORRUPT, SQLITE_NOTADB, sqliteCode } from '../../../util/sqlite.ts';
import type { Locate } from '../../geo.ts';
import type { Capture, FinishOptions, GenerationWriter, IndexInfo, InputEnd } from '../../store.ts';
import { lockForBuild, notWritable } from '../buildLock.ts';
import { readFacts } from '../facts.ts';
import { readListedInfo } from '../listed/questions.ts';
import { Statements } from '../statements.ts';
import { hashesOfSize, inputNamed, isRecorded } from './additionFacts.ts';
import { OpenAddition } from './openAddition.ts';
import { finishAdding, openForAdding, prepareForAdding } from './prepareForAdding.ts';
import { settleTotals } from './settleTotals.ts';

/** A writer that knows what is in the index already. */
export interface AddingWriter extends GenerationWriter {
  /** SHA-256 of the recorded inputs of this size: an input with one of these need not be read again. */
  hashesOfSize(bytes: number): ReadonlySet<string>;
  /** True when an input of this name and size was read to its end before: what lies on the web need not be fetched to find that out. */
  holds(name: string, bytes: number): boolean;
  /** Numbers of the inputs that turned out to be in the index already, and so changed nothing. */
  readonly alreadyIn: readonly number[];
}

export interface AddingOptions {
  /** True where no next generation is going to be made: heavy totals are then counted at the end, instead of whenever somebody asks. */
  readonly settle?: boolean | undefined;
}

/**
 * Starts adding to the index `out`. One input may be open at a time; it comes into the index at its end, whole or not at all. So `finish` only
 * settles and closes, and `discard` undoes nothing but the input that is open.
 *
 * @throws BacklinkLensError index.missing, index.damaged, index.newer-schema, index.older-schema, index.busy, index.not-writable, index.no-sqlite, usage.invalid
 */
export function startAdding(out: string, locate: Locate, { settle = false }: AddingOptions = {}): AddingWriter {
  const release = lockForBuild(out);
  try {
    return new SqliteAddingWriter(out, locate, settle, release);
  } catch (error) {
    release();
    throw explain(out, error);
  }
}

interface Input {
  readonly name: string;
  pages: number;
  links: number;
  captures: number;
}

class SqliteAddingWriter implements AddingWriter {
  readonly alreadyIn: number[] = [];
  readonly #out: string;
  readonly #settle: boolean;
  readonly #release: () => void;
  readonly #db: DatabaseSync;
  readonly #locate: Locate;
  /** Null until something is to be written: an addition of nothing new leaves the file alone. */
  #addition: OpenAddition | null = null;
  readonly #inputs: Input[] = [];
  #open = true;

  constructor(out: string, locate: Locate, settle: boolean, release: () => void) {
    this.#out = out;
    this.#settle = settle;
    this.#release = release;
    this.#locate = locate;
    this.#db = openForAdding(out);
  }

  hashesOfSize(bytes: number): ReadonlySet<string> {
    return hashesOfSize(this.#db, bytes);
  }

  holds(name: string, bytes: number): boolean {
    return inputNamed(this.#db, name, bytes);
  }

  beginInput(name: string, _bytes: number): number {
    return this.#inputs.push({ name, pages: 0, links: 0, captures: 0 }) - 1;
  }

  add(capture: Capture, number: number): void {
    const input = this.#inputs[number];
    this.#guard(() => {
      if (!this.#begun().take(capture) || input === undefined) return;
      input.captures++;
      if (capture.kind === 'listed') input.links++;
      if (capture.kind !== 'page') return;
      input.pages++;
      input.links += capture.page.links.length;
    });
  }

  endInput(number: number, end: InputEnd): void {
    const input = this.#inputs[number];
    if (input === undefined) return;
    this.#guard(() => {
      const { name, pages, links } = input;
      const added = { name, pages, links, ...end };
      const known = isRecorded(this.#db, added);
      if (known) this.alreadyIn.push(number);
      // An input that gave nothing but a complaint leaves no trace.
      if (known || (input.captures === 0 && end.hash === null && end.note !== null)) this.#addition?.rollback();
      else this.#begun().commit(added);
    });
  }

  async finish({ signal }: FinishOptions): Promise<IndexInfo> {
    try {
      signal.throwIfAborted();
      if (this.#settle) await settleTotals(this.#db, signal);
      const statements = new Statements(this.#db);
      const info = readFacts(statements);
      if (info === null) throw new BacklinkLensError('index.damaged', `The index ${this.#out} holds no description of itself. Build it again.`);
      return { ...info, ...readListedInfo(statements) };
    } catch (error) {
      throw isAbort(error) ? error : explain(this.#out, error);
    } finally {
      this.discard();
    }
  }

  discard(): void {
    if (!this.#open) return;
    this.#open = false;
    try {
      if (this.#db.isTransaction) this.#db.exec('rollback');
      finishAdding(this.#db);
    } catch {
      // What is committed stays committed; the next who opens the file puts the log in order.
    }
    this.#db.close();
    this.#release();
  }

  #begun(): OpenAddition {
    if (this.#addition === null) {
      prepareForAdding(this.#db);
      this.#addition = new OpenAddition(this.#db, this.#locate);
    }
    this.#addition.begin();
    return this.#addition;
  }

  #guard(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw explain(this.#out, error);
    }
  }
}

function explain(out: string, error: unknown): unknown {
  if (BacklinkLensError.is(error)) return error;
  const code = sqliteCode(error);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) {
    const why = error instanceof Error ? error.message : String(error);
    return new BacklinkLensError('index.damaged', `The index ${out} is damaged: ${why}. Build it again from its inputs.`, { cause: error });
  }
  return code !== null || (error instanceof Error && 'syscall' in error) ? notWritable(out, error) : error;
}
