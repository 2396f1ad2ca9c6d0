/** Texts that wait outside the heap until the end of a build, each to be read once: titles and addresses of pages. */
import type { RecordWriter } from '../btree/record.ts';
import { FIRST_CAPACITY, grownDoubles, grownUints, roomFor } from './grow.ts';

const BLOCK_BYTES = 1 << 20;
/** A UTF-16 code unit takes at most this many bytes as UTF-8. */
const MOST_BYTES = 3;
/** Code units from here on take several bytes. */
const FIRST_LONG = 0x80;

export class TextPile {
  readonly #blocks: Buffer[] = [];
  #free = BLOCK_BYTES;
  /** Block times BLOCK_BYTES, and the place in it. */
  #starts = new Float64Array(FIRST_CAPACITY);
  #lengths = new Uint32Array(FIRST_CAPACITY);
  #count = 1;

  /** Takes a text; returns its number, 0 for null. */
  add(text: string | null): number {
    if (text === null) return 0;
    if (this.#count === this.#starts.length) {
      this.#starts = grownDoubles(this.#starts, roomFor(this.#count + 1));
      this.#lengths = grownUints(this.#lengths, this.#starts.length);
    }
    const block = this.#blockFor(text.length * MOST_BYTES);
    const at = this.#free;
    const length = block.write(text, at, 'utf8');
    this.#starts[this.#count] = (this.#blocks.length - 1) * BLOCK_BYTES + at;
    this.#lengths[this.#count] = length;
    this.#free = Math.min(BLOCK_BYTES, at + length);
    return this.#count++;
  }

  /** The text of a number that `add` gave. */
  get(number: number): string | null {
    if (number === 0) return null;
    const start = this.#starts[number] ?? 0;
    const at = start % BLOCK_BYTES;
    return this.#blocks[Math.floor(start / BLOCK_BYTES)]?.toString('utf8', at, at + (this.#lengths[number] ?? 0)) ?? null;
  }

  /** The text of a number that `add` gave as a value of a row; null for 0. */
  put(number: number, record: RecordWriter): void {
    const start = this.#starts[number] ?? 0;
    const at = start % BLOCK_BYTES;
    const block = this.#blocks[Math.floor(start / BLOCK_BYTES)];
    if (number === 0 || block === undefined) record.null();
    else record.utf8(block, at, at + (this.#lengths[number] ?? 0));
  }

  /** True when the text of a number is this one. */
  is(number: number, text: string): boolean {
    const start = this.#starts[number] ?? 0;
    const at = start % BLOCK_BYTES;
    const block = this.#blocks[Math.floor(start / BLOCK_BYTES)];
    const length = this.#lengths[number] ?? 0;
    if (block === undefined || length < text.length) return false;
    for (let place = 0; place < text.length; place++) {
      const unit = text.charCodeAt(place);
      // Half characters are kept as what stands for them.
      if (unit >= FIRST_LONG) return this.get(number) === text.toWellFormed();
      if (block[at + place] !== unit) return false;
    }
    return length === text.length;
  }

  /** The last block where there is room for that many bytes in it, else a new one: a larger one for a text that fits in none. */
  #blockFor(bytes: number): Buffer {
    const last = this.#blocks.at(-1);
    if (last !== undefined && this.#free + bytes <= BLOCK_BYTES) return last;
    const block = Buffer.allocUnsafeSlow(Math.max(bytes, BLOCK_BYTES));
    this.#blocks.push(block);
    this.#free = 0;
    return block;
  }
}
