/**
 * Tables of one generation, and the small codes in them.
 *
 * Ids carry the order: pages are numbered in page-key order, links in (target domain, strength of the source descending, source page key,
 * position) order. So every scope of rows lies inside one domain and is ordered by link id alone: an index of (scope, state) is all that
 * a page of rows needs, it is the partial index for `state = 0` and for the rest at once, and a domain's rows lie together on disk.
 *
 * What `index add` puts into a generation later has page, link, host and domain ids from ADDED_FROM on, which say nothing of order: where a
 * scope has such links, reading merges them in. A link that now stands at another position of its page gets such an id, too. The next generation gives
 * everything ordered ids again.
 */
import { LINK_TAGS, type LinkTag, type LostReason } from '../../../../shared/backlinks.ts';
import { LISTED_TABLES } from './listed/tables.ts';

/** Raised with every change of the tables. A reader refuses newer ones. */
export const SCHEMA_VERSION = 2;
/** "BLNS": tells our files from other SQLite databases. */
export const APPLICATION_ID = 0x42_4c_4e_53;

export const TABLES = `
create table meta (key text primary key, value text not null) without rowid;
create table input (id integer primary key, name text not null, bytes integer not null, pages integer not null, links integer not null, note text,
  hash text);                 -- SHA-256 of the bytes, hex; null for a folder
create table domain (id integer primary key, name text not null, strength integer not null);
create table host (id integer primary key, name text not null, domain integer not null);
-- every host with itself and the hosts above it, up to but without its domain
create table host_tree (ancestor integer not null, host integer not null, primary key (ancestor, host)) without rowid;
create table place (id integer primary key, ip text not null, country_code text, country text, city text);
-- in page, link and total what most rows do not have stands last: a row may end before columns that are null or have their default
create table page (
  id integer primary key,
  key text not null,
  url not null,               -- a form code (below) or the text
  host integer not null,
  strength integer not null,  -- tenths
  captured integer,           -- latest capture, epoch seconds; null with is_page 1: no date
  first_captured integer,     -- earliest capture, epoch seconds; null: the same as captured; 0: it had no date
  is_page integer not null,   -- 1 for a page with a capture
  title text,
  place integer,
  external integer,
  internal integer,
  noindex integer not null default 0, -- sum of PAGE_MARKs
  canonical text,
  redirect text,
  redirect_status integer,
  gone integer                -- 404 or 410 where the latest capture found nothing; is_page is 0 then
);
-- page.redirect once more as the page it names, for reading backwards; only where that is another page (redirectTable.ts)
create table redirect (source integer primary key, target integer not null);
create table anchor (id integer primary key, text text not null);
create table rel (id integer primary key, tokens text not null);
create table form (id integer primary key, url text not null);
create table link (
  id integer primary key,
  target integer not null,
  target_host integer not null,
  target_domain integer not null,
  source integer not null,
  anchor integer not null,    -- NOT_SAID.anchor where a list does not say
  position integer,
  state integer not null default 0, -- a LINK_STATE
  form integer not null default 0, -- a form code, or FORM_CODES.length + form.id
  nofollow integer not null default 0, -- 0, 1, or NOT_SAID.nofollow
  tag integer not null default 0, -- its place in LINK_TAGS, or NOT_SAID.tag
  rel integer not null default 0, -- 0 for none
  first_seen integer          -- epoch seconds; null: as old as its page's first capture, so never new
);
-- scores that lists give pages, under the list's own name and scale; of_domain 1: the list scores only the page's domain
create table score (id integer primary key, name text not null, scale real not null, of_domain integer not null);
create table listed_page (page integer primary key, score integer not null, value real not null);
create table lost (link integer primary key, on_second integer not null, reason integer not null, last_seen integer);
-- what is known of a scope before anybody asks
create table total (
  kind integer not null,
  key integer not null,
  links integer not null,
  internal integer not null,
  pages integer not null,
  hosts integer not null,
  domains integer not null,
  followed integer not null,
  followable integer not null,
  stale integer not null default 0, -- 1: links came or went since; pages, hosts, domains and details must be counted anew, the other counts are right
  details text,               -- JSON, for scopes too heavy to count on demand
  primary key (kind, key)
) without rowid;
${LISTED_TABLES}`;

export const INDEXES = `
create unique index page_key on page (key);
create unique index host_name on host (name);
create unique index domain_name on domain (name);
create index link_page on link (target, state);
create index link_host on link (target_host, state);
create index link_domain on link (target_domain, state);
create index redirect_target on redirect (target);
create index link_new on link (target_domain, first_seen) where first_seen is not null;
`;

/** Ids from here on were added to a finished generation. */
export const ADDED_FROM = 2 ** 40;

/** Values of link.state: what a link is to its target's domain, and whether it still stands. */
export const LINK_STATE = { external: 0, internal: 1, lostExternal: 2, lostInternal: 3 } as const;

/**
 * Bits of page.noindex: the latest capture is noindex; it is, and some earlier one was not; its canonical is another page, and some earlier
 * one's was not. These two say that its links were taken out (history.ts). The last one says that the latest capture was cut short.
 */
export const PAGE_MARK = { noindex: 1, wasIndexed: 2, wasCanonical: 4, truncated: 8 } as const;

/** Reasons of `lost.reason` by their number. */
export const LOST_REASONS: readonly LostReason[] = ['removed', 'gone', 'redirected', 'noindex', 'canonicalised', 'unknown'];

/** Values of total.kind, for every scope of these kinds that has links. */
export const TOTAL_KIND = { page: 0, host: 1, domain: 2 } as const;

/** Folders of so many slashes may have a total, too: where many links point into them. Its key is their first page, which with the depth names them. */
export const FOLDER_DEPTHS = 8;

/** @param depth slashes in the folder's prefix, from 1 */
export function folderKind(depth: number): number {
  return TOTAL_KIND.domain + depth;
}

/** A raw URL that is its page key with one of these in front is stored as the number. */
export const FORM_CODES = ['https://', 'http://', 'https://www.', 'http://www.'] as const;

const FORM_LENGTHS = FORM_CODES.map(({ length }) => length);

/** The form code of a raw URL, or -1 when it needs its text. */
export function formCode(url: string, key: string): number {
  if (!url.endsWith(key)) return -1;
  // By its length there is one prefix that it can be: nothing need be cut out.
  const code = FORM_LENGTHS.indexOf(url.length - key.length);
  return code >= 0 && url.startsWith(FORM_CODES[code] ?? '') ? code : -1;
}

export function tagCode(tag: LinkTag): number {
  return LINK_TAGS.indexOf(tag);
}

/** What stands in a link of somebody's list for what the list does not say. */
export const NOT_SAID = { anchor: 0, tag: 15, nofollow: 2 } as const;

/** Tags up to this code (a, aimg, area) make up the followed share and pass strength. */
export const LAST_FOLLOWABLE_TAG = 2;
export const REDIRECT_TAG = LINK_TAGS.indexOf('redirect');
