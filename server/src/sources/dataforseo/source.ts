/**
 * DataForSEO as a source (API v3). Rows are one for each referring page, the strongest page first; summaries come a hundred targets a call.
 * Known by a captured reply and the documentation. Two counts are not the same there: a row stands for all links of its page to the target,
 * while `backlinks` of a summary counts links.
 */
import { INTERNAL_FILTERS } from '../../../../shared/backlinks.ts';
import type { Source } from '../source.ts';
import { prepareVendor, type VendorParts } from '../vendorParts.ts';
import { createVendorSource } from '../vendorSource.ts';
import { type Calls, COST, createCalls } from './calls.ts';
import { createDeepRows, DEEP_FROM } from './deepRows.ts';
import { summariesOf } from './summaries.ts';
import { FILLED } from './wire.ts';

/** The bulk call takes 1,000 targets of at most 100 registrable domains: a hundred are never refused. */
const MOST_TARGETS = 100;
/** Documented for a call for rows. */
const MOST_ROWS = 1000;

/** A source over one account; nothing is sent before the first question. Throws `usage.invalid` for a base address that is none. */
export function createDataForSeoSource(parts: VendorParts): Source {
  const vendor = prepareVendor('dataforseo', parts);
  const { logged } = vendor;
  const calls = createCalls(vendor);
  const readRows: Calls['rows'] = (question, part, signal) =>
    logged(
      'rows of 1 target',
      () => calls.rows(question, part, signal),
      ({ rows }) => `${rows.length} rows`,
    );
  const deep = createDeepRows(vendor.base.host, readRows);

  return createVendorSource(vendor, {
    can: {
      experimental: false,
      targetKinds: ['domain', 'host', 'page'],
      summaryBatch: MOST_TARGETS,
      rowsPerCall: MOST_ROWS,
      concurrency: 4,
      knowsTotals: true,
      fields: FILLED,
      cost: COST,
      // Documented since 2026-10-19; thirty calls may run at once.
      rate: { calls: 10_000, milliseconds: 60_000 },
    },
    internal: INTERNAL_FILTERS,
    ask: (asked, signal) => summariesOf(asked, calls, logged, signal),
    async page(asked, { limit, offset, internal }, signal) {
      const question = { ...asked, internal };
      if (offset >= DEEP_FROM) return await deep.page(question, { limit, offset }, signal);
      return await readRows(question, { limit, offset, token: null }, signal);
    },
    async balance(signal) {
      const left = await logged(
        'balance',
        () => calls.balance(signal),
        () => 'ok',
      );
      return { left, limit: null, renews: null };
    },
  });
}
