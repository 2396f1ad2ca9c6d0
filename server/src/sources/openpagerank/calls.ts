/** The one call of Open PageRank, and what a reply that is no success means. */
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import type { Sendable } from '../asking.ts';
import { createChecker } from '../check.ts';
import { clean, statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { requireKey, type VendorKey, withoutKey } from '../keys.ts';
import type { SummaryResult } from '../source.ts';
import type { HttpReply } from '../transport.ts';
import type { Vendor } from '../vendorParts.ts';
import { readFailure, readScores } from './wire.ts';

export interface Calls {
  /** @param asked at most 100 domains. Rejects with a SourceError or an abort. */
  bulk(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]>;
}

export function createCalls({ base, credentials, transport, spending, clock }: Vendor): Calls {
  const { host } = base;
  const check = createChecker(host);

  /** A month's domains used up and too many calls at once may both come as 429: type and words tell them apart. */
  function failure(reply: HttpReply, json: unknown, key: VendorKey): BacklinkLensError {
    const { type, message } = readFailure(json);
    const words = message === null ? null : withoutKey(message, key);
    if (/quota|credit|balance/i.test(type) || /\bquota\b|\bmonthly\b|per month|this month/i.test(words ?? '')) {
      const told = words === null ? '' : `: ${clean(words)}`;
      return sourceError(
        'quota',
        `The domains of this month at ${host} are used up (${reply.status}${told}). Wait for the next month or set another key.`,
      );
    }
    return statusFailure(reply, host, words, clock());
  }

  return {
    async bulk(asked, signal) {
      const key = requireKey(credentials, 'openpagerank', host);
      spending.note({ calls: 1 });
      const reply = await transport.request(`${base.base}/v1/domains/bulk`, {
        method: 'POST',
        headers: { accept: 'application/json', 'content-type': 'application/json', authorization: `Bearer ${key.secret}` },
        body: JSON.stringify({ domains: asked.map(({ sent }) => sent), include_history: false }),
        signal,
      });
      const json = parseJson(reply);
      if (reply.status < 200 || reply.status > 299) throw failure(reply, json, key);
      if (json === undefined) throw notJson(reply, host);
      return readScores(json, asked, host, check);
    },
  };
}
