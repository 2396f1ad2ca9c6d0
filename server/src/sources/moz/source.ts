/**
 * Moz as a source: with an access id its Links API v2, with a token alone the Moz API. Both count rows: one for each target of a summary and one
 * for each link. Totals are pages and not links, so that rows have none. Not confirmed by a captured reply: links of v2, that a token of one
 * page goes on with a page of another size, and how a used-up quota is said.
 */
import type { Backlink } from '../../../../shared/backlinks.ts';
import { SOURCES } from '../../../../shared/sources.ts';
import { tellAnswered } from '../asking.ts';
import { createCursorPaging } from '../cursorPaging.ts';
import { requireKey } from '../keys.ts';
import type { Balance, Source } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { type Api, LINKS_PER_CALL, TARGETS_PER_CALL } from './calls.ts';
import { createPatience } from './patience.ts';
import { createReach } from './reach.ts';
import { createV2 } from './v2.ts';
import { createV3 } from './v3.ts';
import { FILLED } from './wire.ts';

/** A source over one account; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createMozSource(parts: VendorParts): Source {
  const legacy = parts.credentials !== null && parts.credentials.id !== '';
  const vendor = prepareVendor('moz', legacy || parts.base !== undefined ? parts : { ...parts, base: SOURCES.moz.tokenHome });
  const { logged } = vendor;
  const patience = createPatience(vendor.clock);
  const reach = createReach();

  function api(): Api {
    const key = requireKey(vendor.credentials, 'moz', vendor.base.host);
    return (legacy ? createV2 : createV3)({ ...vendor, key, patience, reach });
  }

  const paging = createCursorPaging<Backlink, string>({
    host: vendor.base.host,
    most: LINKS_PER_CALL,
    after: (asked, place, count, signal) =>
      logged(
        'rows of 1 target',
        () => api().links(asked, place, count, signal),
        ({ rows }) => `${rows.length} rows`,
      ),
  });

  async function balance(signal: AbortSignal): Promise<Balance> {
    return await logged(
      'balance',
      async () => (await api().balance?.(signal)) ?? { left: null, limit: null, renews: null },
      ({ left }) => (left === null ? 'not said' : `${left} rows`),
    );
  }

  return createVendorSource(vendor, {
    can: {
      experimental: true,
      targetKinds: ['domain', 'host', 'page'],
      summaryBatch: TARGETS_PER_CALL,
      rowsPerCall: LINKS_PER_CALL,
      concurrency: 1,
      knowsTotals: false,
      fields: FILLED,
      cost: { unit: 'rows', perCall: 0, perTarget: 1, perPage: 0, perRow: 1 },
      // The limit of the free plan, and nobody tells which plan a key has.
      rate: { calls: 1, milliseconds: 10_000 },
    },
    ask: (asked, signal) => logged(`summaries of ${asked.length} targets`, () => api().metrics(asked, signal), tellAnswered),
    page: async (asked, page, signal) => ({ rows: await paging.page(asked, page, signal), total: null }),
    ...(legacy ? {} : { balance }),
  });
}
