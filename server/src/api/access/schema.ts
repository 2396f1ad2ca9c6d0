/** The tables of a keys file. Times are epoch milliseconds. */

/** Written into the file's header, so that no other database is ever taken for one of ours: "BLKY". */
export const APPLICATION_ID = 0x424c_4b59;

export const SCHEMA_VERSION = 1;

/** Milliseconds that a statement waits for another process's. */
export const BUSY_TIMEOUT = 2_000;

/**
 * A deleted key stays without its verifier, so that its tokens can be told from foreign ones, and its name may be used again. `granted` is
 * null for a key whose credits are not counted; `spent` counts in any case. Tokens are kept as SHA-256.
 */
export const TABLES = `
  CREATE TABLE keys (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, verifier TEXT, created INTEGER NOT NULL, suspended INTEGER, deleted INTEGER,
    granted INTEGER, spent INTEGER NOT NULL DEFAULT 0, used INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX keys_by_name ON keys (name) WHERE deleted IS NULL;
  CREATE TABLE tokens (hash TEXT PRIMARY KEY, key TEXT NOT NULL REFERENCES keys (id), issued INTEGER NOT NULL, expires INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  CREATE INDEX tokens_by_key ON tokens (key, issued);
  CREATE INDEX tokens_by_end ON tokens (expires);
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;
