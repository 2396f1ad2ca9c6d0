/**
 * Resolution of plain URLs by one look at their characters. Whatever is not certain to come out of the WHATWG parser unchanged is left to
 * it: upper case or international hosts, ports, userinfo, dot segments, characters that get encoded. test/unit/urls/resolve.test.ts
 * proves both ways equal.
 */

/**
 * Path, query and fragment that stay as they are. No segment begins with a dot, no dot is encoded; every alternative begins with another
 * character, so that a mismatch is found in one pass.
 */
const TAIL = /^(?:\/(?!\.)|[\w~!$&()*+,;=:@.-]|%(?!2[eE]))*(?:\?[\w~!$&()*+,;=:@%/.?-]*)?(?:#[\w~!$&()*+,;=:@%/.?-]*)?$/;
/** A host of lower-case labels without `--` (punycode), the last beginning with a letter: no address in numbers. */
const HOST = /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?=[/?]|$)/;
/** A longer URL goes to the parser: the pattern's memory grows with the text. */
const MAX_LENGTH = 2000;

/**
 * The href of a plain absolute http(s) URL.
 *
 * @returns null where the URL is not plain, not where it is no URL
 */
export function fastAbsolute(url: string): string | null {
  if (url.charCodeAt(0) !== 0x68 || url.length > MAX_LENGTH) return null;
  const host = HOST.exec(url)?.[0];
  if (host === undefined) return null;
  const tail = url.slice(host.length);
  if (!TAIL.test(tail)) return null;
  return tail.charCodeAt(0) === 0x2f ? url : `${host}/${tail}`;
}

/** A document's base, taken apart once. */
export class FastBase {
  /** `https://host:port`, or null for a base whose relative URLs the parser has to resolve. */
  private readonly origin: string | null;
  /** Origin and path up to the last slash. */
  private readonly folder: string;
  /** Origin and path. */
  private readonly page: string;
  private readonly query: string;

  constructor(base: URL) {
    const web = (base.protocol === 'http:' || base.protocol === 'https:') && base.username === '' && base.password === '';
    this.origin = web ? base.origin : null;
    this.folder = base.origin + base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1);
    this.page = base.origin + base.pathname;
    this.query = base.search;
  }

  /** The href of a plain relative URL; null where it is not plain. */
  resolve(url: string): string | null {
    if (this.origin === null || url.length > MAX_LENGTH || !TAIL.test(url)) return null;
    if (url === '') return this.page + this.query;
    const first = url.charCodeAt(0);
    if (first === 0x2f) return url.charCodeAt(1) === 0x2f ? null : this.origin + url;
    if (first === 0x23) return this.page + this.query + url;
    if (first === 0x3f) return this.page + url;
    return first === 0x2e || hasScheme(url) ? null : this.folder + url;
  }
}

/** True when a colon stands in the first segment. */
function hasScheme(url: string): boolean {
  const colon = url.indexOf(':');
  if (colon < 0) return false;
  const end = url.search(/[/?#]/);
  return end < 0 || colon < end;
}
