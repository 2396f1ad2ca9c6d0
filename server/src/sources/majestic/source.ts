/**
 * Majestic as a source: the Fresh index, links that were not deleted, Citation Flow as strength. Not confirmed by a captured reply: the names of
 * codes but three, `SourceTitle`, and whether `TotalBackLinks` leaves deleted links out as the rows do. A host is answered without the hosts
 * below it, and URLs of few links by estimates.
 */
import { tellAnswered } from '../asking.ts';
import type { Source } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { COST, createCalls } from './calls.ts';
import { FILLED } from './wire.ts';

/** Documented for GetIndexItemInfo. */
const MOST_ITEMS = 100;
/** A tenth of what GetBackLinkData permits: replies stay small enough to be read at once. */
const MOST_ROWS = 5000;

/** A source over the account of one key; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createMajesticSource(parts: VendorParts): Source {
  const vendor = prepareVendor('majestic', parts);
  const { logged } = vendor;
  const calls = createCalls(vendor);

  return createVendorSource(vendor, {
    can: {
      experimental: true,
      targetKinds: ['domain', 'host', 'page'],
      summaryBatch: MOST_ITEMS,
      rowsPerCall: MOST_ROWS,
      knowsTotals: true,
      fields: FILLED,
      cost: COST,
      // Published for one command only; kept for all.
      rate: { calls: 3, milliseconds: 1000 },
    },
    ask: (asked, signal) => logged(`summaries of ${asked.length} targets`, () => calls.indexItems(asked, signal), tellAnswered),
    page: ({ sent }, page, signal) =>
      logged(
        'rows of 1 target',
        () => calls.backLinks(sent, page, signal),
        ({ rows }) => `${rows.length} rows`,
      ),
  });
}
