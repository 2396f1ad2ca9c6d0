/** Which pages of a target have backlinks, most linked first. */
import type { LinkedPage, ShareList } from '../../../../../shared/queries.ts';
import type { ListQuery } from '../../store.ts';
import type { ReadState } from '../readState.ts';
import { indexStrength, pageUrl } from '../rows.ts';
import { scopeOf } from '../scope.ts';
import { numberOf } from '../statements.ts';
import { FOLLOWABLE_LINKS, FOLLOWED_LINKS, LINKS_WITH_DOMAINS } from './linkSql.ts';
import { emptyPage, type ScopeList, scopeList, shareList } from './listPage.ts';

const PAGES: ScopeList = {
  name: 'pages',
  width: 5,
  sql: (condition) => `select c.* from (
    select l.target as target, count(*) as n, count(distinct h.domain), ${FOLLOWED_LINKS}, ${FOLLOWABLE_LINKS} ${LINKS_WITH_DOMAINS}
    where ${condition} and l.state = 0 group by l.target) c join page t on t.id = c.target order by n desc, t.key`,
};

export function readLinkedPages(state: ReadState, query: ListQuery): ShareList<LinkedPage> {
  const scope = scopeOf(state.statements, query.target);
  if (scope === null) return { ...emptyPage<LinkedPage>(state, query), backlinks: 0 };
  return shareList(state, scopeList(state, scope, PAGES), PAGES.width, query, (entries) =>
    entries.map(([target = 0, backlinks = 0, referringDomains = 0, links = 0, of = 0]) => {
      const sql = 'select url, key, strength, coalesce(gone, redirect_status) from page where id = ?';
      const [url, key, strength, status] = state.statements.first(sql, target) ?? [];
      return {
        url: pageUrl(url, key),
        strength: indexStrength(Number(strength), state.info.knownUrls),
        backlinks,
        referringDomains,
        followed: { links, of },
        status: numberOf(status),
      };
    }),
  );
}
