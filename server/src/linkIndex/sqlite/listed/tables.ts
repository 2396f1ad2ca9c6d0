/** Tables of what lists state as a whole: totals of targets, domains that link to them, and domain ranks. Keys are texts, not numbers of a
 * generation, so that the rows go into the next generation as they are. */

/** Run before anything is stated, in a build's file and in a generation that is added to; harmless when they are there. */
export const LISTED_TABLES = `
-- a list's statement about one target, by the name of the list
create table if not exists stated (
  id integer primary key,
  target text not null,       -- id of a Target, page:example.com/a
  list text not null,
  as_of integer,              -- epoch seconds
  links integer,
  pages_counted integer not null, -- 1: links counts pages
  domains integer,
  unique (target, list)
);
create table if not exists stated_domain (
  stated integer not null,
  place integer not null,     -- order of reading: best harmonic place first, then most pages, then name
  name text not null,
  pages integer,
  target_pages integer,
  harmonic integer,
  page_rank integer,
  primary key (stated, place)
) without rowid;
create table if not exists domain_rank (name text primary key, position integer not null) without rowid;
-- one row where there are ranks
create table if not exists rank_list (release text, population integer, domains integer not null);
`;

/** The tables of LISTED_TABLES, in an order in which they can be copied. */
export const LISTED_TABLE_NAMES = ['stated', 'stated_domain', 'domain_rank', 'rank_list'] as const;
