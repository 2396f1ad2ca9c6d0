/** The links of a scope that a filter lets through, all of them in the order asked. */
import type { InternalFilter } from '../../../../shared/backlinks.ts';
import type { RowFilter, RowSort } from '../../../../shared/queries.ts';
import { anchorsWith, filterConditions, statesOf } from './filter.ts';
import { NumberList } from './numberList.ts';
import type { PageSites } from './pageSites.ts';
import { FIRST_SEEN } from './queries/linkSql.ts';
import type { ReadState } from './readState.ts';
import { ADDED_FROM, LINK_STATE } from './schema.ts';
import { condition, parametersOf, type Scope } from './scope.ts';
import type { Statements } from './statements.ts';

export interface Listing {
  readonly internal: InternalFilter;
  readonly filter?: RowFilter | undefined;
  readonly sort?: RowSort | undefined;
}

/** Numbers a link takes in a list: its id and, where rows are one a domain, how many more its domain has. */
export const LISTED_NUMBERS = 2;

const SECONDS_A_DAY = 86_400;

/** A link on its way into a list. */
interface Found {
  readonly id: number;
  /** Days since the epoch, -Infinity without a date; 0 where the order is another. */
  readonly day: number;
  /** Its page. */
  readonly source: number;
}

/** What the links are read with. */
type Reading = Pick<ReadState, 'statements' | 'order' | 'sites'>;

/** Link ids with their `more`, pairwise. */
export function listLinks({ statements, order, sites }: Reading, scope: Scope, { internal, filter = {}, sort }: Listing): Float64Array {
  const states = statesOf(internal, filter);
  const added = new Map(order.added(scope, states).map((link, at) => [link.id, { ...link, at }]));
  const links = findLinks(statements, scope, states, filter, sort);
  // The ids are the order, and nothing else is needed of the links.
  if (added.size === 0 && sort !== 'date' && filter.onePerDomain !== true) return pairs(links);
  let found = inOrder(Array.from(links), added);
  if (sort === 'date') found = found.toSorted((a, b) => (a.day === b.day ? 0 : b.day - a.day));
  return filter.onePerDomain === true ? firstOfDomains(found, sites) : pairs(found);
}

/** Joins and columns are left out where nothing asks for them: the ids alone stand in the index, and half a million links are soon walked. */
function* findLinks(
  statements: Statements,
  scope: Scope,
  states: readonly number[],
  filter: RowFilter,
  sort: RowSort | undefined,
): Generator<Found, void, void> {
  const { sql, parameters } = filterConditions(filter);
  const anchors = filter.anchor === undefined ? null : anchorsWith(statements, scope, states, filter.anchor);
  const dated = sort === 'date';
  const grouped = filter.onePerDomain === true;
  const joins = [
    dated || filter.country !== undefined ? 'join page s on s.id = l.source' : '',
    filter.since !== undefined && states.some((state) => state >= LINK_STATE.lostExternal) ? 'left join lost x on x.link = l.id' : '',
  ].join(' ');
  const rows = statements.each(
    `select l.id, ${dated ? FIRST_SEEN : 0}, ${grouped ? 'l.source' : 0}, ${anchors === null ? 0 : 'l.anchor'} from link l ${joins}
     where ${condition(scope)} and l.state in (${states.join(', ')}) and ${sql} order by l.id`,
    ...parametersOf(scope),
    ...parameters,
  );
  for (const [id, seen, source, anchor] of rows) {
    if (anchors !== null && !anchors.has(Number(anchor))) continue;
    const day = typeof seen === 'number' ? Math.floor(seen / SECONDS_A_DAY) : Number.NEGATIVE_INFINITY;
    yield { id: Number(id), day, source: Number(source) };
  }
}

/** Links come by id, so the added ones stand last; here they move to their places. */
function inOrder(found: readonly Found[], added: ReadonlyMap<number, { readonly before: number; readonly at: number }>): readonly Found[] {
  if (added.size === 0) return found;
  const own = found.filter(({ id }) => id < ADDED_FROM);
  const moved = found
    .flatMap((link) => {
      const place = added.get(link.id);
      return place === undefined ? [] : [{ link, place }];
    })
    .sort((a, b) => a.place.at - b.place.at);
  const merged: Found[] = [];
  let next = 0;
  for (const link of own) {
    for (let entry = moved[next]; entry !== undefined && entry.place.before <= link.id; entry = moved[++next]) merged.push(entry.link);
    merged.push(link);
  }
  return [...merged, ...moved.slice(next).map(({ link }) => link)];
}

function firstOfDomains(found: readonly Found[], sites: PageSites): Float64Array {
  sites.prepare(new Set(found.map(({ source }) => source)));
  const firsts = new Map<number, { readonly id: number; more: number }>();
  for (const { id, source } of found) {
    const { domain } = sites.siteOf(source);
    const first = firsts.get(domain);
    if (first === undefined) firsts.set(domain, { id, more: 0 });
    else first.more++;
  }
  return pairs(firsts.values());
}

function pairs(entries: Iterable<{ readonly id: number; readonly more?: number }>): Float64Array {
  const list = new NumberList();
  for (const { id, more = 0 } of entries) {
    list.push(id);
    list.push(more);
  }
  return list.toArray();
}
