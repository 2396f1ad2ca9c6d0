/** Rows that were seen before, in bounded memory: a table of hashes that forgets all when it is full. */

const LARGEST = 1 << 22;

export class SeenRows {
  #slots = new Float64Array(1 << 12);
  #held = 0;

  /** True when this row was seen before; of two rows in 2^53 that share a hash the second counts as seen. */
  has(row: readonly string[]): boolean {
    const hash = hashOf(row);
    let slot = hash % this.#slots.length;
    while (this.#slots[slot] !== 0) {
      if (this.#slots[slot] === hash) return true;
      slot = (slot + 1) % this.#slots.length;
    }
    this.#slots[slot] = hash;
    if (++this.#held * 2 > this.#slots.length) this.#grow();
    return false;
  }

  #grow(): void {
    const before = this.#slots;
    const larger = before.length < LARGEST;
    this.#slots = new Float64Array(larger ? before.length * 2 : LARGEST);
    if (!larger) this.#held = 0;
    else for (const hash of before) if (hash !== 0) this.#put(hash);
  }

  #put(hash: number): void {
    let slot = hash % this.#slots.length;
    while (this.#slots[slot] !== 0) slot = (slot + 1) % this.#slots.length;
    this.#slots[slot] = hash;
  }
}

/** 53 bits of two multiplicative hashes over the cells; never 0. */
function hashOf(row: readonly string[]): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const cell of row) {
    for (let at = 0; at < cell.length; at++) {
      const unit = cell.charCodeAt(at);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b + unit, 0x85ebca6b) ^ (b >>> 13);
    }
    a = Math.imul(a ^ 0x1f, 0x01000193);
    b = Math.imul(b + 0x1f, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff) || 1;
}
