/** The next id of a table that is added to. */
import type { DatabaseSync } from 'node:sqlite';
import { ADDED_FROM } from '../schema.ts';

/** One above every id there is, and from ADDED_FROM on: below it, ids say something of order. */
export function nextId(db: DatabaseSync, table: 'page' | 'host' | 'domain' | 'link'): number {
  return Math.max(ADDED_FROM, Number(db.prepare(`select max(id) as id from ${table}`).get()?.['id'] ?? 0) + 1);
}
