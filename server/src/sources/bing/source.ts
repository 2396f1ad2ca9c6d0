/**
 * Bing Webmaster Tools as a source: free, and only about the verified sites of one's own account. A summary is read out of the link counts of the
 * target's site, which take a call for each page of that list and are remembered for ten minutes; rows take a call for each page that has links.
 * Documented, with examples, but not confirmed by a captured reply; users report empty lists for sites that have links.
 */
import type { Backlink, Target } from '../../../../shared/backlinks.ts';
import { BacklinkLensError, concernsEveryTarget, sourceError } from '../../util/errors.ts';
import { type Sendable, tellAnswered } from '../asking.ts';
import { createCursorPaging } from '../cursorPaging.ts';
import type { Source, SummaryResult } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { createCalls } from './calls.ts';
import { createCounts } from './counts.ts';
import { sitesOf } from './sites.ts';
import { type Counted, listsOf, summaryOf } from './summary.ts';
import { createWalk, type Place } from './walk.ts';
import { FILLED } from './wire.ts';

const MOST_TARGETS = 100;

/** A source over one account; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createBingSource(parts: VendorParts): Source {
  const vendor = prepareVendor('bing', parts);
  const { logged } = vendor;
  const { host } = vendor.base;
  const calls = createCalls(vendor);
  const counts = createCounts(calls, vendor.clock);
  const walk = createWalk(calls, vendor.clock);
  const paging = createCursorPaging<Backlink, Place>({
    host,
    most: Number.MAX_SAFE_INTEGER,
    after: async ({ target }, place, _count, signal) => await walk.after(listsOf(target, await countedOf(target, signal)), place, signal),
  });

  /** Counts of the sites that a target lies in. Throws `source.refused-target` where there is none. */
  async function countedOf(target: Target, signal: AbortSignal): Promise<readonly Counted[]> {
    const sites = sitesOf(target, await counts.sites(signal));
    if (sites.length === 0) throw outside(target);
    const counted: Counted[] = [];
    for (const site of sites) counted.push({ site, counts: await counts.of(site, signal) });
    return counted;
  }

  function outside({ name }: Target): BacklinkLensError {
    return sourceError(
      'refused-target',
      `${host} tells about the verified sites of your own account only, and ${name} is in none of them. Verify its site in Bing Webmaster Tools, or choose another source.`,
    );
  }

  /** One after another: targets of one site share its counts. What concerns every target ends the batch. */
  async function answer(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const results: SummaryResult[] = [];
    for (const { target } of asked) {
      try {
        results.push({ target, summary: summaryOf(target, await countedOf(target, signal)) });
      } catch (error) {
        if (!BacklinkLensError.is(error)) throw error;
        if (concernsEveryTarget(error) && results.length === 0) throw error;
        if (concernsEveryTarget(error))
          return [...results, ...asked.slice(results.length).map(({ target: unasked }) => ({ target: unasked, error }))];
        results.push({ target, error });
      }
    }
    return results;
  }

  return createVendorSource(vendor, {
    can: {
      experimental: true,
      targetKinds: ['domain', 'host', 'page'],
      summaryBatch: MOST_TARGETS,
      concurrency: 1,
      knowsTotals: false,
      fields: FILLED,
      // The list of sites and the first page of one site's counts: a large site takes more, and a site that was asked of late takes none.
      cost: { unit: 'calls', perCall: 2, perTarget: 0, perPage: 1, perRow: 0 },
      rate: null,
    },
    ask: (asked, signal) => logged(`summaries of ${asked.length} targets`, () => answer(asked, signal), tellAnswered),
    async page(asked, page, signal) {
      const rows = await logged(
        'rows of 1 target',
        () => paging.page(asked, page, signal),
        (read) => `${read.length} rows`,
      );
      return { rows, total: null };
    },
  });
}
