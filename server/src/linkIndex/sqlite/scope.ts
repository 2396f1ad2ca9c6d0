/** The part of the links that a target means, as SQL. Every scope lies inside one registrable domain. */
import type { InternalFilter, Target } from '../../../../shared/backlinks.ts';
import { TOTAL_KIND } from './schema.ts';
import type { Statements } from './statements.ts';

/** A condition on `link l` with its parameters. */
export interface Scope {
  /** Kind and id of its totals; null for a folder, which has none stored. */
  readonly total: { readonly kind: number; readonly key: number } | null;
  /** Column and values: one value, or several hosts; for a folder the first and last page id. */
  readonly column: 'target' | 'target_host' | 'target_domain';
  readonly values: readonly number[];
  readonly range: boolean;
}

/** Beyond this many hosts below a host, merging their rows one by one costs more than a sort. */
const MERGED_HOSTS = 60;

/** The scope of a target, or null when this index has never met it. */
export function scopeOf(statements: Statements, target: Target): Scope | null {
  const name = target.id.slice(target.kind.length + 1);
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

function single(kind: keyof typeof TOTAL_KIND, column: Scope['column'], id: number | null): Scope | null {
  return id === null ? null : { total: { kind: TOTAL_KIND[kind], key: id }, column, values: [id], range: false };
}

/** A host with every host below it. */
export function hostScope(statements: Statements, id: number | null): Scope | null {
  if (id === null) return null;
  const values = statements.all('select host from host_tree where ancestor = ?', id).map(({ host }) => Number(host));
  return { total: { kind: TOTAL_KIND.host, key: id }, column: 'target_host', values, range: false };
}

/** Page ids follow page keys, so the pages below a path are a range of ids. */
function folderScope(statements: Statements, prefix: string): Scope | null {
  const after = `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`;
  const [found] = statements.all('select min(id) as first, max(id) as last from page where key >= ? and key < ?', prefix, after);
  if (found === undefined || found['first'] === null) return null;
  return { total: null, column: 'target', values: [Number(found['first']), Number(found['last'])], range: true };
}

/** The scope as a condition on `link l`. */
export function condition({ column, values, range }: Scope): string {
  if (range) return `l.${column} between ? and ?`;
  return values.length === 1 ? `l.${column} = ?` : `l.${column} in (${values.map(() => '?').join(', ')})`;
}

const INTERNAL: Record<InternalFilter, readonly number[]> = { exclude: [0], include: [0, 1], only: [1] };

/** Ids of the scope's links in row order, as a query that ends before `limit`; with its parameters. */
export function orderedIds(scope: Scope, internal: InternalFilter): { sql: string; parameters: number[] } {
  const wanted = INTERNAL[internal];
  if (scope.range || scope.values.length > MERGED_HOSTS) {
    const sql = `select l.id as id from link l where ${condition(scope)} and l.state in (${wanted.join(', ')}) order by id`;
    return { sql, parameters: [...scope.values] };
  }
  // Each part is read in order from the index, and SQLite merges ordered parts without sorting.
  const parts = scope.values.flatMap((value) =>
    wanted.map((flag) => ({ value, sql: `select id from link where ${scope.column} = ? and state = ${flag}` })),
  );
  return { sql: `${parts.map(({ sql }) => sql).join(' union all ')} order by id`, parameters: parts.map(({ value }) => value) };
}
