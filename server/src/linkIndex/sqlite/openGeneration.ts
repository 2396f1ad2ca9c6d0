/** One open generation: read-only, never changing while it is open. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { InternalFilter, RowPage, Summary, Target } from '../../../../shared/backlinks.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import type { IndexInfo } from '../store.ts';
import { openDatabase, SQLITE_CORRUPT, SQLITE_NOTADB, sqliteCode } from './driver.ts';
import { readFacts } from './facts.ts';
import { readRows } from './rows.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
import { scopeOf } from './scope.ts';
import { Statements } from './statements.ts';
import { readCounts, readStrength, readSummary } from './summaries.ts';

export class OpenGeneration {
  readonly info: IndexInfo;
  readonly #db: DatabaseSync;
  readonly #statements: Statements;
  readonly #name: string;
  #holders = 0;
  #closing = false;

  /**
   * @param database path of the database
   * @param name what the user named, for messages
   */
  constructor(database: string, name: string) {
    this.#name = name;
    if (!existsSync(database)) throw damaged(name, `its data file ${database} is not there`);
    this.#db = openReadOnly(database, name);
    this.#statements = new Statements(this.#db);
    try {
      this.info = this.#guard(() => this.#check());
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  rows(target: Target, page: { readonly limit: number; readonly offset: number; readonly internal: InternalFilter }): RowPage {
    return this.#guard(() => {
      const { generation, knownUrls } = this.info;
      const scope = scopeOf(this.#statements, target);
      const { links, internal } = readCounts(this.#statements, scope);
      const total = { exclude: links, include: links + internal, only: internal }[page.internal];
      const rows = scope === null || page.offset >= total ? [] : readRows(this.#statements, scope, page, knownUrls);
      return { rows, offset: page.offset, total, generation };
    });
  }

  summary(target: Target): Summary {
    return this.#guard(() => readSummary(this.#statements, target, this.info));
  }

  strength(target: Target): number | null {
    return this.#guard(() => readStrength(this.#statements, target, this.info)?.value ?? null);
  }

  /** Keeps the database open until the returned function is called, though `close` may be called before. */
  hold(): () => void {
    this.#holders++;
    return () => {
      this.#holders--;
      if (this.#closing) this.close();
    };
  }

  close(): void {
    this.#closing = true;
    if (this.#holders === 0 && this.#db.isOpen) this.#db.close();
  }

  #check(): IndexInfo {
    const application = this.#statements.get('pragma application_id')?.['application_id'];
    if (application !== APPLICATION_ID) throw damaged(this.#name, 'it is another kind of database');
    const version = Number(this.#statements.get('pragma user_version')?.['user_version']);
    if (version > SCHEMA_VERSION) {
      throw new BacklinkLensError(
        'index.newer-schema',
        `${this.#name} has schema ${version}, and this program reads up to ${SCHEMA_VERSION}. Update the program, or build the index again.`,
      );
    }
    const info = readFacts(this.#statements);
    if (info === null) throw damaged(this.#name, 'it holds no description of itself');
    return info;
  }

  /** Says of SQLite's complaints what they mean for whoever asked. */
  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const code = sqliteCode(error);
      if (code === null) throw error;
      throw damaged(this.#name, error instanceof Error ? error.message : String(error), error);
    }
  }
}

function openReadOnly(database: string, name: string): DatabaseSync {
  try {
    return openDatabase(database, { readOnly: true });
  } catch (error) {
    const code = sqliteCode(error);
    if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB) throw damaged(name, 'it is not a database', error);
    if (code === null) throw error;
    throw new BacklinkLensError(
      'index.missing',
      `The index ${name} cannot be opened: ${error instanceof Error ? error.message : code}. Check its permissions.`,
      { cause: error },
    );
  }
}

function damaged(name: string, why: string, cause?: unknown): BacklinkLensError {
  return new BacklinkLensError('index.damaged', `The index ${name} is damaged: ${why}. Build it again from its inputs.`, { cause });
}
