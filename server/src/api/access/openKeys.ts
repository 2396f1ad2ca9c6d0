/** Opens a keys file, or says in a coded error why it cannot be used. A damaged one is never replaced: what is in it cannot be made again. */
import { closeSync, openSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError } from '../../util/errors.ts';
import {
  loadSqlite,
  SQLITE_BUSY,
  SQLITE_CANTOPEN,
  SQLITE_CORRUPT,
  SQLITE_FULL,
  SQLITE_IOERR,
  SQLITE_NOTADB,
  SQLITE_READONLY,
  sqliteCode,
  transact,
} from '../../util/sqlite.ts';
import { APPLICATION_ID, BUSY_TIMEOUT, SCHEMA_VERSION, TABLES } from './schema.ts';

export interface OpenOptions {
  /** Makes the file where there is none; only its owner may read and write it. */
  readonly create?: boolean;
  /** Milliseconds that a statement waits for another process. */
  readonly patience?: number;
}

/**
 * Opens a keys file for reading and writing. Several processes may have it open: each change is a transaction.
 *
 * @throws BacklinkLensError keys.missing, keys.damaged, keys.newer-schema, keys.not-writable, keys.busy; index.no-sqlite
 */
export function openKeys(file: string, { create = false, patience = BUSY_TIMEOUT }: OpenOptions = {}): DatabaseSync {
  const sqlite = loadSqlite();
  if (sqlite === null) {
    throw new BacklinkLensError('index.no-sqlite', `Keys need SQLite, which this Node.js (${process.version}) has not. Use 22.19 or newer.`);
  }
  return guarded(file, () => {
    if (!makeSure(file, create)) throw missing(file);
    const database = new sqlite.DatabaseSync(file);
    try {
      prepare(database, file, patience);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * Runs work on a keys file; what SQLite or the file system says becomes a coded error.
 *
 * @throws BacklinkLensError keys.busy, keys.damaged, keys.not-writable
 */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw BacklinkLensError.is(error) ? error : toCoded(file, error);
  }
}

/** False where there is no file and none is to be made. */
function makeSure(file: string, create: boolean): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) throw new BacklinkLensError('keys.damaged', `${file} is a folder. Name the file that holds the keys.`);
  if (stats !== undefined) return true;
  if (create) closeSync(openSync(file, 'a', 0o600));
  return create;
}

/**
 * Nothing is changed before the file is known to be ours, or to be empty. The pages are small because every change is one of a few rows: what
 * is written for each stays small, too.
 */
function prepare(database: DatabaseSync, file: string, patience: number): void {
  database.exec(`PRAGMA busy_timeout = ${patience}; PRAGMA secure_delete = ON`);
  if (!isEmpty(database)) checkOurs(database, file);
  database.exec('PRAGMA page_size = 1024; PRAGMA journal_mode = WAL');
  transact(database, () => {
    if (isEmpty(database)) database.exec(TABLES);
  });
  const [said] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
  if (said !== 'ok') throw damaged(file, said);
}

function checkOurs(database: DatabaseSync, file: string): void {
  if (pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new BacklinkLensError('keys.damaged', `${file} is a database, but not one of keys. Name another.`);
  }
  if (pragma(database, 'user_version') > SCHEMA_VERSION) {
    throw new BacklinkLensError('keys.newer-schema', `${file} was written by a newer version of this program. Update this one.`);
  }
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function missing(file: string): BacklinkLensError {
  return new BacklinkLensError(
    'keys.missing',
    `There are no keys at ${file}. Make the first: backlink-lens serve keys add NAME --keys ${file}; or serve this machine alone, without keys: --open`,
  );
}

function damaged(file: string, cause: unknown): BacklinkLensError {
  return new BacklinkLensError('keys.damaged', `${file} holds no keys, or is damaged. Put a copy in its place, or make new keys in another file.`, {
    cause,
  });
}

function toCoded(file: string, error: unknown): unknown {
  const words = error instanceof Error ? error.message : String(error);
  switch (sqliteCode(error) ?? 0) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged(file, error);
    case SQLITE_BUSY:
      return new BacklinkLensError('keys.busy', `Another program keeps ${file} locked. Try again, or find out which one holds it.`, { cause: error });
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return notWritable(file, words, error);
    default:
      return error instanceof Error && 'syscall' in error ? notWritable(file, words, error) : error;
  }
}

function notWritable(file: string, words: string, cause: unknown): BacklinkLensError {
  const message = `${file} could not be read and written: ${words}. Check its permissions, those of its folder, and the free space.`;
  return new BacklinkLensError('keys.not-writable', message, { cause });
}
