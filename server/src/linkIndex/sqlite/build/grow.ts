/** Typed arrays that grow: what a build holds of millions of links lies outside the heap, a few bytes each. */

/** Elements that a column begins with. */
export const FIRST_CAPACITY = 1 << 12;

/** The room to ask for when `needed` elements no longer fit. */
export function roomFor(needed: number): number {
  return Math.max(FIRST_CAPACITY, needed + (needed >>> 1));
}

export function grownBytes(array: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(array.buffer.transfer(length));
}

export function grownUints(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(array.buffer.transfer(length * Uint32Array.BYTES_PER_ELEMENT));
}

export function grownDoubles(array: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  return new Float64Array(array.buffer.transfer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** Gives the memory of an array back at once, where the garbage collector would come for it some day. @returns one without elements */
export function freedUints(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  return grownUints(array, 0);
}

/** Zeros in memory that threads share. */
export function sharedUints(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}

/** Whole numbers up to 2^32 - 1 in the order they are pushed. */
export class Uints {
  #values = new Uint32Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#values = grownUints(this.#values, roomFor(this.#length + 1));
    this.#values[this.#length++] = value;
  }

  /** 0 where nothing was pushed. */
  at(place: number): number {
    return this.#values[place] ?? 0;
  }

  set(place: number, value: number): void {
    this.#values[place] = value;
  }
}

/** Whole numbers by place, 0 wherever none was set: takes no memory until one is. */
export class RareUints {
  #values = new Uint32Array(0);

  /** True while none has been set. */
  get empty(): boolean {
    return this.#values.length === 0;
  }

  get(place: number): number {
    return place < this.#values.length ? (this.#values[place] as number) : 0;
  }

  set(place: number, value: number): void {
    if (place >= this.#values.length) {
      if (value === 0) return;
      this.#values = grownUints(this.#values, roomFor(place + 1));
    }
    this.#values[place] = value;
  }
}

/** Counts one more at a place; returns what stood there. */
export function bump(counts: Uint32Array, place: number): number {
  const before = counts[place] as number;
  counts[place] = before + 1;
  return before;
}
