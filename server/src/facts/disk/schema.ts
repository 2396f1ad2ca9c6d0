/** The tables of the cache. A file of another version is thrown away, not migrated: everything in it can be asked for again. */

/** Part of the file's name, so that windows of different versions leave each other alone. */
export const SCHEMA_VERSION = 1;

/** Milliseconds that a statement waits for another window's. */
export const BUSY_TIMEOUT = 2_000;

/** Name of the file inside the storage folder. */
export const CACHE_FILE = `facts-${SCHEMA_VERSION}.db`;

/** Names that files of any version have, with what SQLite puts beside them. */
export const ANY_CACHE_FILE = /^facts-(\d+)\.db(?:-wal|-shm|\.damaged)?$/;

/** `bytes` is the length of the text beside it: sums by age then read an index alone. Times are epoch milliseconds. */
export const TABLES = `
  CREATE TABLE IF NOT EXISTS facts (
    account TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, generation TEXT, summary TEXT NOT NULL, bytes INTEGER NOT NULL,
    UNIQUE (account, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS facts_by_age ON facts (at, bytes);
  CREATE TABLE IF NOT EXISTS pages (
    account TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, page TEXT NOT NULL, bytes INTEGER NOT NULL,
    UNIQUE (account, id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS pages_by_age ON pages (at, bytes);
  CREATE TABLE IF NOT EXISTS closures (
    account TEXT PRIMARY KEY, reason TEXT NOT NULL, message TEXT NOT NULL, retry_at INTEGER, at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS spending (
    account TEXT NOT NULL, day TEXT NOT NULL, calls INTEGER NOT NULL, rows INTEGER NOT NULL, amount REAL NOT NULL, reserved REAL NOT NULL,
    PRIMARY KEY (account, day)
  ) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

export const DROP_TABLES = `
  DROP TABLE IF EXISTS facts; DROP TABLE IF EXISTS pages; DROP TABLE IF EXISTS closures; DROP TABLE IF EXISTS spending;
`;
