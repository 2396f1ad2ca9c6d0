/**
 * What a thread writes of the links of a generation: the table and its indexes, each a tree of its own. All of it is in memory that threads
 * share; whoever has nothing to do takes the next tree that nobody has begun.
 */
import { IndexTree } from '../btree/indexTree.ts';
import { type AppendedFile, PageFile } from '../btree/pageFile.ts';
import { RecordWriter } from '../btree/record.ts';
import { TableTree } from '../btree/tableTree.ts';
import { writeByState, writeNew } from './linkIndexes.ts';
import { writeLinks } from './linkTable.ts';
import type { Pause } from './pause.ts';
import type { PlacedLinks } from './placedLinks.ts';
import type { LinkGroups } from './scopes.ts';

export interface LinkTask {
  readonly file: AppendedFile;
  /** Root pages by name, of tables and indexes that are made and empty. */
  readonly roots: ReadonlyMap<string, number>;
  readonly links: PlacedLinks;
  /** Filled when `nowGrouped` has said so: only the first tree can do without. */
  readonly groups: LinkGroups;
  /** See Numbering. */
  readonly hostOf: Uint32Array;
  readonly domainOf: Uint32Array;
  /** By PROGRESS. */
  readonly progress: Int32Array<SharedArrayBuffer>;
}

/** How many trees have been begun, and whether the links are grouped. */
const PROGRESS = { begun: 0, grouped: 1 } as const;

export function noProgress(): LinkTask['progress'] {
  return new Int32Array(new SharedArrayBuffer(Object.keys(PROGRESS).length * Int32Array.BYTES_PER_ELEMENT));
}

export function nowGrouped({ progress }: LinkTask): void {
  Atomics.store(progress, PROGRESS.grouped, 1);
  Atomics.notify(progress, PROGRESS.grouped);
}

/** A tree of the file that is being written, by the name of its table or index. */
export interface Trees {
  readonly record: RecordWriter;
  readonly table: (name: string) => TableTree;
  readonly index: (name: string) => IndexTree;
}

export function treesOf(pages: PageFile, roots: ReadonlyMap<string, number>): Trees {
  return {
    record: new RecordWriter(),
    table: (name) => new TableTree(pages, roots.get(name) ?? 0),
    index: (name) => new IndexTree(pages, roots.get(name) ?? 0),
  };
}

type Work = (trees: Trees, task: LinkTask, pause: Pause) => Promise<void>;

/** The trees, those that take longest first. */
const WORK: readonly Work[] = [
  writeLinks,
  ({ index }, { groups, links }, pause) => writeByState(index('link_page'), groups.page, links, pause),
  ({ index }, { groups, links }, pause) => writeByState(index('link_host'), groups.host, links, pause),
  ({ index }, { groups, links }, pause) => writeByState(index('link_domain'), groups.domain, links, pause),
  ({ index }, { groups, links }, pause) => writeNew(index('link_new'), groups.domain, links, pause),
];

/** Writes trees until all have been begun. */
export async function writeNextTrees(trees: Trees, task: LinkTask, pause: Pause): Promise<void> {
  for (;;) {
    const work = WORK[Atomics.add(task.progress, PROGRESS.begun, 1)];
    if (work === undefined) return;
    // The thread that groups them waits for nobody.
    if (work !== writeLinks) Atomics.wait(task.progress, PROGRESS.grouped, 0);
    await work(trees, task, pause);
  }
}

/**
 * Writes trees in a thread of their own.
 *
 * @returns pages that were taken for nothing
 */
export async function writeTreesApart(task: LinkTask): Promise<readonly number[]> {
  const pages = new PageFile(task.file);
  await writeNextTrees(treesOf(pages, task.roots), task, async () => {});
  return pages.finish();
}
