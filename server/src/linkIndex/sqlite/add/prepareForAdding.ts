/** Opens the current generation of an index for writing, and gives it what only adding needs. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError } from '../../../util/errors.ts';
import { databaseOf } from '../../generations.ts';
import { openDatabase } from '../driver.ts';
import { canMigrate, migrate } from '../migrate.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from '../schema.ts';
import { newerSchema, olderSchema } from '../schemaErrors.ts';

/** Milliseconds to wait for a reader that is in the way of a checkpoint. */
const BUSY_TIMEOUT = 10_000;

/** Made at the first addition: they would cost every index a tenth of its size, and only adding asks by them. */
const INDEXES = `
create index if not exists link_source on link (source);
create index if not exists anchor_text on anchor (text);
create index if not exists rel_tokens on rel (tokens);
create index if not exists form_url on form (url);
create index if not exists place_ip on place (ip);
create index if not exists input_hash on input (hash);
create index if not exists host_domain on host (domain);
create index if not exists host_above on host_tree (host);
`;

/**
 * Opens the generation that the index names; one that an older version wrote is brought to today's tables first. Otherwise nothing is changed
 * yet. The caller holds the lock of the index.
 *
 * @throws BacklinkLensError index.missing, index.damaged, index.newer-schema, index.older-schema, usage.invalid for a database that no pointer names
 */
export function openForAdding(out: string): DatabaseSync {
  if (databaseOf(out) === path.resolve(out)) {
    throw new BacklinkLensError('usage.invalid', `${out} is the data file of an index. Name the index itself: the file the build was told to write.`);
  }
  const schema = schemaOf(out);
  if (schema < SCHEMA_VERSION) migrate(out, schema);
  return openExisting(out);
}

/** Puts the file into WAL mode, so that readers go on reading until `finishAdding`, and makes the indexes. */
export function prepareForAdding(db: DatabaseSync): void {
  db.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -131072; pragma temp_store = memory;
    begin immediate; ${INDEXES} commit`);
}

function openExisting(out: string): DatabaseSync {
  const database = databaseOf(out);
  if (existsSync(database)) return openDatabase(database, { timeout: BUSY_TIMEOUT });
  throw new BacklinkLensError(
    'index.damaged',
    `The index ${out} is damaged: its data file ${database} is not there. Build it again from its inputs.`,
  );
}

/** @throws BacklinkLensError index.damaged, index.newer-schema, index.older-schema */
function schemaOf(out: string): number {
  const db = openExisting(out);
  try {
    const application = db.prepare('pragma application_id').get()?.['application_id'];
    if (application !== APPLICATION_ID)
      throw new BacklinkLensError('index.damaged', `${out} names a file that is no index. Build it again from its inputs.`);
    const schema = Number(db.prepare('pragma user_version').get()?.['user_version']);
    if (schema > SCHEMA_VERSION) throw newerSchema(out, schema);
    if (schema < SCHEMA_VERSION && !canMigrate(schema)) throw olderSchema(out, schema);
    return schema;
  } finally {
    db.close();
  }
}

/** Folds the write-ahead log into the file. Where readers have it open it stays in WAL mode, until an addition ends without them. */
export function finishAdding(db: DatabaseSync): void {
  db.exec('pragma busy_timeout = 200');
  db.prepare('pragma wal_checkpoint(truncate)').all();
  try {
    db.exec('pragma journal_mode = delete');
  } catch {
    // Somebody reads.
  }
}
