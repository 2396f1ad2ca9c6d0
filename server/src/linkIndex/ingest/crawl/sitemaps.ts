/** Reads the sitemaps of a host: those its robots.txt names and `/sitemap.xml`, lists of sitemaps followed, all on the host itself. */
import { gunzipSync } from 'node:zlib';
import { decodePage } from '../../../util/decodeText.ts';
import { parseHttpResponse } from '../warc/http.ts';
import { type Exchange, headerValue } from './exchange.ts';
import { CrawlFailure } from './failures.ts';
import type { Host } from './host.ts';
import { recordIn } from './members.ts';
import { exchangeRecords } from './records.ts';
import { hostOf } from './scope.ts';
import { readSitemap } from './sitemap.ts';
import type { Web } from './web.ts';

/** What records of sitemaps are marked with. */
export const SITEMAP_ROLE = 'sitemap';
/** The protocol's own bound, plain; nobody's is larger deflated. */
const LARGEST = 50 << 20;
const MOST_SITEMAPS = 500;
const MOST_REDIRECTS = 5;

export interface SitemapParts {
  readonly web: Web;
  readonly signal: AbortSignal;
  /** A page that a sitemap names. */
  readonly onPage: (url: string) => void;
  /** True when no page is wanted any more. */
  readonly isEnough: () => boolean;
  /** Keeps what was read, so that it is not fetched again. */
  readonly keep: (records: readonly Buffer[]) => Promise<void>;
}

export class Sitemaps {
  readonly #parts: SitemapParts;
  readonly #seen = new Set<string>();
  /** Sitemaps that are known and not read, by host. */
  readonly #waiting = new Map<string, string[]>();
  readonly #read = new Map<string, number>();

  constructor(parts: SitemapParts) {
    this.#parts = parts;
  }

  /** Reads what a host has. One that cannot be read is passed over: pages are found by links too. */
  async read(host: Host, named: readonly string[]): Promise<void> {
    for (const url of named) this.#add(host.name, url);
    for (;;) {
      const url = this.#waiting.get(host.name)?.shift();
      if (url === undefined || (this.#read.get(host.name) ?? 0) >= MOST_SITEMAPS || this.#parts.isEnough()) return;
      const exchange = await this.#fetch(host, url);
      if (exchange === null) continue;
      const [response, request] = exchangeRecords(exchange, null, SITEMAP_ROLE);
      if (await this.take(exchange.url, response)) await this.#parts.keep([response, request]);
    }
  }

  /**
   * Takes over what a record of a sitemap says.
   *
   * @returns false when it is no sitemap
   */
  async take(url: string, record: Buffer): Promise<boolean> {
    const block = await (await recordIn(record))?.block(2 * LARGEST);
    const response = block ? parseHttpResponse(block) : null;
    const sitemap = response === null ? null : readSitemap(textOf(response.body()?.bytes ?? null));
    if (sitemap === null) return false;
    this.#seen.add(url);
    const host = hostOf(new URL(url));
    this.#read.set(host, (this.#read.get(host) ?? 0) + 1);
    for (const text of sitemap.urls) {
      const entry = URL.parse(text, url);
      if (entry === null || hostOf(entry) !== host) continue;
      if (sitemap.kind === 'sitemaps') this.#add(host, entry.href);
      else this.#parts.onPage(entry.href);
    }
    return true;
  }

  #add(host: string, address: string): void {
    const url = URL.parse(address);
    if (url === null || hostOf(url) !== host || !/^https?:$/.test(url.protocol)) return;
    url.hash = '';
    const waiting = this.#waiting.get(host) ?? [];
    if (this.#seen.has(url.href) || waiting.includes(url.href) || waiting.length >= MOST_SITEMAPS) return;
    waiting.push(url.href);
    this.#waiting.set(host, waiting);
  }

  async #fetch(host: Host, address: string): Promise<Exchange | null> {
    let url = address;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      if (this.#seen.has(url)) return null;
      this.#seen.add(url);
      await host.turn(this.#parts.signal);
      const exchange = await this.#parts.web.ask(url, { wanted: (status) => (status < 300 ? LARGEST : 0) }).catch(unlessAborted);
      if (exchange === null) return null;
      const { status, headers } = exchange;
      if (status < 300) return exchange.truncated || /html/i.test(headerValue(headers, 'content-type') ?? '') ? null : exchange;
      const next = status < 400 ? URL.parse(headerValue(headers, 'location') ?? '', url) : null;
      if (next === null || hostOf(next) !== host.name) return null;
      url = next.href;
    }
    return null;
  }
}

function unlessAborted(error: unknown): null {
  if (error instanceof CrawlFailure) return null;
  throw error;
}

/** Sitemaps named `.gz` are deflated by themselves, whatever the coding of the reply. */
function textOf(body: Buffer | null): string {
  if (body === null) return '';
  if (body[0] !== 0x1f || body[1] !== 0x8b) return decodePage(body, 'utf-8');
  try {
    return decodePage(gunzipSync(body, { maxOutputLength: LARGEST }), 'utf-8');
  } catch {
    return '';
  }
}
