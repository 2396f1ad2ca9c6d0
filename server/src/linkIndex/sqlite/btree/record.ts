/** Rows in SQLite's record format, encoded into bytes that are used again. Source: sqlite.org/fileformat2.html, section 2.1. */

/** Header types; a text of n bytes has TEXT + 2n. */
const NULL = 0;
const DOUBLE = 7;
const ZERO = 8;
const ONE = 9;
const TEXT = 13;

const FIRST_BODY = 1 << 12;
/** The longest header: as many columns as our tables have, the texts among them with types of several bytes, and its own length. */
const LONGEST_HEADER = 100;
/** Where the body begins: behind room for the header, and for two numbers that a cell has before it. */
const BODY_AT = LONGEST_HEADER + 2 * 9;
/** A UTF-16 code unit takes at most this many bytes as UTF-8. */
const MOST_BYTES = 3;

export class RecordWriter {
  /** The record, after `end`. */
  bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BODY);
  readonly #header = new Uint8Array(LONGEST_HEADER);
  #headerLength = 1;
  #columns = 0;
  #at = BODY_AT;

  begin(): void {
    this.#headerLength = 1;
    this.#columns = 0;
    this.#at = BODY_AT;
  }

  null(): void {
    this.#columns++;
    this.#header[this.#headerLength++] = NULL;
  }

  /** @param value a whole number from 0 to 2^47 */
  int(value: number): void {
    this.#columns++;
    this.#header[this.#headerLength++] = typeOf(value);
    this.#at = putInt(this.bytes, this.#at, value);
  }

  intOrNull(value: number | null): void {
    if (value === null) this.null();
    else this.int(value);
  }

  double(value: number): void {
    this.#columns++;
    this.#header[this.#headerLength++] = DOUBLE;
    this.bytes.writeDoubleBE(value, this.#at);
    this.#at += 8;
  }

  text(value: string): void {
    this.#columns++;
    this.#makeRoom(value.length * MOST_BYTES);
    const length = this.bytes.write(value, this.#at, 'utf8');
    this.#at += length;
    this.#headerLength += putVarint(this.#header, this.#headerLength, TEXT + 2 * length);
  }

  textOrNull(value: string | null): void {
    if (value === null) this.null();
    else this.text(value);
  }

  /** A text that is there as UTF-8 already. */
  utf8(from: Buffer, start: number, end: number): void {
    this.#columns++;
    const length = end - start;
    this.#makeRoom(length);
    from.copy(this.bytes, this.#at, start, end);
    this.#at += length;
    this.#headerLength += putVarint(this.#header, this.#headerLength, TEXT + 2 * length);
  }

  /** Where the next value will begin in `bytes`. */
  get at(): number {
    return this.#at;
  }

  /**
   * Leaves off the columns at the end that are null or 0, as far as they have these for their default. SQLite reads such rows as whole: it
   * leaves columns like these that `alter table` added unwritten itself.
   *
   * @param least columns that stay
   */
  trim(least: number): void {
    // Types of texts are odd, so their last byte is neither.
    while (this.#columns > least) {
      const type = this.#header[this.#headerLength - 1];
      if (type !== NULL && type !== ZERO) return;
      this.#headerLength--;
      this.#columns--;
    }
  }

  /** Puts the header before the body; returns where the record begins and ends in `bytes`. There is room for 18 bytes before it. */
  end(): { start: number; end: number } {
    const start = BODY_AT - this.#headerLength;
    this.#header[0] = this.#headerLength;
    for (let at = 0; at < this.#headerLength; at++) this.bytes[start + at] = this.#header[at] as number;
    return { start, end: this.#at };
  }

  #makeRoom(bytes: number): void {
    const needed = this.#at + bytes + 64;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(needed * 2);
    this.bytes.copy(larger, 0, 0, this.#at);
    this.bytes = larger;
  }
}

/** Header type of a whole number from 0 to 2^47. */
export function typeOf(value: number): number {
  if (value < 2) return value === 0 ? ZERO : ONE;
  if (value < 0x80) return 1;
  if (value < 0x8000) return 2;
  if (value < 0x80_0000) return 3;
  return value < 0x8000_0000 ? 4 : 5;
}

/** Writes a whole number as its type has it; returns where it ends. */
export function putInt(bytes: Buffer, start: number, value: number): number {
  let at = start;
  if (value < 2) return at;
  if (value >= 0x8000_0000) return bytes.writeUIntBE(value, at, 6);
  if (value >= 0x80_0000) bytes[at++] = value >>> 24;
  if (value >= 0x8000) bytes[at++] = value >>> 16;
  if (value >= 0x80) bytes[at++] = value >>> 8;
  bytes[at++] = value;
  return at;
}

/** Writes a number as 1 to 9 bytes of 7 bits, the highest first; returns how many. @param value up to 2^49 */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 0x80) {
    bytes[at] = value;
    return 1;
  }
  let length = 2;
  for (let rest = Math.floor(value / 0x4000); rest > 0; rest = Math.floor(rest / 0x80)) length++;
  let rest = value;
  for (let place = length - 1; place >= 0; place--) {
    bytes[at + place] = (rest % 0x80) | (place === length - 1 ? 0 : 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return length;
}
