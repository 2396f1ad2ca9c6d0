/**
 * How to go on after a row at Ahrefs, whose calls have a limit but neither offset nor cursor: rows are ordered by rating and the two addresses,
 * and the next call filters for what comes from the last row on (filter syntax of API v3, `where`). Rows with the same three come once more, so
 * that none of them is skipped, and tell that the place was found.
 */
import type { WireRow } from './wire.ts';

/** Where the rows given so far end. */
export interface Place {
  /** Null where it was not given: nothing can be asked from here on. */
  readonly rating: number | null;
  readonly from: string;
  readonly to: string;
  /** The rows with these three that were given, each as it came; they come again. */
  readonly given: readonly string[];
}

/** Strongest first; the addresses make the order total but for links of one page to one address. */
export const ORDER = 'url_rating_source:desc,url_from:asc,url_to:asc';

/** The filter for what comes from a place on. */
export function filterFrom({ rating, from, to }: Place): string {
  const sameRating = { field: 'url_rating_source', is: ['eq', rating] };
  return JSON.stringify({
    or: [
      { field: 'url_rating_source', is: ['lt', rating] },
      { and: [sameRating, { field: 'url_from', is: ['gt', from] }] },
      { and: [sameRating, { field: 'url_from', is: ['eq', from] }, { field: 'url_to', is: ['gte', to] }] },
    ],
  });
}

/**
 * The rows that were not given yet.
 *
 * @returns null when none of those that were given came again: the place is lost, because the data changed or the filter compares otherwise
 */
export function withoutGiven(rows: readonly WireRow[], place: Place): readonly WireRow[] | null {
  const given = [...place.given];
  const fresh = rows.filter((row) => {
    const known = isAt(row, place) ? given.indexOf(asItCame(row)) : -1;
    if (known >= 0) given.splice(known, 1);
    return known < 0;
  });
  return fresh.length === rows.length ? null : fresh;
}

/**
 * The place after some rows.
 *
 * @param rows new ones
 * @param before where they began
 */
export function placeAfter(rows: readonly WireRow[], before: Place | null): Place | null {
  const last = rows.at(-1);
  if (last === undefined) return before;
  const given = rows.filter((row) => isAt(row, last)).map(asItCame);
  const { rating, from, to } = last;
  return { rating, from, to, given: before !== null && isAt(last, before) ? [...before.given, ...given] : given };
}

function isAt(row: WireRow, { rating, from, to }: Pick<Place, 'rating' | 'from' | 'to'>): boolean {
  return row.from === from && row.to === to && row.rating === rating;
}

function asItCame({ fields }: WireRow): string {
  return JSON.stringify(fields);
}
