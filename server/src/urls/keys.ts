/**
 * The three keys of a URL; the raw URL is always kept beside them.
 * - exact: the WHATWG href, for display and edits
 * - page key: what backlinks are matched by
 * - loose key: a fallback, whose matches are marked probable
 */
import { withoutWww } from './domains.ts';
import { parseWebUrl } from './resolve.ts';

/** Parameters that only say where a visitor came from. Source: the vendors' own documentation of their click identifiers. */
const TRACKING_NAMES = 'utm_[a-z_]+|gclid|fbclid|msclkid|dclid|yclid|mc_cid|mc_eid|igshid|_ga|_gl';
const TRACKING = new RegExp(`^(?:${TRACKING_NAMES})$`, 'i');
const TRACKED = new RegExp(`[?&](?:${TRACKING_NAMES})(?:[=&]|$)`, 'i');
const SESSION = /^(?:jsessionid|phpsessid|sid|aspsessionid[a-z]*|cfid|cftoken)$/i;
const INDEX_FILES = ['html', 'htm', 'php', 'asp', 'aspx'].map((extension) => `/index.${extension}`).concat('/default.asp', '/default.aspx');
const UNRESERVED = /[A-Za-z0-9\-._~]/;

/** The WHATWG href with its fragment, or null for what is no URL. */
export function exactKey(url: string): string | null {
  return URL.parse(url)?.href ?? null;
}

/**
 * The default key of backlink matching: scheme, `www.`, userinfo, fragment (`#!` excepted), empty query and tracking parameters dropped,
 * percent-encoding normalised once; path case, trailing slash, query order and a port other than 80 and 443 are kept. A key with a scheme
 * before it has itself as its key.
 *
 * @returns `host[:port]/path[?query]`, or null for what is no http(s) URL
 */
export function pageKey(url: string): string | null {
  const parsed = parseWebUrl(url);
  return parsed === null ? null : keyOf(parsed);
}

/**
 * Page key with trailing slash, index file name and session identifiers dropped and the query sorted.
 *
 * @returns null for what is no http(s) URL
 */
export function looseKey(url: string): string | null {
  const parsed = parseWebUrl(url);
  if (parsed === null) return null;
  // Set, so that a segment of dots that is left over is resolved.
  if (/;jsessionid=/i.test(parsed.pathname)) parsed.pathname = parsed.pathname.replace(/;jsessionid=[^/]*/gi, '');
  const path = withoutIndex(normalisePercent(parsed.pathname));
  const query = keptParameters(parsed.search)
    .filter((parameter) => !SESSION.test(nameOf(parameter)))
    .sort();
  return hostKey(parsed) + path + (query.length > 0 ? `?${query.join('&')}` : '');
}

function keyOf(url: URL): string {
  const query = keptParameters(url.search);
  const bang = url.hash.startsWith('#!') ? normalisePercent(url.hash) : '';
  return hostKey(url) + normalisePercent(url.pathname) + (query.length > 0 ? `?${query.join('&')}` : '') + bang;
}

function hostKey(url: URL): string {
  const host = withoutWww(url.hostname.replace(/(?<=.)\.$/, ''));
  // The scheme is ignored, and so are the ports that go with one.
  return url.port === '' || url.port === '80' || url.port === '443' ? host : `${host}:${url.port}`;
}

/**
 * A query without the parameters that only say where a visitor came from; what stays is left as it is written.
 *
 * @param search as in a URL: empty, or with its `?`
 */
export function withoutTracking(search: string): string {
  const given = search.slice(1).split('&');
  const kept = given.filter((parameter) => !TRACKING.test(nameOf(normalisePercent(parameter))));
  if (kept.length === given.length) return search;
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/** True where a URL that is written without percent signs may have a parameter that only says where a visitor came from. */
export function mayBeTracked(url: string): boolean {
  return TRACKED.test(url);
}

function keptParameters(search: string): string[] {
  if (search.length < 2) return [];
  return search
    .slice(1)
    .split('&')
    .map(normalisePercent)
    .filter((parameter) => parameter !== '' && !TRACKING.test(nameOf(parameter)));
}

function nameOf(parameter: string): string {
  const equals = parameter.indexOf('=');
  return equals < 0 ? parameter : parameter.slice(0, equals);
}

/** Slashes and index file names are taken off the end until neither is left. */
function withoutIndex(path: string): string {
  let end = path.length;
  for (;;) {
    if (path[end - 1] === '/') end--;
    else {
      const index = INDEX_FILES.find((name) => path.slice(end - name.length, end).toLowerCase() === name && name.length <= end);
      if (index === undefined) return path.slice(0, end);
      end -= index.length;
    }
  }
}

/** One pass, so that `%2541` stays `%2541`: unreserved characters decoded, the hex digits of the rest upper case, a lone `%` encoded. */
function normalisePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([0-9a-f]{2})?/gi, (triplet, hex?: string) => {
    if (hex === undefined) return '%25';
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : triplet.toUpperCase();
  });
}
