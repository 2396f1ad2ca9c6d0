/** The URLs a build has met: each page key once, with its host, its raw form and the capture that won. */
import { registrableDomain } from '../../urls/domains.ts';
import { pageKey } from '../../urls/keys.ts';
import { NumberedTexts } from './numberedTexts.ts';

/** Remembers this many raw URLs, so that the links every page of a site repeats are parsed once. */
const CACHED_URLS = 1 << 16;

export interface Host {
  readonly name: string;
  readonly domain: string;
}

export class KnownUrls {
  /** By number, in the order met. */
  readonly keys: string[] = [];
  readonly urls: string[] = [];
  readonly hostOf: Host[] = [];
  /** Number of the winning capture and its time; -1 where there is none. */
  readonly winner: number[] = [];
  /** True once a capture has replaced another: what only the old one named is then no longer known. */
  replaced = false;
  readonly #winnerTime: number[] = [];
  readonly #numbers = new NumberedTexts();
  readonly #hosts = new Map<string, Host>();
  #byUrl = new Map<string, number>();

  /** The number of a URL, or null for what is no http(s) URL. */
  numberOf(url: string): number | null {
    const cached = this.#byUrl.get(url);
    if (cached !== undefined) return cached;
    const key = pageKey(url);
    if (key === null) return null;
    const number = this.#numbers.get(key) ?? this.#add(key, url);
    if (this.#byUrl.size >= CACHED_URLS) this.#byUrl = new Map();
    this.#byUrl.set(url, number);
    return number;
  }

  /** True when a capture of this time replaces what is known of the page; then `capture` is the winner. */
  wins(number: number, capture: number, time: number | null): boolean {
    const at = time ?? Number.NEGATIVE_INFINITY;
    if (this.winner[number] !== -1 && at < (this.#winnerTime[number] ?? 0)) return false;
    if (this.winner[number] !== -1) this.replaced = true;
    this.winner[number] = capture;
    this.#winnerTime[number] = at;
    return true;
  }

  sameDomain(a: number, b: number): boolean {
    return this.hostOf[a]?.domain === this.hostOf[b]?.domain;
  }

  #add(key: string, url: string): number {
    const number = this.keys.length;
    this.#numbers.set(key, number);
    this.keys.push(key);
    this.urls.push(withoutFragment(url));
    this.hostOf.push(this.#host(key.slice(0, key.indexOf('/'))));
    this.winner.push(-1);
    this.#winnerTime.push(0);
    return number;
  }

  /** @param authority host with an optional port, as page keys start */
  #host(authority: string): Host {
    const name = authority.replace(/:\d+$/, '');
    let host = this.#hosts.get(name);
    if (host === undefined) {
      host = { name, domain: registrableDomain(name) };
      this.#hosts.set(name, host);
    }
    return host;
  }
}

/** A known page's address has no fragment, a `#!` route excepted; the links keep theirs. */
export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 || url.startsWith('#!', hash) ? url : url.slice(0, hash);
}
