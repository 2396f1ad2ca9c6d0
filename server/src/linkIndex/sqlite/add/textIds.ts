/** Ids of texts that repeat (link texts, rel tokens, raw URLs): found in the generation, or added to it. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Remembers this many, so that the texts every page of a site repeats are looked up once. */
const CACHED = 1 << 16;

/** Tables of texts by their text column. */
const COLUMNS = { anchor: 'text', rel: 'tokens', form: 'url' } as const;

export class TextIds {
  readonly #find: StatementSync;
  readonly #insert: StatementSync;
  #known = new Map<string, number>();

  /** @param table has an index of its texts */
  constructor(db: DatabaseSync, table: keyof typeof COLUMNS) {
    this.#find = db.prepare(`select id from ${table} where ${COLUMNS[table]} = ?`);
    this.#insert = db.prepare(`insert into ${table} values (null, ?)`);
  }

  idOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const id = Number(this.#find.get(text)?.['id'] ?? this.#insert.run(text).lastInsertRowid);
    if (this.#known.size >= CACHED) this.#known = new Map();
    this.#known.set(text, id);
    return id;
  }

  /** Forgets what was found and added: after a rollback some of it is no longer there. */
  forget(): void {
    this.#known = new Map();
  }
}
