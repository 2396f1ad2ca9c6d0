/** The calls of SE Ranking's Data API: what is asked, what it costs, and what a reply that is no success means. Only a success costs anything. */
import type { Backlink } from '../../../../shared/backlinks.ts';
import { BacklinkLensError, sourceError } from '../../util/errors.ts';
import type { Sendable } from '../asking.ts';
import { createChecker } from '../check.ts';
import type { Stretch } from '../cursorPaging.ts';
import { clean, statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { requireKey, type VendorKey, withoutKey } from '../keys.ts';
import { scopeOf } from '../scope.ts';
import type { SummaryResult } from '../source.ts';
import type { HttpReply, HttpRequest } from '../transport.ts';
import type { Vendor } from '../vendorParts.ts';
import { MODES, readRaw, readSummaries } from './wire.ts';

/** Every call rejects with a SourceError or an abort. */
export interface Calls {
  /** Links after a place, null for the top, strongest page first: at most `count`. */
  raw(asked: Sendable, place: string | null, count: number, signal: AbortSignal): Promise<Stretch<Backlink, string>>;
  /** Targets of one mode: a call has only one. */
  summary(asked: readonly Sendable[], mode: string, signal: AbortSignal): Promise<readonly SummaryResult[]>;
}

/** Strongest page first: the OpenAPI document of the service has the first word, its own client the second. */
const ORDERS = { documented: 'inlink_rank', client: 'first.inlink_rank' };

export const CREDITS = { target: 100, row: 1 } as const;

export function createCalls({ base, credentials, transport, spending, clock }: Vendor): Calls {
  const { host } = base;
  const check = createChecker(host);
  let taken: string | null = null;

  async function send(path: string, request: HttpRequest): Promise<unknown> {
    const key = requireKey(credentials, 'seranking', host);
    spending.note({ calls: 1 });
    const headers = { accept: 'application/json', authorization: `Token ${key.secret}`, ...request.headers };
    const reply = await transport.request(`${base.base}/v1/backlinks/${path}`, { ...request, headers });
    const json = parseJson(reply);
    const complaint = complaintOf(json);
    if (complaint !== null || reply.status < 200 || reply.status > 299) throw failure(reply, complaint, key);
    if (json === undefined) throw notJson(reply, host);
    return json;
  }

  /** 403 stands for credits that are used up as well as for what the key may not do: only the words tell. */
  function failure(reply: HttpReply, complaint: Complaint | null, key: VendorKey): BacklinkLensError {
    const status = reply.status >= 400 ? reply.status : (complaint?.status ?? (complaint === null ? reply.status : 400));
    const words = complaint === null ? null : withoutKey(complaint.words, key);
    if (status === 403 && words !== null && /insufficient|\bfunds\b|\bcredits?\b|limit reached/i.test(words)) {
      return sourceError('quota', `The credits at ${host} are used up (403: ${clean(words)}). Add credits or wait for the next period.`);
    }
    return statusFailure({ ...reply, status }, host, words, clock());
  }

  /** Asks by the order that is known to be taken; as long as none is, a refusal may mean the order, and costs nothing. */
  async function ordered<T>(ask: (order: string) => Promise<T>): Promise<T> {
    if (taken !== null) return await ask(taken);
    try {
      return await taking(ORDERS.documented, ask);
    } catch (error) {
      if (!BacklinkLensError.is(error, 'source.refused-target')) throw error;
      return await taking(ORDERS.client, ask);
    }
  }

  async function taking<T>(order: string, ask: (order: string) => Promise<T>): Promise<T> {
    const reply = await ask(order);
    taken = order;
    return reply;
  }

  return {
    async raw({ target, sent }, place, count, signal) {
      const query = new URLSearchParams({ target: sent, mode: MODES[scopeOf(target)], limit: String(count), output: 'json' });
      if (place !== null) query.set('next', place);
      const stretch = await ordered(async (order) => {
        query.set('order_by', order);
        return readRaw(await send(`raw?${query}`, { method: 'GET', signal }), check);
      });
      spending.note({ rows: stretch.rows.length, amount: stretch.rows.length * CREDITS.row });
      return stretch;
    },
    async summary(asked, mode, signal) {
      const body = JSON.stringify({ target: asked.map(({ sent }) => sent), mode });
      const headers = { 'content-type': 'application/json' };
      const results = readSummaries(await send('summary?output=json', { method: 'POST', headers, body, signal }), asked, host, check);
      spending.note({ amount: asked.length * CREDITS.target });
      return results;
    },
  };
}

interface Complaint {
  readonly status: number | null;
  readonly words: string;
}

/** `{"error": {"code": 403, "message": "…", "description": "…"}}`, at times with a text in the place of the object. */
function complaintOf(json: unknown): Complaint | null {
  if (typeof json !== 'object' || json === null || !('error' in json) || json.error == null) return null;
  const { error } = json;
  if (typeof error !== 'object') return { status: null, words: typeof error === 'string' ? error : 'no reason given' };
  const { code, message, description } = error as Readonly<Record<string, unknown>>;
  const words = [message, description].filter((text) => typeof text === 'string' && text !== '').join(', ');
  return { status: typeof code === 'number' && code >= 400 && code < 600 ? code : null, words };
}
