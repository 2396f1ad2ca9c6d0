/** How often each of some domains links to a target. */
import type { LinksFrom } from '../../../../../shared/queries.ts';
import type { LinksFromQuery } from '../../store.ts';
import type { ReadState } from '../readState.ts';
import { scopeOf } from '../scope.ts';
import { linksByDomain } from './referringDomains.ts';

export function readLinksFrom(state: ReadState, { target, domains }: LinksFromQuery): LinksFrom {
  const { statements, info } = state;
  const scope = scopeOf(statements, target);
  const links = scope === null ? new Map<number, number>() : linksByDomain(state, scope);
  const countOf = (domain: string): number => links.get(statements.id('select id from domain where name = ?', domain) ?? -1) ?? 0;
  return { backlinks: domains.map(countOf), generation: info.generation };
}
