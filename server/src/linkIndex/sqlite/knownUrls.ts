/** The URLs a build has met: each page key once, with its host and the form it was first met in. */
import { registrableDomain } from '../../urls/domains.ts';
import { pageKey } from '../../urls/keys.ts';
import { ownString } from '../../util/ownString.ts';
import type { AddressKey } from '../store.ts';
import { Uints } from './build/grow.ts';
import { plainKey } from './build/plainKey.ts';
import { TextPile } from './build/textPile.ts';
import { NumberedTexts } from './numberedTexts.ts';
import { FORM_CODES, formCode } from './schema.ts';

/** Remembers this many raw URLs, so that the links every page of a site repeats are parsed once. */
const CACHED_URLS = 1 << 16;

export interface Host {
  readonly name: string;
  readonly domain: string;
  /** Numbers in the order met. */
  readonly number: number;
  readonly domainNumber: number;
}

export class KnownUrls {
  /** What stands before the path in page keys, in the order met, with its host. */
  readonly authorities: string[] = [];
  readonly hosts: Host[] = [];
  readonly #hostOf: Host[] = [];
  readonly #authorityOf = new Uints();
  readonly #domainOf = new Uints();
  /** The form code of each URL, or one of `#others` behind them. */
  readonly #forms = new Uints();
  readonly #others = new TextPile();
  readonly #numbers = new NumberedTexts();
  readonly #authorities = new Map<string, number>();
  readonly #hostsByName = new Map<string, Host>();
  readonly #domains = new Map<string, number>();
  readonly #bareHosts = new Map<string, string>();
  #byUrl = new Map<string, number>();

  /** Page keys by number, in the order met. */
  get keys(): readonly string[] {
    return this.#numbers.texts;
  }

  /** The number of a URL, or null for what is no http(s) URL. */
  numberOf(url: string): number | null {
    const plain = plainKey(url, this.#bareHosts);
    if (plain !== null) return this.#cutFrom(plain, url);
    const cached = this.#byUrl.get(url);
    if (cached !== undefined) return cached;
    const key = pageKey(url);
    if (key === null) return null;
    const number = this.#cutFrom(key, url);
    if (this.#byUrl.size >= CACHED_URLS) this.#byUrl = new Map();
    this.#byUrl.set(url, number);
    return number;
  }

  /** As numberOf, where the key is worked out already; the next link to the same place finds the number in it. */
  numberOfKnown(address: AddressKey, url: string): number {
    if (address.number < 0) {
      const found = this.#numbers.find(address.key);
      address.number = found >= 0 ? found : this.#add(address.key, url, address.form);
    }
    return address.number;
  }

  /** The number of a URL whose key is known: a text of its own. */
  known(key: string, url: string): number {
    const found = this.#numbers.find(key);
    return found >= 0 ? found : this.#add(key, url);
  }

  /** Forgets by which number each URL is known; the keys stay. */
  seal(): void {
    this.#numbers.seal();
    this.#byUrl.clear();
    this.#bareHosts.clear();
  }

  /** The form a URL was first met in: its code, or the text. */
  formOf(number: number): number | string {
    const form = this.#forms.at(number);
    return form < FORM_CODES.length ? form : (this.#others.get(form - FORM_CODES.length) ?? '');
  }

  authorityOf(number: number): number {
    return this.#authorityOf.at(number);
  }

  hostOfAuthority(authority: number): Host {
    return this.#hostOf[authority] as Host;
  }

  sameDomain(a: number, b: number): boolean {
    return this.#domainOf.at(a) === this.#domainOf.at(b);
  }

  /** As known; the key may be a slice, which would hold the whole URL, and that the text it is from. */
  #cutFrom(key: string, url: string): number {
    const found = this.#numbers.find(key);
    return found >= 0 ? found : this.#add(ownString(key), url);
  }

  /**
   * Adds a key that was looked for last.
   *
   * @param form its code, where that is known already
   */
  #add(key: string, url: string, form = -1): number {
    const number = this.#numbers.add(key);
    this.#forms.push(form >= 0 ? form : this.#formCode(key, withoutFragment(url)));
    const authority = this.#authority(key.slice(0, key.indexOf('/')));
    this.#authorityOf.push(authority);
    this.#domainOf.push(this.hostOfAuthority(authority).domainNumber);
    return number;
  }

  #formCode(key: string, address: string): number {
    const code = formCode(address, key);
    return code >= 0 ? code : FORM_CODES.length + this.#others.add(address);
  }

  /** @param text host with an optional port, as page keys start */
  #authority(text: string): number {
    const known = this.#authorities.get(text);
    if (known !== undefined) return known;
    const number = this.authorities.push(text) - 1;
    this.#authorities.set(text, number);
    this.#hostOf.push(this.#host(text.replace(/:\d+$/, '')));
    return number;
  }

  #host(name: string): Host {
    const known = this.#hostsByName.get(name);
    if (known !== undefined) return known;
    const domain = registrableDomain(name);
    const domainNumber = this.#domains.get(domain) ?? this.#domains.size;
    this.#domains.set(domain, domainNumber);
    const host = { name, domain, number: this.hosts.length, domainNumber };
    this.hosts.push(host);
    this.#hostsByName.set(name, host);
    return host;
  }
}

/** A known page's address has no fragment, a `#!` route excepted; the links keep theirs. */
export function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 || url.startsWith('#!', hash) ? url : url.slice(0, hash);
}
