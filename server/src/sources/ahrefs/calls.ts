/** The calls of Ahrefs API v3: what is asked, what it cost, and what a reply that is no success means. */
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import type { Sendable } from '../asking.ts';
import { type Checker, createChecker } from '../check.ts';
import { clean, statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { requireKey, withoutKey } from '../keys.ts';
import type { Balance, SummaryResult } from '../source.ts';
import type { HttpReply, HttpRequest } from '../transport.ts';
import type { Vendor } from '../vendorParts.ts';
import { filterFrom, ORDER, type Place } from './keyset.ts';
import { readBatch, readUsage, SUMMARY_FIELDS, UNITS_PER_TARGET } from './summaries.ts';
import { LEAST_UNITS, ROW_FIELDS, readWireRows, UNITS_PER_ROW, type WireRow } from './wire.ts';

/** What Ahrefs calls the scope of a target. */
export type Mode = 'exact' | 'prefix' | 'subdomains';

export interface Calls {
  readonly check: Checker;
  /** At most `limit` rows from a place on, null for the top. Each call rejects with a SourceError or an abort. */
  rows(about: { readonly target: string; readonly mode: Mode }, place: Place | null, limit: number, signal: AbortSignal): Promise<readonly WireRow[]>;
  /** @param modes of the targets, in their order */
  batch(asked: readonly Sendable[], modes: readonly Mode[], signal: AbortSignal): Promise<readonly SummaryResult[]>;
  /** Costs nothing. */
  usage(signal: AbortSignal): Promise<Balance>;
}

export function createCalls({ base, credentials, transport, spending, clock }: Vendor): Calls {
  const { host } = base;
  const check = createChecker(host);

  async function send(path: string, request: HttpRequest): Promise<HttpReply> {
    const { secret } = requireKey(credentials, 'ahrefs', host);
    spending.note({ calls: 1 });
    return await transport.request(`${base.base}/v3/${path}`, {
      ...request,
      headers: { accept: 'application/json', authorization: `Bearer ${secret}`, ...request.headers },
    });
  }

  /** Reads a success, and bills it: by the headers, else by the formula for so many rows. */
  function settle<T>(reply: HttpReply, unitsEach: number, read: (json: unknown) => T, rowsOf: (result: T) => number): T {
    const json = expectSuccess(reply);
    const told = unitsTold(reply);
    if (told !== null) spending.note({ amount: told });
    const result = read(json);
    if (told === null) spending.note({ amount: Math.max(LEAST_UNITS, unitsEach * rowsOf(result)) });
    return result;
  }

  function expectSuccess(reply: HttpReply): unknown {
    const json = parseJson(reply);
    if (reply.status < 200 || reply.status > 299) throw failure(reply, wordsOf(json));
    if (json === undefined) throw notJson(reply, host);
    return json;
  }

  /** 403 stands for a plan that does not include the call as well as for units that are used up: only the words tell. */
  function failure(reply: HttpReply, said: string | null): BacklinkLensError {
    const words = said === null || credentials === null ? said : withoutKey(said, credentials);
    if (reply.status === 403 && words !== null && /\b(?:units?|limits?|quota|exceeded|exhausted)\b/i.test(words)) {
      return sourceError('quota', `The units at ${host} are used up (403: ${clean(words)}). Add units or wait for the next period.`);
    }
    if (reply.status === 403 && words !== null && /\bplan\b|subscription/i.test(words)) {
      return sourceError(
        'auth',
        `The plan of the key at ${host} does not include the call (403: ${clean(words)}). Change the plan or set another key.`,
      );
    }
    return statusFailure(reply, host, words, clock());
  }

  return {
    check,
    async rows({ target, mode }, place, limit, signal) {
      // Without `history` lost links are mixed in, and without `aggregation` similar ones are folded into one.
      const query = new URLSearchParams({
        target,
        mode,
        history: 'live',
        aggregation: 'all',
        protocol: 'both',
        select: ROW_FIELDS.join(','),
        order_by: ORDER,
        limit: String(limit),
        output: 'json',
      });
      if (place !== null) query.set('where', filterFrom(place));
      const reply = await send(`site-explorer/all-backlinks?${query}`, { method: 'GET', signal });
      if (saysNoData(reply)) return [];
      const rows = settle(
        reply,
        UNITS_PER_ROW,
        (json) => readWireRows(json, check),
        (read) => read.length,
      );
      spending.note({ rows: rows.length });
      return rows;
    },
    async batch(asked, modes, signal) {
      const targets = asked.map(({ sent }, index) => ({ url: sent, mode: modes[index], protocol: 'both' }));
      const reply = await send('batch-analysis/batch-analysis', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ select: SUMMARY_FIELDS, targets, output: 'json' }),
        signal,
      });
      return settle(
        reply,
        UNITS_PER_TARGET,
        (json) => readBatch(json, asked, host, check),
        (read) => read.length,
      );
    },
    async usage(signal) {
      const reply = await send('subscription-info/limits-and-usage?output=json', { method: 'GET', signal });
      return readUsage(expectSuccess(reply), check);
    },
  };
}

/** Units that the reply says were billed; nothing is billed for what came out of Ahrefs' cache. Null where it does not say. */
function unitsTold({ headers }: HttpReply): number | null {
  for (const name of ['x-api-units-cost-total-actual', 'x-api-units-cost-total']) {
    const text = headers[name]?.trim() ?? '';
    if (name.endsWith('-total') && headers['x-api-cache'] === 'hit') return 0;
    if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  }
  return null;
}

/** A 404 of the service itself that speaks of the target or its data; any other is a wrong address. */
function saysNoData(reply: HttpReply): boolean {
  return reply.status === 404 && /\b(?:data|target)\b/i.test(wordsOf(parseJson(reply)) ?? '');
}

/** Ahrefs' own words: `{"error": "…"}`. */
function wordsOf(json: unknown): string | null {
  const words = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  return typeof words === 'string' && words !== '' ? words : null;
}
