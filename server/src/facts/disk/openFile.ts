/** Opens the cache's file: makes it where there is none, empties one of another version, and moves a damaged one aside to begin anew. */
import { closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite, SQLITE_CORRUPT, SQLITE_NOTADB, sqliteCode } from '../../util/sqlite.ts';
import { ANY_CACHE_FILE, BUSY_TIMEOUT, DROP_TABLES, SCHEMA_VERSION, TABLES } from './schema.ts';

/**
 * @param file its folder is made where it is missing; only the user may read it, for it holds addresses of documents
 * @param damaged called when a damaged one was moved aside
 * @returns null where the runtime has no SQLite
 * @throws what SQLite or the file system says
 */
export function openCacheFile(file: string, damaged: () => void): DatabaseSync | null {
  const sqlite = loadSqlite();
  if (sqlite === null) return null;
  mkdirSync(path.dirname(file), { recursive: true });
  removeOlder(file);
  closeSync(openSync(file, 'a', 0o600));
  const inode = inodeOf(file);
  try {
    return prepared(new sqlite.DatabaseSync(file));
  } catch (error) {
    if (!isDamage(error)) throw error;
    moveAside(file, inode);
    damaged();
    closeSync(openSync(file, 'a', 0o600));
    return prepared(new sqlite.DatabaseSync(file));
  }
}

/** True for what a broken file makes SQLite say. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/** As `openCacheFile`, for a file that turned out to be damaged while it was open: it is looked at whole before it is used again. */
export function reopenDamaged(file: string, damaged: () => void): DatabaseSync | null {
  const inode = inodeOf(file);
  const database = openCacheFile(file, damaged);
  try {
    const said = database?.prepare('PRAGMA quick_check(1)').get();
    if (said === undefined || Object.values(said)[0] === 'ok') return database;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  database?.close();
  moveAside(file, inode);
  damaged();
  return openCacheFile(file, damaged);
}

function prepared(database: DatabaseSync): DatabaseSync {
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;`);
    database.exec('BEGIN IMMEDIATE');
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    database.exec(version === 0 || version === SCHEMA_VERSION ? TABLES : DROP_TABLES + TABLES);
    database.exec('COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Another window may have done so already: what is there then is another file, and is left alone. */
function moveAside(file: string, inode: number): void {
  if (inodeOf(file) !== inode) return;
  for (const beside of ['-wal', '-shm']) rmSync(file + beside, { force: true });
  try {
    renameSync(file, `${file}.damaged`);
  } catch {
    // Where an open file cannot be renamed, its contents may still be given up.
    rmSync(file, { force: true });
  }
}

function inodeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? 0;
}

/** Files of older versions: an old window that still has one open keeps it until it closes, or it stays until then. */
function removeOlder(file: string): void {
  const folder = path.dirname(file);
  for (const name of readdirSync(folder)) {
    const version = ANY_CACHE_FILE.exec(name)?.[1];
    if (version === undefined || Number(version) >= SCHEMA_VERSION) continue;
    try {
      rmSync(path.join(folder, name), { force: true });
    } catch {
      // In use, or not ours to remove: it is looked at again at the next start.
    }
  }
}
