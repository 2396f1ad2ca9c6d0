/** Reads what lists state: totals of a target, domains that link to it, and the rank of a domain. */
import type { Strength, Target } from '../../../../../shared/backlinks.ts';
import type { DomainRank, StatedReferrer, Statement } from '../../../../../shared/queries.ts';
import { isoDay } from '../rows.ts';
import { GIVEN_LIMIT, numberOf, type Row, type Statements, textOf } from '../statements.ts';

/** All statements about a target, the newest first. Places are counted from 1, so the last is how many there are. Empty for a target that no list speaks of. */
export function readStatements(statements: Statements, target: Target): Statement[] {
  const rows = statements.all(
    `select list, as_of, links, pages_counted, domains, (select coalesce(max(place), 0) from stated_domain d where d.stated = s.id) as named
     from stated s where target = ? order by as_of is null, as_of desc, list`,
    target.id,
  );
  return rows.map((row) => ({
    list: String(row['list']),
    asOf: isoDay(numberOf(row['as_of'])),
    backlinks: numberOf(row['links']),
    unit: row['pages_counted'] === 1 ? 'pages' : 'links',
    referringDomains: numberOf(row['domains']),
    named: Number(row['named']),
  }));
}

/** Domains that a list names for a target, best harmonic place first, then most pages, then by name. */
export function readStatedDomains(
  statements: Statements,
  target: Target,
  { list, limit, offset }: { readonly list: string; readonly limit: number; readonly offset: number },
): StatedReferrer[] {
  const rows = statements.all(
    `select name, pages, target_pages, harmonic, page_rank from stated_domain
     where stated = (select id from stated where target = ? and list = ?) and place > ? order by place limit ${GIVEN_LIMIT}`,
    target.id,
    list,
    offset,
    limit,
  );
  return rows.map(toDomain);
}

function toDomain(row: Row): StatedReferrer {
  return {
    domain: String(row['name']),
    pages: numberOf(row['pages']),
    targetPages: numberOf(row['target_pages']),
    harmonic: numberOf(row['harmonic']),
    pageRank: numberOf(row['page_rank']),
  };
}

/** What an index holds of Common Crawl's ranks; null where it holds none. */
export interface RankList {
  readonly release: string | null;
  /** Domains that the release ranks; null where nobody knows. */
  readonly population: number | null;
  /** Domains that are here. */
  readonly domains: number;
}

export function readRankList(statements: Statements): RankList | null {
  const row = statements.get('select release, population, domains from rank_list');
  return row === null ? null : { release: textOf(row['release']), population: numberOf(row['population']), domains: Number(row['domains']) };
}

/**
 * The rank of a domain.
 *
 * @param domain registrable domain in lower-case ASCII
 * @returns null for one that is not among the domains kept here, which is no statement about its strength
 */
export function readRank(statements: Statements, domain: string): DomainRank | null {
  const position = numberOf(statements.first('select position from domain_rank where name = ?', domain)?.[0]);
  const list = position === null ? null : readRankList(statements);
  if (position === null || list === null) return null;
  const { release, population } = list;
  return { position, population, release, strength: population === null ? null : rankStrength(position, population) };
}

/**
 * Strength by rank: 10 * (1 - ln(position) / ln(population)), one decimal. 10 for the first, 0 for the last of the ranking.
 *
 * @param position from 1
 * @param population domains that are ranked, at least 1
 */
export function rankStrength(position: number, population: number): Strength {
  const share = population <= 1 ? 0 : Math.log(position) / Math.log(population);
  const value = Math.round(Math.min(10, Math.max(0, 10 * (1 - share))) * 10) / 10;
  return { basis: 'rank', value, position, population };
}
