/** Registrable domains that link to a target, strongest first. */
import type { ListPage, ReferringDomain } from '../../../../../shared/queries.ts';
import type { ListQuery } from '../../store.ts';
import type { ReadState } from '../readState.ts';
import { indexStrength, isoDay } from '../rows.ts';
import { type Scope, scopeOf } from '../scope.ts';
import { FIRST_SEEN, FOLLOWABLE_LINKS, FOLLOWED_LINKS, LINKS_WITH_DOMAINS } from './linkSql.ts';
import { emptyPage, listPage, type ScopeList, scopeList } from './listPage.ts';
import { namesById } from './names.ts';

const DOMAINS: ScopeList = {
  name: 'domains',
  width: 6,
  sql: (condition) => `select c.*, d.strength from (
    select h.domain as domain, count(*) as n, ${FOLLOWED_LINKS}, ${FOLLOWABLE_LINKS}, min(${FIRST_SEEN}) ${LINKS_WITH_DOMAINS}
    where ${condition} and l.state = 0 group by h.domain) c join domain d on d.id = c.domain order by d.strength desc, n desc, d.name`,
};

export function readReferringDomains(state: ReadState, query: ListQuery): ListPage<ReferringDomain> {
  const scope = scopeOf(state.statements, query.target);
  if (scope === null) return emptyPage(state, query);
  return listPage(state, scopeList(state, scope, DOMAINS), DOMAINS.width, query, (entries) => {
    const names = namesById(
      state.statements,
      'domain',
      'name',
      entries.map(([domain = 0]) => domain),
    );
    return entries.map(([domain = 0, backlinks = 0, links = 0, of = 0, firstSeen = Number.NaN, strength = 0]) => ({
      domain: names.get(domain) ?? '',
      strength: indexStrength(strength, state.info.domains),
      backlinks,
      followed: { links, of },
      firstSeen: isoDay(Number.isNaN(firstSeen) ? null : firstSeen),
    }));
  });
}

/** Links to a scope by the id of the referring domain. */
export function linksByDomain(state: ReadState, scope: Scope): Map<number, number> {
  const list = scopeList(state, scope, DOMAINS);
  const links = new Map<number, number>();
  for (let at = 0; at < list.length; at += DOMAINS.width) links.set(list[at] ?? 0, list[at + 1] ?? 0);
  return links;
}
