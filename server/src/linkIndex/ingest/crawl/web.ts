/** The way out: one exchange at a time, bounded in bytes and time, over connections to checked addresses only. */
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { type Dispatchers, openDispatchers } from '../../../http/dispatchers.ts';
import { abortable } from '../../../util/abortable.ts';
import { version } from '../../../util/version.ts';
import { Addresses } from './addresses.ts';
import { type Ask, type Exchange, type HeaderLines, headerValue } from './exchange.ts';
import { CrawlFailure } from './failures.ts';
import { type CrawlOptions, DEFAULTS } from './options.ts';
import { Slots } from './slots.ts';

/** As robots.txt names us, and as servers see us. */
export const ROBOT_NAME = 'BacklinkLens';
/** Content codings that readers of archives know; one that comes unasked is read too where this Node can. */
const CODINGS = 'gzip, deflate, br';
/** A body that nobody wants is read away up to here, so that its connection lives on. */
const READ_AWAY = 128 << 10;
/** Exchanges at the same time, all hosts together. */
const MOST_AT_ONCE = 64;

/** Opens no connection before the first request. */
export class Web {
  readonly #options: CrawlOptions;
  readonly #addresses: Addresses;
  readonly #userAgent: string;
  readonly #slots = new Slots(MOST_AT_ONCE);
  #dispatchers: Promise<Dispatchers> | null = null;

  /** @param homepage where the User-Agent tells people to look */
  constructor(options: CrawlOptions, homepage: string) {
    this.#options = options;
    const { env = process.env } = options;
    const proxied = Boolean(options.http?.proxy || ['HTTPS_PROXY', 'HTTP_PROXY'].some((name) => env[name] || env[name.toLowerCase()]));
    this.#addresses = new Addresses({ allowPrivate: options.allowPrivate === true, proxied });
    this.#userAgent = `${ROBOT_NAME}/${version} (+${homepage})`;
  }

  /**
   * @throws CrawlFailure crawl.private, crawl.unreachable; the signal's reason
   */
  async ask(address: string, request: Ask): Promise<Exchange> {
    const { signal } = this.#options;
    signal.throwIfAborted();
    return await this.#slots.run(signal, async () => await this.#inTime(new URL(address), request));
  }

  async close(): Promise<void> {
    await (await this.#dispatchers?.catch(() => null))?.close();
  }

  async #inTime(url: URL, request: Ask): Promise<Exchange> {
    const { signal, timeout = DEFAULTS.timeout } = this.#options;
    const deadline = AbortSignal.timeout(timeout);
    try {
      return await this.#exchange(url, request, AbortSignal.any([signal, deadline]));
    } catch (error) {
      signal.throwIfAborted();
      this.#addresses.failed(url);
      throw deadline.aborted ? CrawlFailure.timeout(url.host, timeout) : CrawlFailure.of(error, url.host);
    }
  }

  async #exchange(url: URL, { headers = [], wanted }: Ask, signal: AbortSignal): Promise<Exchange> {
    const ip = await this.#addresses.check(url, signal);
    const requestHeaders: HeaderLines = [
      ['User-Agent', this.#userAgent],
      ['Accept', 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1'],
      ['Accept-Encoding', CODINGS],
      ...headers,
    ];
    const startedAt = Date.now();
    const call = (await this.#dispatcher(url)).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      headers: Object.fromEntries(requestHeaders),
      responseHeaders: 'raw',
      headersTimeout: 0,
      bodyTimeout: 0,
      signal,
    });
    // undici heeds the signal only once the connection stands.
    const response = await abortable(call, signal);
    const { statusCode: status, statusText } = response;
    const received = headerLines(response.headers);
    const limit = wanted(status, (name) => headerValue(received, name));
    const { body, truncated } = limit > 0 ? await readUpTo(response.body, limit) : await readAway(response.body, signal);
    return { url: url.href, requestHeaders, status, statusText, headers: received, body, truncated, ip, startedAt };
  }

  async #dispatcher(url: URL): Promise<Dispatcher> {
    const { http, env = process.env, timeout = DEFAULTS.timeout } = this.#options;
    this.#dispatchers ??= openDispatchers({ http, env, connectTimeout: Math.min(timeout, 10_000), lookup: this.#addresses.lookup });
    return (await this.#dispatchers).for(url);
  }
}

/** undici gives raw fields as a flat list of names and values. */
function headerLines(raw: unknown): HeaderLines {
  const flat = Array.isArray(raw) ? raw.map((part: unknown) => (Buffer.isBuffer(part) ? part.toString('latin1') : String(part))) : [];
  return Array.from({ length: flat.length >> 1 }, (_, at) => [flat[2 * at] ?? '', flat[2 * at + 1] ?? ''] as const);
}

async function readUpTo(body: Readable, limit: number): Promise<{ body: Buffer; truncated: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > limit) return { body: Buffer.concat(chunks, limit), truncated: true };
  }
  return { body: Buffer.concat(chunks, bytes), truncated: false };
}

async function readAway(body: Dispatcher.ResponseData['body'], signal: AbortSignal): Promise<{ body: Buffer; truncated: boolean }> {
  await body.dump({ limit: READ_AWAY, signal });
  return { body: Buffer.alloc(0), truncated: true };
}
