/** What a target gets from universities and American authorities: backlinks from the top-level domains edu and gov. */
import type { Target } from '../../../../../shared/backlinks.ts';
import type { EduGovLinks } from '../../../../../shared/queries.ts';
import { nameOfScope } from '../counts.ts';
import type { ReadState } from '../readState.ts';
import { type Scope, scopeOf } from '../scope.ts';
import { linksByDomain } from './referringDomains.ts';

export function readEduGov(state: ReadState, target: Target): EduGovLinks {
  const scope = scopeOf(state.statements, target);
  const [backlinks = 0, referringDomains = 0] =
    scope === null ? [] : state.lists.get(`edu-gov ${nameOfScope(scope)}`, () => countEduGov(state, scope));
  return { backlinks, referringDomains, generation: state.info.generation };
}

function countEduGov(state: ReadState, scope: Scope): Float64Array {
  const links = linksByDomain(state, scope);
  const sql = `select d.id from json_each(?) k cross join domain d on d.id = k.value where substr(d.name, -4) in ('.edu', '.gov')`;
  const [counts, domains] = [Float64Array.of(0, 0), JSON.stringify([...links.keys()])];
  for (const [domain] of state.statements.each(sql, domains)) {
    counts[0] = (counts[0] ?? 0) + (links.get(Number(domain)) ?? 0);
    counts[1] = (counts[1] ?? 0) + 1;
  }
  return counts;
}
