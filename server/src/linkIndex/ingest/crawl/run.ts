/** The crawl itself: every host by its own pace, its URLs in order, many hosts at a time, everything into one archive. */
import { homepage } from '../../../util/version.ts';
import type { Found } from '../found.ts';
import { isHtmlType } from '../visit.ts';
import type { OpenArchive } from './archive.ts';
import type { EarlierCrawls } from './earlier.ts';
import { CrawlFailure } from './failures.ts';
import { Frontier, type Item } from './frontier.ts';
import { Host } from './host.ts';
import { foundIn } from './members.ts';
import { type CrawlCounts, type CrawlOptions, DEFAULTS } from './options.ts';
import { linksToFollow } from './pageLinks.ts';
import { PoliteWeb } from './polite.ts';
import { CrawlProblems } from './problems.ts';
import { exchangeRecords } from './records.ts';
import type { Reply } from './retry.ts';
import type { Robots } from './robots.ts';
import { Scope } from './scope.ts';
import { Sitemaps } from './sitemaps.ts';
import { Turnstile } from './turnstile.ts';
import { Web } from './web.ts';

/** Bodies of redirects and errors are kept up to here. */
const LARGEST_OTHER = 64 << 10;
/** URLs that are taken in for every page that is wanted, and for small limits. */
const URLS_A_PAGE = 10;
const SPARE_URLS = 1000;

export class CrawlRun {
  readonly problems = new CrawlProblems();
  readonly #options: CrawlOptions;
  readonly #earlier: EarlierCrawls;
  readonly #frontier: Frontier;
  readonly #sitemaps: Sitemaps;
  readonly #web: Web;
  readonly #polite: PoliteWeb;
  readonly #hosts = new Map<string, Host>();
  readonly #running = new Set<string>();
  readonly #changed = new Turnstile();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #maxPages: number;
  #archive: OpenArchive | null = null;
  #inFlight = 0;
  #fatal: { readonly error: unknown } | null = null;
  #pages = 0;
  #unchanged = 0;
  #resumed = 0;
  #fetched = 0;
  #bytes = 0;

  /** @param starts absolute http(s) URLs */
  constructor(options: CrawlOptions, starts: readonly URL[], earlier: EarlierCrawls) {
    this.#options = options;
    this.#earlier = earlier;
    this.#signal = AbortSignal.any([options.signal, this.#stop.signal]);
    this.#maxPages = options.maxPages ?? DEFAULTS.maxPages;
    const scope = new Scope(options.scope ?? DEFAULTS.scope, starts);
    this.#frontier = new Frontier(scope, { depth: options.depth ?? null, urls: URLS_A_PAGE * this.#maxPages + SPARE_URLS });
    this.#web = new Web({ ...options, signal: this.#signal }, homepage);
    this.#polite = new PoliteWeb(this.#web, options.retryDelay ?? DEFAULTS.retryDelay, this.#signal);
    this.#sitemaps = new Sitemaps({
      web: this.#web,
      signal: this.#signal,
      onPage: (url) => this.#frontier.addLink(url, 1),
      isEnough: () => this.#frontier.isFull,
      keep: async (records) => await this.#archive?.append(records),
    });
    for (const start of starts) this.#frontier.addStart(start.href);
  }

  get counts(): CrawlCounts {
    const limit = (this.#frontier.leftOut.limit ?? 0) + (this.#isFull() ? this.#frontier.waiting : 0);
    const leftOut = { ...this.#frontier.leftOut, ...(limit === 0 ? {} : { limit }) };
    return { pages: this.#pages, unchanged: this.#unchanged, resumed: this.#resumed, fetched: this.#fetched, bytes: this.#bytes, leftOut };
  }

  /** False when every host that was to be read went away. */
  get complete(): boolean {
    const hosts = [...this.#hosts.values()];
    return hosts.every(({ givenUp }) => givenUp === null) || hosts.some(({ givenUp, answered }) => givenUp === null && answered);
  }

  /** Takes over a record of the archive that an interrupted crawl has left. To be called in their order, before `run`. */
  async resume(record: Buffer, url: string, role: string | null): Promise<void> {
    if (role !== null) {
      await this.#sitemaps.take(url, record);
      return;
    }
    // One that nothing links to any more was asked for last.
    if (!this.#frontier.isWaiting(url) && this.#earlier.reference(url) !== null) this.#frontier.addLink(url, 1);
    const item = this.#frontier.take(url);
    if (item === null) return;
    this.#resumed++;
    this.#host(item.host).replied();
    await this.#take(item, record);
    this.#frontier.close(item);
  }

  /**
   * Crawls until nothing is left to fetch or the limit of pages is reached. Pages of earlier crawls that nothing links to any more are asked
   * for last: only so their links are known to be lost. Not with a limit of depth, which says nothing of them.
   *
   * @throws BacklinkLensError index.not-writable; the signal's reason
   */
  async run(archive: OpenArchive): Promise<void> {
    this.#archive = archive;
    try {
      await this.#finishQueues();
      if (this.#options.depth === undefined && !this.#isFull()) for (const url of this.#earlier.urls()) this.#frontier.addLink(url, 1);
      await this.#finishQueues();
    } finally {
      await this.#web.close();
    }
  }

  async #finishQueues(): Promise<void> {
    this.#startHosts();
    while (this.#running.size > 0) await this.#changed.next();
    this.#options.signal.throwIfAborted();
    if (this.#fatal !== null) throw this.#fatal.error;
  }

  #startHosts(): void {
    for (const name of this.#frontier.freshHosts()) {
      const host = this.#host(name);
      host.changed.turn();
      if (this.#running.has(name)) continue;
      this.#running.add(name);
      void this.#runHost(host)
        .catch((error: unknown) => this.#fail(error))
        .finally(() => {
          this.#running.delete(name);
          this.#changed.turn();
        });
    }
  }

  #host(name: string): Host {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const host = new Host(name, this.#options.delay ?? DEFAULTS.delay);
    this.#hosts.set(name, host);
    return host;
  }

  async #runHost(host: Host): Promise<void> {
    for (;;) {
      this.#signal.throwIfAborted();
      if (host.givenUp !== null) this.#leave(host, host.givenUp);
      const item = this.#frontier.peek(host.name);
      const ended = item === null || this.#isFull();
      if (ended && host.inFlight === 0) return;
      if (ended || host.inFlight >= (this.#options.connections ?? DEFAULTS.connections)) await host.changed.next();
      else if (this.#mayStart(item)) await this.#start(host, item);
      else await this.#changed.next();
    }
  }

  /** As far as other hosts are concerned. */
  #mayStart(item: Item): boolean {
    if (this.#pages + this.#inFlight >= this.#maxPages) return false;
    // With a limit of depth, nearer pages first on all hosts: a page's depth must not depend on which host is faster.
    return this.#options.depth === undefined || this.#frontier.isNearest(item);
  }

  /** Sets a request going; only robots.txt, sitemaps and the host's pace are waited for. */
  async #start(host: Host, item: Item): Promise<void> {
    const robots = await this.#robotsFor(host, item);
    if (robots === null) return;
    if (!robots.allows(item.url)) {
      this.#disallow(host, item);
      return;
    }
    await host.turn(this.#signal);
    // Others may have been faster while this host's turn was waited for.
    if (host.givenUp !== null || !this.#mayStart(item) || this.#frontier.take(item.url) === null) return;
    host.inFlight++;
    this.#inFlight++;
    const reply = this.#polite.ask(host, item.url, { headers: this.#earlier.conditions(item.url), wanted: this.#wanted });
    reply.catch(() => {});
    host.tail = host.tail
      .then(async () => await this.#settle(host, item, await reply))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        host.inFlight--;
        this.#inFlight--;
        this.#startHosts();
        host.changed.turn();
        this.#changed.turn();
      });
  }

  async #robotsFor(host: Host, item: Item): Promise<Robots | null> {
    const { origin } = new URL(item.url);
    try {
      return await this.#polite.robots(host, origin, async (robots) => {
        const usual = `${origin}/sitemap.xml`;
        if (this.#options.depth !== 0) await this.#sitemaps.read(host, [...robots.sitemaps, ...(robots.allows(usual) ? [usual] : [])]);
      });
    } catch (error) {
      if (!(error instanceof CrawlFailure)) throw error;
      this.#frontier.take(item.url);
      this.#frontier.close(item);
      this.problems.add(host.name, error, item.url);
      host.giveUp(error);
      return null;
    }
  }

  #disallow(host: Host, item: Item): void {
    this.#frontier.take(item.url);
    this.#frontier.close(item);
    this.#frontier.leaveOut('robots');
    if (item.start) this.problems.add(host.name, new CrawlFailure('crawl.disallowed', `The robots.txt of ${host.name} does not allow it.`), item.url);
  }

  /** Drops what waits for a host that is given up. */
  #leave(host: Host, failure: CrawlFailure): void {
    let left = 0;
    for (let item = this.#frontier.next(host.name); item !== null; item = this.#frontier.next(host.name), left++) this.#frontier.close(item);
    this.problems.leave(host.name, failure, left);
  }

  readonly #wanted = (status: number, header: (name: string) => string | null): number => {
    if (status < 200 || status > 299) return LARGEST_OTHER;
    const type = header('content-type') ?? '';
    return type.trim() === '' || isHtmlType(type) ? (this.#options.maxBytes ?? DEFAULTS.maxBytes) : 0;
  };

  async #settle(host: Host, item: Item, reply: Reply): Promise<void> {
    if (this.#fatal !== null) return;
    if (reply instanceof CrawlFailure) {
      this.problems.add(host.name, reply, item.url);
      host.failed(reply);
    } else {
      host.replied();
      this.#fetched++;
      this.#bytes += reply.body.length;
      const [response, request] = exchangeRecords(reply, reply.status === 304 ? this.#earlier.reference(item.url) : null, null);
      await this.#archive?.append([response, request]);
      await this.#take(item, response);
    }
    this.#frontier.close(item);
    const progress = { pages: this.#pages, fetched: this.#fetched, bytes: this.#bytes, waiting: this.#frontier.waiting, host: host.name };
    this.#options.onProgress?.(progress);
  }

  /** What a record of a page leads to; the same for one that was just written and for one of an interrupted crawl. */
  async #take(item: Item, record: Buffer): Promise<void> {
    const found = await foundIn(record);
    if (found?.kind === 'capture' && found.capture.kind === 'redirect') this.#frontier.addRedirect(item, found.capture.redirect.target);
    const isSame = found?.kind === 'capture' && found.capture.kind === 'unchanged';
    const page = found?.kind === 'page' ? found.page.read(found.page.visit) : isSame ? await this.#earlier.page(item.url) : null;
    if (page === null) return this.#miss(item, found);
    this.#pages++;
    if (isSame) this.#unchanged++;
    for (const url of linksToFollow(page)) this.#frontier.addLink(url, item.depth + 1);
  }

  /** What is no page is none of our business, unless the user named it. */
  #miss(item: Item, found: Found): void {
    if (!item.start || (found?.kind === 'capture' && found.capture.kind === 'redirect')) return;
    this.problems.add(
      item.host,
      new CrawlFailure('input.unreadable', `${item.host} gave no page for a start URL. Look at it in a browser.`),
      item.url,
    );
  }

  #isFull(): boolean {
    return this.#pages >= this.#maxPages;
  }

  #fail(error: unknown): void {
    this.#fatal ??= { error };
    this.#stop.abort();
    this.#changed.turn();
  }
}
