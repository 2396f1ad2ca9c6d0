/**
 * Open PageRank as a source: a score from 0 to 10 and referring domains, of domains alone, for a free key. It knows neither backlinks nor rows.
 * Its referring domains are those of Common Crawl's graph, as it counts them.
 */
import { tellAnswered } from '../asking.ts';
import type { Source } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { createCalls } from './calls.ts';

/** Documented for the bulk call. */
const MOST_DOMAINS = 100;

/** A source over the account of one key; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createOpenPageRankSource(parts: VendorParts): Source {
  const vendor = prepareVendor('openpagerank', parts);
  const { logged } = vendor;
  const calls = createCalls(vendor);

  return createVendorSource(vendor, {
    can: {
      experimental: false,
      targetKinds: ['domain'],
      summaryBatch: MOST_DOMAINS,
      knowsTotals: false,
      fields: [],
      cost: null,
      rate: null,
    },
    ask: (asked, signal) => logged(`summaries of ${asked.length} targets`, () => calls.bulk(asked, signal), tellAnswered),
  });
}
