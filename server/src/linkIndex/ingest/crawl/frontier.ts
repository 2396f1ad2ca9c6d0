/** The URLs a crawl knows and has not fetched: breadth first, in the order of their discovery, a queue a host, each page once. */
import { pageKey } from '../../../urls/keys.ts';
import { parseWebUrl } from '../../../urls/resolve.ts';
import { HostQueue } from './hostQueue.ts';
import type { LeftOut } from './options.ts';
import { hostOf, type Scope } from './scope.ts';

/** A URL to fetch. */
export interface Item {
  /** Without fragment and userinfo. */
  readonly url: string;
  readonly host: string;
  /** Links away from a start URL. */
  readonly depth: number;
  /** Redirects that led here one after the other. */
  readonly hops: number;
  /** True for a start URL and for what it redirects to. */
  readonly start: boolean;
}

/** Redirects that are followed one after the other. */
const MOST_HOPS = 10;

export interface FrontierLimits {
  /** Null for none. */
  readonly depth: number | null;
  /** URLs taken in at most: what bounds memory and requests. */
  readonly urls: number;
}

export class Frontier {
  readonly leftOut: Partial<Record<LeftOut, number>> = {};
  readonly #scope: Scope;
  readonly #limits: FrontierLimits;
  readonly #queues = new Map<string, HostQueue<Item>>();
  readonly #waiting = new Map<string, Item>();
  readonly #seen = new Set<string>();
  readonly #fresh = new Set<string>();
  /** URLs waiting or being fetched, by depth. */
  readonly #open: number[] = [];

  constructor(scope: Scope, limits: FrontierLimits) {
    this.#scope = scope;
    this.#limits = limits;
  }

  /** True when no URL is taken in any more. */
  get isFull(): boolean {
    return this.#seen.size >= this.#limits.urls;
  }

  /** URLs not taken yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  isWaiting(url: string): boolean {
    return this.#waiting.has(url);
  }

  /** A URL that the user named. */
  addStart(address: string): void {
    const url = parsed(address);
    if (url !== null && !this.#seen.has(keyOf(url))) this.#add(url, { depth: 0, hops: 0, start: true });
  }

  /**
   * A URL that a page or a sitemap names.
   *
   * @param depth links away from a start
   */
  addLink(address: string, depth: number): void {
    const url = parsed(address);
    if (url === null || this.#seen.has(keyOf(url))) return;
    const reason = this.#limits.depth !== null && depth > this.#limits.depth ? 'depth' : this.#scope.refusal(url);
    if (reason === null) this.#add(url, { depth, hops: 0, start: false });
    else this.leaveOut(reason);
  }

  /** Where an item redirects to. A start URL takes its scope along; from http to https, or to `www.`, is the same page once more. */
  addRedirect(from: Item, address: string): void {
    const url = parsed(address);
    if (url === null || from.hops >= MOST_HOPS) return;
    if (from.start) this.#scope.include(url);
    const next = { depth: from.depth, hops: from.hops + 1, start: from.start };
    const same = keyOf(url) === keyOf(new URL(from.url));
    if (same) this.#addVariant(from.url, url, next);
    else if (!this.#seen.has(keyOf(url))) {
      const reason = this.#scope.refusal(url);
      if (reason === null) this.#add(url, next);
      else this.leaveOut(reason);
    }
  }

  /** The next URL of a host, in order; it stays open until it is closed. */
  next(host: string): Item | null {
    const item = this.peek(host);
    if (item !== null) this.#waiting.delete(item.url);
    return item;
  }

  /** Takes out one URL wherever it waits: an earlier run has fetched it. */
  take(url: string): Item | null {
    const item = this.#waiting.get(url) ?? null;
    this.#waiting.delete(url);
    return item;
  }

  close(item: Item): void {
    this.#open[item.depth] = (this.#open[item.depth] ?? 1) - 1;
  }

  /** True when nothing nearer to a start is open. */
  isNearest(item: Item): boolean {
    return !this.#open.slice(0, item.depth).some((count) => count > 0);
  }

  /** The first of a host that waits. */
  peek(host: string): Item | null {
    const item = this.#queues.get(host)?.peek(({ url }) => !this.#waiting.has(url)) ?? null;
    if (item === null) this.#queues.delete(host);
    return item;
  }

  /** Hosts that were given something to do since the last call. */
  freshHosts(): readonly string[] {
    const hosts = [...this.#fresh];
    this.#fresh.clear();
    return hosts;
  }

  leaveOut(reason: LeftOut): void {
    this.leftOut[reason] = (this.leftOut[reason] ?? 0) + 1;
  }

  #addVariant(from: string, to: URL, next: Omit<Item, 'url' | 'host'>): void {
    const known = this.#seen.has(`=${to.href}`) || to.href === from;
    this.#seen.add(`=${from}`).add(`=${to.href}`);
    if (!known) this.#add(to, next);
  }

  #add(url: URL, rest: Omit<Item, 'url' | 'host'>): void {
    if (this.isFull) {
      this.leaveOut('limit');
      return;
    }
    const item: Item = { url: url.href, host: hostOf(url), ...rest };
    if (this.#waiting.has(item.url)) return;
    this.#seen.add(keyOf(url));
    this.#waiting.set(item.url, item);
    this.#open[item.depth] = (this.#open[item.depth] ?? 0) + 1;
    this.#fresh.add(item.host);
    const queue = this.#queues.get(item.host) ?? new HostQueue();
    // Without a limit of depth the order is that of discovery alone: a redirect's target, as near as its source, would come before what was
    // found meanwhile if it came soon enough.
    queue.push(item, this.#limits.depth === null ? 0 : item.depth);
    this.#queues.set(item.host, queue);
  }
}

function keyOf(url: URL): string {
  return pageKey(url.href) ?? url.href;
}

/** As it is asked for: credentials are never sent, fragments never leave. */
function parsed(address: string): URL | null {
  const url = parseWebUrl(address);
  if (url === null) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}
