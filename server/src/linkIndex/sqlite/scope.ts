/** The part of the links that a target means, as SQL. Every scope lies inside one registrable domain. */
import type { SQLInputValue } from 'node:sqlite';
import type { Target } from '../../../../shared/backlinks.ts';
import { ADDED_FROM, folderKind, LINK_STATE, TOTAL_KIND } from './schema.ts';
import type { Statements } from './statements.ts';

/** A condition on `link l` with its parameters. */
export interface Scope {
  /** Kind and id of its totals; null for a folder that has none stored. */
  readonly total: { readonly kind: number; readonly key: number } | null;
  /** Column and values: one value, or several hosts; for a folder the first and last page id. */
  readonly column: 'target' | 'target_host' | 'target_domain';
  readonly values: readonly number[];
  readonly range: boolean;
  /** Pages of a folder that were added later: their ids follow no order. */
  readonly added?: readonly number[];
}

/** Beyond this many hosts below a host, merging their rows one by one costs more than a sort. */
const MERGED_HOSTS = 60;

/** The scope of a target, or null when this index has never met it. */
export function scopeOf(statements: Statements, target: Target): Scope | null {
  const name = nameOf(target);
  switch (target.kind) {
    case 'page':
      return single('page', 'target', statements.id('select id from page where key = ?', name));
    case 'domain':
      return single('domain', 'target_domain', statements.id('select id from domain where name = ?', name));
    case 'host':
      return hostScope(statements, statements.id('select id from host where name = ?', name));
    case 'folder':
      return folderScope(statements, name);
  }
}

/** A target's key: what its id holds behind its kind. */
export function nameOf(target: Target): string {
  return target.id.slice(target.kind.length + 1);
}

function single(kind: keyof typeof TOTAL_KIND, column: Scope['column'], id: number | null): Scope | null {
  return id === null ? null : { total: { kind: TOTAL_KIND[kind], key: id }, column, values: [id], range: false };
}

/** A host with every host below it. */
export function hostScope(statements: Statements, id: number | null): Scope | null {
  if (id === null) return null;
  const values = statements.values('select host from host_tree where ancestor = ?', id).map(([host]) => Number(host));
  return { total: { kind: TOTAL_KIND.host, key: id }, column: 'target_host', values, range: false };
}

/** Ids of a build's pages follow their keys, so its pages below a path are a range of ids. */
export function folderScope(statements: Statements, prefix: string): Scope | null {
  const after = `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`;
  const built = statements.first('select min(id), max(id) from page where key >= ? and key < ? and id < ?', prefix, after, ADDED_FROM);
  const added = statements.values('select id from page where key >= ? and key < ? and id >= ?', prefix, after, ADDED_FROM).map(([id]) => Number(id));
  const [first, last] = built ?? [];
  if (typeof first !== 'number') return added.length === 0 ? null : { total: null, column: 'target', values: added, range: false };
  const range = { total: folderTotal(statements, prefix, first), column: 'target', values: [first, Number(last)], range: true } as const;
  return added.length === 0 ? range : { ...range, added };
}

/** @param first page of the folder */
function folderTotal(statements: Statements, prefix: string, first: number): Scope['total'] {
  const kind = folderKind(prefix.split('/').length - 1);
  return statements.first('select 1 from total where kind = ? and key = ?', kind, first) === null ? null : { kind, key: first };
}

/** The scope as a condition on `link l`, with the parameters of parametersOf. */
export function condition({ column, values, range, added }: Scope): string {
  const among = `l.${column} in (select value from json_each(?))`;
  if (range) return added === undefined ? `l.${column} between ? and ?` : `(l.${column} between ? and ? or ${among})`;
  return values.length === 1 ? `l.${column} = ?` : among;
}

export function parametersOf({ values, range, added }: Scope): SQLInputValue[] {
  if (range) return added === undefined ? [...values] : [...values, JSON.stringify(added)];
  return values.length === 1 ? [...values] : [JSON.stringify(values)];
}

/** Ids of a scope's links in a build's row order, found among the first of its domain's; as orderedIds. */
export function walkedIds(scope: Scope, domain: number, state: number, most: number): { sql: string; parameters: SQLInputValue[] } {
  const sql = `select l.id from (select id, target, target_host, target_domain from link where target_domain = ? and state = ${state} and id < ${ADDED_FROM}
    order by id limit ${most}) l where ${condition(scope)} order by l.id`;
  return { sql, parameters: [domain, ...parametersOf(scope)] };
}

/** The registrable domain that a scope lies in. */
export function domainOf(statements: Statements, { column, values }: Scope): number {
  const [value = 0] = values;
  if (column === 'target_domain') return value;
  const sql =
    column === 'target_host' ? 'select domain from host where id = ?' : 'select h.domain from page p join host h on h.id = p.host where p.id = ?';
  return Number(statements.first(sql, value)?.[0] ?? 0);
}

/** True where one walk through the index gives the scope's links in the order of their ids; elsewhere they must be sorted. */
export function isOrdered(scope: Scope): boolean {
  return !scope.range && scope.values.length <= MERGED_HOSTS;
}

const part = (column: Scope['column'], state: number): string =>
  `select id from link where ${column} = ? and state = ${state} and id < ${ADDED_FROM}`;

const onePart = (column: Scope['column']): readonly string[] => Object.values(LINK_STATE).map((state) => `${part(column, state)} order by id`);

/** The common questions, by column and state. */
const ONE_PART: Readonly<Record<Scope['column'], readonly string[]>> = {
  target: onePart('target'),
  target_host: onePart('target_host'),
  target_domain: onePart('target_domain'),
};

/** Ids of the scope's links in a build's row order, as a query that ends before its limit and offset; with its parameters. */
export function orderedIds(scope: Scope, states: readonly number[]): { sql: string; parameters: SQLInputValue[] } {
  if (!isOrdered(scope)) {
    const sql = `select l.id as id from link l where ${condition(scope)} and l.state in (${states.join(', ')}) and l.id < ${ADDED_FROM} order by id`;
    return { sql, parameters: parametersOf(scope) };
  }
  const [value] = scope.values;
  const [state] = states;
  if (value !== undefined && state !== undefined && scope.values.length === 1 && states.length === 1) {
    return { sql: ONE_PART[scope.column][state] ?? '', parameters: [value] };
  }
  // Each part is read in order from the index, and SQLite merges ordered parts without sorting.
  const parts = scope.values.flatMap((value) => states.map((state) => ({ value, sql: part(scope.column, state) })));
  return { sql: `${parts.map(({ sql }) => sql).join(' union all ')} order by id`, parameters: parts.map(({ value }) => value) };
}
