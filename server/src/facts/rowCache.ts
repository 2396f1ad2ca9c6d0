/** Pages of rows that were read already, bounded by the rows they hold: the page that was not looked at for the longest goes first. */
import type { RowPage } from '../../../shared/backlinks.ts';

export interface RowCache {
  get(key: string, now: number): RowPage | null;
  put(key: string, page: RowPage, now: number): void;
  clear(): void;
}

interface Kept {
  readonly page: RowPage;
  readonly at: number;
}

/** An empty page costs memory too. */
const weight = (page: RowPage) => page.rows.length + 1;

/**
 * @param maxRows rows kept in all pages together
 * @param maxAge milliseconds
 */
export function createRowCache(maxRows: number, maxAge: number): RowCache {
  const kept = new Map<string, Kept>();
  let rows = 0;

  function remove(key: string): void {
    const entry = kept.get(key);
    if (entry === undefined) return;
    rows -= weight(entry.page);
    kept.delete(key);
  }

  return {
    get(key, now) {
      const entry = kept.get(key);
      if (entry === undefined) return null;
      kept.delete(key);
      kept.set(key, entry);
      if (now - entry.at < maxAge) return entry.page;
      remove(key);
      return null;
    },
    put(key, page, now) {
      remove(key);
      kept.set(key, { page, at: now });
      rows += weight(page);
      for (const oldest of kept.keys()) {
        if (rows <= maxRows) break;
        remove(oldest);
      }
    },
    clear() {
      kept.clear();
      rows = 0;
    },
  };
}
