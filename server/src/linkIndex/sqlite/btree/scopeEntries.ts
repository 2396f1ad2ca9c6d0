/** Entries of an index whose rows are three small numbers: one scope's many ids, each a few bytes behind what all have in common. */
import type { IndexTree } from './indexTree.ts';
import { putInt, typeOf } from './record.ts';

/** The record's header: its own length and three types. */
const HEADER = 4;
/** Behind the cell's length, which is one byte, and the header. */
const BODY_AT = 1 + HEADER;

export class ScopeEntries {
  readonly #tree: IndexTree;
  readonly #cell = Buffer.alloc(32);
  #idAt = BODY_AT;

  constructor(tree: IndexTree) {
    this.#tree = tree;
  }

  /** The entries that follow begin with these two columns. */
  begin(key: number, second: number): void {
    const cell = this.#cell;
    cell[1] = HEADER;
    cell[2] = typeOf(key);
    cell[3] = typeOf(second);
    this.#idAt = putInt(cell, putInt(cell, BODY_AT, key), second);
  }

  /** @param id behind those before it */
  add(id: number): void {
    const cell = this.#cell;
    cell[4] = typeOf(id);
    const end = putInt(cell, this.#idAt, id);
    cell[0] = end - 1;
    this.#tree.addCell(cell, 0, end);
  }
}
