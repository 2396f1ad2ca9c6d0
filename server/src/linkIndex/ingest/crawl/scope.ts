/** Which URLs belong to a crawl, and which look like pages without end. */
import { registrableDomain, withoutWww } from '../../../urls/domains.ts';
import type { CrawlScope, LeftOut } from './options.ts';

/** Longer URLs are made by programs that count, not by people. */
const LONGEST_URL = 2000;
const MOST_SEGMENTS = 40;
/** A path in which a segment comes up so often has run into a relative link that adds to itself. */
const MOST_REPEATS = 4;
/** Different queries of one path: lists with filters have no end. */
const MOST_QUERIES = 2000;
/** Names that end like this are fetched by nobody who looks for links. */
const FILES = new RegExp(
  `\\.(?:${[
    '7z|apk|avi|avif|bin|bmp|bz2|cab|css|csv|deb|dmg|doc|docx|eot|epub|exe|flac|flv|gif|gz|ico|img|iso|jar|jpe?g|js|json|m4a|m4v|map|mjs',
    'mov|mp3|mp4|mpe?g|msi|odp|ods|odt|ogg|ogv|otf|pdf|pkg|png|ppt|pptx|ps|psd|rar|rpm|rss|svg|svgz|swf|tar|tgz|tiff?|ttf|txt|warc|wasm|wav',
    'webm|webmanifest|webp|wma|wmv|woff2?|xls|xlsx|xml|xz|zip|zst',
  ].join('|')})$`,
  'i',
);

/** Grows when a start URL moves to another host. */
export class Scope {
  readonly #kind: CrawlScope;
  readonly #places = new Set<string>();
  /** Ports that the user wrote; the usual ones are empty. */
  readonly #ports = new Set(['']);
  readonly #queries = new Map<string, number>();

  constructor(kind: CrawlScope, starts: readonly URL[]) {
    this.#kind = kind;
    for (const { port } of starts) this.#ports.add(port);
    for (const start of starts) this.include(start);
  }

  /** Takes the place of a URL in: its host, its domain or its folder. Ports that nobody named are not visited. */
  include(url: URL): void {
    if (this.#ports.has(url.port)) this.#places.add(placeOf(this.#kind, url));
  }

  /**
   * Why a discovered URL is not to be fetched; null when it is. Counts its query, so a URL is to be asked about once.
   *
   * @param url http(s), without fragment
   */
  refusal(url: URL): LeftOut | null {
    if (!this.#holds(url)) return 'scope';
    if (FILES.test(url.pathname)) return 'file';
    return isEndless(url) || this.#hasTooManyQueries(url) ? 'trap' : null;
  }

  #holds(url: URL): boolean {
    if (!this.#ports.has(url.port)) return false;
    if (this.#kind !== 'folder') return this.#places.has(placeOf(this.#kind, url));
    const place = hostOf(url) + url.pathname;
    for (let end = place.indexOf('/'); end >= 0; end = place.indexOf('/', end + 1)) if (this.#places.has(place.slice(0, end + 1))) return true;
    return false;
  }

  #hasTooManyQueries(url: URL): boolean {
    if (url.search === '') return false;
    const path = hostOf(url) + url.pathname;
    const count = (this.#queries.get(path) ?? 0) + 1;
    if (count > MOST_QUERIES) return true;
    this.#queries.set(path, count);
    return false;
  }
}

/** Host without the `www.` of a domain, with its port: what is polite and in scope together. */
export function hostOf(url: URL): string {
  return withoutWww(url.hostname) + (url.port === '' ? '' : `:${url.port}`);
}

function placeOf(kind: CrawlScope, url: URL): string {
  if (kind === 'domain') return registrableDomain(url.hostname);
  return kind === 'host' ? hostOf(url) : hostOf(url) + url.pathname.slice(0, url.pathname.lastIndexOf('/') + 1);
}

function isEndless(url: URL): boolean {
  if (url.href.length > LONGEST_URL) return true;
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  if (segments.length > MOST_SEGMENTS) return true;
  const times = new Map<string, number>();
  for (const segment of segments) times.set(segment, (times.get(segment) ?? 0) + 1);
  return Math.max(0, ...times.values()) > MOST_REPEATS;
}
