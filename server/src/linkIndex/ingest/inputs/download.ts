/**
 * A file on the web as a stream of bytes that survives a broken connection: it asks for the rest where the server allows that (RFC 9110, section
 * 14, range requests), and where not it fetches again and passes over what it had. Nothing is kept on disk.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Dispatchers } from '../../../http/dispatchers.ts';
import { abortable } from '../../../util/abortable.ts';
import { BacklinkLensError } from '../../../util/errors.ts';
import { displayUrl } from './webInput.ts';

export interface DownloadOptions {
  readonly http: Dispatchers;
  /** Milliseconds before the first new attempt; each further one that brings nothing waits twice as long. */
  readonly patience?: number | undefined;
  /** Told once, when the server has said how large the file is. */
  readonly onSize?: ((bytes: number) => void) | undefined;
}

/** Attempts in a row that may bring nothing. */
const ATTEMPTS = 6;
const LONGEST_WAIT = 60_000;
const MAX_REDIRECTS = 10;
/** Milliseconds for a size: a nice thing to know before, no more. */
const HEAD_PATIENCE = 10_000;
/** Milliseconds without a byte. */
const SILENCE = 60_000;

type Reply = Dispatcher.ResponseData;

/**
 * The bytes of a file, in order, each once.
 *
 * @throws BacklinkLensError input.unreadable; the signal's reason
 */
export async function* download(url: string, signal: AbortSignal, options: DownloadOptions): AsyncGenerator<Buffer, void, void> {
  const state = new Download(url, options);
  for (;;) {
    signal.throwIfAborted();
    try {
      const reply = await state.ask(signal);
      yield* state.read(reply);
      if (state.whole) return;
      state.failed(null);
    } catch (error) {
      signal.throwIfAborted();
      if (BacklinkLensError.is(error)) throw error;
      state.failed(error);
    }
    await wait(state.pause(), undefined, { signal });
  }
}

/**
 * Size of a file on the web in bytes; null where the server does not say, or cannot be asked: the download then says why.
 */
export async function sizeOnTheWeb(url: string, signal: AbortSignal, http: Dispatchers): Promise<number | null> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(HEAD_PATIENCE)]);
  try {
    const { statusCode, headers, body } = await follow(url, { method: 'HEAD', headers: {}, signal: patience }, http);
    await body.dump();
    return statusCode === 200 ? numberOf(headers['content-length']) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

class Download {
  readonly #url: string;
  readonly #name: string;
  readonly #options: DownloadOptions;
  /** Bytes handed on. */
  #done = 0;
  /** Of these, how many this reply brings again. */
  #again = 0;
  #total: number | null = null;
  /** Tells one version of the file from another; null where the server gives nothing strong enough. */
  #validator: string | null = null;
  #idle = 0;
  #doneBefore = 0;
  #pause: number | null = null;

  constructor(url: string, options: DownloadOptions) {
    this.#url = url;
    this.#name = displayUrl(url);
    this.#options = options;
  }

  get whole(): boolean {
    return this.#total === null || this.#done >= this.#total;
  }

  async ask(signal: AbortSignal): Promise<Reply> {
    // Compressed on the way, a range would be one of something else.
    const headers: Record<string, string> = { 'accept-encoding': 'identity' };
    if (this.#done > 0) {
      headers['range'] = `bytes=${this.#done}-`;
      if (this.#validator !== null) headers['if-range'] = this.#validator;
    }
    const reply = await follow(this.#url, { method: 'GET', headers, signal }, this.#options.http);
    try {
      this.#begin(reply);
      return reply;
    } catch (error) {
      // What it still says is of no interest, its end by force among it.
      reply.body.on('error', () => {}).destroy();
      throw error;
    }
  }

  async *read({ body }: Reply): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const known = Math.min(this.#again, chunk.length);
      this.#again -= known;
      if (known === chunk.length) continue;
      this.#done += chunk.length - known;
      yield chunk.subarray(known);
    }
  }

  /** @throws BacklinkLensError when it has brought nothing too often */
  failed(error: unknown): void {
    this.#idle = this.#done > this.#doneBefore ? 0 : this.#idle + 1;
    this.#doneBefore = this.#done;
    if (this.#idle < ATTEMPTS) return;
    const why = error instanceof Error ? error.message || error.name : 'the connection ends before the file does';
    throw this.#unreadable(
      `could not be fetched: ${why}, after ${this.#done.toLocaleString('en')} bytes. Check the connection, and try again.`,
      error,
    );
  }

  /** Milliseconds until the next attempt. */
  pause(): number {
    const asked = this.#pause ?? (this.#options.patience ?? 1000) * 2 ** this.#idle;
    this.#pause = null;
    return Math.min(asked, LONGEST_WAIT);
  }

  #begin({ statusCode, headers }: Reply): void {
    if (statusCode === 206) this.#goOn(headers);
    else if (statusCode === 200) this.#fromTheStart(headers);
    else if (statusCode === 416 && this.#done > 0) throw this.#changed();
    else if (statusCode === 408 || statusCode === 429 || statusCode >= 500) this.#later(statusCode, headers);
    else throw this.#unreadable(`could not be fetched: the server answered ${statusCode}. Check the address.`);
  }

  #goOn(headers: Reply['headers']): void {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(first(headers['content-range']) ?? '') ?? [];
    if (Number(start) !== this.#done || (total !== '*' && this.#total !== null && Number(total) !== this.#total)) throw this.#changed();
    this.#again = 0;
  }

  #fromTheStart(headers: Reply['headers']): void {
    const total = numberOf(headers['content-length']);
    const etag = first(headers['etag']);
    const validator = etag !== null && !etag.startsWith('W/') ? etag : first(headers['last-modified']);
    if (this.#done > 0 && (total !== this.#total || validator !== this.#validator)) throw this.#changed();
    if (this.#done === 0 && total !== null) this.#options.onSize?.(total);
    this.#total = total;
    this.#validator = validator;
    this.#again = this.#done;
  }

  /** A server that is busy: an attempt that brought nothing, and perhaps it says how long to wait. */
  #later(status: number, headers: Reply['headers']): never {
    const seconds = Number(first(headers['retry-after']) ?? Number.NaN);
    if (seconds >= 0) this.#pause = seconds * 1000;
    // Not one of ours: it is caught above and counted.
    throw new DOMException(`the server answered ${status}`, 'NetworkError');
  }

  #changed(): BacklinkLensError {
    return this.#unreadable('changed on the server while it was read. Add it again.');
  }

  #unreadable(what: string, cause?: unknown): BacklinkLensError {
    return new BacklinkLensError('input.unreadable', `${this.#name} ${what}`, { cause });
  }
}

interface Ask {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** One exchange, through redirects. User and password of the address go to its own server only. */
async function follow(start: string, { method, headers, signal }: Ask, http: Dispatchers): Promise<Reply> {
  const from = new URL(start);
  let url = from;
  for (let hops = 0; ; hops++) {
    const secret = url.origin === from.origin && from.username !== '' ? { authorization: basicAuthorization(from) } : {};
    const call = http.for(url).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { 'user-agent': 'backlink-lens', ...headers, ...secret },
      headersTimeout: SILENCE,
      bodyTimeout: SILENCE,
      signal,
    });
    // undici heeds the signal only once the connection stands.
    const reply = await abortable(call, signal);
    const location = first(reply.headers['location']);
    if (![301, 302, 303, 307, 308].includes(reply.statusCode) || location === null || hops === MAX_REDIRECTS) return reply;
    await reply.body.dump();
    const next = URL.parse(location, url);
    if (next === null || !/^https?:$/.test(next.protocol)) return reply;
    url = next;
  }
}

function basicAuthorization(url: URL): string {
  return `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function numberOf(value: string | string[] | undefined): number | null {
  const text = first(value);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
