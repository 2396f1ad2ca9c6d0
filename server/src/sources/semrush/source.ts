/**
 * Semrush as a source (Analytics API v3). One target is asked for by its overview, several by a comparison: forty targets of the 200 that it takes,
 * so that their addresses fit into one. A target costs 40 units, and so does a row; the report lists links that were lost of late, too, which are
 * marked. Documented, with examples, but not confirmed by a captured reply: what a comparison does with a target of which nothing is known.
 */
import { type Sendable, tellAnswered } from '../asking.ts';
import { createKnownTotals } from '../knownTotals.ts';
import type { Source, SummaryResult } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { createCalls, tooLong, UNITS_PER_LINE } from './calls.ts';
import { FILLED } from './wire.ts';

const MOST_TARGETS = 40;

/** A source over the account of one key; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createSemrushSource(parts: VendorParts): Source {
  const vendor = prepareVendor('semrush', parts);
  const { logged } = vendor;
  const totals = createKnownTotals();
  const calls = createCalls(vendor);

  async function ask(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const [only] = asked;
    if (asked.length > 1 && tooLong(asked)) {
      const middle = asked.length >> 1;
      const first = await ask(asked.slice(0, middle), signal);
      return [...first, ...(await ask(asked.slice(middle), signal))];
    }
    const results = await logged(
      `summaries of ${asked.length} targets`,
      () => (asked.length === 1 && only !== undefined ? calls.overview(only, signal) : calls.comparison(asked, signal)),
      tellAnswered,
    );
    totals.learn(results);
    return results;
  }

  return createVendorSource(vendor, {
    can: {
      experimental: true,
      targetKinds: ['domain', 'host', 'page'],
      summaryBatch: MOST_TARGETS,
      concurrency: 2,
      knowsTotals: false,
      fields: FILLED,
      cost: { unit: 'units', perCall: 0, perTarget: UNITS_PER_LINE, perPage: 0, perRow: UNITS_PER_LINE },
      rate: { calls: 10, milliseconds: 1_000 },
    },
    ask,
    async page(asked, page, signal) {
      const rows = await logged(
        'rows of 1 target',
        () => calls.rows(asked, page, signal),
        (read) => `${read.length} rows`,
      );
      return { rows, total: totals.of(asked.target.id) };
    },
  });
}
