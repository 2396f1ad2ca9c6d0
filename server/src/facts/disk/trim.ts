/** Keeps a table of the cache within its bounds: what is too old goes, then what was learned longest ago. */
import type { DatabaseSync } from 'node:sqlite';

/** How far below the bound it is cut, so that not every write cuts again. */
const ROOM = 0.9;

/**
 * @param bound sum of `bytes`
 * @param oldest epoch milliseconds: everything learned before goes
 */
export function trim(database: DatabaseSync, table: 'facts' | 'pages', bound: number, oldest: number): void {
  database.prepare(`DELETE FROM ${table} WHERE at < ?`).run(oldest);
  const total = Number(database.prepare(`SELECT total(bytes) AS total FROM ${table}`).get()?.['total']);
  if (total <= bound) return;
  const cut = database
    .prepare(
      `SELECT at FROM (SELECT at, sum(bytes) OVER (ORDER BY at DESC ROWS UNBOUNDED PRECEDING) AS kept FROM ${table})
       WHERE kept > ? ORDER BY at DESC LIMIT 1`,
    )
    .get(bound * ROOM);
  if (cut !== undefined) database.prepare(`DELETE FROM ${table} WHERE at <= ?`).run(Number(cut['at']));
}
