/** Keeps pages of rows that were asked for lately, for as long as the index has not changed at all. */
import type { RowQuery } from '../linkIndex/store.ts';
import type { WirePage, WirePages } from './pages.ts';

export interface CacheParts {
  readonly pages: WirePages;
  /** Another text whenever answers may have changed; null while nobody can tell. */
  readonly stamp: () => string | null;
  /** Characters to keep. */
  readonly most?: number;
}

/** As much as some 8,000 pages of ten rows. */
const MOST = 32 * 2 ** 20;
/** What a page takes beside its text. */
const OVERHEAD = 400;

/** @returns pages to be read from, and what came from memory so far */
export function cachedPages({ pages, stamp, most = MOST }: CacheParts): WirePages & { readonly counts: { hits: number; misses: number } } {
  const kept = new Map<string, WirePage>();
  let size = 0;
  let seen: string | null = null;
  const counts = { hits: 0, misses: 0 };
  const forget = (): void => {
    kept.clear();
    size = 0;
  };
  const keep = (name: string, page: WirePage): void => {
    if (kept.has(name)) return;
    kept.set(name, page);
    size += sizeOf(name, page);
    for (const [oldest, { json }] of kept) {
      if (size <= most) return;
      kept.delete(oldest);
      size -= json.length + oldest.length + OVERHEAD;
    }
  };
  return {
    counts,
    read(query, signal) {
      const now = stamp();
      if (now !== seen) forget();
      seen = now;
      const name = nameOf(query);
      const known = kept.get(name);
      if (known !== undefined) {
        counts.hits++;
        kept.delete(name);
        kept.set(name, known);
        return known;
      }
      counts.misses++;
      const reading = pages.read(query, signal);
      if (now === null) return reading;
      return Promise.resolve(reading).then((page) => {
        // What was read while something changed may be of before or after.
        if (page.current !== false && seen === now && stamp() === now) keep(name, page);
        return page;
      });
    },
  };
}

function sizeOf(name: string, { json }: WirePage): number {
  return json.length + name.length + OVERHEAD;
}

function nameOf({ target, limit, offset, internal, filter, sort }: RowQuery): string {
  const plain = `${limit} ${offset} ${internal} ${target.id}`;
  return filter === undefined && sort === undefined ? plain : `${plain}\n${sort ?? ''}${JSON.stringify(filter)}`;
}
