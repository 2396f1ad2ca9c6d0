/** What both of Moz's APIs have in common: how a call goes out, what it is counted as, and what a reply that is no success means. */
import type { Backlink } from '../../../../shared/backlinks.ts';
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import type { Sendable } from '../asking.ts';
import type { Stretch } from '../cursorPaging.ts';
import { clean, statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { type VendorKey, withoutKey } from '../keys.ts';
import type { Balance, SummaryResult } from '../source.ts';
import type { HttpReply } from '../transport.ts';
import type { Vendor } from '../vendorParts.ts';
import type { Patience } from './patience.ts';
import type { Reach } from './reach.ts';

export interface MozParts extends Vendor {
  readonly key: VendorKey;
  readonly patience: Patience;
  readonly reach: Reach;
}

/** One of the two APIs. Every call rejects with a SourceError or an abort. */
export interface Api {
  metrics(asked: readonly Sendable[], signal: AbortSignal): Promise<readonly SummaryResult[]>;
  /** Links after a place, null for the top: at most `count`, which is no more than LINKS_PER_CALL. */
  links(asked: Sendable, place: string | null, count: number, signal: AbortSignal): Promise<Stretch<Backlink, string>>;
  /** Rows left; costs none. Absent where the API cannot tell. */
  balance?(signal: AbortSignal): Promise<Balance>;
}

export const LINKS_PER_CALL = 50;
export const TARGETS_PER_CALL = 50;

/** What a reply says is wrong. */
export interface Complaint {
  readonly status: number;
  readonly words: string | null;
  /** True where it says that there is no record: an answer, and no error. */
  readonly noRecord: boolean;
}

/** Sends one call and gives back its JSON; null where there is no record. */
export type Send = (path: string, headers: Readonly<Record<string, string>>, body: unknown, signal: AbortSignal) => Promise<unknown>;

/**
 * @param complaintOf finds what a reply of any status says is wrong; null where it says nothing
 */
export function createSend(parts: MozParts, complaintOf: (json: unknown, status: number) => Complaint | null): Send {
  const { base, key, transport, spending, patience, clock } = parts;

  function failure(reply: HttpReply, complaint: Complaint | null): BacklinkLensError {
    const status = complaint?.status ?? reply.status;
    const words = complaint?.words == null ? null : withoutKey(complaint.words, key);
    if (status !== 401 && words !== null && /\bquota\b|\brows?\b.*\b(?:exceeded|exhausted|used|limit|remain)/i.test(words)) {
      return sourceError('quota', `The rows at ${base.host} are used up (${status}: ${clean(words)}). Add rows or wait for the next month.`);
    }
    return statusFailure({ ...reply, status }, base.host, words, clock());
  }

  return async (path, headers, body, signal) => {
    patience.check(base.host);
    spending.note({ calls: 1 });
    const reply = await transport.request(base.base + path, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal,
    });
    patience.note(reply.status);
    const json = parseJson(reply);
    const complaint = complaintOf(json, reply.status);
    if (complaint?.noRecord === true) return null;
    if (complaint !== null || reply.status < 200 || reply.status > 299) throw failure(reply, complaint);
    if (json === undefined) throw notJson(reply, base.host);
    return json;
  };
}
