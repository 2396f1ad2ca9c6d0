/**
 * Writes the tables that grow with the web, and their indexes, as trees: what a build has in order already need not be inserted, sorted and
 * split by SQLite, which takes five times as long.
 */

import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError } from '../../../util/errors.ts';
import { IndexTree } from '../btree/indexTree.ts';
import { PageFile } from '../btree/pageFile.ts';
import { RecordWriter } from '../btree/record.ts';
import { TableTree } from '../btree/tableTree.ts';
import type { Generation } from './generation.ts';
import { writeLinkIndexes } from './linkIndexes.ts';
import { writeLinks } from './linkTable.ts';
import { writePageKeys, writePages } from './pageTable.ts';
import type { Pause } from './pause.ts';
import { LinkScopes } from './scopes.ts';
import { usedAnchors, writeTexts } from './textTables.ts';
import { writeTotals } from './totalTable.ts';

/** Columns of the tables in the order their rows are written in: they must be what the schema says. */
const COLUMNS: Readonly<Record<string, string>> = {
  anchor: 'id text',
  page: 'id key url host strength captured first_captured is_page title place external internal noindex canonical redirect redirect_status gone',
  link: 'id target target_host target_domain source anchor position state form nofollow tag rel first_seen',
  total: 'kind key links internal pages hosts domains followed followable stale details',
};

/** Indexes that are written here. Others of these tables are made by SQLite afterwards. */
export const WRITTEN_INDEXES: ReadonlySet<string> = new Set(['page_key', 'link_page', 'link_host', 'link_domain', 'link_new']);

/** A tree of the file that is being written, by the name of its table or index. */
export interface Trees {
  readonly record: RecordWriter;
  readonly table: (name: string) => TableTree;
  readonly index: (name: string) => IndexTree;
}

/**
 * Root pages by name, of tables and indexes that are made and empty.
 *
 * @throws BacklinkLensError internal, when the schema has other columns than are written here
 */
export function findRoots(db: DatabaseSync): ReadonlyMap<string, number> {
  for (const [table, columns] of Object.entries(COLUMNS)) {
    const found = db.prepare(`select group_concat(name, ' ') as columns from pragma_table_info('${table}')`).get();
    if (found?.['columns'] !== columns) throw new BacklinkLensError('internal', `Unexpected columns of ${table}: ${String(found?.['columns'])}.`);
  }
  const roots = db.prepare('select name, rootpage from sqlite_schema').all();
  return new Map(roots.map(({ name, rootpage }) => [String(name), Number(rootpage)]));
}

/** @param file the database, closed */
export async function writeLargeTables(file: string, roots: ReadonlyMap<string, number>, generation: Generation, pause: Pause): Promise<void> {
  const pages = new PageFile(file);
  try {
    const trees: Trees = {
      record: new RecordWriter(),
      table: (name) => new TableTree(pages, roots.get(name) ?? 0),
      index: (name) => new IndexTree(pages, roots.get(name) ?? 0),
    };
    await writeTexts(trees, 'anchor', generation.staging.anchors, usedAnchors(generation), pause);
    await writePages(trees, generation, pause);
    await writePageKeys(trees, generation, pause);
    await writeLinks(trees, generation, pause);
    generation.staging.links.releaseWritten();
    const scopes = new LinkScopes(generation.numbering, generation.order);
    await writeLinkIndexes(trees, generation, scopes, pause);
    await writeTotals(trees, generation, scopes, pause);
    pages.finish();
  } finally {
    pages.close();
  }
}
