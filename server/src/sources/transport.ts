/**
 * The one way out to the network for sources: proxy, certificates, time-outs, bounded replies, redirects that never leave the origin, and
 * one family of failures. undici is loaded at the first call, and no global dispatcher is ever touched.
 */
import type { Dispatcher } from 'undici';
import type { HttpSettings } from '../../../shared/protocol.ts';
import { type Dispatchers, openDispatchers } from '../http/dispatchers.ts';
import { abortable } from '../util/abortable.ts';
import { BacklinkLensError, sourceError } from '../util/errors.ts';
import { readBody } from './body.ts';
import { networkFailure } from './networkFailure.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case; of a repeated header the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Transport {
  /**
   * One exchange. A reply of any status is a reply; what gives none rejects as `source.offline`, `source.timeout`, `source.unavailable` or
   * `source.bad-reply`, an abort with the signal's reason. No message carries a header, a body or more of the URL than its host.
   */
  request(url: string, request: HttpRequest): Promise<HttpReply>;
  close(): Promise<void>;
}

export interface TransportOptions {
  /** The editor's settings: proxy, certificates. Without a proxy in them the environment decides. */
  readonly http?: HttpSettings | undefined;
  /** Read for HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds until a connection must stand. */
  readonly connectTimeout?: number;
  /** Milliseconds for a whole exchange, redirects included. */
  readonly totalTimeout?: number;
  /** Bytes of a reply after decompression. */
  readonly maxBody?: number;
  /** Takes the place of the real network, for tests. */
  readonly dispatcher?: Dispatcher;
}

const MAX_REDIRECTS = 5;

/** A transport that has opened nothing yet. */
export function createTransport(options: TransportOptions = {}): Transport {
  const { connectTimeout = 10_000, totalTimeout = 60_000, maxBody = 32 * 1024 * 1024 } = options;
  let dispatchers: Promise<Dispatchers> | null = null;

  async function open(): Promise<Dispatchers> {
    const { dispatcher, http, env = process.env } = options;
    if (dispatcher !== undefined) return { for: () => dispatcher, proxyOf: () => null, close: async () => {} };
    return openDispatchers({ http, env, connectTimeout });
  }

  /** A file of certificates that could not be read is looked for again at the next call. */
  async function opened(): Promise<Dispatchers> {
    dispatchers ??= open();
    const present = dispatchers;
    try {
      return await present;
    } catch (error) {
      if (dispatchers === present) dispatchers = null;
      throw error;
    }
  }

  async function exchange(url: URL, request: HttpRequest, signal: AbortSignal): Promise<{ reply: HttpReply; location: string | null }> {
    const dispatcher = (await opened()).for(url);
    const call = dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: request.method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...request.headers },
      body: request.body ?? null,
      headersTimeout: totalTimeout,
      bodyTimeout: totalTimeout,
      signal,
    });
    // undici heeds the signal only once the connection stands; what is aborted before that it never sends.
    const response = await abortable(call, signal);
    const headers = firstValues(response.headers);
    const text = await readBody(response.body, headers['content-encoding'], maxBody, url.host);
    return { reply: { status: response.statusCode, headers, text }, location: headers['location'] ?? null };
  }

  async function follow(start: URL, request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
    let [url, present] = [start, request];
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const { reply, location } = await exchange(url, present, signal);
      if (!isRedirect(reply.status) || location === null) return reply;
      const next = URL.parse(location, url);
      if (next?.origin !== url.origin) throw strayed(url, next);
      if (reply.status === 303 || (reply.status < 303 && present.method === 'POST')) present = asGet(present);
      url = next;
    }
    throw sourceError('bad-reply', `${start.host} redirected more than ${MAX_REDIRECTS} times. Check the address of the endpoint.`);
  }

  return {
    async request(url, request) {
      request.signal.throwIfAborted();
      const deadline = AbortSignal.timeout(totalTimeout);
      const parsed = URL.parse(url);
      // The error of a parser would hold the address, and an address may hold a key.
      if (parsed === null) throw new BacklinkLensError('internal', 'A call has an address that is none. Please report it.');
      try {
        return await follow(parsed, request, AbortSignal.any([request.signal, deadline]));
      } catch (error) {
        request.signal.throwIfAborted();
        const proxy = (await dispatchers?.catch(() => null))?.proxyOf(parsed) ?? null;
        throw networkFailure(error, { host: parsed.host, proxy, spent: deadline.aborted ? totalTimeout : null });
      }
    },
    async close() {
      // Dispatchers that could not be made have nothing to close.
      await (await dispatchers?.catch(() => null))?.close();
    },
  };
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/** 301 and 302 turn a POST into a GET in every client, 303 always does (Fetch standard, HTTP-redirect fetch). */
function asGet(request: HttpRequest): HttpRequest {
  const { 'content-type': _, ...headers } = request.headers ?? {};
  return { method: 'GET', headers, signal: request.signal };
}

/** Consent and key hold for one origin, so nothing follows a redirect to another. */
function strayed(from: URL, to: URL | null): Error {
  const where = to === null ? 'an address that is none' : to.origin;
  return sourceError(
    'bad-reply',
    `${from.host} redirected to ${where}, where neither key nor targets are sent. If that is right, set it as the endpoint.`,
  );
}

function firstValues(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name.toLowerCase(), first] as const];
  });
  return Object.fromEntries(entries);
}
