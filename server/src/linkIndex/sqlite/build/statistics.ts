/** What SQLite's planner is told of a generation. Of the large tables a build knows it; finding it out anew would take as long as a table takes to write. */
import type { DatabaseSync } from 'node:sqlite';
import type { Generation } from './generation.ts';
import type { LinkGroups } from './scopes.ts';

/** Entries of an index that are looked at where SQLite counts itself. */
const LOOKED_AT = 2000;

/** What a statistic says: how many rows, and how many there are to a value of the index's columns. */
export type Statistic = readonly [table: string, index: string | null, rows: number, ...distinct: number[]];

/** Of the tables and indexes that are written as trees, while their links are at hand. */
export function statisticsOf({ numbering, links, texts }: Generation, groups: LinkGroups, totals: number): readonly Statistic[] {
  const pages = numbering.order.length;
  const dated = links.firstSeen.reduce((count, second) => count + Number(second !== 0), 0);
  const ofLinks = (['page', 'host', 'domain'] as const).map((scope): Statistic => {
    const distinct = countScopes(groups[scope].starts);
    return ['link', `link_${scope}`, links.count, distinct, distinct];
  });
  return [
    ['page', 'page_key', pages, pages],
    ...ofLinks,
    ['link', 'link_new', dated, numbering.domains.length, dated],
    ['total', 'total', totals, 3, totals],
    ['anchor', null, texts.anchors.size],
    ['rel', null, texts.rels.size],
    ['form', null, texts.forms.size],
  ];
}

/** Tells the planner, inside a transaction. The other tables are looked at. Source of the format: sqlite.org/fileformat2.html, section 2.6.3. */
export function writeStatistics(db: DatabaseSync, known: readonly Statistic[]): void {
  const large = new Set(known.map(([table]) => table));
  const tables = db.prepare(`select name from sqlite_schema where type = 'table' and name not like 'sqlite%'`).all();
  db.exec(`pragma analysis_limit = ${LOOKED_AT}; analyze sqlite_schema`);
  for (const { name } of tables) if (!large.has(String(name))) db.exec(`analyze "${String(name)}"`);
  const add = db.prepare('insert into sqlite_stat1 values (?, ?, ?)');
  for (const [table, index, rows, ...distinct] of known) {
    const perValue = distinct.map((values) => (rows === 0 ? 0 : Math.ceil(rows / Math.min(rows, Math.max(1, values)))));
    if (rows > 0 || index !== null) add.run(table, index, [rows, ...perValue].join(' '));
  }
}

function countScopes(starts: Uint32Array): number {
  let scopes = 0;
  for (let at = 0; at + 1 < starts.length; at++) if (starts[at] !== starts[at + 1]) scopes++;
  return scopes;
}
