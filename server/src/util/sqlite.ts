/** The way to `node:sqlite`: loaded when it is first needed, so that a runtime without it still does everything else. */
import type { DatabaseSync } from 'node:sqlite';

/** Null where the runtime has none. */
export function loadSqlite(): typeof import('node:sqlite') | null {
  return quietly(() => process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite') | undefined) ?? null;
}

/** Older supported runtimes announce on loading that SQLite is experimental; that is no news for whoever reads our output. */
function quietly<T>(load: () => T): T {
  const announced = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    if (announced !== undefined) Object.defineProperty(process, 'emitWarning', announced);
  }
}

/** All or nothing; the write lock is taken at once, so that waiting for another process happens where it can be waited for. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** SQLite's own result code (`SQLITE_BUSY` is 5), without the extended part; null for other errors. Source: sqlite.org/rescode.html */
export function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

export const SQLITE_BUSY = 5;
export const SQLITE_READONLY = 8;
export const SQLITE_IOERR = 10;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_CANTOPEN = 14;
export const SQLITE_NOTADB = 26;
