/**
 * The calls of Majestic's API. They are sent as forms: the documentation permits POST for every command, and so neither key nor targets stand
 * in an address.
 */
import type { Backlink } from '../../../../shared/backlinks.ts';
import type { Sendable } from '../asking.ts';
import { type Checker, createChecker, type Fields } from '../check.ts';
import { retryAfter, statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { requireKey, withoutKey } from '../keys.ts';
import type { SourceCost, SummaryResult } from '../source.ts';
import type { Vendor } from '../vendorParts.ts';
import { codeFailure, SUCCESS, saysNothingFound } from './codes.ts';
import { readBackLinks, readEnvelope, readIndexItems } from './wire.ts';

export interface Calls {
  readonly check: Checker;
  /** Rows without deleted links, with the total. Each call rejects with a SourceError or an abort. */
  backLinks(
    item: string,
    page: { readonly limit: number; readonly offset: number },
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly Backlink[]; readonly total: number | null }>;
  /** @param asked at most 100 */
  indexItems(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]>;
}

/**
 * Majestic counts three kinds of resource units; here they are added up. An index item takes one, a call for backlinks 5,000 for the analysis
 * and one for each row (command reference).
 */
export const COST: SourceCost = { unit: 'units', perCall: 0, perTarget: 1, perPage: 5000, perRow: 1 };

export function createCalls({ base, credentials, transport, spending, clock }: Vendor): Calls {
  const { host } = base;
  const check = createChecker(host);

  /** Null where the reply says that there is nothing. */
  async function command(cmd: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Fields | null> {
    const key = requireKey(credentials, 'majestic', host);
    spending.note({ calls: 1 });
    const reply = await transport.request(`${base.base}/api/json`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      // Without `datasource` the historic index answers, with links that were lost years ago.
      body: new URLSearchParams({ cmd, datasource: 'fresh', ...parameters, app_api_key: key.secret }).toString(),
      signal,
    });
    const json = parseJson(reply);
    if (reply.status < 200 || reply.status > 299) throw statusFailure(reply, host, null, clock());
    if (json === undefined) throw notJson(reply, host);
    const { code, message, reply: fields } = readEnvelope(json, check);
    if (code === SUCCESS) return fields;
    if (saysNothingFound(code)) return null;
    const words = message === null ? null : withoutKey(message, key);
    throw codeFailure(code, words, host, retryAfter(reply.headers['retry-after'], clock()));
  }

  return {
    check,
    async backLinks(item, { limit, offset }, signal) {
      // Mode 1 leaves deleted links out.
      const reply = await command('GetBackLinkData', { item, Count: String(limit), From: String(offset), Mode: '1' }, signal);
      spending.note({ amount: COST.perPage });
      if (reply === null) return { rows: [], total: 0 };
      const { rows, total } = readBackLinks(reply, check);
      spending.note({ rows: rows.length, amount: COST.perRow * rows.length });
      return { rows: rows.slice(0, limit), total };
    },
    async indexItems(asked, signal) {
      const items = Object.fromEntries(asked.map(({ sent }, index) => [`item${index}`, sent]));
      const reply = await command('GetIndexItemInfo', { items: String(asked.length), ...items }, signal);
      spending.note({ amount: COST.perTarget * asked.length });
      return readIndexItems(reply ?? {}, asked, host, check);
    },
  };
}
