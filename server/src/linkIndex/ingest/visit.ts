/** One visit of a crawler to a URL, as WARC and WAT tell it, and what its status and headers say alone. */
import { isIP } from 'node:net';
import { isWebUrl, resolveUrl } from '../../urls/resolve.ts';
import type { Capture } from '../store.ts';
import type { PageOrigin } from './crawledPage.ts';
import { recordDate } from './warc/dates.ts';

export interface Visit {
  /** Absolute http(s) URL. */
  readonly url: string;
  /** Epoch milliseconds. */
  readonly capturedAt: number | null;
  readonly ip: string | null;
  readonly status: number;
  /** Names in lower case; repeated `x-robots-tag` fields one a line. */
  readonly headers: ReadonlyMap<string, string>;
}

/** Records that keep no response (resource, most revisits) are those of pages. */
const NO_RESPONSE = { status: 200, headers: new Map<string, string>() };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const GONE = new Set([404, 410]);
const NOT_MODIFIED = 304;

/**
 * The visit that a record tells of.
 *
 * @param fields of the record, names in lower case
 * @returns null where it is not about an http(s) URL
 */
export function visitOf(fields: ReadonlyMap<string, string>, response: Pick<Visit, 'status' | 'headers'> = NO_RESPONSE): Visit | null {
  const url = webUrlOf(fields.get('warc-target-uri'));
  const { status, headers } = response;
  return url === null
    ? null
    : { url, capturedAt: recordDate(fields.get('warc-date')), ip: addressOf(fields.get('warc-ip-address')), status, headers };
}

/**
 * What a visit found, by status and headers: a redirect with a usable Location, nothing any more, or the page as it was.
 *
 * @returns `body` where the content has to be looked at (2xx); null for what says nothing of a page, such as an error of the server
 */
export function answerOf(visit: Visit): Capture | 'body' | null {
  const { url, capturedAt, ip, status } = visit;
  if (status >= 200 && status <= 299) return 'body';
  if (GONE.has(status)) return { kind: 'gone', gone: { url, status, capturedAt } };
  if (status === NOT_MODIFIED) return unchanged(visit);
  const location = visit.headers.get('location') ?? '';
  const target = REDIRECTS.has(status) && location !== '' ? resolveUrl(location, url) : null;
  return target === null || !isWebUrl(target) ? null : { kind: 'redirect', redirect: { url, target, status, capturedAt, ip } };
}

export function unchanged({ url, capturedAt }: Pick<Visit, 'url' | 'capturedAt'>): Capture {
  return { kind: 'unchanged', unchanged: { url, capturedAt } };
}

/** What is known of a page before its content is read. */
export function originOf({ url, capturedAt, ip, headers }: Visit): PageOrigin {
  return { url, capturedAt, ip, robotsHeader: headers.get('x-robots-tag'), linkHeader: headers.get('link') };
}

/** The absolute http(s) URL in a field of a record, with or without the angle brackets of WARC 1.0; null for what is none. */
export function webUrlOf(field: string | undefined): string | null {
  const url = field === undefined ? null : resolveUrl(field.trim().replace(/^<(.*)>$/, '$1'));
  return url !== null && isWebUrl(url) ? url : null;
}

/** True for a record whose block was cut short, for whatever reason: `WARC-Truncated` (WARC 1.1, section 5.15). */
export function isTruncated(fields: ReadonlyMap<string, string>): boolean {
  return (fields.get('warc-truncated') ?? '') !== '';
}

/** An address as records write it, IPv6 with or without brackets; null for what is none. */
export function addressOf(text: string | undefined): string | null {
  const address = (text ?? '').trim().replace(/^\[(.*)\]$/, '$1');
  return isIP(address) === 0 ? null : address;
}

/** True for the two media types that are pages. */
export function isHtmlType(type: string): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(type);
}
