/**
 * Ahrefs as a source (API v3). Rows are the live links, strongest page first; summaries come a hundred targets a call. Not confirmed by a
 * captured reply: that `where` compares ratings as exactly as they are sent (guarded: a place that is not found again is walked to anew), the
 * words of a refusal by 403, and that a 404 can mean "no data".
 */
import type { Backlink, Target } from '../../../../shared/backlinks.ts';
import { tellAnswered } from '../asking.ts';
import { createCursorPaging } from '../cursorPaging.ts';
import type { Source } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { createCalls, type Mode } from './calls.ts';
import { type Place, placeAfter, withoutGiven } from './keyset.ts';
import { UNITS_PER_TARGET } from './summaries.ts';
import { FILLED, LEAST_UNITS, readRow, UNITS_PER_ROW } from './wire.ts';

const MODES: Readonly<Record<Target['kind'], Mode>> = { domain: 'subdomains', host: 'subdomains', page: 'exact', folder: 'prefix' };
/** Documented for the batch call. */
const MOST_TARGETS = 100;
/** What the smallest plan gives in one call, and what every call gives by default. */
const MOST_ROWS = { smallestPlan: 100, usual: 1000 };

/** A source over the account of one key; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createAhrefsSource(parts: VendorParts): Source {
  const vendor = prepareVendor('ahrefs', parts);
  const { logged } = vendor;
  const calls = createCalls(vendor);

  const paging = createCursorPaging<Backlink, Place>({
    host: vendor.base.host,
    most: MOST_ROWS.smallestPlan,
    mostAnew: MOST_ROWS.usual,
    async after({ target, sent }, place, count, signal) {
      if (place?.rating === null) return null;
      const limit = count + (place?.given.length ?? 0);
      const about = { target: sent, mode: MODES[target.kind] };
      const given = await logged(
        'rows of 1 target',
        () => calls.rows(about, place, limit, signal),
        (rows) => `${rows.length} rows`,
      );
      // A plan may give fewer rows a call than were asked for: a reply as long as its limit is not the end.
      const complete = given.length < Math.min(limit, MOST_ROWS.smallestPlan);
      const rows = place === null ? given : withoutGiven(given, place);
      // No new row, and no end: more links are alike than one call gives.
      if (rows === null || (rows.length === 0 && !complete)) return null;
      return { rows: rows.map((row) => readRow(row, calls.check)), next: complete ? null : placeAfter(rows, place) };
    },
  });

  return createVendorSource(vendor, {
    can: {
      experimental: true,
      targetKinds: ['domain', 'host', 'page', 'folder'],
      summaryBatch: MOST_TARGETS,
      rowsPerCall: MOST_ROWS.smallestPlan,
      knowsTotals: false,
      fields: FILLED,
      cost: { unit: 'units', perCall: 0, perTarget: UNITS_PER_TARGET, perPage: 0, perRow: UNITS_PER_ROW, atLeast: LEAST_UNITS },
      rate: { calls: 60, milliseconds: 60_000 },
    },
    // As Ahrefs takes it: without a scheme, which `protocol` leaves open; a folder by its path.
    form: (sent, { kind }) => (kind === 'folder' ? sent.slice(0, -1) : sent.replace(/^https?:\/\//, '')),
    ask: (asked, signal) =>
      logged(
        `summaries of ${asked.length} targets`,
        () =>
          calls.batch(
            asked,
            asked.map(({ target }) => MODES[target.kind]),
            signal,
          ),
        tellAnswered,
      ),
    page: async (asked, page, signal) => ({ rows: await paging.page(asked, page, signal), total: null }),
    balance: (signal) =>
      logged(
        'balance',
        () => calls.usage(signal),
        ({ left }) => (left === null ? 'no limit' : `${left} units`),
      ),
  });
}
