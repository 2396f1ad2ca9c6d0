/**
 * Where links that were added to a finished generation stand among its own. The ids of its own links are their order; an added one stands
 * before the first of them that is weaker, or equally strong with a later source page key, position or id.
 */
import { ADDED_FROM } from './schema.ts';
import { condition, parametersOf, type Scope } from './scope.ts';
import { GIVEN_LIMIT, type Statements, type Values } from './statements.ts';

export interface AddedLink {
  readonly id: number;
  /** Id of the generation's own link that it stands before; Infinity behind them all. */
  readonly before: number;
}

/** What the order is by, beside the domain. */
const ORDER = 'l.target_domain, s.strength, s.key, coalesce(l.position, 0), l.id';

export class LinkOrder {
  readonly #statements: Statements;
  /** Highest id of the generation's own links; 0 where it has none. */
  readonly #last: number;
  readonly #places = new Map<number, number>();

  constructor(statements: Statements) {
    this.#statements = statements;
    this.#last = Number(statements.first('select max(id) from link where id < ?', ADDED_FROM)?.[0] ?? 0);
  }

  /** How many links were added to the scope, counted up to `most`. */
  countAdded(scope: Scope, states: readonly number[], most: number): number {
    const sql = `select count(*) from (select 1 from link l where ${condition(scope)} and l.state in (${states.join(', ')}) and l.id >= ${ADDED_FROM} limit ${GIVEN_LIMIT})`;
    return Number(this.#statements.first(sql, ...parametersOf(scope), most)?.[0] ?? 0);
  }

  /** The scope's added links in row order. */
  added(scope: Scope, states: readonly number[]): AddedLink[] {
    const rows = this.#statements.values(
      `select ${ORDER} from link l join page s on s.id = l.source where ${condition(scope)} and l.state in (${states.join(', ')}) and l.id >= ${ADDED_FROM}`,
      ...parametersOf(scope),
    );
    let place = 1;
    return rows.sort(compare).map((row) => {
      place = this.#placeOf(row, place);
      return { id: Number(row[4]), before: place };
    });
  }

  /** @param from the place of one that stands before it */
  #placeOf(row: Values, from: number): number {
    const id = Number(row[4]);
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.#search(row, from);
    this.#places.set(id, place);
    return place;
  }

  /**
   * The first of the generation's own links that stands behind the row. Looked for in steps that double, since the rows asked for one after
   * another stand close together where there are many.
   */
  #search(row: Values, from: number): number {
    if (from > this.#last) return Number.POSITIVE_INFINITY;
    let low = from;
    let high = this.#last + 1;
    for (let step = 1; low + step < high; step *= 2) {
      const own = this.#ownFrom(low + step);
      if (own === null || compare(own, row) > 0) {
        high = low + step;
        break;
      }
      low = Number(own[4]) + 1;
    }
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const own = this.#ownFrom(middle);
      if (own === null || compare(own, row) > 0) high = middle;
      else low = Number(own[4]) + 1;
    }
    return low > this.#last ? Number.POSITIVE_INFINITY : low;
  }

  /** The order of the first own link from an id on. */
  #ownFrom(id: number): Values | null {
    return this.#statements.first(
      `select ${ORDER} from link l join page s on s.id = l.source where l.id >= ? and l.id <= ? order by l.id limit 1`,
      id,
      this.#last,
    );
  }
}

/** Keys are ASCII, so that code units compare as bytes do. */
function compare(a: Values, b: Values): number {
  return (
    Number(a[0]) - Number(b[0]) ||
    Number(b[1]) - Number(a[1]) ||
    (String(a[2]) < String(b[2]) ? -1 : String(a[2]) > String(b[2]) ? 1 : 0) ||
    Number(a[3]) - Number(b[3]) ||
    Number(a[4]) - Number(b[4])
  );
}

/**
 * Two ordered lists as one.
 *
 * @param own ids of the generation's own links, ascending
 * @param start how many own links stand before the first of `own`
 * @param offset how many of the merged list are left out at its front; not below `start`, nor beyond its links
 */
export function mergeAdded(own: readonly number[], added: readonly AddedLink[], start: number, offset: number, limit: number): number[] {
  const [first] = own;
  let next = start === 0 || first === undefined ? 0 : added.findIndex(({ before }) => before > first);
  if (next < 0) next = added.length;
  let rank = start + next;
  const merged: number[] = [];
  const take = (id: number): void => {
    if (rank++ >= offset) merged.push(id);
  };
  for (const id of own) {
    for (; next < added.length && (added[next] as AddedLink).before <= id && merged.length < limit; next++) take((added[next] as AddedLink).id);
    if (merged.length >= limit) return merged;
    take(id);
  }
  for (; next < added.length && merged.length < limit; next++) take((added[next] as AddedLink).id);
  return merged;
}
