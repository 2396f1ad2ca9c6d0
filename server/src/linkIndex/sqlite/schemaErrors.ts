/** What to say of an index whose tables are not those of this version. */
import { BacklinkLensError } from '../../util/errors.ts';
import { SCHEMA_VERSION } from './schema.ts';

/** @param name what the user named */
export function newerSchema(name: string, schema: number): BacklinkLensError {
  return new BacklinkLensError(
    'index.newer-schema',
    `${name} has schema ${schema}, and this program knows schemas up to ${SCHEMA_VERSION}. Update the program, or build the index again.`,
  );
}

/** @param name what the user named */
export function olderSchema(name: string, schema: number): BacklinkLensError {
  return new BacklinkLensError(
    'index.older-schema',
    `${name} was written by an older version of this program (schema ${schema}, now ${SCHEMA_VERSION}). Build it again, or bring it up to date by adding to it: backlink-lens index add.`,
  );
}
