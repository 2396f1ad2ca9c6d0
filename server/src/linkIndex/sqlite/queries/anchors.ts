/** Link texts of a target's backlinks, most used first. */
import type { AnchorCount, ShareList } from '../../../../../shared/queries.ts';
import type { ListQuery } from '../../store.ts';
import type { ReadState } from '../readState.ts';
import { scopeOf } from '../scope.ts';
import { FOLLOWABLE_LINKS, FOLLOWED_LINKS, LINKS_WITH_DOMAINS } from './linkSql.ts';
import { emptyPage, type ScopeList, scopeList, shareList } from './listPage.ts';
import { namesById } from './names.ts';

const ANCHORS: ScopeList = {
  name: 'anchors',
  width: 5,
  sql: (condition) => `select c.* from (
    select l.anchor as anchor, count(*) as n, count(distinct h.domain), ${FOLLOWED_LINKS}, ${FOLLOWABLE_LINKS} ${LINKS_WITH_DOMAINS}
    where ${condition} and l.state = 0 group by l.anchor) c left join anchor a on a.id = c.anchor order by n desc, a.text`,
};

export function readAnchors(state: ReadState, query: ListQuery): ShareList<AnchorCount> {
  const scope = scopeOf(state.statements, query.target);
  if (scope === null) return { ...emptyPage<AnchorCount>(state, query), backlinks: 0 };
  return shareList(state, scopeList(state, scope, ANCHORS), ANCHORS.width, query, (entries) => {
    const texts = namesById(
      state.statements,
      'anchor',
      'text',
      entries.map(([anchor = 0]) => anchor),
    );
    return entries.map(([anchor = 0, backlinks = 0, referringDomains = 0, links = 0, of = 0]) => ({
      text: texts.get(anchor) ?? null,
      backlinks,
      referringDomains,
      followed: { links, of },
    }));
  });
}
