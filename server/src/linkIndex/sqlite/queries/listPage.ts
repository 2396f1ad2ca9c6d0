/** Lists that are made as a whole, kept as numbers, and handed out page by page. */
import type { ListPage, ShareList } from '../../../../../shared/queries.ts';
import { nameOfScope } from '../counts.ts';
import { NumberList } from '../numberList.ts';
import type { ReadState } from '../readState.ts';
import { condition, parametersOf, type Scope } from '../scope.ts';
import type { Values } from '../statements.ts';

export interface Slice {
  readonly limit: number;
  readonly offset: number;
}

/** One entry of a list as its numbers; NaN stands for what is missing. */
export type Entry = readonly number[];

/** A list as one statement about the links of a scope. */
export interface ScopeList {
  readonly name: string;
  /** Columns of the statement, all of them numbers. */
  readonly width: number;
  /** SQL with the scope's condition on `link l` in its place. */
  readonly sql: (condition: string) => string;
}

/** All entries of a list, in its order; kept, and made where it is not there. */
export function scopeList(state: ReadState, scope: Scope, { name, sql }: ScopeList): Float64Array {
  const { lists, statements } = state;
  return lists.get(`${name} ${nameOfScope(scope)}`, () => {
    state.weigh(scope);
    return numbersOf(statements.each(sql(condition(scope)), ...parametersOf(scope)));
  });
}

export function numbersOf(rows: Iterable<Values>): Float64Array {
  const list = new NumberList();
  for (const row of rows) for (const value of row) list.push(typeof value === 'number' ? value : Number.NaN);
  return list.toArray();
}

/**
 * One slice of a list.
 *
 * @param items makes the entries of the slice into what was asked for
 */
export function listPage<T>(
  { info }: ReadState,
  list: Float64Array,
  width: number,
  { limit, offset }: Slice,
  items: (entries: readonly Entry[]) => readonly T[],
): ListPage<T> {
  const slice = list.subarray(offset * width, (offset + limit) * width);
  const entries = Array.from({ length: slice.length / width }, (_, at) => Array.from(slice.subarray(at * width, (at + 1) * width)));
  return { items: items(entries), offset, total: list.length / width, generation: info.generation };
}

/** One slice of a list whose second column counts the links of each entry. */
export function shareList<T>(
  state: ReadState,
  list: Float64Array,
  width: number,
  slice: Slice,
  items: (entries: readonly Entry[]) => readonly T[],
): ShareList<T> {
  let backlinks = 0;
  for (let at = 1; at < list.length; at += width) backlinks += list[at] ?? 0;
  return { ...listPage(state, list, width, slice, items), backlinks };
}

/** The answer about a target that this index has never met. */
export function emptyPage<T>({ info }: ReadState, { offset }: Slice): ListPage<T> {
  return { items: [], offset, total: 0, generation: info.generation };
}
