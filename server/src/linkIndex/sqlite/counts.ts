/** How many links a scope has: stored totals where they are right, else counted now. */

import type { ReadState } from './readState.ts';
import { LAST_FOLLOWABLE_TAG, LINK_STATE, NOT_SAID } from './schema.ts';
import { condition, parametersOf, type Scope } from './scope.ts';
import type { Values } from './statements.ts';

export interface Counts {
  readonly links: number;
  readonly internal: number;
  readonly pages: number;
  readonly hosts: number;
  readonly domains: number;
  readonly followed: number;
  readonly followable: number;
  /** JSON of Details where they are stored. */
  readonly details: string | null;
}

export const NO_COUNTS: Counts = { links: 0, internal: 0, pages: 0, hosts: 0, domains: 0, followed: 0, followable: 0, details: null };

/** Columns of `total t` that toCounts reads; the first tells whether the rest may be used. */
export const TOTAL_COLUMNS = 't.stale, t.links, t.internal, t.pages, t.hosts, t.domains, t.followed, t.followable, t.details';

/** @param scope null for a target that this index has never met: all zero */
export function readCounts(state: ReadState, scope: Scope | null): Counts {
  if (scope === null) return NO_COUNTS;
  const { total } = scope;
  const stored =
    total === null ? null : state.statements.first(`select ${TOTAL_COLUMNS} from total t where kind = ? and key = ?`, total.kind, total.key);
  return countsOf(state, scope, stored);
}

/** @param stored the values of TOTAL_COLUMNS, null where there are none */
export function countsOf(state: ReadState, scope: Scope, stored: Values | null): Counts {
  if (stored !== null && stored[0] === 0) return toCounts(stored.slice(1));
  if (stored === null && scope.total !== null) return NO_COUNTS;
  return countNow(state, scope);
}

/**
 * Counts what is stored nowhere, or no longer right.
 *
 * @throws TooHeavy
 */
export function countNow(state: ReadState, scope: Scope): Counts {
  const list = state.lists.get(`counts ${nameOfScope(scope)}`, () => {
    state.weigh(scope);
    return countLinksOf(state, scope);
  });
  return toCounts([...list, null]);
}

/** The counts of `total` in the order of its columns. Sets count distinct values in a third of the time that SQLite takes. */
function countLinksOf({ statements, sites }: ReadState, scope: Scope): Float64Array {
  const pages = new Set<number>();
  let [links, internal, followed, followable] = [0, 0, 0, 0];
  const sql = `select l.state, l.tag, l.nofollow, l.source from link l
    where ${condition(scope)} and l.state in (${LINK_STATE.external}, ${LINK_STATE.internal})`;
  for (const [state, tag, nofollow, source] of statements.each(sql, ...parametersOf(scope))) {
    if (state === LINK_STATE.internal) {
      internal++;
      continue;
    }
    links++;
    pages.add(Number(source));
    if (Number(tag) > LAST_FOLLOWABLE_TAG || nofollow === NOT_SAID.nofollow) continue;
    followable++;
    if (nofollow === 0) followed++;
  }
  sites.prepare(pages);
  const [hosts, domains] = [new Set<number>(), new Set<number>()];
  for (const page of pages) {
    const { host, domain } = sites.siteOf(page);
    hosts.add(host);
    domains.add(domain);
  }
  return Float64Array.of(links, internal, pages.size, hosts.size, domains.size, followed, followable);
}

/** Links in some states. Stored numbers of live links are right even where the rest of a total is stale. */
export function countLinks(state: ReadState, scope: Scope, states: readonly number[]): number {
  const { statements, lists } = state;
  const { total } = scope;
  if (total !== null && states.every((one) => one <= LINK_STATE.internal)) {
    const stored = statements.first('select links, internal from total where kind = ? and key = ?', total.kind, total.key);
    return stored === null ? 0 : states.reduce((sum, one) => sum + Number(stored[one]), 0);
  }
  const [count = 0] = lists.get(`links ${states.join()} ${nameOfScope(scope)}`, () => {
    state.weigh(scope, 40);
    const sql = `select count(*) from link l where ${condition(scope)} and l.state in (${states.join(', ')})`;
    return Float64Array.of(Number(statements.first(sql, ...parametersOf(scope))?.[0] ?? 0));
  });
  return count;
}

/** Tells scopes apart within one state of the data. A folder of one page is not that page: forms are counted of pages only. */
export function nameOfScope({ total, column, values, range, added }: Scope): string {
  return `${total === null ? 'folder' : total.kind} ${column} ${range ? 'between' : ''} ${values.join()} ${added?.join() ?? ''}`;
}

function toCounts(values: Values): Counts {
  const [links, internal, pages, hosts, domains, followed, followable, details] = values;
  return {
    links: Number(links ?? 0),
    internal: Number(internal ?? 0),
    pages: Number(pages ?? 0),
    hosts: Number(hosts ?? 0),
    domains: Number(domains ?? 0),
    followed: Number(followed ?? 0),
    followable: Number(followable ?? 0),
    details: typeof details === 'string' ? details : null,
  };
}
