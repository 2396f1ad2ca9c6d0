/** Domains that link to some targets and not to others: whoever links to both neighbours may link to oneself. */
import type { Target } from '../../../../../shared/backlinks.ts';
import type { CommonDomain, ListPage } from '../../../../../shared/queries.ts';
import { registrableDomain } from '../../../urls/domains.ts';
import type { IntersectionQuery } from '../../store.ts';
import type { ReadState } from '../readState.ts';
import { indexStrength } from '../rows.ts';
import { nameOf, scopeOf } from '../scope.ts';
import { emptyPage, listPage, numbersOf } from './listPage.ts';
import { namesById } from './names.ts';
import { linksByDomain } from './referringDomains.ts';

export function readIntersection(state: ReadState, query: IntersectionQuery): ListPage<CommonDomain> {
  const wanted = query.to.map((target) => linksTo(state, target));
  const [first, ...others] = wanted;
  if (first === undefined) return emptyPage(state, query);
  const unwanted = query.butNot.map((target) => linksTo(state, target));
  const own = new Set(query.butNot.map((target) => state.statements.id('select id from domain where name = ?', domainOf(target))));
  const common = [...first.keys()].filter(
    (domain) => !own.has(domain) && others.every((links) => links.has(domain)) && !unwanted.some((links) => links.has(domain)),
  );
  const sql = 'select d.id, d.strength from json_each(?) k cross join domain d on d.id = k.value order by d.strength desc, d.name';
  const list = numbersOf(state.statements.each(sql, JSON.stringify(common)));
  return listPage(state, list, 2, query, (entries) => {
    const names = namesById(
      state.statements,
      'domain',
      'name',
      entries.map(([domain = 0]) => domain),
    );
    return entries.map(([domain = 0, strength = 0]) => ({
      domain: names.get(domain) ?? '',
      strength: indexStrength(strength, state.info.domains),
      backlinks: wanted.map((links) => links.get(domain) ?? 0),
    }));
  });
}

function linksTo(state: ReadState, target: Target): ReadonlyMap<number, number> {
  const scope = scopeOf(state.statements, target);
  return scope === null ? new Map() : linksByDomain(state, scope);
}

/** The registrable domain a target lies in. */
function domainOf(target: Target): string {
  const [authority = ''] = nameOf(target).split('/', 1);
  return registrableDomain(authority.replace(/:\d+$/, ''));
}
