/** The calls of a contract endpoint: address, key, retry with a new token, and what a reply that is no success means. */
import type { InternalFilter } from '../../../../shared/backlinks.ts';
import { type BacklinkLensError, sourceError } from '../../util/errors.ts';
import { type Checker, createChecker, type Fields } from '../check.ts';
import { clean, statusFailure } from '../failures.ts';
import { notJson, parseJson } from '../json.ts';
import { withoutKey } from '../keys.ts';
import type { Spending } from '../spending.ts';
import type { HttpReply, HttpRequest, Transport } from '../transport.ts';
import type { Endpoint } from './endpoint.ts';
import { createTokens, type FetchedToken } from './token.ts';
import { type ErrorReply, type ListReply, readError, readList, readToken } from './wire.ts';

export interface CallParts {
  readonly endpoint: Endpoint;
  readonly credentials: { readonly id: string; readonly secret: string } | null;
  readonly transport: Transport;
  readonly spending: Spending;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Rows with the generation of the data, where the endpoint sends one. */
export interface RowsReply extends ListReply {
  readonly generation: string | null;
}

export interface Calls {
  readonly check: Checker;
  /** Rejects with a SourceError or an abort. */
  rows(
    url: string,
    page: { readonly limit: number; readonly offset: number; readonly internal: InternalFilter },
    signal: AbortSignal,
  ): Promise<RowsReply>;
  /** Our own batch call. Null where the endpoint does not know it. */
  summaries(urls: readonly string[], signal: AbortSignal): Promise<Fields | null>;
}

/** Sent by our own service beside the recorded envelope. */
const GENERATION_HEADER = 'backlink-lens-generation';
const ROWS_CALL = '/ResearchLinksGetListBacklinks.json';
const SUMMARIES_CALL = '/links/summaries';
const TOKEN_CALL = '/token';

interface Answer {
  readonly reply: HttpReply;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
  /** What it says of an error, without the key or token that was sent, which some repeat. */
  readonly error: ErrorReply | null;
}

export function createCalls({ endpoint, credentials, transport, spending, clock }: CallParts): Calls {
  const { host } = endpoint;
  const check = createChecker(host);
  const tokens = createTokens(fetchToken, clock);

  async function fetchToken(signal: AbortSignal): Promise<FetchedToken> {
    if (credentials === null) throw noKey(host);
    const answer = await send(TOKEN_CALL, {
      method: 'POST',
      headers: { authorization: `Basic ${basic(credentials)}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
      signal,
    });
    // The token call says in several ways that it does not know the key; 400 is RFC 6749's invalid_client and invalid_request.
    if (answer.reply.status === 400) throw sourceError('auth', `${host} refused the key (400${words(answer.error)}). Set another key.`);
    return readToken(expectSuccess(answer), check);
  }

  async function send(path: string, request: HttpRequest): Promise<Answer> {
    if (path !== TOKEN_CALL) spending.note({ calls: 1, amount: 1 });
    const reply = await transport.request(`${endpoint.base}/${endpoint.version}${path}`, request);
    const json = parseJson(reply);
    return { reply, json, error: withoutSecrets(readError(json), request) };
  }

  /** An endpoint on this machine may be open; anything else needs a key before it is asked at all. */
  async function authorised(path: string, request: HttpRequest): Promise<Answer> {
    if (credentials === null && endpoint.loopback) return await send(path, request);
    const first = await tokens.get(request.signal);
    const answer = await send(path, withToken(request, first));
    if (answer.reply.status !== 401) return answer;
    tokens.invalidate(first);
    return await send(path, withToken(request, await tokens.get(request.signal)));
  }

  function withoutSecrets(error: ErrorReply | null, { headers }: HttpRequest): ErrorReply | null {
    if (error === null || error.message === null) return error;
    const sent = headers?.['authorization']?.split(' ').at(-1) ?? '';
    return { ...error, message: withoutKey(error.message, { id: sent, secret: credentials?.secret ?? '' }) };
  }

  function expectSuccess({ reply, json, error }: Answer): unknown {
    const failed = reply.status < 200 || reply.status > 299;
    if (failed || error !== null) throw failure(reply, error, failed);
    if (json === undefined) throw notJson(reply, host);
    return json;
  }

  function failure(reply: HttpReply, error: ErrorReply | null, failed: boolean): BacklinkLensError {
    if (/insufficient credits/i.test(error?.message ?? '')) {
      return sourceError('quota', `The credits at ${host} are used up (${reply.status}${words(error)}). Add credits or wait for the next period.`);
    }
    if (reply.status === 401 && credentials === null) return noKey(host);
    // An error in a reply of status 200 carries the status in its first digits, as in 4001003.
    const status = failed ? reply.status : Number(String(error?.code ?? 400).slice(0, 3));
    return statusFailure({ ...reply, status }, host, error?.message ?? null, clock());
  }

  return {
    check,
    async rows(url, { limit, offset, internal }, signal) {
      const query = new URLSearchParams({ url, limit: String(limit), offset: String(offset) });
      // Our extension: a foreign endpoint never sees it unless it was asked for.
      if (internal !== 'exclude') query.set('internal', internal);
      const answer = await authorised(`${ROWS_CALL}?${query}`, { method: 'GET', headers: { accept: 'application/json' }, signal });
      const list = readList(expectSuccess(answer), limit, offset, check);
      spending.note({ rows: list.rows.length });
      return { ...list, generation: answer.reply.headers[GENERATION_HEADER] ?? null };
    },
    async summaries(urls, signal) {
      const headers = { accept: 'application/json', 'content-type': 'application/json' };
      const answer = await authorised(SUMMARIES_CALL, { method: 'POST', headers, body: JSON.stringify({ targets: urls }), signal });
      return isUnknownCall(answer) ? null : check.object(expectSuccess(answer), 'the reply');
    },
  };
}

/** A service without the call says so by 404 (recorded, with "Unknown Service"), 400, 405 or 501; what is sent is well-formed. */
function isUnknownCall({ reply }: Answer): boolean {
  return [400, 404, 405, 501].includes(reply.status);
}

function withToken(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

/** RFC 7617, with the parts form-encoded first as RFC 6749 section 2.3.1 asks; keys of letters and digits stay as they are. */
function basic({ id, secret }: { readonly id: string; readonly secret: string }): string {
  return Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`, 'utf8').toString('base64');
}

function noKey(host: string): BacklinkLensError {
  return sourceError(
    'auth',
    `${host} needs a key and none is set. Set it with "Backlinks: Set API Key", or in BACKLINK_LENS_KEY and BACKLINK_LENS_SECRET.`,
  );
}

function words(error: ErrorReply | null): string {
  return error?.message ? `: ${clean(error.message)}` : '';
}
