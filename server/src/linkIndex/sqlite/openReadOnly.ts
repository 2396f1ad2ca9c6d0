/** Opens a generation for reading, wherever it lies. */
import { accessSync, constants, existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { SQLITE_CANTOPEN, SQLITE_READONLY, sqliteCode } from '../../util/sqlite.ts';
import { openDatabase } from './driver.ts';

/** Milliseconds to wait for a writer that is just committing. */
const BUSY_TIMEOUT = 5000;

/**
 * Opens a database read-only. What a writer that was killed left half done is undone first, where this process may write. A database in WAL
 * mode needs its log beside it, and where that is neither there nor can be made (a copy on a read-only medium), nobody can be writing to it:
 * then it is read as a file that does not change. Source: sqlite.org/wal.html#read_only_databases
 *
 * @throws what SQLite says
 */
export function openReadOnly(database: string): DatabaseSync {
  try {
    return opened(database);
  } catch (error) {
    const code = sqliteCode(error);
    if (code !== SQLITE_READONLY && code !== SQLITE_CANTOPEN) throw error;
    if (recovered(database)) return opened(database);
    if (existsSync(`${database}-wal`) || existsSync(`${database}-journal`)) throw error;
    const unchanging = pathToFileURL(database);
    unchanging.searchParams.set('immutable', '1');
    return openDatabase(unchanging, { readOnly: true });
  }
}

/** Read from once: only then does SQLite look at what lies beside the file. */
function opened(database: string): DatabaseSync {
  const db = openDatabase(database, { readOnly: true, timeout: BUSY_TIMEOUT });
  try {
    db.prepare('pragma schema_version').get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Lets SQLite undo what a writer left half done, as it does on the first reading by somebody who may write; false where this process may not. */
function recovered(database: string): boolean {
  let db: DatabaseSync;
  try {
    accessSync(database, constants.W_OK);
    db = openDatabase(database, { timeout: BUSY_TIMEOUT });
  } catch {
    return false;
  }
  try {
    db.prepare('pragma schema_version').get();
    return true;
  } catch {
    return false;
  } finally {
    db.close();
  }
}
