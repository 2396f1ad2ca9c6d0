/**
 * SE Ranking as a source (Data API). Summaries come a hundred targets a call and cost 100 credits each; a call has one mode, so that domains, hosts
 * and pages of one batch take a call each. Rows come by cursor, strongest page first, one credit each. Not confirmed by a captured reply: how `raw`
 * hands on its cursor, that a cursor goes on with a page of another size, and the price of a row.
 */
import type { Backlink } from '../../../../shared/backlinks.ts';
import { BacklinkLensError } from '../../util/errors.ts';
import { type Sendable, tellAnswered } from '../asking.ts';
import { createCursorPaging } from '../cursorPaging.ts';
import { answerHalves } from '../halving.ts';
import { createKnownTotals } from '../knownTotals.ts';
import { scopeOf } from '../scope.ts';
import type { Source, SummaryResult } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { CREDITS, createCalls } from './calls.ts';
import { FILLED, MODES } from './wire.ts';

const MOST_TARGETS = 100;
/** Rows of one call on the way to a page far ahead. */
const MOST_ROWS = 5_000;

/** A source over the account of one key; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createSerankingSource(parts: VendorParts): Source {
  const vendor = prepareVendor('seranking', parts);
  const { logged } = vendor;
  const totals = createKnownTotals();
  const calls = createCalls(vendor);

  const paging = createCursorPaging<Backlink, string>({
    host: vendor.base.host,
    most: MOST_ROWS,
    after: (asked, place, count, signal) =>
      logged(
        'rows of 1 target',
        () => calls.raw(asked, place, count, signal),
        ({ rows }) => `${rows.length} rows`,
      ),
  });

  /** A mode that fails fails for its own targets, unless nothing at all was answered. */
  async function ask(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]> {
    const results: SummaryResult[] = [];
    for (const [mode, some] of Map.groupBy(asked, ({ target }) => MODES[scopeOf(target)])) {
      try {
        results.push(...(await answerHalves(some, (part) => summary(part, mode, signal))));
      } catch (error) {
        const refused = BacklinkLensError.is(error, 'source.refused-target');
        if (!BacklinkLensError.is(error) || (results.length === 0 && !refused)) throw error;
        results.push(...some.map(({ target }) => ({ target, error })));
      }
    }
    totals.learn(results);
    return results;
  }

  function summary(asked: readonly Sendable[], mode: string, signal: AbortSignal): Promise<readonly SummaryResult[]> {
    return logged(`summaries of ${asked.length} targets`, () => calls.summary(asked, mode, signal), tellAnswered);
  }

  return createVendorSource(vendor, {
    can: {
      experimental: true,
      targetKinds: ['domain', 'host', 'page'],
      summaryBatch: MOST_TARGETS,
      oneKindPerCall: true,
      rowsPerCall: MOST_ROWS,
      concurrency: 2,
      knowsTotals: false,
      fields: FILLED,
      cost: { unit: 'credits', perCall: 0, perTarget: CREDITS.target, perPage: 0, perRow: CREDITS.row },
      rate: { calls: 10, milliseconds: 1_000 },
    },
    ask,
    page: async (asked, page, signal) => ({ rows: await paging.page(asked, page, signal), total: totals.of(asked.target.id) }),
  });
}
