/** Prepared statements of one open database, made once for each text. */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** A row as its values in the order of the columns: made in half the time of an object. */
export type Values = readonly SQLOutputValue[];

/**
 * A limit that is a parameter. Of a bare `?` SQLite (3.47 and later) looks at the value for its plan, and compiles the statement anew whenever one is
 * bound: that takes longer than reading ten rows. It does not look into a sum. Source: sqlite3ExprIsInteger and vdbeUnbind of its code.
 */
export const GIVEN_LIMIT = '(? + 0)';

/** Texts with lists of different lengths would fill memory; the oldest go first. */
const KEPT = 200;

export class Statements {
  readonly #db: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  /** The same for statements that give arrays. */
  readonly #arrays = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  all(sql: string, ...parameters: readonly SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...parameters);
  }

  get(sql: string, ...parameters: readonly SQLInputValue[]): Row | null {
    return this.#prepare(sql).get(...parameters) ?? null;
  }

  /** All rows as arrays. */
  values(sql: string, ...parameters: readonly SQLInputValue[]): Values[] {
    return this.#prepareArrays(sql).all(...parameters) as unknown as Values[];
  }

  /** Row after row as arrays, for results that need not be in memory at once. */
  each(sql: string, ...parameters: readonly SQLInputValue[]): Iterable<Values> {
    return this.#prepareArrays(sql).iterate(...parameters) as unknown as Iterable<Values>;
  }

  /** The one row there may be, as an array. */
  first(sql: string, ...parameters: readonly SQLInputValue[]): Values | null {
    return (this.#prepareArrays(sql).get(...parameters) as unknown as Values | undefined) ?? null;
  }

  /** The `id` of the one row there may be. */
  id(sql: string, ...parameters: readonly SQLInputValue[]): number | null {
    const row = this.first(sql, ...parameters);
    return row === null ? null : Number(row[0]);
  }

  /** Runs what it is given on one state of the database, whatever is committed meanwhile. */
  snapshot<T>(read: () => T): T {
    this.#prepare('begin').run();
    try {
      return read();
    } finally {
      this.#prepare('commit').run();
    }
  }

  #prepare(sql: string): StatementSync {
    return kept(this.#prepared, sql, () => this.#db.prepare(sql));
  }

  #prepareArrays(sql: string): StatementSync {
    return kept(this.#arrays, sql, () => {
      const statement = this.#db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    });
  }
}

function kept(prepared: Map<string, StatementSync>, sql: string, prepare: () => StatementSync): StatementSync {
  const known = prepared.get(sql);
  if (known !== undefined) return known;
  const [oldest] = prepared.keys();
  if (prepared.size >= KEPT && oldest !== undefined) prepared.delete(oldest);
  const statement = prepare();
  prepared.set(sql, statement);
  return statement;
}

/** Column values, as the schema types them. */
export function textOf(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberOf(value: SQLOutputValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
