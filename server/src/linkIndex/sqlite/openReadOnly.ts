/** Opens a generation for reading, wherever it lies. */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { openDatabase, SQLITE_CANTOPEN, SQLITE_READONLY, sqliteCode } from './driver.ts';

/** Milliseconds to wait for a writer that is just committing. */
const BUSY_TIMEOUT = 5000;

/**
 * Opens a database read-only. One in WAL mode needs its log beside it, and where that is neither there nor can be made (a copy on a read-only
 * medium), nobody can be writing to it: then it is read as a file that does not change. Source: sqlite.org/wal.html#read_only_databases
 *
 * @throws what SQLite says
 */
export function openReadOnly(database: string): DatabaseSync {
  const db = openDatabase(database, { readOnly: true, timeout: BUSY_TIMEOUT });
  try {
    db.prepare('pragma schema_version').get();
    return db;
  } catch (error) {
    db.close();
    const code = sqliteCode(error);
    if ((code !== SQLITE_READONLY && code !== SQLITE_CANTOPEN) || existsSync(`${database}-wal`)) throw error;
    const unchanging = pathToFileURL(database);
    unchanging.searchParams.set('immutable', '1');
    return openDatabase(unchanging, { readOnly: true });
  }
}
