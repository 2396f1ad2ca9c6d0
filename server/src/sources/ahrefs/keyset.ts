/**
 * How to go on after a row at Ahrefs, whose calls have a limit but neither offset nor cursor: rows are ordered by rating and address, and the
 * next call filters for what comes from the last row on (filter syntax of API v3, `where`). That row's page comes once more, so that its other
 * links are not skipped, and tells that the place was found.
 */
import type { WireRow } from './wire.ts';

/** Where the rows given so far end. */
export interface Place {
  /** Null where it was not given: nothing can be asked from here on. */
  readonly rating: number | null;
  readonly url: string;
  /** The rows of that page that were given, each as it came; they come again. */
  readonly given: readonly string[];
}

/** Strongest first; the address makes the order total among pages. */
export const ORDER = 'url_rating_source:desc,url_from:asc';

/** The filter for what comes from a place on. */
export function filterFrom({ rating, url }: Place): string {
  return JSON.stringify({
    or: [
      { field: 'url_rating_source', is: ['lt', rating] },
      {
        and: [
          { field: 'url_rating_source', is: ['eq', rating] },
          { field: 'url_from', is: ['gte', url] },
        ],
      },
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
    const known = row.url === place.url ? given.indexOf(asItCame(row)) : -1;
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
  const sameAsBefore = before !== null && before.url === last.url && before.rating === last.rating;
  const given = rows.filter((row) => row.url === last.url).map(asItCame);
  return { rating: last.rating, url: last.url, given: sameAsBefore ? [...before.given, ...given] : given };
}

function asItCame({ fields }: WireRow): string {
  return JSON.stringify(fields);
}
