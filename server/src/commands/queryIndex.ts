/** What `query` can ask of an index only: filtered and ordered rows, lists, and both in our own words. */
import { type Backlink, type InternalFilter, PAGE_LIMITS, type Target } from '../../../shared/backlinks.ts';
import type { ListPage, RowFilter, RowSort } from '../../../shared/queries.ts';
import { toWireList, toWireRow } from '../api/contract.ts';
import { openIndexInWorker } from '../linkIndex/openIndexInWorker.ts';
import type { BacklinkStore } from '../linkIndex/store.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { Io } from './io.ts';
import type { ListReading, Printed, Slice } from './queryLists.ts';
import { drawn, ROW_COLUMNS, type RowEntry } from './queryText.ts';
import { isSourceId, refuseNoName } from './source.ts';

const LARGEST_PAGE = Math.max(...PAGE_LIMITS);

export interface IndexQuery {
  readonly limit: number;
  readonly offset: number;
  readonly internal: InternalFilter;
  readonly filter: RowFilter | undefined;
  readonly sort?: RowSort;
  /** Prints a list instead of rows. */
  readonly list: ((reading: ListReading) => Promise<Printed>) | null;
  /** Every entry from the first on. */
  readonly all?: true;
  /** With `all`: entries at most. */
  readonly maxRows: number;
  readonly text?: true;
  readonly json?: true;
}

/**
 * Asks and prints.
 *
 * @throws BacklinkLensError usage.invalid for an endpoint, index.*
 */
export async function queryIndex(io: Io, named: string, target: Target, query: IndexQuery): Promise<void> {
  if (/^https?:\/\//i.test(named) || isSourceId(named)) {
    throw new BacklinkLensError(
      'usage.invalid',
      'A remote source answers with rows as they are. Name an index file to narrow or order them, for lists, --text and --json.',
    );
  }
  if (named === '')
    throw new BacklinkLensError('usage.invalid', 'The path of the index is empty. Name a file made with "backlink-lens index build".');
  refuseNoName(named);
  const store = await openIndexInWorker(named);
  try {
    const gather = gatherer(query, io.signal);
    if (query.list === null) await printRows(io, store, target, query, gather);
    else {
      const { json, text } = await query.list({ store, signal: io.signal, screen: io, gather });
      io.out(query.json === true ? `${JSON.stringify(json, null, 2)}\n` : text);
    }
  } finally {
    await store.close();
  }
}

async function printRows(io: Io, store: BacklinkStore, target: Target, query: IndexQuery, gather: ListReading['gather']): Promise<void> {
  const { internal, filter, sort } = query;
  const started = performance.now();
  const page = await gather(async (slice): Promise<ListPage<RowEntry>> => {
    const { rows, more, total, generation } = await store.rows({ target, internal, filter, sort, ...slice }, io.signal);
    const items = rows.map((row, at) => ({ row, more: more?.[at] ?? null }));
    return { items, offset: slice.offset, total: total ?? 0, generation: generation ?? '' };
  });
  const { items, offset, total, generation } = page;
  if (query.text === true) io.out(drawn(ROW_COLUMNS, items, { entries: 'links', offset, total }, io));
  else io.out(`${JSON.stringify(query.json === true ? ourWords() : contract(), null, 2)}\n`);

  function ourWords(): object {
    const rows = items.map(({ row, more }): Backlink & { more?: number } => (more === null ? row : { ...row, more }));
    return { total, offset, generation, rows };
  }

  function contract(): object {
    const rows = items.map(({ row }) => toWireRow(row));
    return { ...toWireList(rows, total, performance.now() - started), balance: null };
  }
}

/** Reads one slice or all of them; a change of the data on the way starts anew. */
function gatherer({ limit, offset, all, maxRows }: IndexQuery, signal: AbortSignal): ListReading['gather'] {
  return async <T>(read: (slice: Slice) => Promise<ListPage<T>>): Promise<ListPage<T>> => {
    if (all !== true) return await read({ limit, offset });
    let items: T[] = [];
    let generation: string | null = null;
    for (;;) {
      signal.throwIfAborted();
      const page = await read({ limit: LARGEST_PAGE, offset: items.length });
      const changed = generation !== null && page.generation !== generation;
      generation = page.generation;
      items = changed ? [] : [...items, ...page.items];
      const wanted = Math.min(page.total, maxRows);
      if (!changed && (items.length >= wanted || page.items.length === 0)) return { ...page, items: items.slice(0, maxRows), offset: 0 };
    }
  };
}
