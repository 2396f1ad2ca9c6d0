/** Which pages redirect to which: where a target leads, and what leads to it. */
import type { Summary } from '../../../../shared/backlinks.ts';
import { pageUrl } from './rows.ts';
import type { Statements } from './statements.ts';

/** Redirects over redirects are followed this far. */
const MOST_STEPS = 10;
const MOST_SHOWN = 50;

/**
 * The URLs that lead to a page and have backlinks of their own.
 *
 * @param page id of the page
 */
export function readViaRedirect(statements: Statements, page: number): NonNullable<Summary['viaRedirect']> {
  const rows = statements.values(
    `with recursive via (page, step) as (
       select source, 1 from redirect where target = ?
       union
       select r.source, step + 1 from via join redirect r on r.target = via.page where step < ${MOST_STEPS})
     select s.url, s.key, (select count(*) from link l where l.target = v.page and l.state = 0) as n from (select distinct page from via) v
     join page s on s.id = v.page where v.page <> ? and n > 0 order by n desc, s.key limit ${MOST_SHOWN}`,
    page,
    page,
  );
  return rows.map(([url, key, backlinks]) => ({ url: pageUrl(url, key), backlinks: Number(backlinks) }));
}
