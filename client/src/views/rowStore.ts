/** Rows fetched so far, by target: pages are appended in order, and all of it is dropped when the data behind it changed. */
import type { Backlink, RowPage, Target } from '../../../shared/backlinks.ts';

export interface LoadedRows {
  readonly rows: readonly Backlink[];
  /** Rows there are in all; null when the source gives no total. */
  readonly total: number | null;
  /** True when asking again would bring nothing. */
  readonly complete: boolean;
}

export interface RowStore {
  /** What was fetched; null before the first page. */
  readonly get: (target: Target) => LoadedRows | null;
  /** Fetches the first page, or what is there. */
  readonly first: (target: Target) => Promise<LoadedRows>;
  /** Fetches the next page. One page of a target at a time: a second call joins the first. */
  readonly more: (target: Target) => Promise<LoadedRows>;
  readonly clear: () => void;
}

export interface RowStoreParts {
  readonly fetch: (target: Target, offset: number, limit: number) => Promise<RowPage>;
  /** Rows a page, one of the permitted limits. */
  readonly limit: () => number;
  /** Rows of one target at most. */
  readonly max: () => number;
}

interface Entry {
  rows: Backlink[];
  total: number | null;
  generation: string | null;
  complete: boolean;
}

export function createRowStore({ fetch, limit, max }: RowStoreParts): RowStore {
  const entries = new Map<string, Entry>();
  const running = new Map<string, Promise<LoadedRows>>();
  let era = 0;

  const load = async (target: Target): Promise<LoadedRows> => {
    const began = era;
    const size = limit();
    let entry = entries.get(target.id) ?? { rows: [], total: null, generation: null, complete: false };
    // A changed limit leaves an offset that is no multiple of it: the last whole page is fetched again.
    const offset = Math.floor(entry.rows.length / size) * size;
    let page = await fetch(target, offset, size);
    if (offset > 0 && page.generation !== entry.generation) {
      entry = { rows: [], total: null, generation: null, complete: false };
      page = await fetch(target, 0, size);
    }
    const rows = [...entry.rows.slice(0, page.offset), ...page.rows];
    const ended = page.rows.length < size || (page.total !== null && rows.length >= page.total) || rows.length >= max();
    const loaded: Entry = { rows, total: page.total, generation: page.generation, complete: ended };
    if (began === era) entries.set(target.id, loaded);
    return loaded;
  };
  const joined = (target: Target): Promise<LoadedRows> => {
    const ongoing = running.get(target.id);
    if (ongoing !== undefined) return ongoing;
    const started = load(target).finally(() => {
      if (running.get(target.id) === started) running.delete(target.id);
    });
    running.set(target.id, started);
    return started;
  };
  return {
    get: (target) => entries.get(target.id) ?? null,
    first: async (target) => entries.get(target.id) ?? joined(target),
    more: async (target) => {
      const entry = entries.get(target.id);
      return entry?.complete ? entry : joined(target);
    },
    clear: () => {
      era += 1;
      entries.clear();
      running.clear();
    },
  };
}
