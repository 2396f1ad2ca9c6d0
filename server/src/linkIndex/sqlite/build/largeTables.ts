/**
 * Writes the tables that grow with the web, and their indexes, as trees: what a build has in order already need not be inserted, sorted and
 * split by SQLite, which takes five times as long. Of a large generation several threads write.
 */

import type { DatabaseSync } from 'node:sqlite';
import { BacklinkLensError } from '../../../util/errors.ts';
import { beginAppending, endAppending, finishAppending, PageFile } from '../btree/pageFile.ts';
import { countGeneration, type GenerationCounts } from './countGeneration.ts';
import type { Generation } from './generation.ts';
import { type LinkTask, noProgress, nowGrouped, treesOf, writeNextTrees } from './linkTask.ts';
import { writePages } from './pageTable.ts';
import type { Pause } from './pause.ts';
import { emptyGroups, groupLinks } from './scopes.ts';
import { type Statistic, statisticsOf } from './statistics.ts';
import { writeTexts } from './textTables.ts';
import { writeTotals } from './totalTable.ts';
import type { TreeThreads } from './treeThreads.ts';

/** Columns of the tables in the order their rows are written in: they must be what the schema says. */
const COLUMNS: Readonly<Record<string, string>> = {
  anchor: 'id text',
  rel: 'id tokens',
  form: 'id url',
  page: 'id key url host strength captured first_captured is_page title place external internal noindex canonical redirect redirect_status gone',
  link: 'id target target_host target_domain source anchor position state form nofollow tag rel first_seen',
  total: 'kind key links internal pages hosts domains followed followable stale details',
};

/** Indexes that are written here. Others of these tables are made by SQLite afterwards. */
export const WRITTEN_INDEXES: ReadonlySet<string> = new Set(['page_key', 'link_page', 'link_host', 'link_domain', 'link_new']);

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

/** What was counted on the way. */
export interface Written {
  readonly counts: GenerationCounts;
  readonly statistics: readonly Statistic[];
}

/**
 * @param file the database, closed
 * @param threads that help; null where this one writes alone
 */
export async function writeLargeTables(
  file: string,
  roots: ReadonlyMap<string, number>,
  generation: Generation,
  threads: TreeThreads | null,
  pause: Pause,
): Promise<Written> {
  const { numbering, links, texts } = generation;
  const appended = beginAppending(file, threads !== null);
  try {
    const groups = emptyGroups(numbering, links);
    const { hostOf, domainOf } = numbering;
    const task: LinkTask = { file: appended, roots, links, groups, hostOf, domainOf, progress: noProgress() };
    threads?.begin(task);
    groupLinks(groups, numbering, links);
    nowGrouped(task);
    await pause();
    const pages = new PageFile(appended);
    const trees = treesOf(pages, roots);
    const pageCounts = await writePages(trees, treesOf(pages, roots), generation, pause);
    await writeTexts(trees, 'anchor', texts.anchors, pause);
    await writeTexts(trees, 'rel', texts.rels, pause);
    await writeTexts(trees, 'form', texts.forms, pause);
    const totals = await writeTotals(trees, generation, groups, pause);
    const counts = await countGeneration(generation, pageCounts, pause);
    await writeNextTrees(trees, task, pause);
    finishAppending(appended, [...pages.finish(), ...((await threads?.ended()) ?? [])]);
    return { counts, statistics: statisticsOf(generation, groups, totals) };
  } finally {
    await threads?.close();
    endAppending(appended);
  }
}
