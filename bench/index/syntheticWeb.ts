/**
 * A made-up web for the index benches, the same one for the same size: few strong and many weak domains (Zipf), URLs of 58 bytes, titles of
 * 51 and link texts of 19 on average, a tenth of the pages without links. At 1,000,000 pages it has 10,000,000 links and 30,000 domains, the
 * strongest with some 500,000 backlinks.
 */

import type { Capture, CrawledLink } from '../../server/src/linkIndex/store.ts';
import type { LinkTag } from '../../shared/backlinks.ts';
import { AliasTable, hash32, unit } from './random.ts';
import { WORDS } from './words.ts';

const LINKS_A_PAGE = 10;
const DANGLING = 0.1;
const EXTERNAL = 0.55;
const SUFFIXES = ['com', 'com', 'com', 'org', 'net', 'de', 'fr', 'co.uk', 'io', 'com.au'];
const SUBDOMAINS = ['blog', 'news', 'docs', 'shop', 'wiki', 'en'];
const COMMON_TEXTS = ['here', 'read more', 'website', 'click here', 'source', 'learn more', 'link', 'home'];
const FIRST_CAPTURE = Date.UTC(2026, 9, 1);
const CAPTURE_STEP = 1000;

/** A link before it has strings. */
export interface PlainLink {
  readonly target: number;
  readonly seed: number;
}

export class SyntheticWeb {
  readonly pages: number;
  readonly domains: number;
  /** First page of each domain, and one past the last page at the end. */
  readonly #first: Uint32Array;
  readonly #domainOf: Uint32Array;
  /** Scheme and host of each domain's hosts: the site itself, and for a quarter of them a subdomain. */
  readonly #hosts: string[][];
  readonly #popular: AliasTable;

  constructor(pages: number) {
    this.pages = pages;
    this.domains = Math.max(1, Math.ceil(pages * 0.03));
    this.#popular = new AliasTable(Array.from({ length: this.domains }, (_, at) => 1 / (at + 1)));
    this.#hosts = Array.from({ length: this.domains }, (_, at) => hostsOf(this.domain(at), at));
    this.#first = firstPages(pages, this.domains);
    this.#domainOf = new Uint32Array(pages);
    for (let domain = 0; domain < this.domains; domain++) this.#domainOf.fill(domain, this.#first[domain], this.#first[domain + 1]);
  }

  /** Every page once. */
  *captures(): Generator<Capture, void, void> {
    for (let page = 0; page < this.pages; page++) yield { kind: 'page', page: this.page(page) };
  }

  /**
   * What a crawl found on one page.
   *
   * @param version another one of the same page has other links
   */
  page(page: number, version = 0): Extract<Capture, { kind: 'page' }>['page'] {
    const links = this.links(page, version).map((link, at) => this.#link(link, at + 1));
    const host = hash32((this.#domainOf[page] ?? 0) * 2 + onSubdomain(page) + 500);
    const ip = `${20 + (host % 180)}.${(host >>> 8) % 250}.${(host >>> 16) % 250}.${(host >>> 24) % 250}`;
    const capturedAt = FIRST_CAPTURE + (page + version * this.pages) * CAPTURE_STEP;
    return { url: this.url(page), title: titleOf(page), capturedAt, ip, canonical: null, noindex: false, links };
  }

  /** Where a page's links go, in their order. */
  links(page: number, version = 0): PlainLink[] {
    let seed = hash32(page * 2 + version * 0x9e37_79b1);
    if (unit(seed) < DANGLING) return [];
    seed = hash32(seed + 1);
    const count = 1 + Math.round(unit(seed) * 2 * (LINKS_A_PAGE / (1 - DANGLING) - 1));
    return Array.from({ length: count }, (_, at) => {
      const own = hash32(seed + at * 0x85eb_ca6b);
      return { target: this.#target(page, own), seed: hash32(own + 2) };
    });
  }

  /** The strongest domain has the lowest number. */
  domain(number: number): string {
    const seed = hash32(number + 77);
    return `${word(seed)}${word(seed >>> 9)}${number}.${SUFFIXES[seed % SUFFIXES.length]}`;
  }

  /** Pages of a domain, the most linked first. */
  pagesOf(domain: number): { readonly first: number; readonly count: number } {
    const first = this.#first[domain] ?? 0;
    return { first, count: (this.#first[domain + 1] ?? first) - first };
  }

  url(page: number): string {
    const domain = this.#domainOf[page] ?? 0;
    const hosts = this.#hosts[domain] ?? [];
    if (page === this.#first[domain]) return `${hosts[0]}/`;
    const origin = hosts[Math.min(hosts.length - 1, onSubdomain(page))] ?? '';
    const seed = hash32(page + 13);
    return `${origin}/${word(seed)}/${word(seed >>> 8)}-${word(seed >>> 16)}-${page}`;
  }

  #target(page: number, seed: number): number {
    const external = unit(seed) < EXTERNAL;
    const domain = external ? this.#popular.pick(hash32(seed + 3), hash32(seed + 4)) : (this.#domainOf[page] ?? 0);
    const { first, count } = this.pagesOf(domain);
    return first + Math.floor(unit(hash32(seed + 5)) ** 3 * count);
  }

  #link({ target, seed }: PlainLink, position: number): CrawledLink {
    const kind = seed % 100;
    const tag: LinkTag = kind < 88 ? 'a' : kind < 98 ? 'aimg' : 'iframe';
    const nofollow = (seed >>> 8) % 100 < 15;
    return { url: this.url(target), text: textOf(target, hash32(seed)), tag, position, nofollow, rel: nofollow ? ['nofollow'] : [] };
  }
}

function hostsOf(name: string, at: number): string[] {
  const seed = hash32(at + 991);
  const site = `${seed % 10 === 0 ? 'http' : 'https'}://${seed % 3 === 0 ? 'www.' : ''}${name}`;
  return at % 4 === 0 ? [site, `https://${SUBDOMAINS[seed % SUBDOMAINS.length]}.${name}`] : [site];
}

/** A page in four lies on its site's subdomain, where it has one. */
function onSubdomain(page: number): 0 | 1 {
  return page % 4 === 3 ? 1 : 0;
}

/** Strong domains are large ones too; each has a page at least. */
function firstPages(pages: number, domains: number): Uint32Array {
  const weights = Array.from({ length: domains }, (_, at) => (at + 10) ** -0.7);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const first = new Uint32Array(domains + 1);
  let spent = 0;
  for (let domain = 0; domain < domains; domain++) {
    first[domain] = Math.floor((spent / sum) * (pages - domains)) + domain;
    spent += weights[domain] ?? 0;
  }
  first[domains] = pages;
  return first;
}

function titleOf(page: number): string {
  const [a, b] = [hash32(page + 5), hash32(page + 6)];
  return `${word(a)} ${word(a >>> 8)} ${word(a >>> 16)} ${word(b)} ${word(b >>> 8)} and ${word(b >>> 16)} ${page}`;
}

/** What everybody writes, what the target is called, or words of the writer's own. */
function textOf(target: number, seed: number): string {
  const kind = seed % 20;
  if (kind < 2) return COMMON_TEXTS[(seed >>> 8) % COMMON_TEXTS.length] ?? '';
  const words = kind < 15 ? hash32(target + 5) : seed;
  return `${word(words)} ${word(words >>> 8)} ${word(words >>> 16)}`;
}

function word(seed: number): string {
  return WORDS[seed & 255] ?? '';
}
