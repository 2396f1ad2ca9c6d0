/**
 * Pages of a walk through all rows of a target, from services that bill each call: one call brings many pages' rows, and the pages after the
 * first come out of it. Only where it is known that more pages will be wanted: nothing is fetched that nobody asked for.
 */
import type { Sendable } from './asking.ts';
import type { PageRequest, SomeRows } from './source.ts';

/** Reads rows; its limits and offsets may be larger than a page's. */
export type ReadRows = (asked: Sendable, page: PageRequest, signal: AbortSignal) => Promise<SomeRows>;

interface Stretch extends SomeRows {
  readonly key: string;
  readonly start: number;
  /** Rows that were asked for. */
  readonly count: number;
}

/**
 * @param rowsPerCall rows that one call may bring
 * @param read makes one call, or as many as it must
 * @returns answers pages as `read` does; it remembers one stretch, until the walk has left it
 */
export function createStretches(rowsPerCall: number, read: ReadRows): ReadRows {
  let last: Stretch | null = null;

  return async (asked, page, signal) => {
    const { limit, offset, internal, upTo } = page;
    const size = Math.floor(rowsPerCall / limit) * limit;
    if (upTo === undefined || size <= limit) return await read(asked, page, signal);
    const key = `${internal} ${limit} ${asked.target.id}`;
    const known = last !== null && last.key === key && offset > last.start && offset < last.start + last.count ? last : null;
    const stretch = known ?? (await fetchFrom(offset, Math.max(1, Math.ceil((upTo - offset) / limit)) * limit));
    const start = offset - stretch.start;
    last = start + limit < Math.min(stretch.count, stretch.rows.length) ? stretch : null;
    return { rows: stretch.rows.slice(start, start + limit), total: stretch.total };

    async function fetchFrom(first: number, wanted: number): Promise<Stretch> {
      const count = Math.min(size, wanted);
      return { ...(await read(asked, { limit: count, offset: first, internal }, signal)), key, start: first, count };
    }
  };
}
