/** Cells of leaves: a record with its length and, in tables, its row id; what is too long goes on in pages of its own. Source: sqlite.org/fileformat2.html, sections 1.6 and 1.7. */
import type { PageFile } from './pageFile.ts';
import { PAGE_BYTES } from './pageSize.ts';
import { putVarint, type RecordWriter } from './record.ts';

/** Bytes of a record that stay in its page, by kind of tree, when it goes on elsewhere: at most, and at least. */
export const MOST_LOCAL = { table: PAGE_BYTES - 35, index: Math.floor(((PAGE_BYTES - 12) * 64) / 255) - 23 } as const;
const LEAST_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
const OVERFLOW_BYTES = PAGE_BYTES - 4;

export class CellWriter {
  /** The cell, from its beginning, after `write`. */
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(PAGE_BYTES + 32);
  readonly #file: PageFile;
  readonly #mostLocal: number;

  constructor(file: PageFile, mostLocal: number) {
    this.#file = file;
    this.#mostLocal = mostLocal;
  }

  /**
   * @param rowId of a table's row; null in an index
   * @returns the cell's length
   */
  write(record: RecordWriter, rowId: number | null): number {
    const { start, end } = record.end();
    const length = end - start;
    let at = putVarint(this.bytes, 0, length);
    if (rowId !== null) at += putVarint(this.bytes, at, rowId);
    const local = this.#localBytes(length);
    if (local <= 48) for (let place = 0; place < local; place++) this.bytes[at + place] = record.bytes[start + place] as number;
    else record.bytes.copy(this.bytes, at, start, start + local);
    at += local;
    if (local === length) return at;
    this.bytes.writeUInt32BE(this.#spill(record.bytes.subarray(start + local, end)), at);
    return at + 4;
  }

  #localBytes(length: number): number {
    if (length <= this.#mostLocal) return length;
    const fitting = LEAST_LOCAL + ((length - LEAST_LOCAL) % OVERFLOW_BYTES);
    return fitting <= this.#mostLocal ? fitting : LEAST_LOCAL;
  }

  /** Writes the rest of a record into pages that name each other; returns the first. */
  #spill(rest: Buffer): number {
    const first = this.#file.allocate();
    let number = first;
    for (let at = 0; at < rest.length; at += OVERFLOW_BYTES) {
      const page = Buffer.alloc(PAGE_BYTES);
      const next = at + OVERFLOW_BYTES < rest.length ? this.#file.allocate() : 0;
      page.writeUInt32BE(next);
      rest.copy(page, 4, at, at + OVERFLOW_BYTES);
      this.#file.write(number, page);
      number = next;
    }
    return first;
  }
}
