/** Cells of leaves: a record with its length and, in tables, its row id; what is too long goes on in pages of its own. Source: sqlite.org/fileformat2.html, sections 1.6 and 1.7. */
import type { PageFile } from './pageFile.ts';
import { PAGE_BYTES } from './pageSize.ts';
import { putVarint, type RecordWriter } from './record.ts';

/** Bytes of a record that stay in its page, by kind of tree, when it goes on elsewhere: at most, and at least. */
export const MOST_LOCAL = { table: PAGE_BYTES - 35, index: Math.floor(((PAGE_BYTES - 12) * 64) / 255) - 23 } as const;
const LEAST_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
const OVERFLOW_BYTES = PAGE_BYTES - 4;

export class CellWriter {
  /** The cell, after `write`: from `start` up to `end` in these bytes, until the next one. */
  bytes: Buffer = Buffer.alloc(0);
  start = 0;
  end = 0;
  readonly #file: PageFile;
  readonly #mostLocal: number;
  readonly #prefix = new Uint8Array(18);
  readonly #long: Buffer = Buffer.allocUnsafeSlow(PAGE_BYTES + 32);

  constructor(file: PageFile, mostLocal: number) {
    this.#file = file;
    this.#mostLocal = mostLocal;
  }

  /** @param rowId of a table's row; null in an index */
  write(record: RecordWriter, rowId: number | null): void {
    const { start, end } = record.end();
    const length = end - start;
    const prefix = this.#prefix;
    let before = putVarint(prefix, 0, length);
    if (rowId !== null) before += putVarint(prefix, before, rowId);
    const local = this.#localBytes(length);
    if (local === length) {
      // The record has room for it: nothing need be copied twice.
      this.bytes = record.bytes;
      this.start = start - before;
      this.end = end;
      for (let at = 0; at < before; at++) record.bytes[this.start + at] = prefix[at] as number;
      return;
    }
    this.bytes = this.#long;
    this.start = 0;
    this.end = before + local + 4;
    this.#long.set(prefix.subarray(0, before));
    record.bytes.copy(this.#long, before, start, start + local);
    this.#long.writeUInt32BE(this.#spill(record.bytes.subarray(start + local, end)), before + local);
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
