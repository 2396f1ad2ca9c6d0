/** New and lost backlinks of a target by day, the latest day first. */
import type { DayOfChanges, ListPage } from '../../../../../shared/queries.ts';
import type { ListQuery } from '../../store.ts';
import type { ReadState } from '../readState.ts';
import { isoDay } from '../rows.ts';
import { LINK_STATE } from '../schema.ts';
import { scopeOf } from '../scope.ts';
import { emptyPage, listPage, type ScopeList, scopeList } from './listPage.ts';

const SECONDS_A_DAY = 86_400;
const BOTH = `l.state in (${LINK_STATE.external}, ${LINK_STATE.lostExternal})`;

/** A link says itself when it was new; when it was lost stands in a table of the few that were. */
const CHANGES: ScopeList = {
  name: 'changes',
  width: 3,
  sql: (
    condition,
  ) => `with l as (select * from link l where ${condition} and ${BOTH} and (l.first_seen is not null or l.state = ${LINK_STATE.lostExternal}))
    select day, sum(new), sum(lost) from (
      select first_seen / ${SECONDS_A_DAY} as day, 1 as new, 0 as lost from l where first_seen is not null
      union all
      select x.on_second / ${SECONDS_A_DAY}, 0, 1 from l join lost x on x.link = l.id where l.state = ${LINK_STATE.lostExternal}
    ) group by day order by day desc`,
};

export function readChanges(state: ReadState, query: ListQuery): ListPage<DayOfChanges> {
  const scope = scopeOf(state.statements, query.target);
  if (scope === null) return emptyPage(state, query);
  return listPage(state, scopeList(state, scope, CHANGES), CHANGES.width, query, (entries) =>
    entries.map(([day = 0, fresh = 0, lost = 0]) => ({ day: isoDay(day * SECONDS_A_DAY) ?? '', new: fresh, lost })),
  );
}
