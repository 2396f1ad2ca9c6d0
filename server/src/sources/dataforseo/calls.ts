/** The calls of DataForSEO API v3: one task a request, what it cost, and what a reply that is no success means. */
import type { InternalFilter } from '../../../../shared/backlinks.ts';
import { registrableDomain } from '../../urls/domains.ts';
import type { Sendable } from '../asking.ts';
import { type Checker, createChecker } from '../check.ts';
import { statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { basicAuth, requireKey, withoutKey } from '../keys.ts';
import type { SourceCost } from '../source.ts';
import type { Vendor } from '../vendorParts.ts';
import { readFailure, readTask, SUCCESS, type TaskReply } from './envelope.ts';
import { codeFailure } from './statuses.ts';
import { type BulkItem, type RowsReply, readBalance, readBulk, readRows } from './wire.ts';

/** Which rows: the same question whatever part of its rows is asked for. */
export interface Question extends Sendable {
  readonly internal: InternalFilter;
}

/** Where in the rows. A token continues the call that gave it, of which everything else has to be repeated. */
export interface Part {
  readonly limit: number;
  readonly offset: number;
  readonly token: string | null;
}

export interface Calls {
  readonly check: Checker;
  /** Each call rejects with a SourceError or an abort. */
  rows(question: Question, part: Part, signal: AbortSignal): Promise<RowsReply>;
  /** @param sent at most 100: the documentation permits as many different domains */
  bulk(sent: readonly string[], signal: AbortSignal): Promise<readonly BulkItem[]>;
  /** US dollars left. Costs nothing. */
  balance(signal: AbortSignal): Promise<number | null>;
}

/**
 * $0.024 for a request and $0.000036 for each row or target in the reply: the vendor's prices since July 2026, and what replies of August 2026
 * say (0.024036 for 1, 0.024072 for 2); before that it was $0.02 and $0.00003. A request that fails is not billed.
 */
export const COST: SourceCost = { unit: 'USD', perCall: 0.024, perTarget: 0.000036, perPage: 0.024, perRow: 0.000036 };

const ROWS_CALL = '/v3/backlinks/backlinks/live';
const BULK_CALL = '/v3/backlinks/bulk_pages_summary/live';
const BALANCE_CALL = '/v3/appendix/user_data';

export function createCalls({ base, credentials, transport, spending, clock }: Vendor): Calls {
  const { host } = base;
  const check = createChecker(host);

  async function send(path: string, task: object | null, signal: AbortSignal): Promise<TaskReply> {
    const key = requireKey(credentials, 'dataforseo', host, true);
    spending.note({ calls: 1 });
    const reply = await transport.request(base.base + path, {
      method: task === null ? 'GET' : 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', authorization: basicAuth(key) },
      ...(task === null ? {} : { body: JSON.stringify([task]) }),
      signal,
    });
    const json = parseJson(reply);
    const refused = (code: number, message: string | null) =>
      codeFailure(code, message === null ? null : withoutKey(message, key), reply, host, clock());
    if (reply.status < 200 || reply.status > 299) {
      const told = readFailure(json);
      throw told === null ? statusFailure(reply, host, null, clock()) : refused(told.code, told.message);
    }
    if (json === undefined) throw notJson(reply, host);
    const read = readTask(json, check);
    if (read.cost !== null) spending.note({ amount: read.cost });
    if (read.code !== SUCCESS) throw refused(read.code, read.message);
    return read;
  }

  /** By the formula, where the reply did not say. */
  function bill(told: number | null, perRequest: number, each: number, count: number): void {
    if (told === null) spending.note({ amount: perRequest + each * count });
  }

  return {
    check,
    async rows(question, part, signal) {
      const { result, cost } = await send(ROWS_CALL, rowsTask(question, part), signal);
      const read = readRows(result, part.limit, check);
      bill(cost, COST.perPage, COST.perRow, read.rows.length);
      spending.note({ rows: read.rows.length });
      return read;
    },
    async bulk(sent, signal) {
      const { result, cost } = await send(BULK_CALL, { targets: sent, include_subdomains: true, rank_scale: 'one_thousand' }, signal);
      const items = readBulk(result, check);
      bill(cost, COST.perCall, COST.perTarget, items.length);
      return items;
    },
    async balance(signal) {
      const { result } = await send(BALANCE_CALL, null, signal);
      return readBalance(result, check);
    },
  };
}

/**
 * Lost links are left out, indirect ones (over a redirect or a canonical) stay in: they are in the totals of the bulk call, too. Rows of the
 * same rank are held in order by their address, or pages could overlap.
 */
function rowsTask({ target, sent, internal }: Question, { limit, offset, token }: Part): object {
  return {
    target: sent,
    mode: 'as_is',
    limit,
    offset,
    order_by: ['page_from_rank,desc', 'url_from,asc'],
    backlinks_status_type: 'live',
    include_subdomains: target.kind !== 'page',
    include_indirect_links: true,
    exclude_internal_backlinks: internal === 'exclude',
    rank_scale: 'one_thousand',
    ...(internal === 'only' ? { filters: ownLinks(sent) } : {}),
    ...(token === null ? {} : { search_after_token: token }),
  };
}

/** Links from the target's own registrable domain. */
function ownLinks(sent: string): unknown[] {
  const host = /^https?:/.test(sent) ? new URL(sent).hostname : sent;
  const domain = registrableDomain(host);
  return [['domain_from', '=', domain], 'or', ['domain_from', 'like', `%.${domain}`]];
}
