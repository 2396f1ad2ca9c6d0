/** One page of a target's rows. */
import type { RowPage } from '../../../../../shared/backlinks.ts';
import type { RowQuery } from '../../store.ts';
import { countLinks, nameOfScope } from '../counts.ts';
import { isPlain, statesOf } from '../filter.ts';
import { type AddedLink, mergeAdded } from '../linkOrder.ts';
import { LISTED_NUMBERS, listLinks } from '../listing.ts';
import type { ReadState } from '../readState.ts';
import { domainOf, isOrdered, orderedIds, type Scope, scopeOf, walkedIds } from '../scope.ts';
import { GIVEN_LIMIT } from '../statements.ts';

export function readRowPage(state: ReadState, query: RowQuery): RowPage {
  const { offset } = query;
  const { generation } = state.info;
  const scope = scopeOf(state.statements, query.target);
  if (scope === null) return { rows: [], offset, total: 0, generation };
  return { ...pageOf(state, scope, query), offset, generation };
}

function pageOf(state: ReadState, scope: Scope, query: RowQuery): Found {
  if (!isPlain(query.filter, query.sort)) return listedPage(state, scope, query);
  if (isOrdered(scope)) return plainPage(state, scope, query);
  return walkedPage(state, scope, query) ?? listedPage(state, scope, query);
}

/** Links of a domain that are walked through for a page of rows of a part of it. */
const MOST_WALKED = 20_000;

/**
 * The first rows of a heavy folder, or of a host with many hosts below it: many of its domain's links lead there. Null where too few do, and the
 * whole list has to be made.
 */
function walkedPage(state: ReadState, scope: Scope, { internal, limit, offset }: RowQuery): Found | null {
  const [only, ...more] = statesOf(internal, undefined);
  if (only === undefined || more.length > 0 || scope.total === null || scope.added !== undefined || offset + limit > MOST_WALKED) return null;
  if (state.added && state.order.countAdded(scope, [only], 1) > 0) return null;
  const total = countLinks(state, scope, [only]);
  const wanted = Math.max(0, Math.min(limit, total - offset));
  const { sql, parameters } = walkedIds(scope, domainOf(state.statements, scope), only, MOST_WALKED);
  const rows = wanted === 0 ? [] : state.rows.read(sql, [...parameters, limit, offset]);
  return rows.length < wanted ? null : { rows, total };
}

/** Added links that are merged into a page of rows as it is read. */
const MOST_MERGED = 500;

type Found = Pick<RowPage, 'rows' | 'more'> & { readonly total: number };

/** Ids come in order from the index, and only those of this page are read. */
function plainPage(state: ReadState, scope: Scope, query: RowQuery): Found {
  const states = statesOf(query.internal, undefined);
  return state.added ? plainPageWithAdded(state, scope, states, query) : builtPage(state, scope, states, query);
}

/** A page that is not full tells the total by itself. */
function builtPage(state: ReadState, scope: Scope, states: readonly number[], { limit, offset }: RowQuery): Found {
  const { sql, parameters } = orderedIds(scope, states);
  const rows = state.rows.read(sql, [...parameters, limit, offset]);
  const whole = rows.length < limit && (rows.length > 0 || offset === 0);
  return { rows, total: whole ? offset + rows.length : countLinks(state, scope, states) };
}

function plainPageWithAdded(state: ReadState, scope: Scope, states: readonly number[], query: RowQuery): Found {
  const { limit, offset } = query;
  // Finding the places of many takes as long as making the whole list, which is kept.
  if (state.order.countAdded(scope, states, MOST_MERGED) === MOST_MERGED) return listedPage(state, scope, query);
  const added = state.order.added(scope, states);
  if (added.length === 0) return builtPage(state, scope, states, query);
  const total = countLinks(state, scope, states);
  if (offset >= total) return { rows: [], total };
  const ids = pageWithAdded(state, orderedIds(scope, states), added, { limit, offset });
  const rows = state.rows.readIds(ids, false);
  return { rows: ids.flatMap((id) => rows.get(id) ?? []), total };
}

function pageWithAdded(
  { statements }: ReadState,
  { sql, parameters }: ReturnType<typeof orderedIds>,
  added: readonly AddedLink[],
  { limit, offset }: { readonly limit: number; readonly offset: number },
): number[] {
  // At most all of the added ones stand before the page.
  const start = Math.max(0, offset - added.length);
  const own = statements.values(`${sql} limit ${GIVEN_LIMIT} offset ?`, ...parameters, limit + offset - start, start).map(([id]) => Number(id));
  return mergeAdded(own, added, start, offset, limit);
}

/** Filtered and sorted as a whole once; the following pages find the list made. */
function listedPage(state: ReadState, scope: Scope, { internal, filter, sort, limit, offset }: RowQuery): Found {
  const list = state.lists.get(`rows ${internal} ${sort ?? ''} ${JSON.stringify(filter ?? {})} ${nameOfScope(scope)}`, () => {
    state.weigh(scope);
    return listLinks(state, scope, { internal, filter, sort });
  });
  const page = list.subarray(offset * LISTED_NUMBERS, (offset + limit) * LISTED_NUMBERS);
  const ids = Array.from({ length: page.length / LISTED_NUMBERS }, (_, at) => page[at * LISTED_NUMBERS] ?? 0);
  const rows = state.rows.readIds(ids, filter?.status === 'lost' || filter?.status === 'all');
  const total = list.length / LISTED_NUMBERS;
  const found = { rows: ids.flatMap((id) => rows.get(id) ?? []), total };
  if (filter?.onePerDomain !== true) return found;
  return { ...found, more: ids.map((_, at) => page[at * LISTED_NUMBERS + 1] ?? 0) };
}
