/** The one door to `node:sqlite`: loaded when it is first needed, so that a runtime without it still does everything else. */
import type { DatabaseSync, DatabaseSyncOptions } from 'node:sqlite';
import { BacklinkLensError } from '../../util/errors.ts';

/**
 * Opens a database file.
 *
 * @throws BacklinkLensError index.no-sqlite where the runtime has no SQLite; whatever SQLite says otherwise
 */
export function openDatabase(file: string | URL, options: DatabaseSyncOptions = {}): DatabaseSync {
  const { DatabaseSync } = loadSqlite();
  return new DatabaseSync(file, options);
}

function loadSqlite(): typeof import('node:sqlite') {
  const module = quietly(() => process.getBuiltinModule('node:sqlite') as typeof import('node:sqlite') | undefined);
  if (module !== undefined) return module;
  throw new BacklinkLensError(
    'index.no-sqlite',
    `This program's Node.js (${process.version}) has no SQLite, so no index can be read or built. Use Node.js 22.19 or newer, or choose a remote source.`,
  );
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

/** SQLite's own result code (`SQLITE_BUSY` is 5), without the extended part; null for other errors. Source: sqlite.org/rescode.html */
export function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}

export const SQLITE_BUSY = 5;
export const SQLITE_READONLY = 8;
export const SQLITE_CORRUPT = 11;
export const SQLITE_CANTOPEN = 14;
export const SQLITE_NOTADB = 26;
