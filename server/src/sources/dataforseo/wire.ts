/**
 * DataForSEO on the wire: unknown JSON is checked and turned into our words. Shapes: a reply of backlinks/live captured in April 2024, the
 * vendor's documentation of backlinks/live and bulk_pages_summary/live, and the models of its own clients. Only `is_lost` rows that a question
 * for live links does not give, and how a target without any data is left out of a bulk reply, are known from the documentation alone.
 */
import type { Backlink, LinkTag, Strength, Summary, Target } from '../../../../shared/backlinks.ts';
import { blankRow, blankSummary } from '../blank.ts';
import type { Checker, Fields } from '../check.ts';
import { readDay } from '../days.ts';
import { requiredText } from '../fields.ts';
import { allLinks, readScore, type Score } from '../figures.ts';
import { scopeOf } from '../scope.ts';

/** One page of rows in our words. */
export interface RowsReply {
  readonly rows: readonly Backlink[];
  readonly total: number | null;
  /** Asks for the rows after these. */
  readonly token: string | null;
}

/** On the scale that is asked for: `rank_scale: one_thousand`. */
const RANK: Score = { name: 'DataForSEO rank', scale: 1000 };

/** The Backlink fields that a row fills. `domain_from_country` is left out: it is guessed from the top-level domain at times. */
export const FILLED: readonly (keyof Backlink)[] = [
  'sourceUrl',
  'title',
  'anchorText',
  'externalLinks',
  'internalLinks',
  'totalLinks',
  'strength',
  'targetUrl',
  'tag',
  'nofollow',
  'rel',
  'ip',
  'firstSeen',
  'lastSeen',
];

/** `canonical` and `alternate` are hints of a page and no links: for them we have no word. */
const TAGS: Readonly<Record<string, LinkTag>> = { anchor: 'a', image: 'aimg', meta: 'meta', redirect: 'redirect' };

const UNFOLLOWED = ['nofollow', 'ugc', 'sponsored'];

/**
 * Reads the rows of backlinks/live. Throws `source.bad-reply` with the path of the field that is wrong.
 *
 * @param limit rows that were asked for: what a reply holds beyond that is cut
 */
export function readRows(result: Fields | null, limit: number, check: Checker): RowsReply {
  if (result === null) return { rows: [], total: 0, token: null };
  const items = itemsOf(result, check).slice(0, limit);
  return {
    rows: items.map(({ fields, path }) => readRow(fields, path, check)),
    total: check.count(result['total_count'], 'tasks[0].result[0].total_count'),
    token: check.textOrNone(result['search_after_token'], 'tasks[0].result[0].search_after_token'),
  };
}

/** A part of a bulk reply, with the target as the vendor repeats it. */
export interface BulkItem {
  readonly name: string;
  readonly group: string;
  readonly fields: Fields;
  readonly path: string;
}

/** Reads the parts of bulk_pages_summary/live, in any order; a target without data may be left out. */
export function readBulk(result: Fields | null, check: Checker): readonly BulkItem[] {
  if (result === null) return [];
  return itemsOf(result, check).map(({ fields, path }) => ({ name: requiredText(fields, 'url', path, check), group: '', fields, path }));
}

/**
 * A target's totals; all unknown for one that the reply left out. The rank of a domain is another one than that of its front page. The
 * vendor's `referring_domains` tells subdomains apart: to us these are hosts.
 */
export function readSummary(target: Target, item: BulkItem | undefined, check: Checker): Summary {
  const blank = blankSummary(target);
  if (item === undefined) return blank;
  const { fields, path } = item;
  const count = (name: string) => check.count(fields[name], `${path}.${name}`);
  const own = readRank(fields, 'rank', path, check);
  const ofDomain = readRank(fields, 'main_domain_rank', path, check);
  return {
    ...blank,
    backlinks: count('backlinks'),
    referringPages: count('referring_pages'),
    referringHosts: count('referring_domains'),
    referringDomains: count('referring_main_domains'),
    strength: scopeOf(target) === 'domain' ? (ofDomain ?? own) : own,
  };
}

/** Money left, in US dollars, in a reply of appendix/user_data. */
export function readBalance(result: Fields | null, check: Checker): number | null {
  if (result === null) throw check.wrong(null, 'an object', 'tasks[0].result[0]');
  const { balance } = check.object(result['money'], 'tasks[0].result[0].money');
  // An account may be overdrawn.
  return typeof balance === 'number' && Number.isFinite(balance)
    ? balance
    : check.score(balance, Number.MAX_VALUE, 'tasks[0].result[0].money.balance');
}

function readRow(fields: Fields, path: string, check: Checker): Backlink {
  const at = (name: string) => [fields[name], `${path}.${name}`] as const;
  const externalLinks = check.count(...at('page_from_external_links'));
  const internalLinks = check.count(...at('page_from_internal_links'));
  const tag = TAGS[check.textOrNone(...at('item_type')) ?? ''] ?? null;
  const rel = readRel(fields['attributes'], `${path}.attributes`, check);
  const firstSeen = readDay(...at('first_seen'), check);
  const lastSeen = readDay(...at('last_seen'), check);
  const lostOn = check.flag(...at('is_lost')) === true ? (lastSeen ?? firstSeen) : null;
  return {
    ...blankRow(requiredText(fields, 'url_from', path, check), requiredText(fields, 'url_to', path, check)),
    title: check.textOrNone(...at('page_from_title')),
    anchorText: readText(tag, fields, path, check),
    externalLinks,
    internalLinks,
    totalLinks: allLinks(externalLinks, internalLinks),
    strength: readRank(fields, 'page_from_rank', path, check),
    tag,
    nofollow: isUnfollowed(check.flag(...at('dofollow')), rel),
    rel,
    ip: check.textOrNone(...at('domain_from_ip')),
    firstSeen,
    lastSeen,
    lost: lostOn === null ? null : { on: lostOn, reason: 'unknown' },
  };
}

/** Text of the link; of an image without any its alternative text, else `[img]`. */
function readText(tag: LinkTag | null, fields: Fields, path: string, check: Checker): string | null {
  const text = check.text(fields['anchor'], `${path}.anchor`);
  const alt = check.textOrNone(fields['alt'], `${path}.alt`);
  if (tag === 'aimg') return text || alt || '[img]';
  const status = check.count(fields['page_from_status_code'], `${path}.page_from_status_code`);
  if (tag === 'redirect' && !text) return status !== null && status >= 300 && status < 400 ? `[redirect ${status}]` : null;
  return text;
}

/** Followed means none of the three tokens; without the vendor's word for it nothing but a token tells. */
function isUnfollowed(dofollow: boolean | null, rel: readonly string[] | null): boolean | null {
  if (rel?.some((token) => UNFOLLOWED.includes(token)) === true) return true;
  return dofollow === null ? null : !dofollow;
}

function readRel(value: unknown, path: string, check: Checker): readonly string[] | null {
  if (value === undefined || value === null) return null;
  return check
    .list(value, path)
    .map((token, index) => (check.textOrNone(token, `${path}[${index}]`) ?? '').toLowerCase())
    .filter((token) => token !== '');
}

function readRank(fields: Fields, name: string, path: string, check: Checker): Strength | null {
  return readScore(RANK, fields[name], `${path}.${name}`, check);
}

function itemsOf(result: Fields, check: Checker): readonly { readonly fields: Fields; readonly path: string }[] {
  const { items } = result;
  if (items === undefined || items === null) {
    // "None of so many" comes without items; some of so many does not.
    if (check.count(result['items_count'], 'tasks[0].result[0].items_count')) throw check.wrong(items, 'a list', 'tasks[0].result[0].items');
    return [];
  }
  return check.list(items, 'tasks[0].result[0].items').map((item, index) => {
    const path = `tasks[0].result[0].items[${index}]`;
    return { fields: check.object(item, path), path };
  });
}
