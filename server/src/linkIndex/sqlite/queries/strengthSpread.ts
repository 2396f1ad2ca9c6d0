/** How strong the pages are that link to a target. */
import type { Target } from '../../../../../shared/backlinks.ts';
import type { StrengthSpread } from '../../../../../shared/queries.ts';
import type { ReadState } from '../readState.ts';
import { scopeOf } from '../scope.ts';
import { type ScopeList, scopeList } from './listPage.ts';

/** Strength is stored in tenths, so that ten of them are one step. */
const SPREAD: ScopeList = {
  name: 'spread',
  width: 2,
  sql: (condition) => `select s.strength / 10, count(*) from link l join page s on s.id = l.source where ${condition} and l.state = 0 group by 1`,
};

export function readStrengthSpread(state: ReadState, target: Target): StrengthSpread {
  const scope = scopeOf(state.statements, target);
  const counts = Array.from({ length: 11 }, () => 0);
  const list = scope === null ? [] : scopeList(state, scope, SPREAD);
  for (let at = 0; at < list.length; at += SPREAD.width) counts[list[at] ?? 0] = list[at + 1] ?? 0;
  return { counts, generation: state.info.generation };
}
