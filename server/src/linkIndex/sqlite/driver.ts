/** The index's door to SQLite. */
import type { DatabaseSync, DatabaseSyncOptions } from 'node:sqlite';
import { BacklinkLensError } from '../../util/errors.ts';
import { loadSqlite } from '../../util/sqlite.ts';

/**
 * Opens a database file.
 *
 * @throws BacklinkLensError index.no-sqlite where the runtime has no SQLite; whatever SQLite says otherwise
 */
export function openDatabase(file: string | URL, options: DatabaseSyncOptions = {}): DatabaseSync {
  const sqlite = loadSqlite();
  if (sqlite !== null) return new sqlite.DatabaseSync(file, options);
  throw new BacklinkLensError(
    'index.no-sqlite',
    `This program's Node.js (${process.version}) has no SQLite, so no index can be read or built. Use Node.js 22.19 or newer, or choose a remote source.`,
  );
}
