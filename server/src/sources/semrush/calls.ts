/** The calls of Semrush's Analytics API v3: what is asked, what it costs. The key can only go into the address, which is made at the last moment. */
import type { Backlink } from '../../../../shared/backlinks.ts';
import type { Sendable } from '../asking.ts';
import { createChecker } from '../check.ts';
import { requireKey, withoutKey } from '../keys.ts';
import { scopeOf } from '../scope.ts';
import type { SummaryResult } from '../source.ts';
import type { Vendor } from '../vendorParts.ts';
import { complaintOf, failureOf, NOTHING_FOUND } from './errors.ts';
import { createLineCount, type Range } from './lines.ts';
import { type Line, type Mend, readTable } from './table.ts';
import { COMPARISON_COLUMNS, mendRow, OVERVIEW_COLUMNS, ROW_COLUMNS, readComparison, readOverview, readRow, TARGET_TYPES } from './wire.ts';

/** Every call rejects with a SourceError or an abort. */
export interface Calls {
  /** Rows `offset` to `offset + limit`, strongest page first. */
  rows(asked: Sendable, range: Range, signal: AbortSignal): Promise<readonly Backlink[]>;
  /** One target, with one count more than the comparison has. */
  overview(asked: Sendable, signal: AbortSignal): Promise<readonly SummaryResult[]>;
  comparison(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]>;
}

/** API units for a line of any of the reports: a link, or a target. */
export const UNITS_PER_LINE = 40;

/** Characters of an address that any server takes. */
const LONGEST_QUERY = 7_000;

export function createCalls({ base, credentials, transport, spending, clock }: Vendor): Calls {
  const { host } = base;
  const check = createChecker(host);
  const count = createLineCount();

  /** No line where Semrush has found nothing. */
  async function report(query: URLSearchParams, columns: readonly string[], signal: AbortSignal, mend?: Mend): Promise<readonly Line[]> {
    const key = requireKey(credentials, 'semrush', host);
    spending.note({ calls: 1 });
    const address = `${base.base}/analytics/v1/?${query}&export_columns=${columns.join(',')}&key=${encodeURIComponent(key.secret)}`;
    const reply = await transport.request(address, { method: 'GET', headers: { accept: 'text/csv, text/plain' }, signal });
    const complaint = complaintOf(reply);
    if (complaint?.number === NOTHING_FOUND) return [];
    if (complaint !== null || reply.status < 200 || reply.status > 299) {
      throw failureOf(reply, complaint === null ? null : { ...complaint, words: withoutKey(complaint.words, key) }, host, clock());
    }
    const lines = readTable(reply.text, columns, host, mend);
    spending.note({ amount: lines.length * UNITS_PER_LINE });
    return lines;
  }

  return {
    async rows({ target, sent }, range, signal) {
      const lines = await count.lines(range, async (displayLimit) => {
        const query = new URLSearchParams({
          type: 'backlinks',
          target: sent,
          target_type: TARGET_TYPES[scopeOf(target)],
          display_sort: 'page_ascore_desc',
          // Without it 10,000 lines come, and cost.
          display_limit: String(displayLimit),
          display_offset: String(range.offset),
        });
        const read = await report(query, ROW_COLUMNS, signal, mendRow);
        spending.note({ rows: read.length });
        return read;
      });
      return lines.map((line, index) => readRow(line, `line ${index + 2}`, check));
    },
    async overview({ target, sent }, signal) {
      const query = new URLSearchParams({ type: 'backlinks_overview', target: sent, target_type: TARGET_TYPES[scopeOf(target)] });
      const lines = await report(query, OVERVIEW_COLUMNS, signal);
      return [{ target, summary: readOverview(target, lines, check) }];
    },
    async comparison(asked, signal) {
      const lines = await report(comparing(asked), COMPARISON_COLUMNS, signal);
      return readComparison(asked, lines, check);
    },
  };
}

/** True for targets whose names are too long for one address together. */
export function tooLong(asked: readonly Sendable[]): boolean {
  return comparing(asked).toString().length > LONGEST_QUERY;
}

function comparing(asked: readonly Sendable[]): URLSearchParams {
  const query = new URLSearchParams({ type: 'backlinks_comparison' });
  for (const { sent } of asked) query.append('targets[]', sent);
  for (const { target } of asked) query.append('target_types[]', TARGET_TYPES[scopeOf(target)]);
  return query;
}
