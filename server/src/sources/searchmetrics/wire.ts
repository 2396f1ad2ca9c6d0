/**
 * The contract on the wire, asking side: unknown JSON is checked and turned into our words here, and its short names stand nowhere else.
 * Shapes: documentation of ResearchLinksGetListBacklinks and a recording of 2016-02-24 (envelope, error shape); `response` is known to come
 * as a list of objects, a list of scalars, a single object, or not at all.
 */
import { type Backlink, LINK_TAGS, type LinkTag } from '../../../../shared/backlinks.ts';
import type { Checker, Fields } from '../check.ts';

/** A list reply in our words. */
export interface ListReply {
  readonly rows: readonly Backlink[];
  /** Rows available in all; null where the reply does not say. */
  readonly total: number | null;
  /** Credits left; null where the reply does not say. */
  readonly balance: number | null;
}

/** The contract's error shape. */
export interface ErrorReply {
  readonly code: number | null;
  readonly message: string | null;
}

/** Highest value of SPS, the contract's page strength. */
const SPS_SCALE = 10;

/** The call's documentation also names kinds of links in words. */
const TAG_WORDS: Readonly<Record<string, LinkTag>> = { text: 'a', img: 'aimg', image: 'aimg' };

/**
 * Reads a reply of the backlinks call. Throws `source.bad-reply` with the path of the field that is wrong.
 *
 * @param limit rows that were asked for: what a reply holds beyond that is cut
 * @param offset of the first row asked for, to tell an empty tail from a reply that lacks its rows
 */
export function readList(json: unknown, limit: number, offset: number, check: Checker): ListReply {
  const reply = check.object(json, 'the reply');
  const total = check.count(reply['count'], 'count');
  const { response } = reply;
  if ((response === undefined || response === null) && (total === null || offset < total)) throw check.wrong(response, 'a list of rows', 'response');
  const rows = asList(response).map((row, index) => readRow(row, `response[${index}]`, check));
  return { rows: rows.slice(0, limit), total, balance: readBalance(reply, check) };
}

/** One row of the contract. */
export function readRow(value: unknown, path: string, check: Checker): Backlink {
  const row = check.object(value, path);
  const at = (name: string) => [row[name], `${path}.${name}`] as const;
  const score = check.score(row['sr'], SPS_SCALE, `${path}.sr`);
  return {
    sourceUrl: required(check, ...at('backlinkpage')),
    title: check.textOrNone(...at('title')),
    anchorText: check.text(...at('linktext')),
    externalLinks: check.count(...at('extL')),
    internalLinks: check.count(...at('intL')),
    totalLinks: check.count(...at('sumL')),
    strength: score === null ? null : { basis: 'vendor', value: score, name: 'SPS', scale: SPS_SCALE },
    // Positions count from 1, so 0 is "not given".
    position: check.count(...at('pos')) || null,
    targetUrl: required(check, ...at('linktarget')),
    tag: readTag(check.textOrNone(...at('tag'))),
    nofollow: check.flag(...at('nofollow')),
    rel: null,
    ip: check.textOrNone(...at('ip')),
    countryCode: check.textOrNone(...at('ccode')),
    country: check.textOrNone(...at('country')),
    city: check.textOrNone(...at('city')),
    firstSeen: null,
    lastSeen: null,
    lost: null,
  };
}

/** Credits left after a call; null where the reply does not say. They may fall below zero. */
function readBalance(reply: Fields, check: Checker): number | null {
  const { balance } = reply;
  if (typeof balance === 'number' && Number.isFinite(balance)) return balance;
  return check.count(balance, 'balance');
}

/** The error in a reply; null when it holds none. Never throws: it is read where something is wrong already. */
export function readError(json: unknown): ErrorReply | null {
  if (typeof json !== 'object' || json === null || !('error' in json || 'error_message' in json)) return null;
  const { error, error_message: words, error_description: description } = json as Fields;
  const message = [words, description, error].find((said) => typeof said === 'string' && said !== '');
  const code = typeof error === 'number' ? error : null;
  return { code, message: typeof message === 'string' ? message : null };
}

/** The token in a reply of the token call (RFC 6749 section 5.1), with its life in milliseconds; null where that is not said. */
export function readToken(json: unknown, check: Checker): { readonly token: string; readonly life: number | null } {
  const reply = check.object(json, 'the reply');
  const token = required(check, reply['access_token'], 'access_token');
  // It becomes a header: the characters of RFC 6750 section 2.1 and nothing else.
  if (!/^[\w\-.~+/]+=*$/.test(token)) throw check.wrong(reply['access_token'], 'a bearer token', 'access_token');
  const seconds = check.count(reply['expires_in'], 'expires_in');
  return { token, life: seconds === null ? null : seconds * 1000 };
}

function asList(response: unknown): readonly unknown[] {
  if (response === undefined || response === null) return [];
  return Array.isArray(response) ? response : [response];
}

function required(check: Checker, value: unknown, path: string): string {
  const text = check.textOrNone(value, path);
  if (text === null) throw check.wrong(value, 'text', path);
  return text;
}

/** A kind that we have no word for is not known. */
function readTag(word: string | null): LinkTag | null {
  if (word === null) return null;
  const lower = word.toLowerCase();
  return LINK_TAGS.find((tag) => tag === lower) ?? TAG_WORDS[lower] ?? null;
}
