/** One page of a tree while it is being filled: cells from its end, pointers to them from its beginning. Source: sqlite.org/fileformat2.html, section 1.6. */
import { PAGE_BYTES } from './pageSize.ts';

export const PAGE_TYPE = { interiorIndex: 2, interiorTable: 5, leafIndex: 10, leafTable: 13 } as const;
export type PageType = (typeof PAGE_TYPE)[keyof typeof PAGE_TYPE];

/** Cells up to this long are copied byte by byte: a call would cost more. */
const SHORT = 48;

export class TreePage {
  readonly bytes = Buffer.alloc(PAGE_BYTES);
  readonly #header: number;
  #cells = 0;
  #content = PAGE_BYTES;

  constructor(type: PageType) {
    this.#header = type === PAGE_TYPE.interiorIndex || type === PAGE_TYPE.interiorTable ? 12 : 8;
    this.bytes[0] = type;
  }

  get cells(): number {
    return this.#cells;
  }

  clear(): void {
    this.bytes.fill(0, 1);
    this.#cells = 0;
    this.#content = PAGE_BYTES;
  }

  /** Puts a cell behind the others; false when there is no room. */
  add(from: Buffer, start: number, end: number): boolean {
    const length = end - start;
    const content = this.#content - length;
    const pointer = this.#header + this.#cells * 2;
    if (content < pointer + 2) return false;
    const { bytes } = this;
    if (length <= SHORT) for (let at = 0; at < length; at++) bytes[content + at] = from[start + at] as number;
    else from.copy(bytes, content, start, end);
    bytes[pointer] = content >>> 8;
    bytes[pointer + 1] = content;
    this.#cells++;
    this.#content = content;
    return true;
  }

  /** Takes the last cell off. */
  pop(): Buffer {
    const end = this.#cells === 1 ? PAGE_BYTES : this.bytes.readUInt16BE(this.#header + (this.#cells - 2) * 2);
    const cell = Buffer.from(this.bytes.subarray(this.#content, end));
    this.#cells--;
    this.#content = end;
    return cell;
  }

  /** @param right the page behind the last cell, of an interior page */
  seal(right = 0): void {
    const { bytes } = this;
    bytes.writeUInt16BE(this.#cells, 3);
    bytes.writeUInt16BE(this.#content, 5);
    if (this.#header === 12) bytes.writeUInt32BE(right, 8);
  }
}
